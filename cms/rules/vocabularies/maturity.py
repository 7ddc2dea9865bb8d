"""Maturity (成熟度): technology readiness levels 1–9 and the stage each belongs to."""

from cms.rules.achievements import MaturityStage
from cms.rules.vocabularies.vocabulary import Term, Vocabulary

TRL = Vocabulary(
    "trl",
    "技术成熟度",
    (
        Term("1", "1级 原理发现", note="发现并报告了可用的基本原理。"),
        Term("2", "2级 方案提出", note="由原理提出用途设想和技术方案。"),
        Term("3", "3级 概念验证", note="关键功能经分析或试验证明可行。"),
        Term("4", "4级 实验室样品", note="样品或部件在实验室条件下达到预期功能。"),
        Term(
            "5", "5级 相关环境验证", note="部件或样品在接近使用条件的环境下通过验证。"
        ),
        Term("6", "6级 中试样机", note="样机或中试产品在相关环境下完成演示。"),
        Term("7", "7级 使用环境验证", note="样机或中试产品在实际使用环境下通过验证。"),
        Term(
            "8", "8级 定型与试生产", note="产品定型，通过检测或认证，完成小批量生产。"
        ),
        Term("9", "9级 批量生产应用", note="产品稳定批量生产，经用户实际应用证明。"),
    ),
)

# §20 asks for the level and for one of three stages: they must agree.
STAGE_OF_LEVEL = {
    **dict.fromkeys(range(1, 6), MaturityStage.LABORATORY),
    6: MaturityStage.PILOT,
    7: MaturityStage.PILOT,
    8: MaturityStage.PRODUCTION,
    9: MaturityStage.PRODUCTION,
}
# Levels at the edge of a stage may also be declared as the neighboring stage.
_ALSO = {
    5: MaturityStage.PILOT,
    6: MaturityStage.LABORATORY,
    8: MaturityStage.PILOT,
    7: MaturityStage.PRODUCTION,
}


def stage_of(level: int) -> MaturityStage:
    """Return the stage that a level 1–9 usually belongs to.

    Raises:
        KeyError: the level is not between 1 and 9.
    """
    return STAGE_OF_LEVEL[level]


def fits_stage(level: int, stage: MaturityStage) -> bool:
    """Whether a level and a declared stage agree."""
    return stage in (STAGE_OF_LEVEL.get(level), _ALSO.get(level))
