"""A door for what stands above: are the titles of a case registered? (PS-02)"""

from collections.abc import Callable, Sequence

from cms.empowerment.models import EmpowermentCase
from cms.rules.violations import RuleViolation

Lister = Callable[[EmpowermentCase], Sequence[str]]
_registrations: list[Lister] = []


def lists_open_registrations(lister: Lister) -> Lister:
    """Register what names the titles of a case whose registration is open."""
    _registrations.append(lister)
    return lister


def check_titles_registered(case: EmpowermentCase) -> None:
    """Refuse 登记完成 while a title of the case is not registered (§17.1).

    Title passes on registration (专利法10), so this holds the case up. The recordal
    of a license does not: the contract is in force without it (PS-03: overdue is
    red, never a bar).

    Raises:
        RuleViolation: E-PS-08 naming the titles.
    """
    found = [title for lister in _registrations for title in lister(case)]
    if found:
        raise RuleViolation("E-PS-08", items="、".join(dict.fromkeys(found)))
