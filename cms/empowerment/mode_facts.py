"""The checks of a mode applied to a case's answers (§11.3)."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from cms.empowerment.facts import as_date, as_decimal, as_text, find
from cms.rules.achievements import IpType
from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentMode,
    Milestone,
    PatentTerm,
    check_contribution_term,
    check_deposit,
    check_equity_trigger,
    check_exit_events,
    check_fee_formula,
    check_free_period,
    check_grantee,
    check_manner,
    check_milestones,
    check_partial_share,
    check_revenue_split,
    check_shareholding,
    check_single_fee,
    check_use_right,
    check_use_right_contribution,
    last_valid_day,
    warn_contribution,
    warn_expiries,
)
from cms.rules.violations import RuleViolation

Answers = Mapping[str, Any]
_CONTRIBUTING = (
    EmpowermentMode.M1,
    EmpowermentMode.M2,
    EmpowermentMode.M3,
    EmpowermentMode.M6,
)
_CONTRIBUTABLE = ("license.is_transferable", "license.is_contributable")


def check_mode(
    mode: EmpowermentMode, answers: Answers, edition: str
) -> list[RuleViolation]:
    """Return every breach of the mode's rules; unanswered dates are passed over.

    A missing answer is told by the assembly (E-AS-01), unless the mode's own
    rule is that it be agreed.
    """
    checks = [_CHECKS[mode], _check_shareholders, _check_manner_of(mode)]
    if not MODE_RULES[mode].is_ownership:
        checks.append(_check_term)
    return [found for check in checks for found in check(answers, edition)]


def warn_mode(
    mode: EmpowermentMode, answers: Answers, edition: str
) -> list[RuleViolation]:
    """Return the warnings of a mode's contracts: they stop nobody (EM-14, 公司法47)."""
    found: list[RuleViolation] = []
    ends_on = as_date(find(answers, "empowerment.ends_on"))
    if ends_on is not None and not MODE_RULES[mode].is_ownership:
        found += warn_expiries(ends_on, patents_of(answers))
    due_on = as_date(find(answers, "equity.contribution_due_on"))
    registered_on = as_date(find(answers, "equity.registration_due_on"))
    if mode in _CONTRIBUTING and due_on is not None and registered_on is not None:
        is_limited = find(answers, "equity.company_form") == "limited"
        found += warn_contribution(is_limited, due_on, registered_on, edition)
    return found


def patents_of(answers: Answers) -> tuple[PatentTerm, ...]:
    """Return the patents of a case with their last valid days."""
    found = []
    for row in find(answers, "ip_items") or []:
        kind = as_text(row.get("kind"))
        filed_on = as_date(row.get("filed_on"))
        if kind not in set(IpType) or filed_on is None:
            continue
        last_day = as_date(row.get("expires_on")) or last_valid_day(
            IpType(kind), filed_on
        )
        if last_day is not None and last_valid_day(IpType(kind), filed_on):
            number = as_text(row.get("number")) or as_text(row.get("name"))
            found.append(PatentTerm(number, last_day))
    return tuple(found)


def _tried(check: Callable[..., None], *arguments: Any) -> Iterator[RuleViolation]:
    try:
        check(*arguments)
    except RuleViolation as violation:
        yield violation


def _check_manner_of(
    mode: EmpowermentMode,
) -> Callable[[Answers, str], Iterator[RuleViolation]]:
    def check(answers: Answers, edition: str) -> Iterator[RuleViolation]:
        manner = as_text(find(answers, "approval.manner"))
        yield from _tried(check_manner, mode, manner)

    return check


def _check_term(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    starts_on = as_date(find(answers, "empowerment.starts_on"))
    ends_on = as_date(find(answers, "empowerment.ends_on"))
    if starts_on and ends_on:
        yield from _tried(check_use_right, starts_on, ends_on, edition)


def _check_share(answers: Answers) -> Iterator[RuleViolation]:
    share = as_decimal(find(answers, "empowerment.share"))
    if share is not None:
        yield from _tried(check_partial_share, share)


def _check_split(answers: Answers) -> Iterator[RuleViolation]:
    unit = as_decimal(find(answers, "revenue.unit_percent"))
    team = as_decimal(find(answers, "revenue.team_percent"))
    if unit is not None and team is not None:
        yield from _tried(check_revenue_split, (unit, team))


def _check_shareholders(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    rows = find(answers, "shareholders") or []
    for name, label in (("before", "变更前持股比例"), ("after", "变更后持股比例")):
        shares = [as_decimal(row.get(name)) for row in rows]
        known = [share for share in shares if share is not None]
        if len(known) == len(rows):
            yield from _tried(check_shareholding, label, known)


def _check_m1(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    yield from _check_share(answers)
    events = [
        as_text(row.get("event")) for row in find(answers, "revenue.events") or []
    ]
    yield from _tried(check_exit_events, events)
    yield from _check_split(answers)


def _check_m2(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    yield from _check_share(answers)
    total = as_decimal(find(answers, "payment.total"))
    deposit = as_decimal(find(answers, "payment.deposit"))
    if total is None or deposit is None:
        return
    yield from _tried(check_deposit, total, deposit, edition)
    rows = find(answers, "milestones") or []
    yield from check_milestones(total, deposit, [_milestone(row) for row in rows])


def _check_m3(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    yield from _tried(check_grantee, as_text(find(answers, "project_company.kind")))
    trigger = as_text(find(answers, "grant.trigger"))
    latest_on = as_date(find(answers, "grant.conversion_latest_on"))
    yield from _tried(check_equity_trigger, trigger, latest_on)


def _check_m4(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    rows = find(answers, "payments")
    if rows:
        yield from _tried(check_single_fee, len(rows))


def _check_m5(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    free_ends_on = as_date(find(answers, "license.free_ends_on"))
    ends_on = as_date(find(answers, "empowerment.ends_on"))
    if free_ends_on and ends_on:
        yield from _tried(check_free_period, free_ends_on, ends_on)
    formula = as_text(find(answers, "license.charge_method"))
    yield from _tried(check_fee_formula, formula)


def _check_m6(answers: Answers, edition: str) -> Iterator[RuleViolation]:
    yield from _tried(
        check_use_right_contribution,
        bool(as_text(find(answers, "consent.resolution_number")).strip()),
        bool(as_text(find(answers, "equity.report_number")).strip()),
        all(find(answers, name) is True for name in _CONTRIBUTABLE),
    )
    ends_on = as_date(find(answers, "empowerment.ends_on"))
    contribution = as_date(find(answers, "equity.use_ends_on"))
    if ends_on and contribution:
        yield from _tried(check_contribution_term, contribution, ends_on)


def _milestone(row: Mapping[str, Any]) -> Milestone:
    days: Decimal | None = as_decimal(row.get("due_days"))
    return Milestone(
        event=as_text(row.get("event")),
        evidence=as_text(row.get("evidence")),
        amount=as_decimal(row.get("amount")),
        percent=as_decimal(row.get("rate")),
        due_days=None if days is None else int(days),
        latest_on=as_date(row.get("latest_on")),
    )


_CHECKS: dict[EmpowermentMode, Callable[[Answers, str], Iterator[RuleViolation]]] = {
    EmpowermentMode.M1: _check_m1,
    EmpowermentMode.M2: _check_m2,
    EmpowermentMode.M3: _check_m3,
    EmpowermentMode.M4: _check_m4,
    EmpowermentMode.M5: _check_m5,
    EmpowermentMode.M6: _check_m6,
}
