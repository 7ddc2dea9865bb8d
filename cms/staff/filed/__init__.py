"""Filed contracts that were reported to the bureau (AS-10): list, Excel, copy."""
