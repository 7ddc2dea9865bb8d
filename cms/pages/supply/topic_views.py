"""One page of the application form: show, save, add rows, upload, merge."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.core import clock, private_files
from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.core.typed_numbers import typed_number
from cms.pages.supply.access import actor_of, unit_view
from cms.pages.supply.inputs import (
    differences,
    draw_topic,
    read_topic,
    violations_of,
)
from cms.rules.form_progress import missing_in_topic
from cms.rules.form_values import Lists
from cms.rules.forms import FieldType, FormDefinition, Topic
from cms.rules.supply_demand.application_checks import check_payment
from cms.rules.supply_demand.supply_states import EDITABLE_STATES, SupplyState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.drafts import save_topic
from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers, form_of
from cms.supply_demand.models.applications import PURPOSE
from cms.supply_demand.queries.applications import (
    get_own_application,
    get_return,
    list_comments,
    list_open_calls,
)

STALE = "E-ST-04"


@unit_view
@require_http_methods(["GET", "HEAD", "POST"])
def topic_page(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show a page of the form, or keep what was typed on it."""
    application = get_own_application(actor_of(request), pk)
    topic = form_of(application).topic(code)
    if topic is None or application.status not in EDITABLE_STATES:
        raise Http404
    if request.method == "POST":
        return _TopicPost(request, application, topic).answer()
    return _render(request, application, topic, all_answers(application))


class _TopicPost:
    """One POST of a page: uploads are kept first, so that nothing is lost."""

    def __init__(
        self, request: HttpRequest, application: Application, topic: Topic
    ) -> None:
        """Read what was typed and keep the uploads."""
        self.request, self.application, self.topic = request, application, topic
        self.actor: Actor = actor_of(request)
        self.at = clock.now()
        self.lists = form_lists(self.at)
        self.errors: list[RuleViolation] = []
        self.typed = read_topic(topic, request.POST)
        self._keep_uploads()
        self.action = request.POST.get("action", "continue")

    def answer(self) -> HttpResponse:
        """Do what the pressed button asks for."""
        verb, _, rest = self.action.partition(":")
        if verb in ("add", "remove", "unfile"):
            self._change_rows(verb, rest)
            return self._again()
        if verb == "upload" or self.errors:
            return self._again()
        try:
            saved = save_topic(
                self.application,
                self.topic,
                self.typed,
                version=_version(self.request),
                by=self.actor,
                at=self.at,
                lists=self.lists,
            )
        except (RuleViolation, RuleViolations) as refused:
            return self._refused(violations_of(refused))
        return self._go_on(saved)

    def _go_on(self, saved: Application) -> HttpResponse:
        if self.action == "exit":
            return redirect("application_tasks", pk=saved.pk)
        answers = all_answers(saved)
        missing = [
            RuleViolation("E-FM-01", field=item.place, label=item.label)
            for item in missing_in_topic(self.topic, answers)
        ]
        if missing:
            self.application = saved
            return _render(
                self.request, saved, self.topic, answers, errors=missing, status=422
            )
        following = _next_topic(form_of(saved), self.topic, answers)
        if following is None or self.request.GET.get("from") == "check":
            return redirect("application_check", pk=saved.pk)
        return redirect("application_topic", pk=saved.pk, code=following.code)

    def _refused(self, violations: list[RuleViolation]) -> HttpResponse:
        self.errors += violations
        if any(violation.code == STALE for violation in violations):
            return self._merge()
        return self._again()

    def _merge(self) -> HttpResponse:
        """Show what another person kept beside what was typed (E-ST-04)."""
        fresh = get_own_application(self.actor, self.application.pk)
        kept = all_answers(fresh)
        return _render(
            self.request,
            fresh,
            self.topic,
            {**kept, **self._shown()},
            errors=[],
            status=HTTPStatus.CONFLICT,
            conflicts=differences(self.topic, self.typed, kept),
        )

    def _again(self) -> HttpResponse:
        answers = {**all_answers(self.application), **self._shown()}
        return _render(
            self.request,
            self.application,
            self.topic,
            answers,
            errors=self.errors,
            status=422 if self.errors else 200,
            version=_version(self.request),
        )

    def _shown(self) -> dict[str, Any]:
        """Return what was typed, with the names of files for display."""
        shown = dict(self.typed)
        for item in self.topic.fields:
            if item.type == FieldType.FILES and item.code in shown:
                shown[item.code] = _with_names(
                    shown[item.code], self.application.owner_id
                )
        return shown

    def _keep_uploads(self) -> None:
        for item in self.topic.fields:
            if item.type != FieldType.FILES:
                continue
            for upload in self.request.FILES.getlist(f"{item.code}-upload"):
                try:
                    kept = private_files.store(
                        upload,
                        by=self.actor,
                        owner_id=self.application.owner_id,
                        purpose=PURPOSE,
                        at=self.at,
                    )
                except RuleViolation as refused:
                    self.errors.append(
                        RuleViolation(
                            refused.code, field=item.code, **refused.parameters
                        )
                    )
                else:
                    self.typed.setdefault(item.code, []).append(
                        {"id": kept.pk, "public": False}
                    )

    def _change_rows(self, verb: str, rest: str) -> None:
        code, _, place = rest.partition(":")
        item = next((one for one in self.topic.fields if one.code == code), None)
        if item is None or item.type not in (FieldType.ROWS, FieldType.FILES):
            raise Http404
        rows = self.typed.get(code, [])
        if verb == "add":
            rows.append({})
        elif verb == "remove":
            rows = [row for number, row in enumerate(rows) if str(number) != place]
        else:
            rows = [row for row in rows if str(row["id"]) != place]
        self.typed[code] = rows


