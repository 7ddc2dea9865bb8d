"""Kinds of case that have papers: what each brings to the assembly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db import models

from cms.case_documents.payment_plan import plan_of
from cms.core.actors import Actor
from cms.core.subjects import model_and_pk
from cms.empowerment.mode_facts import check_mode
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.queries import list_cases
from cms.rules.empowerment import EmpowermentMode
from cms.rules.payment_plans import check_plan
from cms.rules.violations import RuleViolation
from cms.supply_demand.models import Agreement
from cms.supply_demand.queries.agreements import list_agreements

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseKind:
    """How the papers see a kind of case.

    `bundle` names the ordered instruments, `visible` the cases of an actor,
    `check` the rules on the answers of one (all breaches at once).
    """

    model: type[models.Model]
    label: str
    bundle: Callable[[Any], str]
    visible: Callable[[Actor], models.QuerySet[Any]]
    check: Callable[[Any, Answers], list[RuleViolation]]


def _empowerment_rules(case: EmpowermentCase, answers: Answers) -> list[RuleViolation]:
    return check_mode(EmpowermentMode(case.mode), answers, case.rule_edition)


def _agreement_rules(case: Agreement, answers: Answers) -> list[RuleViolation]:
    return check_plan(plan_of(answers, is_for_enterprise=True))


KINDS: dict[str, CaseKind] = {
    "grant": CaseKind(
        EmpowermentCase,
        "赋权案件",
        lambda case: case.mode,
        list_cases,
        _empowerment_rules,
    ),
    "agreement": CaseKind(
        Agreement,
        "先使用后付费合同",
        lambda case: "USE_THEN_PAY",
        list_agreements,
        _agreement_rules,
    ),
}
"""Kinds by the name that stands in their URLs."""


def kind_of(case: models.Model) -> CaseKind:
    """Return the kind of a case.

    Raises:
        LookupError: this model has no papers.
    """
    for kind in KINDS.values():
        if isinstance(case, kind.model):
            return kind
    raise LookupError(f"{case._meta.label} has no papers")


def get_visible(actor: Actor, name: str, pk: int) -> models.Model:
    """Return a case by kind and key, within the actor's scope.

    Raises:
        LookupError: no such kind; ObjectDoesNotExist: none for this actor.
    """
    return cast(models.Model, KINDS[name].visible(actor).get(pk=pk))


def case_behind(subject: str) -> models.Model:
    """Return the case that papers name as `app.Model:pk`."""
    model, pk = model_and_pk(subject)
    return model._default_manager.get(pk=pk)
