"""The one exception of the rules: a refusal with a code of the register."""

from cms.rules.messages import MESSAGES, Message


class RuleViolation(Exception):
    """A refused act: `code`, the filled Chinese `message`, and the `field` at fault.

    `parameters` fill the braces of the register's text; an unknown code or a
    missing parameter is a programming error and raises KeyError at once.
    """

    def __init__(self, code: str, *, field: str = "", **parameters: object) -> None:
        """Fill the register's text for `code` with `parameters`."""
        self.code = code
        self.field = field
        self.parameters = parameters
        self.message = MESSAGES[code].fill(**parameters)
        super().__init__(f"{code} {self.message}")

    @property
    def register_entry(self) -> Message:
        """The register's entry: text, and the articles the refusal rests on."""
        return MESSAGES[self.code]

    def as_data(self) -> dict[str, object]:
        """Return the refusal as the interfaces give it: type, code and message."""
        body = {"type": "RuleViolation", "code": self.code, "message": self.message}
        return {"error": body}


class RuleViolations(Exception):
    """Several refusals of one act, shown together."""

    def __init__(self, violations: list[RuleViolation]) -> None:
        """Keep the refusals in the order in which they were found."""
        self.violations = violations
        super().__init__("; ".join(str(violation) for violation in violations))
