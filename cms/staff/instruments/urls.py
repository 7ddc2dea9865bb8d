"""URLs of the templates' desk."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.instruments import draft_views, impact_views, list_views, version_views

_DRAFT = "drafts/<int:pk>/"
_VERSION = "versions/<int:pk>/"
_DIFFERENCE = f"{_VERSION}difference/<int:older>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", list_views.templates, name="templates"),
    path("upload/", draft_views.upload, name="template_upload"),
    path(_DRAFT, draft_views.draft, name="template_draft"),
    path(f"{_DRAFT}check/", draft_views.draft_check, name="template_draft_check"),
    path(f"{_DRAFT}discard/", draft_views.draft_discard, name="template_draft_discard"),
    path(f"{_DRAFT}propose/", draft_views.draft_propose, name="template_draft_propose"),
    path(
        f"{_DRAFT}commented.docx",
        draft_views.draft_commented,
        name="template_draft_commented",
    ),
    path(
        f"{_DRAFT}redline.docx",
        draft_views.draft_redline,
        name="template_draft_redline",
    ),
    path(f"{_DRAFT}sample/", draft_views.draft_sample, name="template_draft_sample"),
    path(_VERSION, version_views.version, name="template_version"),
    path(
        f"{_VERSION}template.docx",
        version_views.version_docx,
        name="template_version_docx",
    ),
    path(
        f"{_VERSION}manifest.toml",
        version_views.version_manifest,
        name="template_version_manifest",
    ),
    path(
        f"{_VERSION}sample/",
        version_views.version_sample,
        name="template_version_sample",
    ),
    path(
        f"{_VERSION}impact/",
        impact_views.version_impact,
        name="template_version_impact",
    ),
    path(
        _DIFFERENCE,
        version_views.version_difference,
        name="template_version_difference",
    ),
    path(
        f"{_DIFFERENCE}redline.docx",
        version_views.version_redline,
        name="template_version_redline",
    ),
    path(
        f"{_VERSION}<slug:decision>/",
        version_views.version_decide,
        name="template_version_decide",
    ),
    path("<slug:number>/", list_views.instrument, name="template_instrument"),
]