def form_lists(at: datetime) -> Lists:
    """Return the lists that only the database knows."""
    return {"open_calls": list_open_calls(at)}


def _version(request: HttpRequest) -> int:
    return typed_number(request.POST.get("version"), otherwise=-1)


def _with_names(items: list[dict[str, Any]], owner_id: int) -> list[dict[str, Any]]:
    ids = [item["id"] for item in items]
    known = PrivateFile.objects.filter(
        pk__in=ids, owner_id=owner_id, purpose=PURPOSE
    ).in_bulk()
    return [
        {**item, "name": known[item["id"]].name}
        for item in items
        if item["id"] in known
    ]


def _next_topic(
    form: FormDefinition, topic: Topic, answers: dict[str, Any]
) -> Topic | None:
    """Return the page after this one, None after the last."""
    shown = [one for one in form.topics() if one.is_shown(answers)]
    codes = [one.code for one in shown]
    place = codes.index(topic.code) + 1
    return shown[place] if place < len(shown) else None


def _render(
    request: HttpRequest,
    application: Application,
    topic: Topic,
    answers: dict[str, Any],
    *,
    errors: list[RuleViolation] | None = None,
    status: int = 200,
    version: int | None = None,
    conflicts: list[dict[str, str]] | None = None,
) -> HttpResponse:
    form = form_of(application)
    section = form.section_of(topic.code)
    lists = form_lists(clock.now())
    comments = list_comments(get_return(application))
    shown = section.shown_topics(answers) if section else []
    context = {
        "application": application,
        "topic": topic,
        "section": section,
        "place": shown.index(topic) + 1 if topic in shown else 1,
        "places": len(shown),
        "inputs": draw_topic(
            topic, answers, errors=errors or [], comments=comments, lists=lists
        ),
        "errors": errors or [],
        "has_errors": bool(errors),
        "version": application.version if version is None else version,
        "conflicts": conflicts or [],
        "is_stale": status == HTTPStatus.CONFLICT,
        "plan": _plan_hints(section.code if section else "", answers),
        "is_revision": application.status != SupplyState.DRAFT,
        "trail": [
            ("我的工作台", "/my/"),
            ("发布申请", "/my/applications/"),
            (application.title or "申请表", f"/my/applications/{application.pk}/"),
            (topic.title, ""),
        ],
    }
    return render(request, "supply/topic.html", context, status=status)


def _plan_hints(section: str, answers: dict[str, Any]) -> dict[str, Any] | None:
    """Return the computed label and what still stands against it."""
    if section != "payment" or not answers.get("payment_form"):
        return None
    try:
        found = check_payment(answers)
    except (ValueError, ArithmeticError):
        return None
    has_rows = bool(answers.get("payment_rows"))
    return {"bears_label": has_rows and not found, "against": found}
