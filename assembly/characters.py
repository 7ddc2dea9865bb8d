"""Characters that no paper may hold.

What XML forbids, what has no agreed shape (private use), and what turns the
direction of writing round and so makes a sum or a name read otherwise than it is.
"""

FORBIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff\U000f0000-\U0010ffff"
)
"""Ranges for a character class of a regular expression."""
