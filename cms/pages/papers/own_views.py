"""What one paper says for itself: its signing, copies, other terms, annexes (AS-04)."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.case_documents import actions
from cms.case_documents.bundle import instruments_of
from cms.case_documents.faults import AssemblyError
from cms.case_documents.own_values import (
    OwnQuestion,
    own_questions,
    speaks_for_itself,
)
from cms.case_documents.queries.papers import may_answer
from cms.case_documents.templates_in_use import version_in_use
from cms.core import answers as sheets
from cms.core import clock
from cms.pages.papers.access import actor_of, number_in, owner_view
from cms.pages.papers.conflicts import words
from cms.pages.papers.inputs import Input, draw
from cms.pages.papers.steps import error_of, top_of
from cms.pages.papers.trails import trail_of
from cms.pages.papers.typed import read_inputs
from cms.rules.violations import RuleViolation

STALE = "E-ST-04"


@require_http_methods(["GET", "HEAD", "POST"])
@owner_view
def own(request: HttpRequest, kind: str, case: Model, instrument: str) -> HttpResponse:
    """Show what a paper says for itself, or keep it."""
    if instrument not in instruments_of(case):
        raise Http404
    page = _OwnPage(request, kind, case, instrument)
    if request.method == "POST":
        if not may_answer(actor_of(request), case):
            raise Http404
        return page.keep()
    return page.show()


class _OwnPage:
    """The own values of one paper of one case."""

    def __init__(
        self, request: HttpRequest, kind: str, case: Model, instrument: str
    ) -> None:
        """Read the answers; a paper without values of its own is not found."""
        self.request, self.kind, self.case = request, kind, case
        try:
            self.template = version_in_use(instrument)
        except RuleViolation:
            raise Http404 from None
        if not speaks_for_itself(self.template):
            raise Http404
        self.sheet = sheets.get_sheet(case)
        self.asked = own_questions(self.template, sheets.read(self.sheet))

    def show(self) -> HttpResponse:
        """Draw the page with what is stored."""
        values = {one.question.path: one.own for one in self.asked if one.is_own}
        return self._render(values)

    def keep(self) -> HttpResponse:
        """Keep what was typed where the paper shall differ."""
        sent = self.request.POST
        typed = read_inputs([one.question for one in self.asked], sent)
        values = {
            path: value
            for path, value in typed.items()
            if sent.get(f"{path}-own") == "own"
        }
        try:
            actions.save_own_values(
                self.case,
                self.template.instrument,
                values,
                version=number_in(sent.get("version")),
                by=actor_of(self.request),
                at=clock.now(),
            )
        except AssemblyError as wrong:
            return self._render(values, faults=wrong.faults, status=422)
        except RuleViolation as refused:
            if refused.code != STALE:
                raise Http404 from None
            return self._render(values, status=409, is_stale=True)
        text = f"已保存：{len(values)}项与其他文书不同。" if values else "已保存。"
        messages.success(self.request, text, "ok")
        return redirect("papers", kind=self.kind, pk=self.case.pk)

    def _render(
        self,
        values: dict[str, Any],
        *,
        faults: Any = (),
        status: int = 200,
        is_stale: bool = False,
    ) -> HttpResponse:
        inputs = draw(
            [one.question for one in self.asked], {}, typed=values, faults=faults
        )
        pairs = zip(self.asked, inputs, strict=True)
        rows = [_row(asked, drawn, values) for asked, drawn in pairs]
        name = f"{self.template.instrument} {self.template.title}"
        context = {
            "case": self.case,
            "kind": self.kind,
            "name": name,
            "groups": [
                ("签署、份数和补充", [row for row in rows if row["is_usual"]]),
                ("其余通用条款", [row for row in rows if not row["is_usual"]]),
            ],
            "errors": [error_of(fault) for fault in faults],
            "has_errors": bool(faults),
            "is_stale": is_stale,
            "saved": self.sheet,
            "version": self.sheet.version,
            "may_answer": may_answer(actor_of(self.request), self.case),
            "trail": [*trail_of(self.kind, self.case), (f"{name}：本份另填", "")],
        }
        return render(self.request, "papers/own.html", context, status=status)


def _row(asked: OwnQuestion, drawn: Input, values: dict[str, Any]) -> dict[str, Any]:
    path = asked.question.path
    return {
        "item": drawn,
        "shared": words(asked.question, asked.shared),
        "page": top_of(path),
        "is_usual": asked.is_usual,
        "is_own": path in values,
    }
