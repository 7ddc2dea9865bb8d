"""How the drafting tool refuses an outline."""

from assembly.errors import AssemblyError, Fault
from assembly.messages import MESSAGES


def outline_fault(line: int, quote: str, reason: str) -> AssemblyError:
    """Return the refusal E-AS-60 of one line of an outline."""
    message = MESSAGES["E-AS-60"].format(line=line, reason=reason)
    return AssemblyError(Fault("E-AS-60", message, paragraph=line, quote=quote))
