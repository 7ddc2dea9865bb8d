"""What the papers of one case say, held against each other (AS-05)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assembly.bundles import data_for
from cms.empowerment.facts import as_date, as_text, find
from cms.rules.empowerment import (
    DATE_ORDER,
    PaperFacts,
    check_agreement,
    check_dates,
)
from cms.rules.violations import RuleViolation

Answers = Mapping[str, Any]
_PARTIES = {
    "unit": "单位",
    "company": "企业",
    "project_company": "项目公司",
    "funder": "拨投资金方",
}
_SINGLE = {
    "achievement.name": "成果名称",
    "empowerment.share": "赋予完成人的份额",
    "empowerment.remaining_share": "单位保留的份额",
    "empowerment.starts_on": "赋权起日",
    "empowerment.ends_on": "赋权止日",
    "license.starts_on": "许可起日",
    "license.ends_on": "许可止日",
    "revenue.unit_percent": "单位分配比例",
    "revenue.team_percent": "完成人分配比例",
    "payment.total": "合同总价",
}
_DATED = {
    "D-01": "dates.team_agreement_on",
    "D-02": "dates.application_on",
    "D-06": "dates.approval_on",
    "D-07": "dates.notice_opened_on",
    "D-08": "dates.notice_closed_on",
    "D-09": "dates.empowered_on",
    "D-10": "dates.empowered_on",
    "D-11": "dates.empowered_on",
}
_OF_PARTY = (("name", "名称"), ("credit_code", "统一社会信用代码"))
_RIGHTS = "知识产权号码"
SIGNED = "dates.signed_on"


def has_day_of_its_own(instrument: str) -> bool:
    """Whether the day of a paper is its signing and not a step of the procedure."""
    return instrument not in _DATED


def check_papers(
    papers: Sequence[tuple[str, Answers]], answers: Answers
) -> list[RuleViolation]:
    """Return E-AS-02 for all on which papers, in their order, disagree.

    What a paper says is read from the answers it was made of; its day from the
    case's present answers, since many papers leave the day to be written by hand.
    """
    said = [PaperFacts(one, dict(_values(own))) for one, own in papers]
    dated = [
        PaperFacts(one, dated_on=_day_of(one, data_for(answers, one)))
        for one, _ in papers
    ]
    return [*check_agreement(said), *check_dates(dated)]


def places_of(violation: RuleViolation) -> list[tuple[str, str]]:
    """Return what mends a disagreement of papers: (instrument, path) of each answer.

    The instrument is empty where all papers share the answer; the list is, for any
    other refusal.
    """
    if violation.code != "E-AS-02":
        return []
    item = violation.parameters["item"]
    if item == DATE_ORDER:
        papers = [str(violation.parameters[one]) for one in ("doc_a", "doc_b")]
        return [(one, _DATED.get(one, SIGNED)) for one in papers]
    path = _places().get(str(item))
    return [("", path)] if path else []


def _places() -> dict[str, str]:
    """Return the answer behind each label of a disagreement."""
    places = {label: path for path, label in _SINGLE.items()}
    for name, label in _PARTIES.items():
        for field, word in _OF_PARTY:
            places[f"{label}{word}"] = f"{name}.{field}"
    members = ("团队成员", "团队内部收益分配比例", "团队内部权属份额")
    return {**places, **dict.fromkeys(members, "team.members"), _RIGHTS: "ip_items"}


def _day_of(instrument: str, answers: Answers) -> date | None:
    return as_date(find(answers, _DATED.get(instrument, SIGNED)))


def _values(answers: Answers) -> Iterator[tuple[str, str]]:
    for name, label in _PARTIES.items():
        for field, word in _OF_PARTY:
            value = as_text(find(answers, f"{name}.{field}"))
            if value:
                yield f"{label}{word}", value
    for path, label in _SINGLE.items():
        value = as_text(find(answers, path))
        if value:
            yield label, value
    yield from _column(answers, "ip_items", ("number",), _RIGHTS)
    yield from _column(answers, "team.members", ("name",), "团队成员")
    shares = ("name", "revenue_share")
    yield from _column(answers, "team.members", shares, "团队内部收益分配比例")
    owned = ("name", "ownership_share")
    yield from _column(answers, "team.members", owned, "团队内部权属份额")


def _column(
    answers: Answers, table: str, columns: Sequence[str], label: str
) -> Iterator[tuple[str, str]]:
    """Yield a table's columns as one text, where every row has the columns."""
    rows = find(answers, table) or []
    if rows and any(columns[-1] in row for row in rows):
        lines = (" ".join(as_text(row.get(name)) for name in columns) for row in rows)
        yield label, "、".join(line for line in lines if line.strip())
