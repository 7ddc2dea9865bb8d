"""E-NT-02 in the database: what is published is neither changed nor deleted.

Made by migration 0002 and again after every migrate, since SQLite drops a
table's triggers whenever it rebuilds the table, Wagtail's page table included.
"""

from collections.abc import Iterator

from django.db import connections

from cms.core.triggers import Trigger, install

_NOTICE = (
    "owner_id kind title values number text sha256 sm3 code published_at"
    " planned_close_on predecessor_id"
)
_NOTICE_PAGE = (
    "number kind unit_id unit_name facts text sha256 sm3 code attachments"
    " published_at year rule rule_version planned_close_on predecessor_number"
)
_ANNOUNCEMENT = "kind title body number text sha256 sm3 code published_at corrects_id"
_ANNOUNCEMENT_PAGE = (
    "number kind issuer body text sha256 sm3 code published_at corrects_number"
)
_PUBLISHED = "OLD.published_at IS NOT NULL"
_OF_PUBLISHED = (
    "EXISTS (SELECT 1 FROM notices_notice n"
    " WHERE n.id = {row}.notice_id AND n.published_at IS NOT NULL)"
)
_IS_OURS = (
    "(EXISTS (SELECT 1 FROM notices_noticepage p WHERE p.page_ptr_id = OLD.id)"
    " OR EXISTS (SELECT 1 FROM notices_announcementpage p"
    " WHERE p.page_ptr_id = OLD.id))"
)
_ALWAYS = "1 = 1"

# table: (columns that never change, when that holds)
_GUARDED = {
    "notices_notice": (_NOTICE, _PUBLISHED),
    "notices_announcement": (_ANNOUNCEMENT, _PUBLISHED),
    "notices_noticevenue": ("notice_id venue opened_at rule rule_version", _ALWAYS),
    "notices_noticeattachment": (
        "notice_id file_id name size sha256 sm3 position",
        _OF_PUBLISHED.format(row="OLD"),
    ),
    "notices_certificate": (
        "notice_id number code text sha256 sm3 issued_at",
        _ALWAYS,
    ),
    "notices_noticepage": (_NOTICE_PAGE, _ALWAYS),
    "notices_announcementpage": (_ANNOUNCEMENT_PAGE, _ALWAYS),
    "wagtailcore_page": ("title draft_title slug live content_type_id", _IS_OURS),
}


def fixing(vendor: str) -> list[Trigger]:
    """Return the triggers that keep published rows as they are."""
    distinct = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return list(_triggers(vendor, distinct))


def _triggers(vendor: str, distinct: str) -> Iterator[Trigger]:
    for table, (columns, condition) in _GUARDED.items():
        changed = " OR ".join(
            f'OLD."{column}" {distinct} NEW."{column}"' for column in columns.split()
        )
        yield _trigger(vendor, table, "update", f"{condition} AND ({changed})")
        yield _trigger(vendor, table, "delete", condition)
    added = _OF_PUBLISHED.format(row="NEW")
    yield _trigger(vendor, "notices_noticeattachment", "insert", added)


def _trigger(vendor: str, table: str, act: str, when: str) -> Trigger:
    name = f"notices_fixed_{table.partition('_')[2]}_{act}"
    if vendor == "sqlite":
        statement = (
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} WHEN {when}"
            " BEGIN SELECT RAISE(ABORT, 'E-NT-02'); END"
        )
        return Trigger(name, table, (statement,))
    row = "OLD" if act == "delete" else "NEW"
    return Trigger(
        name,
        table,
        (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$"
            f" BEGIN IF {when} THEN RAISE EXCEPTION 'E-NT-02'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {row}; END $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


def install_after_migrate(using: str = "default", **kwargs: object) -> None:
    """Install the triggers once migrations have run (signal `post_migrate`)."""
    connection = connections[using]
    install(connection, fixing(connection.vendor))
