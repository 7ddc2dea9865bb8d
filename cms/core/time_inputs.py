"""Controls for days and instants that keep ISO values."""

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """A date control."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        """Set the format that the control understands."""
        super().__init__(attrs=attributes, format="%Y-%m-%d")


class InstantInput(forms.DateTimeInput):
    """A date and time control, to the minute."""

    input_type = "datetime-local"

    def __init__(self, **attributes: Any) -> None:
        """Set the format that the control understands."""
        super().__init__(attrs=attributes, format="%Y-%m-%dT%H:%M")
