"""Deadline calculator (期限计算): the public page of the time engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.core import clock
from cms.core.working_calendar import compute_answer
from cms.pages.site.month_grid import months_of, rows_of
from cms.rules.deadline_calculator import Question, question_from
from cms.rules.deadlines import Deadline, reminder_days
from cms.rules.periods import PERIODS
from cms.rules.shanghai_time import format_close, parse_instant
from cms.rules.violations import RuleViolation
from cms.rules.working_days import WEEKDAYS

GROUPS = (
    ("公示公告", "NOTICE_"),
    ("异议和同意", ("OBJ_", "BIDDER_", "STATUS_")),
    ("审核、备案和提醒", ("FORMAL_", "FILE_", "PATENT_", "SELF_", "DEFER_", "ENTRY_")),
    ("权利、资格和试点", ("LONG_", "TM_", "UNIT_", "PILOT_")),
)
ANCHORS = {"rule": "#id_rule", "suspend": "#id_stop_0", "extend": "#id_extend_0"}
BLANK_STOP = ("", "")


@dataclass(frozen=True, slots=True)
class TimeInput:
    """A time as the form shows it: a picker, or plain text where it is no time."""

    kind: str
    value: str


@require_safe
def deadline_page(request: HttpRequest) -> HttpResponse:
    """Show the form; with a question in the address, its answer day by day."""
    if "suspend_from" in request.GET:
        return HttpResponseRedirect(f"{request.path}?{_shareable(request.GET)}")
    context: dict[str, object] = {"trail": [("期限计算", "")]}
    status = 200
    question = _shown_question(request.GET)
    if request.GET:
        try:
            question = question_from(request.GET.lists())
            context |= _result(compute_answer(question), request)
        except RuleViolation as refusal:
            status = 400
            href = ANCHORS.get(refusal.field, "#id_opened_at")
            context |= {
                "refusal": refusal,
                "has_errors": True,
                "extra_errors": [
                    {"href": href, "text": refusal.message, "code": refusal.code}
                ],
            }
    context |= _form(question)
    return render(request, "site/deadline.html", context, status=status)


def _shareable(given: QueryDict) -> str:
    stops = zip_longest(
        given.getlist("suspend_from"), given.getlist("suspend_to"), fillvalue=""
    )
    pairs = [
        (name, value) for name in ("rule", "opened_at") for value in given.getlist(name)
    ]
    pairs += [("suspend", f"{start}..{end}") for start, end in stops if start or end]
    pairs += [("extend", days) for days in given.getlist("extend") if days.strip()]
    known = {"rule", "opened_at", "suspend_from", "suspend_to", "extend"}
    pairs += [(name, given[name]) for name in given if name not in known]
    return urlencode(pairs)


def _shown_question(given: QueryDict) -> Question:
    return Question(
        given.get("rule", ""),
        given.get("opened_at", ""),
        given.getlist("suspend"),
        given.getlist("extend"),
    )


def _result(deadline: Deadline, request: HttpRequest) -> dict[str, object]:
    return {
        "deadline": deadline,
        "period": PERIODS.get(deadline.rule, deadline.rule_version),
        "close_text": format_close(deadline.close_at),
        "weekday": WEEKDAYS[deadline.last_day.weekday()],
        "months": months_of(deadline),
        "rows": rows_of(deadline.derivation),
        "reminders": reminder_days(deadline),
        "counted": sum(row.counted for row in deadline.derivation),
        "weekdays": WEEKDAYS,
        "api_url": f"{reverse('api_deadline')}?{request.GET.urlencode()}",
    }


def _form(question: Question) -> dict[str, object]:
    stops: list[Sequence[str]] = [
        text.partition("..")[::2] for text in question.suspend
    ]
    edition = PERIODS.edition_on(clock.now().date())
    periods = PERIODS.periods(edition)
    return {
        "question": question,
        "opened_at": _time_input(question.opened_at),
        "stops": [
            (_time_input(start), _time_input(end))
            for start, end in (*stops, BLANK_STOP)
        ],
        "extensions": (*question.extend, "", "")[: max(2, len(question.extend))],
        "groups": [
            (title, [period for period in periods if period.name.startswith(prefix)])
            for title, prefix in GROUPS
        ],
        "edition": edition,
    }


def _time_input(text: str) -> TimeInput:
    """Return a picker's value in Shanghai time, or the text as typed."""
    if not text:
        return TimeInput("datetime-local", "")
    try:
        at = parse_instant(text)
    except RuleViolation:
        return TimeInput("text", text)
    step = "seconds" if at.second or at.microsecond else "minutes"
    return TimeInput("datetime-local", at.replace(tzinfo=None).isoformat(timespec=step))
