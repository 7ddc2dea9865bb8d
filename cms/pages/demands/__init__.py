"""Demand pages (需求清单): demands, calls, events, matches."""
