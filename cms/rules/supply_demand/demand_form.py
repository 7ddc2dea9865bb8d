"""企业需求表 (§20.2, D-29): fields, completeness, anonymity, validity."""

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from cms.rules.labels import LabeledEnum
from cms.rules.parties import EnterpriseSize
from cms.rules.violations import RuleViolation, RuleViolations
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES

FORM_VERSION = "2026-11"


class CooperationMode(LabeledEnum):
    """What the enterprise hopes for (§20.2 期望合作方式)."""

    USE_THEN_PAY = "use_then_pay", "先使用后付费"
    LICENSE = "license", "许可"
    TRANSFER = "transfer", "转让"
    JOINT_DEVELOPMENT = "joint_development", "合作开发"
    USE_THEN_TRANSFER = "use_then_transfer", "先用后转"


class BudgetBand(LabeledEnum):
    """Budget of a demand in ten thousand yuan; the upper bound is not included."""

    NEGOTIABLE = "negotiable", "面议"
    UNDER_10 = "under_10", "10万元以下"
    FROM_10 = "from_10", "10万—50万元"
    FROM_50 = "from_50", "50万—100万元"
    FROM_100 = "from_100", "100万—500万元"
    FROM_500 = "from_500", "500万元以上"


@dataclass(frozen=True, slots=True)
class DemandFacts:
    """All that the form of §20.2 asks for, as filled in so far.

    `district` is a 行政区划 code, `industry` a GB/T 4754 code, `needed_by` the
    day by which a solution is wanted and `valid_until` the last day on which
    the demand may be shown. The contact is for the bureau, and for the other
    party once both accept.
    """

    enterprise_name: str
    credit_code: str
    is_anonymous: bool = False
    size: str = ""
    district: str = ""
    industry: str = ""
    title: str = ""
    problem: str = ""
    indicators: str = ""
    modes: tuple[str, ...] = ()
    budget: str = ""
    needed_by: date | None = None
    valid_until: date | None = None
    accepts_push: bool = False
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    consents_to_publication: bool = False
    states_truth: bool = False
    states_secrecy: bool = False


FIELD_LABELS: dict[str, str] = {
    "enterprise_name": "企业名称",
    "credit_code": "统一社会信用代码",
    "is_anonymous": "匿名展示",
    "size": "企业规模",
    "district": "所属地区",
    "industry": "所属行业",
    "title": "需求名称",
    "problem": "问题描述",
    "indicators": "期望指标",
    "modes": "期望合作方式",
    "budget": "预算区间",
    "needed_by": "完成时间",
    "valid_until": "有效期至",
    "accepts_push": "接受推送",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "contact_email": "电子邮箱",
    "consents_to_publication": "同意公开发布",
    "states_truth": "真实性承诺",
    "states_secrecy": "保密承诺",
}
REQUIRED = (
    "enterprise_name",
    "credit_code",
    "size",
    "district",
    "industry",
    "title",
    "problem",
    "modes",
    "contact_name",
    "contact_phone",
    "valid_until",
    "consents_to_publication",
    "states_truth",
    "states_secrecy",
)
PUBLIC_TEXTS = ("title", "problem", "indicators")
TITLE_MAX = 80
PROBLEM_MIN, PROBLEM_MAX = 30, 2000
NAME_PART_MIN = 4


CONTACT_FIELDS = ("contact_name", "contact_phone", "contact_email")
_DATES = ("needed_by", "valid_until")


def to_answers(facts: DemandFacts) -> dict[str, object]:
    """Return the form as plain JSON data; days are ISO dates."""
    answers: dict[str, object] = asdict(facts)
    for name in _DATES:
        day = getattr(facts, name)
        answers[name] = day.isoformat() if day else ""
    answers["modes"] = list(facts.modes)
    return answers


def from_answers(answers: Mapping[str, object]) -> DemandFacts:
    """Return the form behind JSON data; fields it does not know are left out."""
    known = {field.name for field in fields(DemandFacts)}
    values: dict[str, Any] = {
        name: value for name, value in answers.items() if name in known
    }
    for name in _DATES:
        text = values.get(name)
        values[name] = date.fromisoformat(text) if text else None
    values["modes"] = tuple(values.get("modes", ()))
    return DemandFacts(**values)


def missing_fields(facts: DemandFacts) -> list[str]:
    """Return the names of required fields that are still empty, in form order."""
    return [name for name in REQUIRED if not getattr(facts, name)]


def check_form(facts: DemandFacts, *, on: date, latest: date) -> None:
    """Refuse a form that may not be handed in on day `on` (§20.2, D-29).

    `latest` is the last day that the longest validity (ENTRY_VALID) allows.

    Raises:
        RuleViolations: E-DM-01 once for each empty field, E-DM-02 (validity),
            E-DM-03 (length of the problem).
    """
    found = [
        RuleViolation("E-DM-01", field=name, fields=FIELD_LABELS[name])
        for name in missing_fields(facts)
    ]
    if facts.valid_until and not on <= facts.valid_until <= latest:
        found.append(
            RuleViolation(
                "E-DM-02", field="valid_until", earliest=on, latest=latest.isoformat()
            )
        )
    if facts.problem and not PROBLEM_MIN <= len(facts.problem) <= PROBLEM_MAX:
        found.append(
            RuleViolation(
                "E-DM-03", field="problem", least=PROBLEM_MIN, most=PROBLEM_MAX
            )
        )
    if found:
        raise RuleViolations(found)


def check_terms(facts: DemandFacts) -> None:
    """Refuse a coded value that its list does not have (E-DM-07)."""
    known: tuple[tuple[str, Container[str]], ...] = (
        ("size", [size.value for size in EnterpriseSize]),
        ("district", DISTRICTS),
        ("industry", INDUSTRIES),
        ("budget", [band.value for band in BudgetBand]),
    )
    modes = [mode.value for mode in CooperationMode]
    wrong = [
        (name, value)
        for name, codes in known
        if (value := getattr(facts, name)) and value not in codes
    ]
    wrong += [("modes", mode) for mode in facts.modes if mode not in modes]
    if wrong:
        raise RuleViolations(
            [
                RuleViolation(
                    "E-DM-07", field=name, item=FIELD_LABELS[name], value=value
                )
                for name, value in wrong
            ]
        )


def name_leaks(facts: DemandFacts, short_name: str = "") -> list[RuleViolation]:
    """Return E-DM-04 for each public text of an anonymous demand with the name in it.

    The full name, the name without its legal form, `short_name` and the credit
    code count, whatever the width or case of the letters and spaces between.
    """
    if not facts.is_anonymous:
        return []
    names = {
        part
        for part in map(
            _fold,
            (
                facts.enterprise_name,
                _without_legal_form(facts.enterprise_name),
                short_name,
                facts.credit_code,
            ),
        )
        if len(part) >= NAME_PART_MIN
    }
    return [
        RuleViolation("E-DM-04", field=name, item=FIELD_LABELS[name])
        for name in PUBLIC_TEXTS
        if any(part in _fold(getattr(facts, name)) for part in names)
    ]


def public_name(name: str, size: str, *, is_anonymous: bool) -> str:
    """Return the name that the public sees: the enterprise's, or its size alone."""
    if not is_anonymous:
        return name
    return f"某{EnterpriseSize(size).label}企业（匿名展示）"


def _without_legal_form(name: str) -> str:
    for ending in ("股份有限公司", "有限责任公司", "有限公司", "合伙企业", "厂"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
