"""`apply()` on every model with states: what the table lists, once, with evidence."""

import copy
from functools import partial
from itertools import product

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cms.core import triggers
from cms.core.actors import SYSTEM, Actor
from cms.core.doctor import examine
from cms.core.models import EvidenceEntry
from cms.core.transitions import apply
from cms.notices.models import Announcement
from cms.parties.models import VerificationCase
from cms.payments.models import Payment
from cms.rules.notices import AnnouncementKind
from cms.rules.roles import Role
from cms.rules.tables import TABLES
from cms.rules.violations import RuleViolation
from cms.supply_demand.models import Match
from tests import processes
from tests.conftest import Cast
from tests.factories import (
    achievements,
    agreements,
    demands,
    empowerment,
    notices,
    parties,
    recordal,
    signed_papers,
    supply,
)
from tests.factories.evidence import AT

STATEFUL = {
    model.state_table.name: model
    for model in apps.get_models()
    if hasattr(model, "state_table")
}
SOMEBODY = "apv2"
"""Somebody who submits nothing in these tests."""


def make_match(cast: Cast) -> Match:
    return Match.objects.create(
        enterprise=cast.enterprise,
        unit=cast.unit,
        initiator=cast.enterprise,
        offer=demands.make_offer(cast.unit),
        note="示例",
        expires_at=AT,
        created_at=AT,
    )


def make_announcement(cast: Cast) -> Announcement:
    return Announcement.objects.create(
        kind=AnnouncementKind.GENERAL.value,
        title="示例",
        body="示例",
        status="draft",
        created_by=cast.user("stb"),
        created_at=AT,
    )


def make_payment(cast: Cast) -> Payment:
    return Payment.objects.create(
        owner=cast.unit,
        contract=f"parties.Organization:{cast.unit.pk}",
        position=1,
        kind="stage",
        kind_label="阶段性支付",
        trigger="event",
        condition="示例",
        created_at=AT,
    )


MAKERS = {
    "agreement": lambda cast: agreements.make_agreement(cast, when=AT),
    "empowerment": lambda cast: empowerment.make_case(cast, when=AT),
    "payment": make_payment,
    "supply": lambda cast: supply.make_draft(cast.actor("tto"), cast.unit),
    "demand": lambda cast: demands.make_draft(cast.enterprise),
    "call": lambda cast: demands.make_call(is_published=False),
    "event": lambda cast: demands.make_event(is_published=False),
    "match": make_match,
    "notice": lambda cast: notices.make_draft(cast, when=AT),
    "announcement": make_announcement,
    "achievement": lambda cast: achievements.make_entry(cast.unit, cast.actor("tto")),
    "signed_paper": lambda cast: signed_papers.bare_copy(
        cast, signed_papers.bare_template(), case="demo.Case:1", status="uploaded"
    ),
    "recordal_task": lambda cast: recordal.reported(
        cast, "demo.Case:1", "D-22"
    ).tasks.get(),
    "verification": lambda cast: VerificationCase.objects.get(
        organization=cast.enterprise
    ),
}
CASES = [
    (name, state.value)
    for name, model in STATEFUL.items()
    for state in model.state_table.states
]


def put_in(case, state: str) -> None:
    """Set a state past the door, and past the trigger that guards its changes.

    The row is written anew. To drop the trigger for a moment would make SQLite
    read its whole schema again after every savepoint that is rolled back.
    """
    rows = type(case)._base_manager.filter(pk=case.pk)
    rows._raw_delete(rows.db)
    case.status = state
    case.save_base(raw=True, force_insert=True)


def stored(case) -> tuple[str, int, int]:
    row = type(case)._base_manager.get(pk=case.pk)
    return row.status, row.version, EvidenceEntry.objects.count()


def attempt(case, event: str, role: Role, by: Actor) -> tuple[str, ...]:
    """Try one step; return the code of the refusal, or the state that came of it."""
    held = copy.copy(case)
    try:
        with transaction.atomic():
            roles = frozenset({role})
            row = apply(case.state_table, held, event, by=by, roles=roles, at=AT)
            entry = EvidenceEntry.objects.order_by("-sequence").first()
            status, version, _ = stored(case)
            assert (held.status, held.version) == (status, version)
            assert version == case.version + 1
            assert entry.payload == {
                "from": case.status,
                "to": status,
                "version": version,
                "roles": [role.value],
            }
            kind = f"{case.state_table.name}.{event}"
            assert (entry.kind, entry.legal_at) == (kind, AT)
            assert entry.actor_id == by.user_id
            raise Undone(str(row.target))
    except RuleViolation as refused:
        return (refused.code,)
    except Undone as undone:
        return "to", str(undone)


class Undone(Exception):
    """Rolls a step back that went through."""


def expected(table, state: str, event: str, role: Role) -> tuple[str, ...]:
    row = table.find(state, event)
    if row is None:
        return ("E-ST-01",)
    return ("to", str(row.target)) if role in row.roles else ("E-ST-02",)


def test_every_model_with_states_is_tried_and_known() -> None:
    assert set(MAKERS) == set(STATEFUL)
    assert set(STATEFUL) <= {table.name for table in TABLES}
    with_status = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("cms.")
        and {"status", "version", "submitted_by"}
        <= {field.name for field in model._meta.local_fields}
    }
    assert with_status == {model.__name__ for model in STATEFUL.values()}


