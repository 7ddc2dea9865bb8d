"""What the pages of acts have in common: an act is tried once, an upload is kept."""

from datetime import datetime
from typing import Any, ClassVar, Protocol

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from cms.core import private_files
from cms.core.actors import Actor
from cms.core.models import PrivateFile
from cms.core.refusals import add_refusal
from cms.rules.violations import RuleViolation, RuleViolations


class Act(Protocol):
    """A form that does something: `act()` returns what to tell the person."""

    errors: Any

    def is_valid(self) -> bool:
        """Whether every field is well filled."""

    def keep_paper(self) -> None:
        """Keep an upload, where the act takes one, even if it is refused."""

    def act(self) -> str:
        """Do it; refusals are raised."""


class StepForm(forms.Form):
    """An act on a case: `subject` is what it is done to, `version` what was seen.

    One with an upload has the fields `paper` and `paper_id`; it is kept for
    `purpose`, as a paper of `owner_id`.
    """

    title: ClassVar[str]
    button: ClassVar[str]
    intro: ClassVar[str] = ""
    is_danger: ClassVar[bool] = False
    purpose: ClassVar[str] = ""
    stored: PrivateFile | None = None

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, subject: Any, actor: Actor, at: datetime, **more: Any
    ) -> None:
        """Take the case, who acts and when."""
        self.subject, self.actor, self.at = subject, actor, at
        more["initial"] = {"version": subject.version, **more.pop("initial", {})}
        super().__init__(*args, **more)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values from the case."""

    @property
    def owner_id(self) -> int:
        """The organization whose paper an upload is."""
        owner: int = self.subject.owner_id
        return owner

    def keep_paper(self) -> None:
        """Store an upload, or take the one kept before; a bad file is told."""
        if "paper" in self.fields:
            self.stored = kept_paper(
                self,
                purpose=self.purpose,
                owner_id=self.owner_id,
                by=self.actor,
                at=self.at,
            )

    def act(self) -> str:
        """Do it; return what to tell the person. Refusals are raised."""
        raise NotImplementedError

    @property
    def signature(self) -> dict[str, Any]:
        """Version seen, person and instant, as every action takes them."""
        version = self.cleaned_data.get("version") or 0
        return {"version": version, "by": self.actor, "at": self.at}


def is_done(request: HttpRequest, form: Any) -> bool:
    """Try the act of a form once; what refuses it is put on the form."""
    act: Act = form
    is_complete = act.is_valid()
    act.keep_paper()
    if not is_complete or act.errors:
        return False
    try:
        messages.success(request, act.act(), "ok")
    except (RuleViolation, RuleViolations) as refused:
        add_refusal(form, refused)
        return False
    return True


def kept_paper(
    form: forms.Form, *, purpose: str, owner_id: int, by: Actor, at: datetime
) -> PrivateFile | None:
    """Store a form's upload `paper`, or find the one kept before as `paper_id`.

    A bad file is told on the field; what was kept is named in the form again.
    """
    upload: UploadedFile | None = form.cleaned_data.get("paper")
    if upload is None:
        stored = PrivateFile.objects.filter(
            pk=form.cleaned_data.get("paper_id") or 0,
            purpose=purpose,
            owner_id=owner_id,
            uploaded_by_id=by.person_id,
        ).first()
    else:
        try:
            stored = private_files.store(
                upload, by=by, owner_id=owner_id, purpose=purpose, at=at
            )
        except RuleViolation as refused:
            told = RuleViolation(refused.code, field="paper", **refused.parameters)
            add_refusal(form, told)
            return None
    if stored is not None:
        form.data = form.data.copy()  # type: ignore[union-attr]
        form.data["paper_id"] = str(stored.pk)  # type: ignore[index]
    return stored
