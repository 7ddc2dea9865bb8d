"""The author's desk: what is wrong with a template, all at once, in Chinese."""
