"""Timings, told as figures of one run; never in the tests."""
