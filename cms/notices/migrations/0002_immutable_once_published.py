"""E-NT-02 in the database: what is published cannot be changed or deleted."""

from django.db import migrations

NOTICE = (
    "owner_id kind title values number text sha256 sm3 code published_at"
    " planned_close_on predecessor_id"
).split()
VENUE = "notice_id venue opened_at rule rule_version".split()
ATTACHMENT = "notice_id file_id name size sha256 sm3 position".split()
CERTIFICATE = "notice_id number code text sha256 sm3 issued_at".split()
ANNOUNCEMENT = (
    "kind title body number text sha256 sm3 code published_at corrects_id"
).split()
NOTICE_PAGE = (
    "number kind unit_id unit_name facts text sha256 sm3 code attachments"
    " published_at year rule rule_version planned_close_on predecessor_number"
).split()
ANNOUNCEMENT_PAGE = (
    "number kind issuer body text sha256 sm3 code published_at corrects_number"
).split()
PAGE = "title draft_title slug live content_type_id".split()

PUBLISHED = "OLD.published_at IS NOT NULL"
OF_PUBLISHED = (
    "EXISTS (SELECT 1 FROM notices_notice n"
    " WHERE n.id = {row}.notice_id AND n.published_at IS NOT NULL)"
)
IS_OURS = (
    "(EXISTS (SELECT 1 FROM notices_noticepage p WHERE p.page_ptr_id = OLD.id)"
    " OR EXISTS (SELECT 1 FROM notices_announcementpage p"
    " WHERE p.page_ptr_id = OLD.id))"
)
ALWAYS = "1 = 1"

# table: (columns that never change, when that holds)
GUARDED = {
    "notices_notice": (NOTICE, PUBLISHED),
    "notices_announcement": (ANNOUNCEMENT, PUBLISHED),
    "notices_noticevenue": (VENUE, ALWAYS),
    "notices_noticeattachment": (ATTACHMENT, OF_PUBLISHED.format(row="OLD")),
    "notices_certificate": (CERTIFICATE, ALWAYS),
    "notices_noticepage": (NOTICE_PAGE, ALWAYS),
    "notices_announcementpage": (ANNOUNCEMENT_PAGE, ALWAYS),
    "wagtailcore_page": (PAGE, IS_OURS),
}


def triggers():
    """Yield (name, table, act, condition) of every trigger."""
    for table, (columns, condition) in GUARDED.items():
        changed = " OR ".join(
            f'OLD."{column}" {{distinct}} NEW."{column}"' for column in columns
        )
        name = f"notices_fixed_{table.partition('_')[2]}"
        yield f"{name}_update", table, "UPDATE", f"{condition} AND ({changed})"
        yield f"{name}_delete", table, "DELETE", condition
    yield (
        "notices_fixed_noticeattachment_insert",
        "notices_noticeattachment",
        "INSERT",
        OF_PUBLISHED.format(row="NEW"),
    )


def install(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, table, act, condition in triggers():
        if vendor == "sqlite":
            when = condition.format(distinct="IS NOT")
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when}"
                " BEGIN SELECT RAISE(ABORT, 'E-NT-02'); END"
            )
        elif vendor == "postgresql":
            when = condition.format(distinct="IS DISTINCT FROM")
            row = "OLD" if act == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN IF {when} THEN RAISE EXCEPTION 'E-NT-02'"
                " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                f" RETURN {row}; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def remove(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, table, _act, _condition in triggers():
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        elif vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_notices"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]
    operations = [migrations.RunPython(install, remove)]
