"""Text as its readers see it: nothing in it that shows nothing."""

from unicodedata import category

# Controls, marks of format (zero width, direction), half characters, and the line
# and paragraph ends that only Unicode knows. What this Python does not know yet
# stays: rare names are written with it, and with private characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str, *, in_one_line: bool = False) -> str:
    """Return what was typed without its invisible characters, and trimmed.

    A mark that turns the direction or splits a word would show another text than
    the one that is kept and hashed; in a line, a line end could pass for a field
    of its own.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(c for c in plain if c == "\n" or category(c) not in _UNSEEN)
    return (kept.replace("\n", " ") if in_one_line else kept).strip()
