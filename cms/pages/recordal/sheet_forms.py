"""The data sheet as a form: every datum with what the contract says of it."""

from collections.abc import Sequence

from django import forms

from cms.core.time_inputs import DateInput
from cms.recordal.data_sheets import Datum, DatumType
from cms.rules.recordal import ContractKind

_LONGEST = 400
# What the authority or the register of the product gives, not the person.
_FIXED = frozenset({"registration_number", "recordal_number", "patents_count"})


class SheetForm(forms.Form):
    """One field a datum; an empty field goes back to what the contract says."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, sheet: Sequence[Datum], version: int) -> None:
        """Make the fields from the sheet."""
        first = {datum.field.key: datum.value for datum in sheet}
        super().__init__(*args, initial={**first, "version": version})  # type: ignore[misc]
        for datum in sheet:
            if datum.field.key not in _FIXED:
                self.fields[datum.field.key] = _field(datum)

    def values(self) -> dict[str, str]:
        """Return what was typed, as texts by key."""
        return {
            key: value.isoformat() if hasattr(value, "isoformat") else str(value or "")
            for key, value in self.cleaned_data.items()
            if key != "version"
        }


def _field(datum: Datum) -> forms.Field:
    label = datum.field.label
    if datum.is_missing:
        label = f"{label}（尚缺）"
    told = {"label": label, "required": False, "help_text": datum.field.help_text}
    if datum.field.type is DatumType.DATE:
        return forms.DateField(widget=DateInput(), **told)
    if datum.field.type is DatumType.MONEY:
        return forms.DecimalField(max_digits=16, decimal_places=2, min_value=0, **told)
    if datum.field.type is DatumType.KIND:
        return forms.ChoiceField(choices=ContractKind.choices(), **told)
    if len(datum.value) > 60:
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(max_length=_LONGEST * 2, widget=area, **told)
    return forms.CharField(max_length=_LONGEST, **told)
