"""One bundle, one truth: parties, objects and dates across its papers (AS-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from cms.rules.empowerment.mode_checks import WHOLE
from cms.rules.violations import RuleViolation

DATE_ORDER = "日期顺序"
"""What a disagreement on the order of days is called."""

# 团队协议 ≤ 申请 ≤ 审批 ≤ 公示开始 < 公示届满 ≤ 赋权协议 ≤ 后续合同
_STEPS = ("D-01", "D-02", "D-06", "D-07", "D-08")
GRANTS = ("D-09", "D-10", "D-11")
FOLLOW_UPS = (
    "D-13", "D-14", "D-15", "D-16", "D-17", "D-18", "D-19", "D-20", "D-21",
    "D-22", "D-23", "D-24", "D-25",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What one paper says: `values` maps a field's label to what is printed."""

    instrument: str
    values: Mapping[str, str] = field(default_factory=dict)
    dated_on: date | None = None


def check_agreement(papers: Sequence[PaperFacts]) -> list[RuleViolation]:
    """Return E-AS-02 for each field on which two papers of a bundle differ."""
    found: list[RuleViolation] = []
    first: dict[str, tuple[str, str]] = {}
    for paper in papers:
        for label, value in paper.values.items():
            instrument, known = first.setdefault(label, (paper.instrument, value))
            if known != value:
                found.append(
                    _differs(label, instrument, paper.instrument, known, value)
                )
    return found


def check_dates(papers: Sequence[PaperFacts]) -> list[RuleViolation]:
    """Return E-AS-02 for each pair of papers whose dates are out of order (AS-05).

    The opening of the notice (D-07) must be before its result (D-08); all
    others may fall on one day. Undated papers are passed over.
    """
    dated = {paper.instrument: paper.dated_on for paper in papers if paper.dated_on}
    chain = [name for name in _STEPS if name in dated]
    chain += [name for name in GRANTS if name in dated][:1]
    pairs = list(pairwise(chain))
    pairs += [(chain[-1], name) for name in FOLLOW_UPS if chain and name in dated]
    return [
        _differs(DATE_ORDER, first, second, str(dated[first]), str(dated[second]))
        for first, second in pairs
        if not _in_order(first, second, dated)
    ]


def check_shareholding(label: str, shares: Sequence[Decimal]) -> None:
    """Refuse a table of shareholders whose percentages are not the whole (AS-05).

    `label` names the column; a table of nothing but zeros (a company yet to be
    founded) is passed over.

    Raises:
        RuleViolation: E-AS-02 with the sum.
    """
    total = sum(shares, Decimal(0))
    if total not in {0, WHOLE}:
        raise RuleViolation(
            "E-AS-02",
            field="shareholders",
            item=f"股东的{label}合计",
            doc_a="股权结构表",
            a=f"{total.normalize():f}%",
            doc_b="应当",
            b="100%",
        )


def _in_order(first: str, second: str, dated: Mapping[str, date]) -> bool:
    if (first, second) == ("D-07", "D-08"):
        return dated[first] < dated[second]
    return dated[first] <= dated[second]


def _differs(label: str, first: str, second: str, a: str, b: str) -> RuleViolation:
    return RuleViolation(
        "E-AS-02", field=second, item=label, doc_a=first, doc_b=second, a=a, b=b
    )
