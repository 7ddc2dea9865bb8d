"""Database triggers: evidence is append-only, states change by listed steps.

Made by migrations and again after every migrate, since SQLite drops a table's
triggers whenever it rebuilds the table. Pairs of `create` and `drop` statements
for SQLite and PostgreSQL.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.core.locks import writing
from cms.core.models import Checkpoint, EvidenceEntry, EvidenceTile
from cms.rules.state_machine import StateTable

_ERASABLE = ("actor_name", "actor_salt")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, its table and the statements that make it."""

    name: str
    table: str
    statements: tuple[str, ...]


def refusing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the triggers that keep the evidence tables append-only.

    An entry may be changed in one way: name and salt of the actor go blank.
    """
    vendor = connection.vendor
    entry = EvidenceEntry._meta.db_table
    erasure = _is_erasure(connection, entry)
    triggers = [
        _refusal(vendor, entry, "UPDATE", f"NOT ({erasure})"),
        _refusal(vendor, entry, "DELETE"),
    ]
    for model in (EvidenceTile, Checkpoint):
        triggers += [
            _refusal(vendor, model._meta.db_table, event)
            for event in ("UPDATE", "DELETE")
        ]
    if vendor == "postgresql":
        triggers += [
            _refusal(vendor, model._meta.db_table, "TRUNCATE")
            for model in (EvidenceEntry, EvidenceTile, Checkpoint)
        ]
    return triggers


def _is_erasure(connection: BaseDatabaseWrapper, table: str) -> str:
    # The columns come from the database: migrations of any age use this.
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    is_same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    terms = [
        f"NEW.\"{column.name}\" = ''"
        if column.name in _ERASABLE
        else f'NEW."{column.name}" {is_same} OLD."{column.name}"'
        for column in described
    ]
    return " AND ".join(terms)


def stepping(vendor: str) -> list[Trigger]:
    """Return one trigger for each case model: only listed steps change a state."""
    return [
        _step_trigger(vendor, model._meta.db_table, model.state_table)
        for model in apps.get_models()
        if hasattr(model, "state_table") and not model._meta.proxy
    ]


def _refusal(vendor: str, table: str, event: str, when: str = "") -> Trigger:
    name = f"{table}_no_{event.lower()}"
    return _trigger(vendor, name, table, event, when, f"{table} is append-only")


def _step_trigger(vendor: str, table: str, steps: StateTable) -> Trigger:
    pairs = sorted({f"'{row.source}>{row.target}'" for row in steps.transitions})
    when = (
        "NEW.status <> OLD.status AND (NEW.version <> OLD.version + 1"
        f" OR (OLD.status || '>' || NEW.status) NOT IN ({', '.join(pairs)}))"
    )
    reason = f"{table}: not a step of {steps.name}"
    return _trigger(vendor, f"{table}_listed_steps", table, "UPDATE", when, reason)


def _trigger(
    vendor: str, name: str, table: str, event: str, when: str, reason: str
) -> Trigger:
    condition = f"WHEN ({when}) " if when else ""
    if vendor == "sqlite":
        return Trigger(
            name,
            table,
            (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
                f"{condition}BEGIN SELECT RAISE(ABORT, '{reason}'); END",
            ),
        )
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return Trigger(
        name,
        table,
        (
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger AS $$ '
            f"BEGIN RAISE EXCEPTION '{reason}' USING ERRCODE = 'check_violation'; "
            "END $$ LANGUAGE plpgsql",
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
            f'FOR EACH {each} {condition}EXECUTE FUNCTION "{name}"()',
        ),
    )


def install(connection: BaseDatabaseWrapper, triggers: list[Trigger]) -> None:
    """Make the triggers anew on the tables that exist."""
    tables = set(connection.introspection.table_names())
    drop(connection, triggers)
    with connection.cursor() as cursor:
        for trigger in triggers:
            for statement in trigger.statements if trigger.table in tables else ():
                cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper, triggers: list[Trigger]) -> None:
    """Drop the triggers where they exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers:
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
            elif trigger.table in tables:
                cursor.execute(
                    f'DROP TRIGGER IF EXISTS "{trigger.name}" ON "{trigger.table}"'
                )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of append-only triggers that the database lacks."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    wanted = refusing(connection)
    return [trigger.name for trigger in wanted if trigger.name not in present]


def renew_steps(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers of the state tables anew, in one transaction.

    A release may list more steps without touching a table: no migration is
    pending then, and the old triggers would refuse the new steps.
    """
    with writing():
        install(connection, stepping(connection.vendor))


def stale_steps(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables whose trigger lists other steps than the code (SQLite).

    PostgreSQL keeps no text to compare with; there the list is empty.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        present = dict(cursor.fetchall())
    return [
        trigger.table
        for trigger in stepping(connection.vendor)
        if present.get(trigger.name) != trigger.statements[0]
    ]


def install_after_migrate(using: str = "default", **kwargs: object) -> None:
    """Install all triggers once migrations have run (signal `post_migrate`)."""
    connection = connections[using]
    install(connection, [*refusing(connection), *stepping(connection.vendor)])
