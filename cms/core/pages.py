"""Pages that only actions write: no door of the Wagtail admin changes them.

A page type takes `ActionWrittenPage` before `Page`; its parent's type takes
`ActionWrittenIndex`. Actions write through `add_page` and `save_page`, or inside
`with writing_pages():`. Everything else is refused twice: by the permission
tester, which hides and forbids the admin's doors, and by signal receivers that
stop any save, deletion or move that comes past it, also a superuser's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.models import Page, PagePermissionTester

from cms.core.locks import writing

P = TypeVar("P", bound=Page)
_writing: ContextVar[bool] = ContextVar("writing_pages", default=False)


class ActionOnly(PermissionDenied):
    """A page that only actions write was about to be changed by other means."""

    def __init__(self) -> None:
        """Say why, for the admin's message."""
        super().__init__("该页面由办理程序生成，不能在后台直接改动。")


@contextmanager
def writing_pages() -> Iterator[None]:
    """Allow the enclosed code, an action, to write action-written pages."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def add_page(parent: Page, page: P, *, at: datetime) -> P:
    """Publish a new page below `parent`, dated `at`; return it."""
    with writing(), writing_pages():
        page.live = True
        page.has_unpublished_changes = False
        page.first_published_at = page.last_published_at = at
        # A stale parent would give two pages one place in the tree.
        Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def save_page(page: P, *, at: datetime) -> P:
    """Publish the page's new content, dated `at`; return it."""
    with writing(), writing_pages():
        page.last_published_at = at
        page.save()
    return page


class ReadOnlyTester(PagePermissionTester):
    """Lets nobody do anything but look."""

    def _never(self, *args: Any, **kwargs: Any) -> bool:
        return False

    can_add_subpage = can_edit = can_delete = can_unpublish = can_publish = _never
    can_submit_for_moderation = can_set_view_restrictions = can_unschedule = _never
    can_lock = can_unlock = can_publish_subpage = can_reorder_children = _never
    can_move = can_copy = can_move_to = can_copy_to = _never


class IndexTester(PagePermissionTester):
    """Lets staff edit an index page's own text and nothing else."""

    def _never(self, *args: Any, **kwargs: Any) -> bool:
        return False

    can_delete = can_unpublish = can_set_view_restrictions = can_unschedule = _never
    can_publish_subpage = can_reorder_children = can_lock = can_unlock = _never
    can_move = can_copy = can_move_to = can_copy_to = can_add_subpage = _never


class ActionWrittenPage:
    """Mixin, before `Page`: written by actions, read-only in the admin."""

    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    # There is no draft to look at, and the public view needs no preview.
    preview_modes: list[tuple[str, str]] = []

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Return False: the admin creates none."""
        return False

    @classmethod
    def can_move_to(cls, parent: Page) -> bool:
        """Return False: the admin moves none."""
        return False

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return the tester that refuses everybody, superusers included."""
        return ReadOnlyTester(user, self)


class ActionWrittenIndex:
    """Mixin, before `Page`: the parent of action-written pages, kept in place."""

    preview_modes: list[tuple[str, str]] = []

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return the tester that allows editing only, superusers included."""
        return IndexTester(user, self)


def is_guarded(page: Page, *, deep: bool = False) -> bool:
    """Whether the page, or with `deep` one below it, is written by actions only."""
    kinds: tuple[type, ...] = (ActionWrittenPage, ActionWrittenIndex)
    if issubclass(page.specific_class or Page, kinds):
        return True
    if not deep:
        return False
    types = page.get_descendants().values_list("content_type", flat=True).distinct()
    return any(_is_guarded_type(pk) for pk in types)


def _is_guarded_type(content_type_id: int) -> bool:
    from django.contrib.contenttypes.models import ContentType  # app ready

    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return model is not None and issubclass(
        model, (ActionWrittenPage, ActionWrittenIndex)
    )


def refuse_save(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Stop a save of an action-written page outside an action."""
    if kwargs.get("raw") or _writing.get() or not isinstance(instance, Page):
        return
    if issubclass(instance.specific_class or type(instance), ActionWrittenPage):
        raise ActionOnly


def refuse_delete(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Stop a deletion, also one that cascades from a page above."""
    if _writing.get():
        return
    if isinstance(instance, ActionWrittenPage | ActionWrittenIndex):
        raise ActionOnly


def refuse_move(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    """Stop a move of such a page, of its index, or of a page above them."""
    if not _writing.get() and is_guarded(instance, deep=True):
        raise ActionOnly


def refuse_restriction(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Stop view restrictions on such a page or above it: it stays public."""
    if not _writing.get() and is_guarded(instance.page, deep=True):
        raise ActionOnly
