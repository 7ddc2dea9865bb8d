"""E-NT-02: what is published stays, by ORM, raw SQL and the admin's doors."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from cms.core import due
from cms.core.pages import ActionOnly, writing_pages
from cms.core.triggers import drop
from cms.notices.actions import save_draft
from cms.notices.models import Announcement, Certificate, Notice, NoticePage
from cms.notices.triggers import fixing, install_after_migrate
from cms.parties.models import User
from cms.rules.notices import NoticeKind, Venue
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    make_announcement,
    make_approved,
    make_attachment,
    make_draft,
    make_open,
    page_of,
    publish,
)

WHEN = at("2026-10-12 09:00")


@pytest.fixture
def notice(actors: Cast) -> Notice:
    return make_open(actors, when=WHEN)


@pytest.mark.parametrize("name", ["title", "text", "sha256", "sm3", "number", "kind"])
def test_orm_save_of_a_fixed_field_is_refused(notice: Notice, name: str) -> None:
    setattr(notice, name, "auction" if name == "kind" else "x" * 10)

    with pytest.raises(RuleViolation) as refused:
        notice.save()

    assert refused.value.code == "E-NT-02"


def test_orm_save_of_the_contents_is_refused(notice: Notice) -> None:
    notice.values = {**notice.values, "floor_price": "1元"}

    with pytest.raises(RuleViolation) as refused:
        notice.save(update_fields=["values"])

    assert refused.value.code == "E-NT-02"


def test_orm_delete_is_refused(notice: Notice) -> None:
    for row in (notice, notice.venues.get()):
        with pytest.raises(RuleViolation) as refused:
            row.delete()

        assert refused.value.code == "E-NT-02"


def test_saving_a_published_notice_as_draft_is_refused(
    actors: Cast, notice: Notice
) -> None:
    with pytest.raises(RuleViolation) as refused:
        save_draft(
            notice,
            title="改",
            values={},
            planned_close_on=None,
            by=actors.actor("tto"),
            at=WHEN,
        )

    assert refused.value.code == "E-NT-02"


STATEMENTS = [
    "UPDATE notices_notice SET title = 'x'",
    """UPDATE notices_notice SET "values" = '{}'""",
    "UPDATE notices_notice SET published_at = NULL",
    "UPDATE notices_notice SET planned_close_on = '2030-01-01'",
    "DELETE FROM notices_notice",
    "UPDATE notices_noticevenue SET opened_at = '2020-01-01 00:00:00+00:00'",
    "DELETE FROM notices_noticevenue",
    "UPDATE notices_noticepage SET text = 'x'",
    "UPDATE notices_noticepage SET facts = '[]'",
    "UPDATE notices_noticepage SET published_at = '2020-01-01 00:00:00+00:00'",
    "DELETE FROM notices_noticepage",
    "UPDATE wagtailcore_page SET title = 'x' WHERE slug LIKE 'GS-%'",
    "UPDATE wagtailcore_page SET slug = 'x' WHERE slug LIKE 'GS-%'",
    "DELETE FROM wagtailcore_page WHERE slug LIKE 'GS-%'",
    "UPDATE notices_noticeattachment SET name = 'x'",
    "DELETE FROM notices_noticeattachment",
    "UPDATE notices_announcement SET body = 'x'",
    "DELETE FROM notices_announcement",
    "UPDATE notices_announcementpage SET body = 'x'",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_raw_sql_is_refused(actors: Cast, statement: str) -> None:
    draft = make_draft(actors, when=WHEN)
    make_attachment(actors, draft, when=WHEN)
    notice = make_approved(actors, when=WHEN, draft=draft)
    publish(actors, notice, Venue.PLATFORM, when=WHEN)
    make_announcement(actors, when=WHEN)

    with (
        pytest.raises(DatabaseError, match="E-NT-02"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_certificate_is_fixed_in_the_database(actors: Cast) -> None:
    make_open(actors, when=WHEN)
    due.sweep(until=at("2026-10-28 00:00"))
    assert Certificate.objects.count() == 1

    for statement in (
        "UPDATE notices_certificate SET text = 'x'",
        "DELETE FROM notices_certificate",
    ):
        with (
            pytest.raises(DatabaseError, match="E-NT-02"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_queryset_update_is_refused(notice: Notice) -> None:
    with pytest.raises(DatabaseError, match="E-NT-02"), transaction.atomic():
        Notice.objects.update(title="改")
    with pytest.raises(DatabaseError, match="E-NT-02"), transaction.atomic():
        NoticePage.objects.update(title="改")


def test_attachment_cannot_be_added_after_publication(
    actors: Cast, notice: Notice
) -> None:
    with pytest.raises(RuleViolation) as refused:
        make_attachment(actors, notice, when=WHEN)

    assert refused.value.code == "E-NT-02"


def test_a_draft_may_change_in_the_database(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)

    assert Notice.objects.filter(pk=notice.pk).update(title="改") == 1


def test_page_save_outside_an_action_is_refused(notice: Notice) -> None:
    page = page_of(notice)
    page.title = "改"

    with pytest.raises(ActionOnly):
        page.save()
    with (
        writing_pages(),
        pytest.raises(DatabaseError, match="E-NT-02"),
        transaction.atomic(),
    ):
        page.save()


@pytest.fixture
def superuser_client(db: None, client_as: Callable[[User], Client]) -> Client:
    user = User.objects.create_superuser("root-example", password="x" * 12)
    return client_as(user)


DOORS = [
    "edit",
    "delete",
    "unpublish",
    "move",
    "copy",
    "lock",
    "set_privacy",
    "convert_alias",
    "add_subpage",
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_admin_doors_are_closed_to_a_superuser(
    superuser_client: Client,
    notice: Notice,
    door: str,
    method: str,
) -> None:
    page = page_of(notice)
    path = reverse(f"wagtailadmin_pages:{door}", args=[page.pk])

    response = getattr(superuser_client, method)(path, {"title": "改"})

    assert response.status_code == 403
    assert "E-NT-02" in response.content.decode()
    stored = page_of(notice)
    assert (stored.title, stored.live, stored.url_path) == (
        page.title,
        True,
        page.url_path,
    )
    assert stored.latest_revision_id is None


def test_admin_bulk_actions_do_not_reach_a_notice(
    superuser_client: Client, notice: Notice
) -> None:
    page = page_of(notice)

    for act in ("delete", "unpublish"):
        path = f"/admin/bulk/wagtailcore/page/{act}/?id={page.pk}"
        superuser_client.post(path)

    assert page_of(notice).live is True


def test_announcement_is_fixed(actors: Cast) -> None:
    row = make_announcement(actors, when=WHEN)
    row.body = "改"

    with pytest.raises(RuleViolation) as refused:
        row.save()

    assert refused.value.code == "E-NT-02"
    assert Announcement.objects.get().body == "示例公告正文。"


def test_unit_notice_has_no_page(actors: Cast) -> None:
    make_open(actors, NoticeKind.EMPOWERMENT, when=WHEN)

    assert NoticePage.objects.count() == 0


def test_triggers_come_back_after_a_migrate(notice: Notice) -> None:
    vendor = connection.vendor
    drop(connection, fixing(vendor))
    assert Notice.objects.update(title="改") == 1

    install_after_migrate()

    with pytest.raises(DatabaseError, match="E-NT-02"), transaction.atomic():
        Notice.objects.update(title="再改")
