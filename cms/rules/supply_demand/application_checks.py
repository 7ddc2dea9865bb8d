"""Checks of an application before it is handed in (§17.9; FP-04, FP-05, CC-01)."""

from cms.rules.application_form.answers import NO, YES
from cms.rules.form_progress import MissingField, missing_in_form
from cms.rules.forms import Answers, FormDefinition
from cms.rules.payment_plans import check_plan, is_use_then_pay, warn_plan
from cms.rules.supply_demand.application_facts import (
    has_excluding_license,
    license_kind,
    object_facts,
    payment_plan,
    wants_use_then_transfer,
)
from cms.rules.supply_demand.eligibility import check_object
from cms.rules.supply_demand.license_kinds import check_labels
from cms.rules.supply_demand.negative_list import (
    Condition,
    NegativeItem,
    check_negative_list,
)
from cms.rules.violations import RuleViolation

_GATE_PREFIXES = ("negative_", "condition_")
_GATE_OWN_FIELDS = ("negative_evidence", "negative_checker")
_TRUTH = {YES: True, NO: False}


def check_application(form: FormDefinition, answers: Answers) -> list[RuleViolation]:
    """Return every reason why an application cannot be handed in.

    In order: missing fields (one E-FP-06 that lists them all), answers that
    forbid publication, the negative list, the object, payments, labels.
    """
    found = _check_missing(form, answers)
    found += _check_demands(form, answers)
    found += check_negative_answers(answers)
    if answers.get("achievement_form") and answers.get("secrecy"):
        found += check_object(object_facts(answers))
    if answers.get("payment_form") and answers.get("payment_rows"):
        found += check_payment(answers)
    return found


def warn_application(answers: Answers) -> list[RuleViolation]:
    """Return the warnings; they stop nobody."""
    if not answers.get("payment_form") or not _rows_are_complete(answers):
        return []
    return warn_plan(payment_plan(answers))


def check_payment(answers: Answers) -> list[RuleViolation]:
    """Return what is wrong with the payment plan and the labels (FP-01…03, 14)."""
    if not _rows_are_complete(answers):
        return []
    plan = payment_plan(answers)
    found = check_plan(plan)
    if answers.get("license_kind"):
        try:
            check_labels(
                use_then_pay=is_use_then_pay(plan),
                use_then_transfer=wants_use_then_transfer(answers),
                offered=license_kind(answers),
                has_exclusive_license=has_excluding_license(answers),
            )
        except RuleViolation as violation:
            found.append(violation)
    return found


def check_negative_answers(answers: Answers) -> list[RuleViolation]:
    """Return what the check of the negative list says (CC-01)."""
    return check_negative_list(
        {
            item: _TRUTH.get(answers.get(f"negative_{item.value}", ""))
            for item in NegativeItem
        },
        {
            item: _TRUTH.get(answers.get(f"condition_{item.value}", ""))
            for item in Condition
        },
    )


def list_missing(form: FormDefinition, answers: Answers) -> list[MissingField]:
    """Return the unanswered questions; the negative list is a gate of its own."""
    return [
        missing
        for missing in missing_in_form(form, answers)
        if missing.place in _GATE_OWN_FIELDS
        or not missing.place.startswith(_GATE_PREFIXES)
    ]


def _check_missing(form: FormDefinition, answers: Answers) -> list[RuleViolation]:
    missing = list_missing(form, answers)
    if not missing:
        return []
    fields = "、".join(item.label for item in missing)
    return [RuleViolation("E-FP-06", field=missing[0].place, fields=fields)]


def _check_demands(form: FormDefinition, answers: Answers) -> list[RuleViolation]:
    """Return the questions whose answer forbids publication."""
    found: list[RuleViolation] = []
    for field in form.shown_fields(answers):
        answer = answers.get(field.code)
        if field.demand and answer and answer != field.demand:
            label = dict(field.options)[field.demand]
            found.append(
                RuleViolation(
                    "E-FM-14", field=field.code, label=field.label, value=label
                )
            )
    return found


def _rows_are_complete(answers: Answers) -> bool:
    """Whether each payment row says what it is and when it falls due."""
    return all(
        row.get("kind") and row.get("trigger")
        for row in answers.get("payment_rows", [])
    )
