"""签署文本与归档 (signed papers): scans read, compared, confirmed and filed (AS-09)."""
