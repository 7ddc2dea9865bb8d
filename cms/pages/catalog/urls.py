"""URLs."""

from django.urls import URLPattern, URLResolver, path, register_converter

from cms.pages.catalog import detail_views, list_views


class NumberConverter:
    """A catalogue number such as `CG-2026-0001`."""

    regex = r"CG-\d{4}-\d{4,}"

    def to_python(self, value: str) -> str:
        """Return the number as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the number as it is."""
        return value


register_converter(NumberConverter, "achievement")

urlpatterns: list[URLPattern | URLResolver] = [
    path("achievements/", list_views.catalog_list, name="catalog"),
    path("achievements/export.xlsx", list_views.catalog_export, name="catalog-export"),
    path(
        "achievements/pictures/<int:pk>/", detail_views.picture, name="catalog-picture"
    ),
    path(
        "achievements/<achievement:number>/",
        detail_views.achievement_detail,
        name="achievement",
    ),
    path(
        "achievements/<achievement:number>/contact/",
        detail_views.show_contact,
        name="achievement-contact",
    ),
    path(
        "achievements/<achievement:number>/messages/",
        detail_views.leave_message,
        name="achievement-message",
    ),
]
