"""Pages written by actions: no route of the admin changes them, for nobody."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from wagtail.admin.urls.pages import urlpatterns
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from cms.achievements.models import AchievementIndexPage, AchievementPage
from cms.core.pages import (
    ActionOnly,
    ActionWrittenIndex,
    ActionWrittenPage,
    add_page,
    is_guarded,
    save_page,
    writing_pages,
)
from cms.pages.models import PolicyPage
from cms.parties.models import User
from tests.conftest import Cast
from tests.factories.achievements import AT, make_page

ROUTES = sorted({str(pattern.name) for pattern in urlpatterns})
BULK = ("delete", "move", "publish", "unpublish")
POSTED = {
    "title": "改动",
    "slug": "changed",
    "action-publish": "1",
    "next": "/admin/",
    "new_title": "改动",
    "new_slug": "changed",
    "publish_copies": "on",
    "copy_subpages": "on",
    "restriction_type": "login",
    "wagtail_site_name": "成转",
    "wagtail-page-delete-input": "成转",
    "include_descendants": "on",
    "move_applied": "1",
}


def posted() -> dict[str, str]:
    """What each form of the admin asks for, with the home page as destination."""
    home = str(Page.objects.get(depth=2).pk)
    return {**POSTED, "new_parent_page": home, "chooser": home}


@pytest.fixture
def page(actors: Cast) -> AchievementPage:
    return make_page(actors.unit)


@pytest.fixture
def index(page: AchievementPage) -> AchievementIndexPage:
    return page.get_parent().specific


@pytest.fixture
def policy(page) -> PolicyPage:
    """A page type whose fields a copy could fill."""
    folder = Page.objects.get(depth=2).add_child(instance=Page(title="f", slug="f"))
    values = {"mark": "附件0", "entries": [{}]}
    return add_page(folder, PolicyPage(title="政策", slug="policy", **values), at=AT)


def superuser() -> User:
    return User.objects.create_superuser("root-example", password="x" * 12)


def editor() -> User:
    """Somebody with every page right that Wagtail can give, on the root."""
    user = User.objects.create_user("editor-example", password="x" * 12)
    group = Group.objects.create(name="全部页面权限")
    group.user_set.add(user)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add", "change", "publish", "bulk_delete", "lock", "unlock"):
        permission = Permission.objects.get(
            codename=f"{codename}_page", content_type__app_label="wagtailcore"
        )
        root = Page.objects.get(depth=1)
        GroupPagePermission.objects.create(
            group=group, page=root, permission=permission
        )
    return user


@pytest.fixture(params=[superuser, editor], ids=["superuser", "editor"])
def admin(request, db, client_as: Callable[[User], Client]) -> Client:
    return client_as(request.param())


def state() -> list[tuple[object, ...]]:
    """Everything that an admin could have changed, of every page."""
    fields = (
        "pk",
        "path",
        "title",
        "slug",
        "url_path",
        "live",
        "locked",
        "alias_of_id",
    )
    dates = ("last_published_at", "go_live_at", "expire_at", "latest_revision_id")
    rows = Page.objects.order_by("path").values_list(*fields, *dates)
    achievements = AchievementPage.objects.order_by("pk").values_list("pk", "abstract")
    return [*rows, *achievements, ("restricted", PageViewRestriction.objects.count())]


def doors_to(target: Page) -> Iterator[tuple[str, str]]:
    """Every page route of the admin with an argument that means the target."""
    home = Page.objects.get(depth=2)
    values = {
        **dict.fromkeys(("page_id", "page_to_move_id", "parent_page_id"), target.pk),
        **{"pk": target.pk, "destination_id": home.pk},
        **{"revision_id": 1, "task_state_id": 1},
        **{"revision_id_a": "live", "revision_id_b": "latest", "task_id": 1},
        **{"workflow_state_id": 1, "action_name": "approve"},
        **{"app_label": "achievements", "model_name": "achievementpage"},
        **{"content_type_app_name": "achievements"},
        **{"content_type_model_name": "achievementpage"},
    }
    for pattern in urlpatterns:
        names = re.findall(r"\(\?P<(\w+)>|<(?:\w+:)?(\w+)>", str(pattern.pattern))
        wanted = {name: values[name] for pair in names for name in pair if name}
        route = f"wagtailadmin_pages:{pattern.name}"
        yield str(pattern.name), reverse(route, kwargs=wanted)


def test_every_page_route_is_tried(page) -> None:
    assert sorted(name for name, _ in doors_to(page)) == sorted(
        str(pattern.name) for pattern in urlpatterns
    )
    assert len(ROUTES) >= 30


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_changes_the_page(admin: Client, page, index, route) -> None:
    before = state()

    for target in (page, index):
        path = dict(doors_to(target))[route]
        if target == index and route == "edit":
            continue  # staff edit an index page's own text
        admin.get(path)
        admin.post(path, posted())
        admin.post(f"{path}?position=0", posted())

    assert state() == before


@pytest.mark.parametrize("action", BULK)
def test_no_bulk_action_changes_the_page(admin: Client, page, index, action) -> None:
    other = make_page_beside(page)
    before = state()

    # An index page's own text may be published; the pages below it stay.
    for chosen in (page, other, *([index] if action != "publish" else [])):
        path = f"/admin/bulk/wagtailcore/page/{action}/?id={chosen.pk}&next=/admin/"
        admin.get(path)
        admin.post(path, posted())
    admin.post(
        f"/admin/bulk/wagtailcore/page/{action}/?id=all&childOf={index.pk}", posted()
    )

    assert state() == before


def make_page_beside(page: AchievementPage) -> AchievementPage:
    return make_page(page.unit)


@pytest.mark.parametrize("route", ["delete", "move_confirm", "copy", "set_privacy"])
def test_page_above_cannot_take_it_along(admin: Client, page, index, route) -> None:
    home = index.get_parent()
    shelf = home.add_child(instance=Page(title="栏目", slug="shelf"))
    with writing_pages():
        index.move(shelf, "last-child")
    before = state()
    shelf.refresh_from_db()
    path = dict(doors_to(shelf))[route]

    admin.get(path)
    admin.post(path, posted())

    assert [row for row in state() if row in before] == before
    assert AchievementPage.objects.count() == 1


def test_unpublishing_the_page_above_leaves_it_public(admin: Client, page) -> None:
    home = page.get_ancestors().get(depth=2)

    admin.post(dict(doors_to(home))["unpublish"], {"include_descendants": "on"})

    page.refresh_from_db()
    assert page.live is True
    assert page.get_parent().live is True


def test_children_are_not_reordered(admin: Client, page, index) -> None:
    other = make_page_beside(page)

    for chosen in (page, other):
        path = reverse("wagtailadmin_pages:set_page_position", args=[chosen.pk])
        assert admin.post(f"{path}?position=0").status_code in {302, 403}

    assert list(index.get_children().values_list("pk", flat=True)) == [
        page.pk,
        other.pk,
    ]


def test_page_can_be_looked_at(admin: Client, page, index) -> None:
    listing = admin.get(reverse("wagtailadmin_explore", args=[index.pk]))

    assert listing.status_code == 200
    text = listing.content.decode()
    assert page.title in text
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in text
    assert reverse("wagtailadmin_pages:delete", args=[page.pk]) not in text


@pytest.mark.parametrize("maker", [superuser, editor])
def test_permission_tester_says_no_to_everything(db, page, index, maker) -> None:
    user = maker()
    plain = Page.objects.get(pk=page.pk)  # Wagtail often holds the base instance
    names = [name for name in dir(plain.permissions_for_user(user)) if "can_" in name]
    destination = Page.objects.get(depth=2)

    for target in (page, plain):
        tester = target.permissions_for_user(user)
        takes = {"can_move_to": [destination], "can_copy_to": [destination]}
        allowed = {
            name for name in names if getattr(tester, name)(*takes.get(name, []))
        }
        assert allowed == {"can_view_revisions"}
    tester = Page.objects.get(pk=index.pk).permissions_for_user(user)
    assert tester.can_edit() and tester.can_publish()
    assert not (tester.can_delete() or tester.can_move() or tester.can_add_subpage())


def test_type_is_not_offered_anywhere(page, index) -> None:
    assert not AchievementPage.can_create_at(index)
    assert not page.can_move_to(index)


def changes(
    page: AchievementPage, index: Page, policy: PolicyPage
) -> list[Callable[[], object]]:
    home = Page.objects.get(depth=2)
    plain = Page.objects.get(pk=page.pk)
    revision = page.save_revision  # writes the page's latest_revision
    return [
        page.save,
        plain.save,
        page.delete,
        plain.delete,
        index.delete,
        home.delete,
        Page.objects.filter(pk=page.pk).delete,
        AchievementPage.objects.all().delete,
        page.unpublish,
        plain.unpublish,
        revision,
        lambda: page.move(home, "last-child"),
        lambda: plain.move(home, "last-child"),
        lambda: index.move(home, "first-child"),
        lambda: policy.copy(to=home, update_attrs={"slug": "copy"}),
        lambda: policy.get_parent().copy(
            recursive=True, to=home, update_attrs={"slug": "copy"}
        ),
        lambda: policy.create_alias(parent=home, update_slug="alias"),
        lambda: index.add_child(
            instance=PolicyPage(title="新", slug="new", mark="1", entries=[{}])
        ),
        lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda: PageViewRestriction.objects.create(page=home, restriction_type="login"),
    ]


@pytest.mark.parametrize("number", range(20))
def test_code_outside_an_action_is_stopped(page, index, policy, number) -> None:
    before = state()

    with pytest.raises(ActionOnly) as refused, transaction.atomic():
        changes(page, index, policy)[number]()

    assert isinstance(refused.value, PermissionDenied)
    assert str(refused.value) == "该页面由办理程序生成，不能在后台直接改动。"
    assert [row for row in state() if row in before] == before


def test_action_writes_and_the_door_closes_behind_it(page) -> None:
    page.abstract = "更新后的简介。" * 10
    save_page(page, at=AT)

    with pytest.raises(ActionOnly):
        page.save()
    with pytest.raises(ZeroDivisionError), writing_pages():
        raise ZeroDivisionError
    with pytest.raises(ActionOnly):
        page.save()
    stored = AchievementPage.objects.get(pk=page.pk)
    assert (stored.abstract, stored.last_published_at) == (page.abstract, AT)


def test_guard_knows_pages_above(page, index) -> None:
    home = Page.objects.get(depth=2)

    assert is_guarded(page) and is_guarded(index)
    assert not is_guarded(home)
    assert is_guarded(home, deep=True)


def test_every_public_page_type_of_the_features_is_guarded() -> None:
    from wagtail.models import get_page_models

    ours = [model for model in get_page_models() if model.__module__.startswith("cms.")]
    open_types = [
        model.__name__
        for model in ours
        if not issubclass(model, (ActionWrittenPage, ActionWrittenIndex))
    ]

    assert len(ours) > 10
    assert open_types == ["HomePage"]  # staff write its lede


@pytest.mark.parametrize(
    "path", ["/api/v2/pages/", "/api/v3/pages/", "/admin/api/v3/pages/", "/api/pages/"]
)
def test_no_page_api_of_wagtail_is_mounted(db, path: str) -> None:
    try:
        match = resolve(path)
    except (Resolver404, NoReverseMatch):
        return
    assert match.view_name in {"wagtail_serve", "wagtailadmin_home", ""} or (
        match.func.__module__.startswith("wagtail.admin")
    )
