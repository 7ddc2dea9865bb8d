"""Gate of 不可赋权 (附件6五, CC-01): four items; the fourth has four conditions."""

from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation


class NegativeItem(LabeledEnum):
    """What forbids empowerment; answered yes (hit) or no, item by item."""

    STATE_INTEREST = (
        "state_interest",
        "可能影响国家安全、国防安全、公共安全、经济安全、社会稳定等"
        "国家利益和重大社会公共利益",
    )
    STATE_SECRET = "state_secret", "涉及国家秘密，在解密或降密之前"
    ETHICS = "ethics", "未严格遵守科技伦理规定，无法确保转化应用安全可控"


class Condition(LabeledEnum):
    """The conditions of item ④; each must be met."""

    CLEAR_TITLE = "clear_title", "权属清晰"
    BRIGHT_PROSPECT = "bright_prospect", "应用前景明朗"
    KNOWN_RECIPIENT = "known_recipient", "承接对象明确"
    STRONG_WILL = "strong_will", "转化意愿强烈"


def check_negative_list(
    items: dict[NegativeItem, bool | None], conditions: dict[Condition, bool | None]
) -> list[RuleViolation]:
    """Return what the check says: unchecked E-FP-08, each hit E-EM-01 (CC-01).

    True in `items` is a hit, False in `conditions` is one; None or missing is
    unchecked.
    """
    answers = [items.get(item) for item in NegativeItem]
    answers += [conditions.get(item) for item in Condition]
    if any(answer is None for answer in answers):
        return [RuleViolation("E-FP-08", field="negative_list")]
    hits = [item.label for item in NegativeItem if items[item]]
    hits += [f"不具备{item.label}条件" for item in Condition if not conditions[item]]
    return [RuleViolation("E-EM-01", field="negative_list", item=item) for item in hits]
