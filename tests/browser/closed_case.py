"""Adds to a served demo office a case whose notice has closed; run as a program.

`python -m tests.browser.closed_case M2 2` tells the case of that mode in the unit
whose logins end so, begun so long ago that its notice is over today.
"""

import sys

import django

DAYS_AGO = 40


def main(mode: str, unit: str) -> None:
    """Carry one more demo case to the day of its contracts."""
    django.setup()
    from cms.core import clock
    from cms.empowerment import demo
    from cms.rules.empowerment import EmpowermentMode, EmpowermentState

    state = EmpowermentState.NOTICE_CLOSED
    demo.CASES = (demo.DemoCase(EmpowermentMode(mode), unit, state, DAYS_AGO),)
    demo.load_demo(clock.now())


if __name__ == "__main__":
    main(*sys.argv[1:])
