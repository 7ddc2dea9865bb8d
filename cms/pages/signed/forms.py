"""The forms of a signed copy: upload, and what is confirmed when it is filed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from cms.case_documents.faults import Fault
from cms.case_documents.new_values import PaperVariable
from cms.core.time_inputs import DateInput
from cms.rules.signed_papers import CONTRACTS, Conclusion, SignedBy, SignedDays
from cms.signed_papers.actions import Filing, ListedChange
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.prefill import FirstFiling

SPARE_CHANGES, SPARE_VALUES, SPARE_SIGNATORIES = 2, 2, 2
MOST_ROWS = 600
_LONGEST = 2_000


class ManyFilesInput(forms.ClearableFileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files as they come; what they hold the action judges."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files unread."""
        return data


class UploadForm(forms.Form):
    """The signed copy; the files themselves are read from the request."""

    files = ManyFilesField(
        label="签署件",
        required=False,
        widget=ManyFilesInput(
            attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"}
        ),
        help_text="一个PDF，或者按页序选择的多张JPEG、PNG图片（自动合成一个PDF）。合计不超过50MB，不能加密。",
    )
    replacement_reason = forms.CharField(
        label="替换理由",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="原归档件保留，状态改为“已被替换”。",
    )

    def __init__(self, *args: Any, is_replacement: bool, **kwargs: Any) -> None:
        """Ask for a reason where a filed copy is replaced."""
        super().__init__(*args, **kwargs)
        if not is_replacement:
            del self.fields["replacement_reason"]


class FilingForm(forms.Form):
    """The fixed part of a filing; changes, values and signatories are rows."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    conclusion = forms.ChoiceField(
        label="核对结论", choices=Conclusion.choices(), widget=forms.RadioSelect
    )
    is_confirmed = forms.BooleanField(label="", required=False)
    signed_on = forms.DateField(label="签订日期", required=False, widget=DateInput())
    effective_on = forms.DateField(
        label="生效日期",
        required=False,
        widget=DateInput(),
        help_text="不早于签订日期。",
    )
    ends_on = forms.DateField(
        label="终止日期",
        required=False,
        widget=DateInput(),
        help_text="有期限的文书填写最后一日，没有期限的不填。",
    )

    def __init__(self, *args: Any, signed: SignedPaper, **kwargs: Any) -> None:
        """Word the confirmation by how the copy was read; a form has one day."""
        super().__init__(*args, **kwargs)
        by_hand = signed.status == "to_examine"
        self.fields["is_confirmed"].label = (
            "已打开签署件逐页人工核对" if by_hand else "已对照签署件逐项核对上列差异"
        )
        if signed.instrument not in CONTRACTS:
            del self.fields["effective_on"]
            del self.fields["ends_on"]


@dataclass(slots=True)
class ChangeRow:
    """One change: found by the machine, or added by the person.

    A found one is shown in its sentence: `lead`, what was and what is, `tail`.
    """

    index: int
    clause: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    is_listed: bool = False
    is_key: bool = False
    page: int | None = None
    is_found: bool = False
    lead: str = ""
    tail: str = ""
    was: str = ""
    now: str = ""


@dataclass(slots=True)
class ValueRow:
    """One new value and the variable it belongs to."""

    index: int
    path: str = ""
    new: str = ""
    old: str = ""
    errors: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class SignatoryRow:
    """One who signed."""

    index: int
    party: str = ""
    name: str = ""
    capacity: str = ""


@dataclass(slots=True)
class Rows:
    """The rows of the form."""

    changes: list[ChangeRow]
    values: list[ValueRow]
    signatories: list[SignatoryRow]


def first_rows(first: FirstFiling) -> Rows:
    """Return the rows as they start, with a few empty ones for what is added."""
    changes = [
        ChangeRow(
            place,
            one["clause"],
            one["before"],
            one["after"],
            is_listed=one["is_listed"],
            **_as_found(one),
        )
        for place, one in enumerate(first.changes)
    ]
    changes += [ChangeRow(len(changes) + i) for i in range(SPARE_CHANGES)]
    old = {one.path: one.printed for one in first.variables}
    values = [
        ValueRow(place, path, new, old.get(path, ""))
        for place, (path, new) in enumerate(first.new_values.items())
    ]
    values += [ValueRow(len(values) + i) for i in range(SPARE_VALUES)]
    people = [
        SignatoryRow(place, one.party, one.name, one.capacity)
        for place, one in enumerate(first.signatories)
    ]
    people += [SignatoryRow(len(people) + i) for i in range(SPARE_SIGNATORIES)]
    return Rows(changes, values, people)


def _as_found(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the machine found of a change, whatever the person writes of it."""
    return {
        "is_found": True,
        "is_key": one["is_key"],
        "page": one["page"],
        # Copies that were read before sentences were kept have none.
        "lead": one.get("lead", ""),
        "tail": one.get("tail", ""),
        "was": one["before"],
        "now": one["after"],
    }


def typed_rows(
    data: QueryDict, first: FirstFiling, variables: Iterable[PaperVariable]
) -> Rows:
    """Return the rows as they were sent; nothing typed is lost."""
    found = dict(enumerate(first.changes))
    changes = []
    for place in _places(data, "change", "clause"):
        changes.append(
            ChangeRow(
                place,
                *(_text(data, "change", place, name) for name in _CHANGE),
                is_listed=data.get(f"change-{place}-listed") == "on",
                **(_as_found(found[place]) if place in found else {}),
            )
        )
    old = {one.path: one.printed for one in variables}
    values = []
    for place in _places(data, "value", "path"):
        path = _text(data, "value", place, "path")
        new = _text(data, "value", place, "new")
        values.append(ValueRow(place, path, new, old.get(path, "")))
    people = [
        SignatoryRow(
            place, *(_text(data, "signatory", place, name) for name in _PERSON)
        )
        for place in _places(data, "signatory", "party")
    ]
    return Rows(changes, values, people)


def filing_from(form: FilingForm, rows: Rows, known: Mapping[str, str]) -> Filing:
    """Return what is filed: listed changes, filled values, named signatories."""
    given = form.cleaned_data
    return Filing(
        Conclusion(given["conclusion"]),
        SignedDays(
            given.get("signed_on"), given.get("effective_on"), given.get("ends_on")
        ),
        [
            SignedBy(row.party, row.name, row.capacity)
            for row in rows.signatories
            if row.name.strip() or row.capacity.strip()
        ],
        is_confirmed=given["is_confirmed"],
        changes=[
            ListedChange(row.clause, row.before, row.after, row.note)
            for row in rows.changes
            if row.is_listed or (not row.is_found and _is_filled(row))
        ],
        new_values={
            row.path: row.new
            for row in rows.values
            if row.path in known and row.new.strip()
        },
    )


_CHANGE = ("clause", "before", "after", "note")
_PERSON = ("party", "name", "capacity")


def _is_filled(row: ChangeRow) -> bool:
    return bool((row.before + row.after + row.note).strip())


def _places(data: QueryDict, kind: str, field_name: str) -> Iterator[int]:
    for place in range(MOST_ROWS):
        if f"{kind}-{place}-{field_name}" in data:
            yield place


def _text(data: QueryDict, kind: str, place: int, name: str) -> str:
    return str(data.get(f"{kind}-{place}-{name}", ""))[:_LONGEST].strip()
