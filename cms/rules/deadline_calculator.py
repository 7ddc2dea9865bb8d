"""Deadline calculator (期限计算器): text in, plain data out, for all three doors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.rules.deadlines import (
    Deadline,
    check_extendable,
    check_suspension,
    compute,
    find_period,
)
from cms.rules.parameters import ParameterRegister
from cms.rules.periods import PERIODS
from cms.rules.shanghai_time import parse_instant
from cms.rules.suspensions import Suspension
from cms.rules.violations import RuleViolation
from cms.rules.working_days import Calendar

# The space before an offset is a `+` that a URL has lost.
_LOST_PLUS = re.compile(r"(?<=:[0-9]{2}) (?=[0-9]{2}:?[0-9]{2}(?:\.\.|$))")
_WHOLE_NUMBER = re.compile(r"\+?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as typed: a rule, a time, stops `FROM..TO`, extensions."""

    rule: str
    opened_at: str
    suspend: Sequence[str] = ()
    extend: Sequence[str] = ()


ONCE = ("rule", "opened_at")
OFTEN = ("suspend", "extend")


def question_from(parameters: Iterable[tuple[str, Sequence[str]]]) -> Question:
    """Read a question from the parameters of an address, each with its values.

    Raises:
        RuleViolation: E-CQ-01 (a parameter nobody knows), E-CQ-02 (`rule` or
            `opened_at` given twice).
    """
    given = {name: tuple(values) for name, values in parameters}
    unknown = [name for name in given if name not in (*ONCE, *OFTEN)]
    if unknown:
        raise RuleViolation("E-CQ-01", names="、".join(unknown))
    for name in ONCE:
        if len(given.get(name, ())) > 1:
            raise RuleViolation("E-CQ-02", field=name, name=name)
    rule, opened_at = ("".join(given.get(name, ())) for name in ONCE)
    suspend, extend = (given.get(name, ()) for name in OFTEN)
    return Question(rule, opened_at, suspend, extend)


def answer(
    question: Question, calendar: Calendar, register: ParameterRegister = PERIODS
) -> Deadline:
    """Compute what was asked.

    Raises:
        RuleViolation: the first refusal that applies, in the order E-CL-01,
            E-CL-02, E-CL-03, E-CL-04, E-XT-06, E-CL-05, E-XT-01, E-XT-02,
            E-OB-01, E-NT-03.
    """
    # The name is judged first, before the time that tells the edition is read.
    if not register.has_period(question.rule):
        raise RuleViolation("E-CL-01", field="rule", rule=question.rule)
    opened_at = parse_instant(question.opened_at)
    stops = [_parse_stop(text) for text in question.suspend]
    edition = register.edition_on(opened_at.date())
    period = find_period(question.rule, edition, register)
    for stop, text in zip(stops, question.suspend, strict=True):
        check_suspension(period, opened_at, stop, _restore_plus(text))
    if question.extend:
        check_extendable(period)
    days = [_parse_days(text) for text in question.extend]
    return compute(
        question.rule, opened_at, calendar, stops, days, edition, register=register
    )


def as_data(deadline: Deadline) -> dict[str, object]:
    """Return the contract's answer: plain data in the order of the register."""
    return {
        "rule": deadline.rule,
        "rule_version": deadline.rule_version,
        "opened_at": deadline.opened_at.isoformat(),
        "close_at": deadline.close_at.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "provisional": deadline.provisional,
        "derivation": [
            {"date": row.date.isoformat(), "counted": row.counted, "reason": row.reason}
            for row in deadline.derivation
        ],
    }


def _parse_stop(text: str) -> Suspension:
    start, dots, end = text.partition("..")
    if not dots:
        raise RuleViolation("E-CL-02", field="suspend", value=text)
    return Suspension(
        parse_instant(start, field="suspend"), parse_instant(end, field="suspend")
    )


def _parse_days(text: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(text.strip()) or int(text) < 1:
        raise RuleViolation("E-CL-05", field="extend", value=text)
    return int(text)


def _restore_plus(text: str) -> str:
    return _LOST_PLUS.sub("+", text.strip())
