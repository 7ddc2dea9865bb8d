"""What went wrong in an assembly, told so that a person can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from assembly.messages import MESSAGES


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `field` is a path such as `ip_items[2].number`.

    `part` is the member of the Word file, `paragraph` counts from 1 (0: unknown),
    `quote` is the text of that paragraph as the author typed it.
    """

    code: str
    message: str
    field: str = ""
    part: str = ""
    paragraph: int = 0
    quote: str = ""

    def at(self, part: str, paragraph: int, quote: str) -> "Fault":
        """Return the fault with a place, unless it has one already."""
        if self.part:
            return self
        return replace(self, part=part, paragraph=paragraph, quote=quote)

    def as_data(self) -> dict[str, Any]:
        """Return the fault as plain data, empty places left out."""
        pairs = {
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "part": self.part,
            "paragraph": self.paragraph,
            "quote": self.quote,
        }
        return {name: value for name, value in pairs.items() if value}

    def __str__(self) -> str:
        place = f"（{self.part} 第 {self.paragraph} 段）" if self.paragraph else ""
        field = f"［{self.field}］" if self.field else ""
        return f"{self.code} {self.message}{field}{place}"


def fault(
    code: str,
    /,
    field: str = "",
    part: str = "",
    paragraph: int = 0,
    quote: str = "",
    **parameters: object,
) -> Fault:
    """Return a fault with the register's text of `code`, its braces filled.

    Raises:
        KeyError: the code or a parameter of its text is missing.
    """
    message = MESSAGES[code].format(field=field, **parameters)
    return Fault(code, message, field, part, paragraph, quote)


class AssemblyError(Exception):
    """A document or a template is refused, with every fault that was found."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        """Keep the faults in the order in which they were found."""
        self.faults: tuple[Fault, ...] = (
            (faults,) if isinstance(faults, Fault) else tuple(faults)
        )
        super().__init__("；".join(str(item) for item in self.faults))

    def as_data(self) -> dict[str, list[dict[str, Any]]]:
        """Return the faults as plain data."""
        return {"errors": [item.as_data() for item in self.faults]}
