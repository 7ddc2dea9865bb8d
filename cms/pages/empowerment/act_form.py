"""Base of the acts on a case: a form that says who may do it, when, and does it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms

from cms.core import answers as sheets
from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.empowerment.facts import members_of
from cms.empowerment.file_rights import PURPOSE
from cms.empowerment.models import EmpowermentCase
from cms.pages.act_forms import kept_paper
from cms.parties.models import Organization, User
from cms.rules.empowerment import EMPOWERMENT, EmpowermentEvent, EmpowermentState
from cms.rules.roles import Role

FILE_HELP = "pdf、docx、ofd、png、jpg，不超过20MB，仅本单位办理人员和团队可见。"


class ActForm(forms.Form):
    """One act: `may` and `is_due` say whether it is offered, `act` does it.

    `event` is the step of the table that the act takes; without one the act
    belongs to `states` (none: any).
    """

    title: ClassVar[str]
    button: ClassVar[str]
    intro: ClassVar[str] = ""
    articles: ClassVar[tuple[str, ...]] = ()
    roles: ClassVar[tuple[Role, ...]] = ()
    event: ClassVar[EmpowermentEvent | None] = None
    states: ClassVar[tuple[EmpowermentState, ...]] = ()
    is_review: ClassVar[bool] = False
    is_danger: ClassVar[bool] = False
    url: ClassVar[str] = "grant_case"

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        case: EmpowermentCase,
        actor: Actor,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        """Take the case, who acts and when; subclasses add choices in `prepare`."""
        self.case, self.actor, self.at = case, actor, at
        kwargs["initial"] = {"version": case.version, **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs)
        self.prepare()

    @classmethod
    def may(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Whether the actor holds a role that may ever do this on the case."""
        return bool(actor.roles_in(case.owner_id) & set(cls.roles))

    @classmethod
    def is_due(cls, case: EmpowermentCase, actor: Actor) -> bool:
        """Whether the state of the case calls for it."""
        if cls.event is not None:
            roles = actor.roles_in(case.owner_id)
            return cls.event in EMPOWERMENT.events_for(case.status, roles)
        return not cls.states or case.status in cls.states

    def prepare(self) -> None:
        """Fill choices and first values from the case."""

    def keep_paper(self) -> None:
        """Keep an upload; most acts take none."""

    def act(self) -> str:
        """Do it; return what to tell the person. Refusals are raised."""
        raise NotImplementedError

    def context(self) -> Mapping[str, Any]:
        """Return what the template shows beside the fields."""
        return {}

    def next_url(self) -> tuple[str, list[Any]]:
        """Return name and arguments of the address to go to afterwards."""
        return self.url, [self.case.pk]

    @property
    def seen_version(self) -> int:
        """The version of the case that the person has seen."""
        return self.cleaned_data.get("version") or 0

    def choose(
        self, name: str, choices: list[tuple[Any, str]], prompt: str = "请选择"
    ) -> None:
        """Offer choices in a select."""
        field = self.fields[name]
        field.choices = [("", prompt), *choices]  # type: ignore[attr-defined]

    def member_choices(self) -> list[tuple[Any, str]]:
        """Return the members of the team as answered."""
        members = members_of(sheets.answers_of(self.case))
        return [(member.name, member.name) for member in members if member.name]


class PaperForm(ActForm):
    """An act with a paper: the upload is kept even where the form is refused."""

    paper = forms.FileField(label="上传文件", required=False, help_text=FILE_HELP)
    paper_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    paper_required: ClassVar[bool] = False
    stored: PrivateFile | None = None

    @property
    def kept(self) -> PrivateFile:
        """The paper, where the act asks for one.

        Raises:
            LookupError: nothing was kept.
        """
        if self.stored is None:
            raise LookupError("no paper was kept")
        return self.stored

    def keep_paper(self) -> None:
        """Store an upload, or take the one kept before; a bad file is told."""
        self.stored = kept_paper(
            self,
            purpose=PURPOSE,
            owner_id=self.case.owner_id,
            by=self.actor,
            at=self.at,
        )
        if self.stored is None and self.paper_required and "paper" not in self.errors:
            self.add_error("paper", "请上传文件。")


def people_of(unit: Organization | int, *roles: Role) -> list[tuple[Any, str]]:
    """Return the people of a unit with one of the roles, or all (1 query)."""
    found = User.objects.filter(
        memberships__organization=unit, memberships__is_active=True
    )
    if roles:
        found = found.filter(memberships__role__in=[role.value for role in roles])
    return [
        (user.pk, user.full_name)
        for user in found.distinct().order_by("full_name", "pk")
    ]
