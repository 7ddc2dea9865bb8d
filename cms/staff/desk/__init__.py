"""Review desk (审核台): what waits for the bureau."""
