"""Reads of supply and demand, split by noun."""
