"""Where catalogue pages hang in the page tree."""

from wagtail.models import Site

from cms.achievements.models import AchievementIndexPage


def get_index_page() -> AchievementIndexPage:
    """Return the catalogue's index page, made below the home page where absent."""
    index = AchievementIndexPage.objects.first()
    if index is None:
        home = Site.objects.get(is_default_site=True).root_page
        index = home.add_child(
            instance=AchievementIndexPage(
                title="科技成果目录", slug="achievements", show_in_menus=True
            )
        )
    return index


def lock_index_page() -> AchievementIndexPage:
    """Lock the index page: catalogue writes go one after another.

    The tree's next free path and the change log's next version both need that.
    """
    index = get_index_page()
    return AchievementIndexPage.objects.select_for_update().get(pk=index.pk)
