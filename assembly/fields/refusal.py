"""What a reader raises when a raw value is not what its variable may hold."""


class Refusal(Exception):
    """A code of the register with the parameters of its text, `label` left out."""

    def __init__(self, code: str, /, **parameters: object) -> None:
        """Keep code and parameters; the binder adds label and path."""
        self.code = code
        self.parameters = parameters
        super().__init__(code)


_SHOWN = 40


def shown(value: object) -> str:
    """Return a raw value for a message: short, on one line, printable."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "□" for c in text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
