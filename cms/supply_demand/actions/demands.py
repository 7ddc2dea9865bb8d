"""Demands from draft to end: the enterprise's side (D-29, §20.2)."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256

from cms.core import due, numbering, transitions
from cms.core.actors import SYSTEM, Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.parties.models import Organization
from cms.rules import deadlines
from cms.rules.identifiers import check_credit_code
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import belongs_to_batch
from cms.rules.supply_demand.demand_form import (
    CONTACT_FIELDS,
    FORM_VERSION,
    DemandFacts,
    check_form,
    check_terms,
    name_leaks,
    to_answers,
)
from cms.rules.supply_demand.demand_states import (
    DEMAND,
    EDITABLE_STATES,
    DemandEvent,
    DemandState,
)
from cms.rules.supply_demand.matching import ContactFacts, check_interest
from cms.rules.violations import RuleViolation, RuleViolations
from cms.rules.working_days import Calendar
from cms.supply_demand.actions.demand_pages import write_state
from cms.supply_demand.actions.match_endings import expire_matches_of_demand
from cms.supply_demand.models import (
    Call,
    Demand,
    DemandDecision,
    DemandSubmission,
)
from cms.supply_demand.models.contacts import seal_contact
from cms.supply_demand.public_texts import screen_public_texts
from cms.supply_demand.queries.demands import facts_of
from cms.supply_demand.queries.parties import is_organization_verified

EXPIRY = "demand.expire"


@writing()
def start_demand(organization: Organization, *, by: Actor, at: datetime) -> Demand:
    """Open an empty form of the enterprise; its name and code are given.

    Raises:
        RuleViolation: E-ST-02 (no enterprise user of it).
    """
    _check_enterprise(organization.pk, by, DemandEvent.SUBMIT)
    facts = DemandFacts(
        enterprise_name=organization.name,
        credit_code=organization.credit_code,
        district=organization.district,
    )
    return Demand.objects.create(
        organization=organization,
        form_version=FORM_VERSION,
        answers=_answers(facts),
        sealed_contact=seal_contact(ContactFacts("", "")),
        created_by_id=by.person_id,
        created_at=at,
        changed_at=at,
    )


def save_demand(
    demand: Demand,
    facts: DemandFacts,
    call: Call | None,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Demand:
    """Keep the working copy, complete or not; what is public stays as it is.

    Name and credit code are always those of the registered enterprise.

    Raises:
        RuleViolation: E-ST-01 (not editable now), E-ST-02, E-ST-04.
    """
    with writing():
        fresh = _lock(demand)
        _check_enterprise(fresh.organization_id, by, DemandEvent.REVISE)
        if fresh.version != version:
            raise RuleViolation("E-ST-04")
        if fresh.status not in EDITABLE_STATES:
            raise RuleViolation(
                "E-ST-01",
                state=DemandState(fresh.status).label,
                event=DemandEvent.REVISE.label,
            )
        own = replace(
            facts,
            enterprise_name=fresh.organization.name,
            credit_code=fresh.organization.credit_code,
        )
        fresh.title = own.title
        fresh.answers = _answers(own)
        fresh.sealed_contact = seal_contact(
            ContactFacts(own.contact_name, own.contact_phone, own.contact_email)
        )
        fresh.call = call
        fresh.changed_at = at
        fresh.version += 1
        fresh.has_changes = fresh.status != DemandState.DRAFT
        fresh.save()
        return fresh


def discard_draft(demand: Demand, *, by: Actor) -> None:
    """Delete a draft that was never handed in.

    Raises:
        RuleViolation: E-ST-01 (it was handed in once), E-ST-02.
    """
    with writing():
        fresh = _lock(demand)
        _check_enterprise(fresh.organization_id, by, DemandEvent.RETRACT)
        if fresh.status != DemandState.DRAFT or fresh.number:
            raise RuleViolation(
                "E-ST-01", state=DemandState(fresh.status).label, event="删除草稿"
            )
        fresh.delete()


@dataclass(frozen=True, slots=True)
class Declarations:
    """What the enterprise declares when it hands the form in (D-29)."""

    consents_to_publication: bool
    states_truth: bool
    states_secrecy: bool


def submit_demand(
    demand: Demand,
    declarations: Declarations | None = None,
    *,
    by: Actor,
    at: datetime,
) -> DemandSubmission:
    """Hand the form in: freeze it, number it, give the receipt.

    `declarations` are those made now; None keeps those of the working copy.

    1. Checks real-name state, credit code, form, anonymity and personal data.
    2. Freezes a copy with its salted SHA-256.
    3. Puts the copy into the chosen batch, or, where that is over by `at`,
       into the 常态化 intake (FP-07).
    4. Steps on: 待审核, or 待审核（修订） with the old text still public.

    Raises:
        RuleViolation, RuleViolations: E-FP-18, E-ID-01, E-DM-01…04, E-DM-07,
            E-SE-02, E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        _lock(demand)
        if declarations is not None:
            demand.answers = {**demand.answers, **asdict(declarations)}
        facts = check_submittable(demand, by=by, at=at)
        if not demand.number:
            year = at.astimezone(SHANGHAI).year
            demand.number = numbering.next_number("XQ", year)
        is_revision = demand.page_id is not None
        submission = _freeze(demand, facts, is_revision=is_revision, by=by, at=at)
        demand.submitted_by_id, demand.submitted_at = by.user_id, at
        demand.has_changes = False
        demand.save(
            update_fields=[
                "answers",
                "number",
                "submitted_by",
                "submitted_at",
                "has_changes",
            ]
        )
        transitions.apply(
            DEMAND,
            demand,
            DemandEvent.REVISE if is_revision else DemandEvent.SUBMIT,
            by=by,
            roles=by.roles_in(demand.organization_id),
            at=at,
            payload={"sequence": submission.sequence, "sha256": submission.sha256},
        )
        return submission


