"""One text of the register."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One text of the register; `articles` are citations such as `附件4七(三)`."""

    code: str
    text: str
    articles: tuple[str, ...] = ()

    @property
    def is_warning(self) -> bool:
        """Whether the message warns only and stops nobody."""
        return self.code.startswith("W-")

    def fill(self, **parameters: object) -> str:
        """Return the text with its braces filled.

        Raises:
            KeyError: a parameter that the text needs is missing.
        """
        return self.text.format(**parameters)
