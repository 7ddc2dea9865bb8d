"""Review of an application by the bureau (FP-06): checklist, comments, recusal."""

from collections.abc import Collection, Mapping

from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation


class ReviewItem(LabeledEnum):
    """What the reviewer checks before publication (CC-01, CC-08, §20 合规)."""

    STATE_INTEREST = "state_interest", "①不影响国家利益和重大社会公共利益"
    STATE_SECRET = "state_secret", "②不涉及国家秘密，或已解密、降密"
    ETHICS = "ethics", "③遵守科技伦理规定，应用安全可控"
    CONDITIONS = "conditions", "④权属清晰、前景明朗、承接对象明确、转化意愿强烈"
    UNCLASSIFIED = "unclassified", "内容不涉密，非保密专利；已解密的有解密证明"
    EXPORT = "export", "已核对《中国禁止出口限制出口技术目录》"
    CONSENT = "consent", "完成人同意书、单位审核意见齐全"
    PUBLIC_TEXT = "public_text", "公开内容和公开附件不含个人信息、技术秘密"


class CheckResult(LabeledEnum):
    """Result of one check."""

    PASSED = "passed", "符合"
    FAILED = "failed", "不符合"


_GATE = (
    ReviewItem.STATE_INTEREST,
    ReviewItem.STATE_SECRET,
    ReviewItem.ETHICS,
    ReviewItem.CONDITIONS,
)


def check_checklist(results: Mapping[str, str]) -> list[RuleViolation]:
    """Return why a checklist does not allow publication.

    A failed item of 不可赋权 is E-EM-01, unchecked ones are E-FP-08; the other
    items are E-CC-02.
    """
    found: list[RuleViolation] = []
    if any(not results.get(item.value) for item in _GATE):
        found.append(RuleViolation("E-FP-08", field="checklist"))
    found += [
        RuleViolation("E-EM-01", field=f"check-{item.value}", item=item.label)
        for item in _GATE
        if results.get(item.value) == CheckResult.FAILED
    ]
    others = [
        item.label
        for item in ReviewItem
        if item not in _GATE and results.get(item.value) != CheckResult.PASSED
    ]
    if others:
        items = "、".join(others)
        found.append(RuleViolation("E-CC-02", field="checklist", items=items))
    return found


def check_return(comments: Mapping[str, str], opinion: str) -> None:
    """Refuse a return that says nothing (E-FP-07).

    Raises:
        RuleViolation: E-FP-07.
    """
    if not opinion.strip() and not any(text.strip() for text in comments.values()):
        raise RuleViolation("E-FP-07", field="opinion")


def check_recusal(reviewer: str, involved: Collection[str]) -> None:
    """Refuse a reviewer who is of the team or a declared relative (CC-05, AMB-22).

    Raises:
        RuleViolation: E-EM-05.
    """
    name = _normalize(reviewer)
    if name and name in {_normalize(other) for other in involved}:
        raise RuleViolation("E-EM-05")


def _normalize(name: str) -> str:
    return "".join(name.split()).casefold()
