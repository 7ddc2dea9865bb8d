"""Signed papers (签署文本与归档): states, and what a filing holds (AS-09, PS-07)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by
from cms.rules.violations import RuleViolation

_OFFICE = by(Role.TRANSFER_OFFICE)
_SYSTEM = by(Role.SYSTEM)


class SignedPaperState(LabeledEnum):
    """States of a signed paper from its upload to its place in the archive."""

    UPLOADED = "uploaded", "已上传"
    READING = "reading", "读取中"
    TO_COMPARE = "to_compare", "待核对"
    TO_EXAMINE = "to_examine", "须人工核对"
    FILED = "filed", "已归档"
    REPLACED = "replaced", "已被替换"
    WITHDRAWN = "withdrawn", "已撤回"


class SignedPaperEvent(LabeledEnum):
    """What may happen to a signed paper."""

    READ = "read", "读出文字"
    RECOGNIZE = "recognize", "开始文字识别"
    KEEP_UNREAD = "keep_unread", "读不出文字"
    GIVE_UP_RECOGNITION = "give_up_recognition", "不等文字识别"
    FILE = "file", "归档"
    REPLACE = "replace", "替换"
    WITHDRAW = "withdraw", "撤回"


_S, _E = SignedPaperState, SignedPaperEvent
OPEN = (_S.UPLOADED, _S.READING, _S.TO_COMPARE, _S.TO_EXAMINE)
"""Not yet filed: the office still works on it."""
_CHECKED = "签订、生效日期和签署人齐全；差异已确认；公示届满；期限合规"

SIGNED_PAPER = StateTable(
    name="signed_paper",
    label="签署文本",
    states=SignedPaperState,
    events=SignedPaperEvent,
    transitions=(
        Transition(_S.UPLOADED, _E.READ, _SYSTEM, _S.TO_COMPARE),
        Transition(
            _S.UPLOADED, _E.RECOGNIZE, _SYSTEM, _S.READING, guard="有页面没有文字"
        ),
        Transition(_S.UPLOADED, _E.KEEP_UNREAD, _SYSTEM, _S.TO_EXAMINE),
        Transition(_S.READING, _E.READ, _SYSTEM, _S.TO_COMPARE, guard="每一页都有文字"),
        Transition(_S.READING, _E.KEEP_UNREAD, _SYSTEM, _S.TO_EXAMINE),
        Transition(_S.READING, _E.GIVE_UP_RECOGNITION, _OFFICE, _S.TO_EXAMINE),
        Transition(_S.TO_COMPARE, _E.FILE, _OFFICE, _S.FILED, guard=_CHECKED),
        Transition(
            _S.TO_EXAMINE,
            _E.FILE,
            _OFFICE,
            _S.FILED,
            guard=f"已逐页人工核对；{_CHECKED}",
        ),
        Transition(_S.FILED, _E.REPLACE, _OFFICE, _S.REPLACED, guard="须有理由"),
        *(
            Transition(state, _E.WITHDRAW, _OFFICE, _S.WITHDRAWN, guard="须有理由")
            for state in OPEN
        ),
    ),
)


class Conclusion(LabeledEnum):
    """What the comparison came to, as a person confirms it (AS-09)."""

    AS_ASSEMBLED = "as_assembled", "与组装文本一致"
    CHANGED = "changed", "有修改"


class ReadingMethod(LabeledEnum):
    """How the text of a signed paper was read."""

    TEXT = "text", "文字层"
    OCR = "ocr", "文字识别"
    MIXED = "mixed", "部分文字识别"
    NONE = "none", "未读出文字"


SIGNING = frozenset({"D-09", "D-10", "D-11", "D-19", "D-31", "D-32"})
"""The papers that sign their case: §17.1 D-09/10/11, M3's D-19 (§11.3), §17.9."""
PRICED = frozenset({"D-13", "D-16", "D-19", "D-22", "D-23", "D-31", "D-32"})
"""The papers whose payment rows become payments (PS-07)."""
CONTRACTS = (
    SIGNING
    | PRICED
    | {*("D-14", "D-15", "D-17", "D-18", "D-20", "D-21", "D-24", "D-25")}
)
"""Agreements between parties; the others are forms, notices and statements."""
TERMS = {
    "D-11": "empowerment.ends_on",
    "D-18": "grant.ends_on",
    "D-22": "license.ends_on",
    "D-23": "license.ends_on",
    "D-24": "equity.use_ends_on",
    "D-31": "license.ends_on",
    "D-32": "license.ends_on",
}
"""Where the answers of a paper with a term hold its last day."""
PAID_BY_ENTERPRISE = frozenset({"D-16", "D-31", "D-32"})
KEPT_UNREAD = frozenset({"broken", "too_large", "too_slow"})
"""Reasons for which a person looks: a viewer may show what the reader cannot."""
MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_PICTURES = 50 * MEGABYTE, 200


