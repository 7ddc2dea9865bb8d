"""Engine: compiles a Word template once, then fills it with plain data."""
