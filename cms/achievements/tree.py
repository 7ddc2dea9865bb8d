"""Where catalogue pages hang in the page tree."""

from datetime import datetime

from wagtail.models import Site

from cms.achievements.models import AchievementIndexPage
from cms.core.pages import add_page


def get_index_page(*, at: datetime) -> AchievementIndexPage:
    """Return the catalogue's index page, made below the home page where absent."""
    index = AchievementIndexPage.objects.first()
    if index is None:
        home = Site.objects.get(is_default_site=True).root_page
        index = add_page(
            home,
            AchievementIndexPage(
                title="科技成果目录", slug="achievements", show_in_menus=True
            ),
            at=at,
        )
    return index
