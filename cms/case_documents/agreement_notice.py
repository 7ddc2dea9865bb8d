"""The price notice of an agreement, drafted from its answers (AMB-17, D-37)."""

from cms.core import answers as sheets
from cms.empowerment.facts import as_text, find
from cms.empowerment.notice_values import price_of
from cms.rules.achievements import TransferMode
from cms.rules.notices.fields import InsiderAnswer
from cms.supply_demand.models import Agreement

_LONGEST_TITLE = 120


def notice_title(case: Agreement) -> str:
    """Return the title of the notice."""
    title = f"关于“{case.title}”{TransferMode.LICENSE.label}的公示"
    return title[:_LONGEST_TITLE]


def notice_values(case: Agreement) -> dict[str, str]:
    """Return the fields of the notice as the answers give them."""
    answers = sheets.answers_of(case)
    contact = ("department", "handler", "phone", "address")
    channel = [as_text(find(answers, f"notice.{name}")) for name in contact]
    has_insider = find(answers, "notice.has_insider") is True
    insider = InsiderAnswer.YES if has_insider else InsiderAnswer.NO
    return {
        "achievement_name": as_text(find(answers, "achievement.name")) or case.title,
        "transfer_mode": TransferMode.LICENSE.value,
        "proposed_price": price_of(answers),
        "transferee": case.enterprise.name,
        "is_insider": insider.value,
        "insider_statement": as_text(find(answers, "notice.insider_note"))
        if has_insider
        else "",
        "digest": as_text(find(answers, "achievement.abstract")),
        "objection_channel": "，".join(part for part in channel if part),
    }
