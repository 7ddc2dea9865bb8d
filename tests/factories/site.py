"""The pages that migrations make, for tests that run after a flush."""

from importlib import import_module

from django.apps import apps
from wagtail.models import Collection, Locale, Page, Site


def restore_site() -> None:
    """Make the root, the home page and the site again, where a flush took them.

    A transactional test ends with a flush, which also empties what migrations
    wrote; the tests after it on the same worker start without a home page.
    """
    if Site.objects.exists():
        return
    Locale.objects.get_or_create(language_code="zh-hans")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    import_module("cms.pages.migrations.0002_home").make_home(apps, None)
