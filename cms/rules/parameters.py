"""Parameters: kinds, origins, and a register that keeps every dated version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cms.rules.labels import LabeledEnum


class ParameterKind(LabeledEnum):
    """What a parameter measures."""

    NATURAL_DAYS = "ND", "自然日"
    WORKING_DAYS = "WD", "工作日"
    MONTHS = "month", "个月"
    YEARS = "year", "年"
    FIXED_DATE = "fixed", "固定日期"
    NUMBER = "number", "数量"
    SHARE = "share", "比例"
    SWITCH = "switch", "开关"
    UNIT_SETTING = "unit_setting", "由单位设定"


class Origin(LabeledEnum):
    """Where a parameter comes from."""

    PLAN = "Doc", "方案原文"
    LAW = "Law", "法律规定"
    PROPOSED = "Prop", "方案未定，建议值"
    INFERRED = "inferred", "由方案推得"
    PRECEDENT = "precedent", "外地先例"


PERIOD_KINDS = frozenset(
    {
        ParameterKind.NATURAL_DAYS,
        ParameterKind.WORKING_DAYS,
        ParameterKind.MONTHS,
        ParameterKind.YEARS,
        ParameterKind.FIXED_DATE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One value of the register §2, in force from `valid_from` to `valid_to`.

    `rolls`: ends on a working day (T-04); `is_cap`: an upper bound, never rolls
    (T-05); `counts_first_day`: a right that runs from a first day (T-06);
    `is_suspendable`: an objection stops it (T-08); `is_extendable`: may be
    prolonged (OT-23); `reminders`: days before the nominal end; `starts`: what
    happens at `opened_at`. A fixed date is (years later, month, day).
    """

    name: str
    label: str
    kind: ParameterKind
    value: int | Decimal | bool | tuple[int, int, int] | None
    origin: Origin
    articles: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    starts: str = ""
    rolls: bool = False
    is_cap: bool = False
    counts_first_day: bool = False
    is_suspendable: bool = False
    is_extendable: bool = False
    reminders: tuple[int, ...] = ()

    @property
    def is_period(self) -> bool:
        """Whether a deadline can be computed from it alone (the calculator's RULE)."""
        return self.kind in PERIOD_KINDS and not self.is_cap and bool(self.starts)

    @property
    def length(self) -> str:
        """How long the period is, in words: `15个自然日`, `次年1月31日`."""
        if self.kind is ParameterKind.FIXED_DATE:
            years, month, day = self.fixed_date
            return f"{'次年' if years else '当年'}{month}月{day}日"
        if self.kind is ParameterKind.NATURAL_DAYS:
            return f"{self.amount}个自然日"
        unit = (
            "个工作日" if self.kind is ParameterKind.WORKING_DAYS else self.kind.label
        )
        return f"{self.amount}{unit}"

    @property
    def amount(self) -> int:
        """The whole number behind a count of days, months, years or things.

        Raises:
            TypeError: the value is no whole number.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{self.name} has no whole number")
        return self.value

    @property
    def share(self) -> Decimal:
        """The share, 0.20 for 20 %.

        Raises:
            TypeError: the value is no share.
        """
        if not isinstance(self.value, Decimal):
            raise TypeError(f"{self.name} is no share")
        return self.value

    @property
    def fixed_date(self) -> tuple[int, int, int]:
        """The fixed date as (years later, month, day).

        Raises:
            TypeError: the value is no fixed date.
        """
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.name} is no fixed date")
        return self.value


class ParameterRegister:
    """All versions of all parameters; an edition is what was in force on its date.

    A case stores the `edition` string of the day it opened on and reads every
    parameter under it, so that a later change moves no running case (PL-04).
    """

    def __init__(self, entries: Iterable[Parameter]) -> None:
        """Sort the versions of each name.

        Raises:
            ValueError: two versions of one name overlap or leave a gap.
        """
        self._versions: dict[str, list[Parameter]] = {}
        for entry in sorted(entries, key=lambda entry: entry.valid_from):
            versions = self._versions.setdefault(entry.name, [])
            if versions and versions[-1].valid_to != _day_before(entry.valid_from):
                raise ValueError(f"{entry.name} has a gap or an overlap")
            versions.append(entry)
        self._changes = sorted(
            {entry.valid_from for found in self._versions.values() for entry in found}
        )

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in the order in which they were entered."""
        return tuple(self._versions)

    def has_period(self, name: str) -> bool:
        """Whether any edition has a period of this name."""
        return any(entry.is_period for entry in self._versions.get(name, ()))

    def edition_on(self, day: date) -> str:
        """Return the edition in force on a day; before the first one, the first."""
        passed = [change for change in self._changes if change <= day]
        return (passed[-1] if passed else self._changes[0]).isoformat()

    def find(self, name: str, edition: str) -> Parameter | None:
        """Return the parameter as an edition has it, or None.

        Raises:
            ValueError: the edition is none of this register's.
        """
        day = date.fromisoformat(edition)
        if day not in self._changes:
            raise ValueError(f"unknown edition {edition}")
        for entry in self._versions.get(name, ()):
            if entry.valid_from <= day <= (entry.valid_to or date.max):
                return entry
        return None

    def get(self, name: str, edition: str) -> Parameter:
        """Return the parameter as an edition has it.

        Raises:
            KeyError: the edition has no such parameter.
        """
        found = self.find(name, edition)
        if found is None:
            raise KeyError(name)
        return found

    def periods(self, edition: str) -> tuple[Parameter, ...]:
        """Return the parameters of an edition from which deadlines are computed."""
        found = (self.find(name, edition) for name in self.names)
        return tuple(entry for entry in found if entry is not None and entry.is_period)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
