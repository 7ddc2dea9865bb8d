"""Public web pages (公开网页): home, policies, statistics, calculator, verification."""
