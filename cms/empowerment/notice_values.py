"""Contents of a case's notice, filled from its answers (EM-06, D-07)."""

from collections.abc import Mapping
from typing import Any

from cms.empowerment.facts import as_decimal, as_text, find, members_of
from cms.empowerment.models import EmpowermentCase, Extension
from cms.rules.achievements import TransferMode
from cms.rules.empowerment import MODE_RULES, EmpowermentMode
from cms.rules.notices.fields import GrantKind, InsiderAnswer

Answers = Mapping[str, Any]
_MANNERS = {
    EmpowermentMode.M1: TransferMode.TRANSFER,
    EmpowermentMode.M2: TransferMode.TRANSFER,
    EmpowermentMode.M3: TransferMode.TRANSFER,
    EmpowermentMode.M4: TransferMode.LICENSE,
}


def prefill_notice(case: EmpowermentCase, answers: Answers) -> dict[str, str]:
    """Return first values of every field of the case's kind of notice."""
    mode = EmpowermentMode(case.mode)
    grant = MODE_RULES[mode].grant
    has_insider = (
        bool(MODE_RULES[mode].insider)
        or case.declarations.filter(has_relation=True).exists()
        or find(answers, "empowerment.has_related_party") is True
    )
    insider = InsiderAnswer.YES if has_insider else InsiderAnswer.NO
    manner = _MANNERS.get(mode)
    return {
        "achievement_name": case.title,
        "inventors": "、".join(member.name for member in members_of(answers)),
        "grant_kind": grant.value,
        "share_or_term": _share_or_term(grant, answers),
        "receiver": as_text(find(answers, "empowerment.recipient")),
        "transfer_mode": manner.value if manner else "",
        "proposed_price": price_of(answers),
        "is_insider": insider.value,
        "insider_statement": _insider_statement(mode, answers) if has_insider else "",
        "digest": as_text(find(answers, "achievement.abstract")),
        "objection_channel": _channel(answers),
    }


def _insider_statement(mode: EmpowermentMode, answers: Answers) -> str:
    """Return what the notice says of insiders: as answered, else as the mode has it."""
    return (
        as_text(find(answers, "notice.insider_note"))
        or as_text(find(answers, "empowerment.related_party_note"))
        or MODE_RULES[mode].insider
    )


def prefill_extension(extension: Extension, answers: Answers) -> dict[str, str]:
    """Return the contents of the notice of a longer use right (AMB-06)."""
    case = extension.case
    values = prefill_notice(case, answers)
    return values | {
        "share_or_term": f"长期使用权由{case.ends_on}延至{extension.ends_on}"
    }


def _share_or_term(grant: GrantKind, answers: Answers) -> str:
    if grant is GrantKind.FULL_OWNERSHIP:
        return "全部所有权（100%）"
    if grant is GrantKind.PARTIAL_OWNERSHIP:
        share = as_text(find(answers, "empowerment.share"))
        return f"赋予完成人{share}%所有权份额" if share else ""
    starts_on = as_text(find(answers, "empowerment.starts_on"))
    ends_on = as_text(find(answers, "empowerment.ends_on"))
    return f"长期使用权，自{starts_on}至{ends_on}" if starts_on and ends_on else ""


def price_of(answers: Answers) -> str:
    """Return the price in yuan, or the formula."""
    price = as_decimal(find(answers, "notice.price"))
    if price is None:
        return as_text(find(answers, "notice.price_formula"))
    return f"{price:,.2f}元"


def _channel(answers: Answers) -> str:
    parts = {
        "受理部门": "notice.department",
        "电话": "notice.phone",
        "电子邮箱": "notice.email",
        "地址": "notice.address",
    }
    filled = [
        f"{label}：{text}"
        for label, path in parts.items()
        if (text := as_text(find(answers, path)))
    ]
    if not filled:
        return ""
    how = "公示期内以书面形式实名提出，写明事实和理由，并附依据。"
    return how + "；".join(filled) + "。"
