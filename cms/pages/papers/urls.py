"""URLs of the papers of a case."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.papers.agreement_views import (
    agreement,
    agreement_list,
    agreement_new,
    agreement_notice,
)
from cms.pages.papers.ask_views import ask, refresh
from cms.pages.papers.overview_views import papers
from cms.pages.papers.paper_views import (
    assemble,
    difference,
    paper,
    paper_docx,
    paper_pdf,
    paper_redline,
)

_ONE = "my/papers/<slug:kind>/<int:pk>/"
_PAPER = f"{_ONE}<int:paper_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("my/agreements/", agreement_list, name="agreement_list"),
    path("my/agreements/<int:pk>/", agreement, name="agreement"),
    path("my/agreements/<int:pk>/notice/", agreement_notice, name="agreement_notice"),
    path("my/agreements/new/<int:pk>/", agreement_new, name="agreement_new"),
    path(_ONE, papers, name="papers"),
    path(f"{_ONE}ask/<slug:name>/", ask, name="papers_ask"),
    path(f"{_ONE}refresh/", refresh, name="papers_refresh"),
    path(f"{_ONE}assemble/", assemble, name="papers_assemble"),
    path(_PAPER, paper, name="papers_paper"),
    path(f"{_PAPER}paper.docx", paper_docx, name="papers_docx"),
    path(f"{_PAPER}paper.pdf", paper_pdf, name="papers_pdf"),
    path(f"{_PAPER}difference/", difference, name="papers_difference"),
    path(f"{_PAPER}difference/redline.docx", paper_redline, name="papers_redline"),
]
