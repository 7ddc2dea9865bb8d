"""新建赋权案件: achievement of the own catalogue, one of six modes, representative."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.achievements.models import Achievement
from cms.case_documents.earlier import filled_from_earlier
from cms.case_documents.prefill import start_empowerment
from cms.core import clock
from cms.core.actors import Actor
from cms.core.refusals import add_refusal
from cms.empowerment import actions
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.queries import list_grantable
from cms.pages.empowerment.access import EDITORS, TRAIL, actor_of, room_view
from cms.pages.empowerment.act_form import people_of
from cms.pages.empowerment.texts import MODE_TEXTS
from cms.parties.models import Organization, User
from cms.rules.empowerment import MODE_RULES, EmpowermentMode
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations

MOST_ACHIEVEMENTS = 500


class StartForm(forms.Form):
    """What a case begins with."""

    achievement = forms.TypedChoiceField(
        label="科技成果",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="从本单位成果目录选择，成果和知识产权信息自动带入；没有列入目录的"
        "选“不从目录选择”，并填写成果名称。",
    )
    title = forms.CharField(
        label="成果名称",
        max_length=120,
        required=False,
        help_text="不从目录选择时必填。",
    )
    mode = forms.ChoiceField(
        label="赋权模式", choices=EmpowermentMode.choices(), widget=forms.RadioSelect
    )
    representative = forms.TypedChoiceField(
        label="团队代表",
        coerce=int,
        help_text="由团队全体成员书面推举，申请由其提交。须为本单位科研人员，"
        "没有列出的请单位先在成员管理中添加。",
    )

    def __init__(
        self, *args: Any, unit: Organization, actor: Actor, **kwargs: Any
    ) -> None:
        """Offer the achievements and researchers of the unit."""
        super().__init__(*args, **kwargs)
        entries = list_grantable(actor).filter(owner=unit)[:MOST_ACHIEVEMENTS]
        self.entries = {entry.pk: entry for entry in entries}
        researchers = people_of(unit, Role.RESEARCHER)
        names = [
            (key, f"{entry.name}（{entry.ledger_number}）")
            for key, entry in self.entries.items()
        ]
        choices = [("", "不从目录选择"), *names]
        self.fields["achievement"].choices = choices  # type: ignore[attr-defined]
        people: Any = self.fields["representative"]
        people.choices = [("", "请选择"), *researchers]
        if actor.user_id in {key for key, _ in researchers}:
            people.initial = actor.user_id

    def clean(self) -> dict[str, Any]:
        """Ask for a name where no achievement is chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("achievement") and not cleaned.get("title", "").strip():
            self.add_error("title", "请选择成果，或者填写成果名称。")
        return cleaned


@room_view(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def grant_new(request: HttpRequest) -> HttpResponse:
    """Ask what the case is about, and open its draft."""
    actor = actor_of(request)
    units = Organization.objects.filter(
        pk__in=actor.organizations_as(*EDITORS)
    ).order_by("name", "pk")
    unit = _unit(units, request.POST.get("unit") or request.GET.get("unit", ""))
    is_sent = request.method == "POST"
    given = request.POST if is_sent else None
    first = {"achievement": request.GET.get("achievement", "")}
    form = StartForm(given, unit=unit, actor=actor, initial=first)
    if is_sent and form.is_valid():
        try:
            case = _open(form, unit, actor)
        except (RuleViolation, RuleViolations) as refused:
            add_refusal(form, refused)
        else:
            return redirect("grant_case", pk=case.pk)
    modes = [
        (mode, MODE_TEXTS[mode], MODE_RULES[mode].article) for mode in EmpowermentMode
    ]
    context = {
        "form": form,
        "unit": unit,
        "units": units if len(units) > 1 else [],
        "modes": modes,
        "chosen_mode": form["mode"].value(),
        "has_errors": bool(form.errors),
        "trail": [*TRAIL, ("新建", "")],
    }
    return render(request, "empowerment/grant_new.html", context)


def _unit(units: Any, number: str) -> Organization:
    key = int(number) if number.isdecimal() and len(number) < 12 else 0
    found: Organization | None = (
        units.filter(pk=key).first() if number else units.first()
    )
    if found is None:
        raise Http404
    return found


def _open(form: StartForm, unit: Organization, actor: Actor) -> EmpowermentCase:
    chosen = form.cleaned_data
    mode = EmpowermentMode(chosen["mode"])
    entry: Achievement | None = form.entries.get(chosen["achievement"])
    representative = User.objects.get(pk=chosen["representative"])
    answers = start_empowerment(unit, mode, representative, achievement=entry)
    return actions.open_case(
        unit,
        mode,
        representative_id=representative.pk,
        title=entry.name if entry else chosen["title"].strip(),
        achievement=entry,
        answers=filled_from_earlier(unit, answers),
        by=actor,
        at=clock.now(),
    )
