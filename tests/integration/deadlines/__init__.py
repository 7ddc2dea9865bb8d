"""The deadline calculator behind its three doors."""
