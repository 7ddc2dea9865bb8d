"""A long table of the interview by Excel: template, dry run, all rows or none."""

import json
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cms.case_documents import actions
from cms.case_documents.faults import AssemblyError
from cms.case_documents.interview import interview_of
from cms.case_documents.queries.papers import may_answer
from cms.case_documents.table_rows import ParsedRows, parse_rows, with_rows
from cms.core import answers as sheets
from cms.core import clock
from cms.core.downloads import attachment
from cms.core.encryption import Undecipherable, decrypt, encrypt
from cms.core.subjects import subject_of
from cms.pages.papers.access import actor_of, number_in, owner_view
from cms.pages.papers.conflicts import words
from cms.pages.papers.files import EXCEL
from cms.pages.papers.row_sheets import rows_workbook
from cms.pages.papers.trails import trail_of
from cms.pages.papers.typed import column_of, find
from cms.rules.violations import RuleViolation

ERRORS_SHOWN = 500
ROWS_SHOWN = 50
STALE = "E-ST-04"


@require_http_methods(["GET", "HEAD", "POST"])
@owner_view
def rows(request: HttpRequest, kind: str, case: Model, table: str) -> HttpResponse:
    """Show how to fill a table by Excel; read a file (dry run); take its rows over."""
    page = _RowPage(request, kind, case, table)
    if request.method != "POST":
        return page.show()
    if "rows" in request.POST:
        return page.take()
    return page.read()


@require_safe
@owner_view
def row_file(request: HttpRequest, kind: str, case: Model, table: str) -> HttpResponse:
    """Send the workbook to fill in, with the rows that are there."""
    page = _RowPage(request, kind, case, table)
    stored = find(page.interview.answers, table) or []
    content = rows_workbook(page.question, stored)
    return attachment(content, EXCEL, f"{page.question.label}.xlsx")


class _RowPage:
    """One table of one case, for those who fill its answers."""

    def __init__(
        self, request: HttpRequest, kind: str, case: Model, table: str
    ) -> None:
        """Find the table; who may not answer finds nothing (404)."""
        if not may_answer(actor_of(request), case):
            raise Http404
        self.request, self.kind, self.case = request, kind, case
        self.sheet = sheets.get_sheet(case)
        self.interview = interview_of(case, sheets.read(self.sheet))
        page = self.interview.sheet(table.partition(".")[0])
        asked = [one for one in (page.questions if page else ()) if one.path == table]
        if page is None or not asked or asked[0].type != "table":
            raise Http404
        self.page, self.question = page, asked[0]
        self.context = f"answer_rows:{subject_of(case)}:{table}"

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Draw the page."""
        title = f"用 Excel 填写{self.question.label}"
        stored = find(self.interview.answers, self.question.path) or []
        context |= {
            "case": self.case,
            "kind": self.kind,
            "question": self.question,
            "page": self.page,
            "stored": len(stored),
            "title": title,
            "version": self.sheet.version,
            "trail": [*trail_of(self.kind, self.case), (title, "")],
        }
        return render(self.request, "papers/rows.html", context, status=status)

    def read(self) -> HttpResponse:
        """Read a file without writing anything."""
        upload = self.request.FILES.get("file")
        if upload is None:
            return self.show(status=422, refused=RuleViolation("E-XL-01"))
        try:
            parsed = parse_rows(upload, upload.size or 0, self.interview, self.question)
        except RuleViolation as refused:
            return self.show(status=422, refused=refused)
        if parsed.errors:
            return self.show(
                status=422,
                errors=parsed.errors[:ERRORS_SHOWN],
                error_count=len(parsed.errors),
                errors_shown=ERRORS_SHOWN,
            )
        token = encrypt(json.dumps(parsed.rows, ensure_ascii=False), self.context)
        return self.show(parsed=parsed, shown=self._shown(parsed), token=token)

    def take(self) -> HttpResponse:
        """Take over the rows that a dry run found sound, in place of the stored."""
        try:
            read = json.loads(decrypt(self.request.POST["rows"], self.context))
        except (Undecipherable, ValueError):
            raise Http404 from None
        version = number_in(self.request.POST.get("version"))
        try:
            actions.save_page(
                self.case,
                self.page.name,
                with_rows(self.interview, self.question, read),
                version=version,
                by=actor_of(self.request),
                at=clock.now(),
            )
        except AssemblyError as wrong:
            return self.show(status=422, faults=wrong.faults)
        except RuleViolation as refused:
            status = 409 if refused.code == STALE else 422
            return self.show(status=status, refused=refused)
        text = f"已导入{len(read)}行{self.question.label}。"
        messages.success(self.request, text, "ok")
        return redirect("papers_ask", self.kind, self.case.pk, self.page.name)

    def _shown(self, parsed: ParsedRows) -> list[list[str]]:
        return [
            [words(one, row.get(column_of(one))) for one in self.question.columns]
            for row in parsed.rows[:ROWS_SHOWN]
        ]
