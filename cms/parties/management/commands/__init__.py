"""Commands: the demo office."""
