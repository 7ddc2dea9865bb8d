"""Writes of supply and demand, split by noun."""
