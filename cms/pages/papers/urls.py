"""URLs of the papers of a case."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.papers.agreement_views import (
    agreement,
    agreement_approval,
    agreement_list,
    agreement_new,
    agreement_notice,
)
from cms.pages.papers.ask_views import ask, refresh
from cms.pages.papers.overview_views import papers
from cms.pages.papers.own_views import own
from cms.pages.papers.packet_views import packet, paper_pdf, papers_zip
from cms.pages.papers.paper_views import assemble, paper, paper_docx
from cms.pages.papers.row_views import row_file, rows
from cms.pages.papers.version_views import difference, paper_redline

_ONE = "my/papers/<slug:kind>/<int:pk>/"
_PAPER = f"{_ONE}<int:paper_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("my/agreements/", agreement_list, name="agreement_list"),
    path("my/agreements/<int:pk>/", agreement, name="agreement"),
    path("my/agreements/<int:pk>/notice/", agreement_notice, name="agreement_notice"),
    path(
        "my/agreements/<int:pk>/approval/",
        agreement_approval,
        name="agreement_approval",
    ),
    path("my/agreements/new/<int:pk>/", agreement_new, name="agreement_new"),
    path(_ONE, papers, name="papers"),
    path(f"{_ONE}ask/<slug:name>/", ask, name="papers_ask"),
    path(f"{_ONE}own/<str:instrument>/", own, name="papers_own"),
    path(f"{_ONE}rows/<str:table>/", rows, name="papers_rows"),
    path(f"{_ONE}rows/<str:table>/rows.xlsx", row_file, name="papers_row_file"),
    path(f"{_ONE}packet.pdf", packet, name="papers_packet"),
    path(f"{_ONE}papers.zip", papers_zip, name="papers_zip"),
    path(f"{_ONE}refresh/", refresh, name="papers_refresh"),
    path(f"{_ONE}assemble/", assemble, name="papers_assemble"),
    path(_PAPER, paper, name="papers_paper"),
    path(f"{_PAPER}paper.docx", paper_docx, name="papers_docx"),
    path(f"{_PAPER}paper.pdf", paper_pdf, name="papers_pdf"),
    path(f"{_PAPER}difference/", difference, name="papers_difference"),
    path(f"{_PAPER}difference/redline.docx", paper_redline, name="papers_redline"),
]