@dataclass(frozen=True, slots=True)
class SignedDays:
    """The days on a signed paper; a form has only the day of its signing."""

    signed_on: date | None
    effective_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One who signed: for which party, by what name, in what capacity."""

    party: str
    name: str
    capacity: str


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """What the machine found, and what the person says to it."""

    conclusion: Conclusion
    has_key_changes: bool
    is_read: bool
    has_listed: bool
    is_confirmed: bool


def check_days(
    days: SignedDays, *, is_contract: bool, assembled_on: date, today: date
) -> list[RuleViolation]:
    """Return what is wrong with the days of a signed paper (AS-09)."""
    if days.signed_on is None:
        return [RuleViolation("E-SG-01", field="signed_on", label="签订日期")]
    found = []
    if days.signed_on > today:
        found.append(RuleViolation("E-SG-02", field="signed_on"))
    if days.signed_on < assembled_on:
        d = assembled_on.isoformat()
        found.append(RuleViolation("E-SG-03", field="signed_on", d=d))
    if days.effective_on is None:
        if is_contract:
            lacking = RuleViolation("E-SG-01", field="effective_on", label="生效日期")
            found.append(lacking)
    elif days.effective_on < days.signed_on:
        found.append(RuleViolation("E-GR-02", field="effective_on"))
    start = days.effective_on or days.signed_on
    if days.ends_on is not None and days.ends_on < start:
        found.append(RuleViolation("E-SG-04", field="ends_on"))
    return found


def check_term(days: SignedDays, agreed: date | None) -> list[RuleViolation]:
    """Return what is wrong with the last day of a paper that agrees on one."""
    if agreed is None or days.ends_on == agreed:
        return []
    if days.ends_on is None:
        return [RuleViolation("E-SG-01", field="ends_on", label="终止日期")]
    return [RuleViolation("E-SG-22", field="ends_on", value=agreed.isoformat())]


def check_case_days(days: SignedDays, known: SignedDays) -> list[RuleViolation]:
    """Return E-SG-05 for each day that differs from what the case has (§17.1)."""
    pairs = (
        ("signed_on", "签订日期", days.signed_on, known.signed_on),
        ("effective_on", "生效日期", days.effective_on, known.effective_on),
        ("ends_on", "终止日期", days.ends_on, known.ends_on),
    )
    return [
        RuleViolation("E-SG-05", field=field, label=label, value=_day(registered))
        for field, label, given, registered in pairs
        if given != registered
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else "无"


def check_signatories(
    rows: Sequence[SignedBy], parties: Collection[str]
) -> list[RuleViolation]:
    """Return what is wrong with the signatories: every party has one (AS-09)."""
    found = []
    for position, row in enumerate(rows, 1):
        if not (row.party.strip() and row.name.strip()):
            found.append(
                RuleViolation("E-SG-06", field="signatories", position=position)
            )
    named = {row.party.strip() for row in rows if row.name.strip()}
    missing = [party for party in parties if party not in named]
    if not rows or missing:
        lacking = "、".join(missing) or "签署各方"
        found.append(RuleViolation("E-SG-07", field="signatories", party=lacking))
    return found


def check_conclusion(facts: ComparisonFacts) -> list[RuleViolation]:
    """Return what keeps the comparison open (AS-09).

    A paper that no machine read needs a person's word that all pages were looked
    at; found differences in numbers need one that they are none.
    """
    if not facts.is_read and not facts.is_confirmed:
        return [RuleViolation("E-SG-08", field="is_confirmed")]
    if facts.conclusion is Conclusion.CHANGED:
        if facts.has_listed:
            return []
        return [RuleViolation("E-SG-09", field="changes")]
    if facts.has_listed:
        return [RuleViolation("E-SG-11", field="conclusion")]
    if facts.has_key_changes and not facts.is_confirmed:
        return [RuleViolation("E-SG-10", field="is_confirmed")]
    return []
