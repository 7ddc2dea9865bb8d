"""URLs."""

from django.urls import URLPattern, URLResolver, path, register_converter

from cms.pages.catalog import detail_views, import_views, list_views, my_views


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
    path("my/achievements/", my_views.my_entries, name="my_entries"),
    path("my/achievements/new/", my_views.my_entry_new, name="my_entry_new"),
    path("my/achievements/<int:pk>/", my_views.my_entry, name="my_entry"),
    path(
        "my/achievements/<int:pk>/edit/", my_views.my_entry_edit, name="my_entry_edit"
    ),
    path(
        "my/achievements/<int:pk>/step/", my_views.my_entry_step, name="my_entry_step"
    ),
    path(
        "my/achievements/<int:pk>/pictures/", my_views.my_pictures, name="my_pictures"
    ),
    path(
        "my/achievements/<int:pk>/pictures/<int:picture_id>/",
        my_views.my_picture,
        name="my_picture",
    ),
    path("my/achievements/import/", import_views.my_import, name="my_import"),
    path(
        "my/achievements/import/<int:file_id>/",
        import_views.my_import_check,
        name="my_import_check",
    ),
    path(
        "my/achievements/import/<int:pk>/undo/",
        import_views.my_import_undo,
        name="my_import_undo",
    ),
    path("my/achievements/template.xlsx", import_views.template, name="my_template"),
    path("my/achievements/export.xlsx", import_views.my_export, name="my_export"),
    path("my/achievements/messages/", import_views.my_messages, name="my_messages"),
]