@pytest.mark.parametrize(("name", "state"), CASES, ids=lambda value: value)
def test_each_event_and_role_does_what_the_table_says(actors, name, state) -> None:
    case = MAKERS[name](actors)
    put_in(case, state)
    table, by = case.state_table, actors.actor(SOMEBODY)
    pairs = list(product([event.value for event in table.events], Role))

    before = stored(case)

    found = {(e, r): attempt(case, e, r, by) for e, r in pairs}

    assert stored(case) == before
    assert found == {(e, r): expected(table, state, e, r) for e, r in pairs}


FOUR_EYES = [
    (name, row)
    for name, model in STATEFUL.items()
    for row in model.state_table.transitions
    if row.four_eyes
]


@pytest.mark.parametrize(
    ("name", "row"), FOUR_EYES, ids=[f"{n}-{r.source}-{r.event}" for n, r in FOUR_EYES]
)
def test_submitter_never_decides_his_own_case(actors, name, row) -> None:
    case = MAKERS[name](actors)
    put_in(case, str(row.source))
    type(case)._base_manager.update(submitted_by=actors.user(SOMEBODY))
    other = next(iter(sorted(row.roles)))

    own = attempt(case, str(row.event), other, actors.actor(SOMEBODY))
    foreign = attempt(case, str(row.event), other, actors.actor("stb"))

    assert own == ("E-ST-03",)
    assert foreign == ("to", str(row.target))


@pytest.fixture
def draft(actors: Cast):
    return MAKERS["demand"](actors)


def step(case, event: str, *, by: Actor = SYSTEM, role: Role = Role.ENTERPRISE, **more):
    roles = frozenset({role})
    return apply(case.state_table, case, event, by=by, roles=roles, at=AT, **more)


def test_reason_payload_and_held_roles_are_on_record(actors: Cast, draft) -> None:
    roles = frozenset({Role.ENTERPRISE, Role.TRANSFER_OFFICE})

    apply(
        draft.state_table,
        draft,
        "submit",
        by=actors.actor("ent"),
        roles=roles,
        at=AT,
        payload={"number": "XQ-2026-0001", "to": "forged"},
        reason="材料齐全",
    )

    entry = EvidenceEntry.objects.order_by("-sequence").first()
    assert entry.payload == {
        "from": "draft",
        "to": "submitted",
        "version": draft.version,
        "roles": ["ENT"],
        "reason": "材料齐全",
        "number": "XQ-2026-0001",
    }


@pytest.mark.parametrize("stale", ["version", "status", "deleted"])
def test_stale_copy_is_refused(actors: Cast, draft, stale: str) -> None:
    if stale == "version":
        type(draft).objects.filter(pk=draft.pk).update(version=draft.version + 1)
    elif stale == "status":
        draft.status = "withdrawn"
    else:
        draft.pk = 0

    with pytest.raises(RuleViolation) as refused:
        step(draft, "submit")

    assert refused.value.code == "E-ST-04"
    assert refused.value.message == "已被他人更新，请刷新后重试。"


def test_failing_evidence_takes_the_step_back(actors: Cast, draft) -> None:
    with pytest.raises(ValueError, match="float"), transaction.atomic():
        step(draft, "submit", payload={"x": 1.5})

    assert stored(draft)[0] == "draft"


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({"status": "submitted", "version": 2}, True),
        ({"title": "新的名称"}, True),
        ({"status": "submitted"}, False),
        ({"status": "submitted", "version": 3}, False),
        ({"status": "published", "version": 2}, False),
        ({"status": "nonsense", "version": 2}, False),
    ],
    ids=str,
)
def test_database_refuses_steps_that_the_table_does_not_list(
    actors: Cast, draft, changes, allowed
) -> None:
    version = type(draft).objects.get(pk=draft.pk).version
    if "version" in changes:
        changes = {**changes, "version": version + changes["version"] - 1}
    update = partial(type(draft).objects.filter(pk=draft.pk).update, **changes)

    if allowed:
        assert update() == 1
        return
    with (
        pytest.raises(DatabaseError, match="not a step of demand"),
        transaction.atomic(),
    ):
        update()


def decide(case, event: str, by: Actor) -> None:
    """Decide on the copy that all processes hold alike."""
    held = copy.copy(case)  # what the page showed when it was opened
    try:
        step(held, event, by=by, role=Role.BUREAU)
    except RuleViolation as refused:
        raise SystemExit(40 if refused.code == "E-ST-04" else 50) from None


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_have_one_winner() -> None:
    people = [parties.make_actor(Role.BUREAU) for _ in range(4)]
    for turn in range(5):
        case = demands.make_submitted()
        case.refresh_from_db()
        events = ["publish", "return", "publish", "return"]

        ended = processes.run_all(
            [
                partial(decide, case, event, by)
                for event, by in zip(events, people, strict=True)
            ]
        )

        assert sorted(one.code for one in ended) == [0, 40, 40, 40], turn
        name = f"supply_demand.Demand:{case.pk}"
        kinds = ("demand.publish", "demand.return")
        assert EvidenceEntry.objects.filter(subject=name, kind__in=kinds).count() == 1
        winner = events[next(i for i, one in enumerate(ended) if one.code == 0)]
        case.refresh_from_db()
        assert case.status == {"publish": "published", "return": "draft"}[winner]


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps no text of a trigger"
)
def test_steps_of_an_older_release_are_told_and_renewed() -> None:
    name, table = "notices_notice_listed_steps", "notices_notice"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(
            f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" '
            "WHEN NEW.status <> OLD.status BEGIN SELECT RAISE(ABORT, 'old'); END"
        )
    assert triggers.stale_steps(connection) == [table]
    assert [f.topic for f in examine(at=AT) if f.is_fault] == ["状态表"]

    triggers.renew_steps(connection)

    assert triggers.stale_steps(connection) == []
