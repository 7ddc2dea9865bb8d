"""Enumerations whose members carry a Chinese label."""

from enum import StrEnum


class LabeledEnum(StrEnum):
    """A string enum written as `NAME = "stored_value", "中文"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "LabeledEnum":
        """Build a member from its stored value and its Chinese label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order of definition."""
        return [(member.value, member.label) for member in cls]
