"""Foundation (公共底座): clock, evidence log, due rows, transitions, private files."""