def check_submittable(demand: Demand, *, by: Actor, at: datetime) -> DemandFacts:
    """Return the form if it may be handed in; see `submit_demand` for refusals."""
    _check_enterprise(demand.organization_id, by, DemandEvent.SUBMIT)
    check_interest(
        is_signed_in=by.user_id is not None,
        is_verified=is_organization_verified(demand.organization),
    )
    facts = facts_of(demand)
    check_credit_code(facts.credit_code)
    found: list[RuleViolation] = []
    today = at.astimezone(SHANGHAI).date()
    for check in (
        partial(check_form, facts, on=today, latest=latest_validity(at)),
        partial(check_terms, facts),
    ):
        try:
            check()
        except RuleViolations as refused:
            found.extend(refused.violations)
    found.extend(screen_public_texts(facts))
    found.extend(name_leaks(facts, demand.organization.short_name))
    if found:
        raise RuleViolations(found)
    return facts


def latest_validity(at: datetime) -> date:
    """Return the last day on which a demand handed in `at` may be shown.

    ENTRY_VALID never rolls (T-06), so no calendar is looked at (T-07 (c)).
    """
    return deadlines.compute("ENTRY_VALID", at, Calendar()).last_day


def retract_demand(demand: Demand, *, by: Actor, at: datetime) -> Demand:
    """Take back what was handed in, while the bureau has not decided."""
    with writing():
        _step(demand, DemandEvent.RETRACT, by=by, at=at)
        demand.submissions.filter(decision=DemandDecision.PENDING).update(
            decision=DemandDecision.RETRACTED, decided_at=at
        )
        return demand


def resolve_demand(demand: Demand, *, by: Actor, at: datetime) -> Demand:
    """Mark a listed demand as solved; it stays readable (FP-13)."""
    return _end(demand, DemandEvent.RESOLVE, "需求已解决", by=by, at=at)


def withdraw_demand(demand: Demand, reason: str, *, by: Actor, at: datetime) -> Demand:
    """Take a listed demand off, by its enterprise or by the bureau, with a reason.

    Raises:
        RuleViolation: E-MA-03 (no reason), E-ST-01, E-ST-02, E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-MA-03", field="reason", fields="下架原因")
    return _end(demand, DemandEvent.WITHDRAW, reason.strip(), by=by, at=at)


def expire_demand(demand: Demand, *, at: datetime) -> Demand:
    """Take a demand off at the end of its validity (due row `demand.expire`)."""
    if DEMAND.find(demand.status, DemandEvent.EXPIRE) is None:
        return demand
    return _end(demand, DemandEvent.EXPIRE, "有效期届满", by=SYSTEM, at=at)


def roles_over(demand: Demand, by: Actor) -> frozenset[Role]:
    """Return the roles the person holds over a demand: its enterprise's, the desk's."""
    desk = by.roles & {Role.BUREAU, Role.SYSTEM}
    return by.roles_in(demand.organization_id) | desk


def _end(
    demand: Demand, event: DemandEvent, reason: str, *, by: Actor, at: datetime
) -> Demand:
    with writing():
        _step(demand, event, by=by, at=at)
        demand.closing_reason = reason
        demand.save(update_fields=["closing_reason"])
        demand.submissions.filter(decision=DemandDecision.PENDING).update(
            decision=DemandDecision.RETRACTED, decided_at=at
        )
        due.cancel(EXPIRY, demand, at=at)
        write_state(demand, at=at)
        expire_matches_of_demand(demand, at=at)
        return demand


def _step(demand: Demand, event: DemandEvent, *, by: Actor, at: datetime) -> None:
    transitions.apply(DEMAND, demand, event, by=by, roles=roles_over(demand, by), at=at)


def _freeze(
    demand: Demand,
    facts: DemandFacts,
    *,
    is_revision: bool,
    by: Actor,
    at: datetime,
) -> DemandSubmission:
    call = demand.call
    in_batch = call is not None and belongs_to_batch(call.opens_at, call.closes_at, at)
    number = call.number if call else ""
    if is_revision and demand.page:
        in_batch, number = True, demand.page.call_number
    salt = secrets.token_hex(16)
    text = json.dumps(to_answers(facts), ensure_ascii=False, sort_keys=True)
    last = demand.submissions.order_by("-sequence").first()
    return DemandSubmission.objects.create(
        demand=demand,
        sequence=last.sequence + 1 if last else 1,
        is_revision=is_revision,
        form_version=demand.form_version,
        answers=demand.answers,
        sealed_contact=demand.sealed_contact,
        call_number=number if in_batch else "",
        missed_call="" if in_batch else number,
        salt=salt,
        sha256=sha256(f"{salt}{text}".encode()).hexdigest(),
        submitted_by_id=by.person_id,
        submitted_at=at,
    )


def _lock(demand: Demand) -> Demand:
    return (
        Demand.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=demand.pk)
    )


def _check_enterprise(organization_id: int, by: Actor, event: DemandEvent) -> None:
    if Role.ENTERPRISE not in by.roles_in(organization_id):
        raise RuleViolation("E-ST-02", event=event.label)


def _answers(facts: DemandFacts) -> Mapping[str, object]:
    return {
        name: value
        for name, value in to_answers(facts).items()
        if name not in CONTACT_FIELDS
    }
