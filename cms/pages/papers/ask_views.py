"""The interview: one page of questions, saved, never over another's answers."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cms.case_documents import actions
from cms.case_documents.faults import AssemblyError
from cms.case_documents.interview import Interview, interview_of
from cms.case_documents.queries.papers import may_answer
from cms.core import answers as sheets
from cms.core import clock
from cms.core.refusals import tell_refusal
from cms.pages.papers.access import actor_of, number_in, owner_view
from cms.pages.papers.conflicts import chosen, joined, seal
from cms.pages.papers.inputs import draw
from cms.pages.papers.steps import error_of, steps_of
from cms.pages.papers.trails import trail_of
from cms.pages.papers.typed import find, page_value, read_inputs
from cms.rules.violations import RuleViolation

STALE = "E-ST-04"


@require_http_methods(["GET", "HEAD", "POST"])
@owner_view
def ask(request: HttpRequest, kind: str, case: Model, name: str) -> HttpResponse:
    """Show one page of questions, or keep what was typed on it."""
    page = _Page(request, kind, case, name)
    if request.method == "POST":
        if not may_answer(actor_of(request), case):
            raise Http404
        return page.answer()
    return page.show()


@require_POST
@owner_view
def refresh(request: HttpRequest, kind: str, case: Model) -> HttpResponse:
    """Take over what catalogue, parties and procedure say by now."""
    if not may_answer(actor_of(request), case):
        raise Http404
    try:
        actions.refresh_answers(
            case,
            version=number_in(request.POST.get("version")),
            by=actor_of(request),
            at=clock.now(),
        )
        messages.success(
            request, "已从目录、主体、办理情况和以前的案件更新答案。", "ok"
        )
    except RuleViolation as refused:
        tell_refusal(request, refused)
    return redirect("papers", kind=kind, pk=case.pk)


class _Page:
    """One page of the interview of one case."""

    def __init__(self, request: HttpRequest, kind: str, case: Model, name: str) -> None:
        """Read the answers; a page that the case does not have is not found."""
        self.request, self.kind, self.case, self.name = request, kind, case, name
        self.sheet = sheets.get_sheet(case)
        self.stored = sheets.read(self.sheet)
        self.interview: Interview = interview_of(case, self.stored)
        self.page = self.interview.sheet(name)
        if self.page is None:
            raise Http404
        self.questions = self.page.questions
        self.seals = {one.path: None for one in self.questions}

    def show(self, **context: Any) -> HttpResponse:
        """Draw the page with what is stored."""
        return self._render(draw(self.questions, self.stored), **context)

    def answer(self) -> HttpResponse:
        """Do what the pressed button asks for."""
        sent = self.request.POST
        self.typed = chosen(read_inputs(self.questions, sent), sent)
        self.seals = {one.path: sent.get(f"{one.path}-seal") for one in self.questions}
        verb, _, rest = self.request.POST.get("action", "").partition(":")
        if verb in ("add", "remove"):
            return self._change_rows(verb, rest)
        values = page_value(self.name, self.typed, self.stored.get(self.name))
        version = number_in(self.request.POST.get("version"))
        if version != self.sheet.version:
            return self._conflict()
        try:
            actions.save_page(
                self.case,
                self.name,
                values,
                version=version,
                by=actor_of(self.request),
                at=clock.now(),
            )
        except AssemblyError as wrong:
            return self._again(faults=wrong.faults, status=422)
        except RuleViolation as refused:
            if refused.code == STALE:
                return self._conflict()
            raise Http404 from None
        return self._go_on(is_leaving=verb == "exit")

    def _go_on(self, *, is_leaving: bool) -> HttpResponse:
        before = {one.path for one in self.questions}
        after = interview_of(self.case, sheets.answers_of(self.case))
        sheet = after.sheet(self.name)
        new = [
            one for one in (sheet.questions if sheet else ()) if one.path not in before
        ]
        messages.success(self.request, "已保存。", "ok")
        if is_leaving:
            return redirect("papers", kind=self.kind, pk=self.case.pk)
        following = after.after(self.name)
        if new:
            text = f"根据您的回答，本页增加了{len(new)}个问题。"
            messages.info(self.request, text, "warn")
            following = sheet
        if following is None:
            return redirect("papers", kind=self.kind, pk=self.case.pk)
        return redirect(
            "papers_ask", kind=self.kind, pk=self.case.pk, name=following.name
        )

    def _change_rows(self, verb: str, rest: str) -> HttpResponse:
        path, _, place = rest.partition(":")
        rows = self.typed.get(path)
        if not isinstance(rows, list):
            raise Http404
        if verb == "add":
            rows.append({"-was": ""})
        else:
            self.typed[path] = [r for n, r in enumerate(rows) if str(n) != place]
        return self._again(version=number_in(self.request.POST.get("version")))

    def _again(
        self, *, faults: Any = (), status: int = 200, version: int | None = None
    ) -> HttpResponse:
        inputs = draw(self.questions, self.stored, typed=self.typed, faults=faults)
        return self._render(inputs, faults=faults, status=status, version=version)

    def _conflict(self) -> HttpResponse:
        """Show both people's answers joined; nothing is saved yet."""
        fresh = _Page(self.request, self.kind, self.case, self.name)
        both = joined(fresh.questions, self.typed, fresh.stored, self.seals)
        return fresh._render(
            draw(fresh.questions, fresh.stored, typed=both.typed),
            status=HTTPStatus.CONFLICT,
            joined=both,
        )

    def _render(
        self,
        inputs: list[Any],
        *,
        faults: Any = (),
        status: int = 200,
        version: int | None = None,
        joined: Any = None,
    ) -> HttpResponse:
        assert self.page is not None  # noqa: S101  found when the page was opened
        by_path = {one.question.path: one for one in inputs}
        for path, one in by_path.items():
            one.seal = self.seals[path] or seal(find(self.stored, path))
            one.effects = self.interview.effects(path)
        context = {
            "case": self.case,
            "kind": self.kind,
            "sheet": self.page,
            "saved": self.sheet,
            "parts": [
                (_part_label(part.label), [by_path[one.path] for one in part.questions])
                for part in self.page.sections
            ],
            **steps_of(self.interview, self.kind, self.name),
            "errors": [error_of(fault) for fault in faults],
            "has_errors": bool(faults),
            "version": self.sheet.version if version is None else version,
            "joined": joined,
            "may_answer": may_answer(actor_of(self.request), self.case),
            "trail": [*trail_of(self.kind, self.case), (self.page.label, "")],
        }
        return render(self.request, "papers/ask.html", context, status=status)


def _part_label(label: str) -> str:
    """Return the name of a part of a page without that of the page."""
    return label.rpartition("·")[2]
