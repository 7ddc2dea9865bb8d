"""What the pages of acts have in common: an act is tried once, an upload is kept."""

from datetime import datetime
from typing import Any, Protocol

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
