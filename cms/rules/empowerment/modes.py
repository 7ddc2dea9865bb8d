"""The six empowerment modes (附件6四): what is granted, and where it is noticed."""

from dataclasses import dataclass

from cms.rules.labels import LabeledEnum
from cms.rules.notices.fields import GrantKind
from cms.rules.notices.kinds import NoticeKind


class EmpowermentMode(LabeledEnum):
    """Modes M1 to M6 as 附件6四 names them."""

    M1 = "M1", "赋予部分所有权＋技术转让＋约定收益"
    M2 = "M2", "赋予部分所有权＋预收定金＋里程碑收益"
    M3 = "M3", "赋予全部所有权＋拨投结合＋权益实现"
    M4 = "M4", "赋予长期使用权＋一次性许可＋现金收益"
    M5 = "M5", "赋予长期使用权＋免费许可＋约定收益"
    M6 = "M6", "赋予长期使用权＋作价入股＋约定收益"


@dataclass(frozen=True, slots=True)
class ModeRule:
    """What a mode grants, which notice it needs, and the article it rests on.

    `insider` are the words of the notice where those who made the achievement, or a
    company that they are to hold shares of, stand on the other side (附件4八(二)).
    """

    grant: GrantKind
    notice: NoticeKind
    article: str
    insider: str = ""

    @property
    def is_priced(self) -> bool:
        """Whether a price is agreed, so that both venues are needed (AMB-17)."""
        return self.notice is NoticeKind.EMPOWERMENT_PRICED

    @property
    def is_ownership(self) -> bool:
        """Whether title passes, wholly or in part."""
        return self.grant is not GrantKind.LONG_TERM_USE


_G, _N = GrantKind, NoticeKind
_TO_INVENTORS = "受让人（被许可人）系成果完成人"
MODE_RULES = {
    EmpowermentMode.M1: ModeRule(
        _G.PARTIAL_OWNERSHIP, _N.EMPOWERMENT_PRICED, "附件6四(一)", _TO_INVENTORS
    ),
    EmpowermentMode.M2: ModeRule(
        _G.PARTIAL_OWNERSHIP,
        _N.EMPOWERMENT_PRICED,
        "附件6四(二)",
        "成果完成人将以其份额作价入股受让人",
    ),
    EmpowermentMode.M3: ModeRule(
        _G.FULL_OWNERSHIP, _N.EMPOWERMENT_PRICED, "附件6四(三)"
    ),
    EmpowermentMode.M4: ModeRule(
        _G.LONG_TERM_USE, _N.EMPOWERMENT_PRICED, "附件6四(四)", _TO_INVENTORS
    ),
    EmpowermentMode.M5: ModeRule(
        _G.LONG_TERM_USE, _N.EMPOWERMENT, "附件6四(五)", _TO_INVENTORS
    ),
    EmpowermentMode.M6: ModeRule(
        _G.LONG_TERM_USE, _N.EMPOWERMENT, "附件6四(六)", _TO_INVENTORS
    ),
}
