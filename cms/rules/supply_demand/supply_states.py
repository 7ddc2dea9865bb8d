"""State table of a supply entry, from the draft to its end (§17.9, FP-05…FP-13)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition


class SupplyState(LabeledEnum):
    """States of a supply entry (供给条目)."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待发布审核"
    PUBLISHED = "published", "已发布"
    REVISION_SUBMITTED = "revision_submitted", "待发布审核（修订）"
    MATCHING = "matching", "对接中"
    MATCHING_REVISION_SUBMITTED = (
        "matching_revision_submitted",
        "待发布审核（对接中修订）",
    )
    CONVERTED = "converted", "已转化"
    WITHDRAWN = "withdrawn", "已下架"
    EXPIRED = "expired", "已下架（有效期届满）"


class SupplyEvent(LabeledEnum):
    """What may happen to a supply entry."""

    SUBMIT = "submit", "提交"
    RETURN = "return", "退回"
    PUBLISH = "publish", "发布"
    REVISE = "revise", "提交修订"
    RETRACT = "retract", "撤回申请"
    MATCH = "match", "达成合作意向"
    CONVERT = "convert", "登记转化"
    RENEW = "renew", "续期"
    WITHDRAW = "withdraw", "撤回发布"
    EXPIRE = "expire", "有效期届满"


_UNIT = frozenset({Role.TRANSFER_OFFICE})
_BUREAU = frozenset({Role.BUREAU})
_SYSTEM = frozenset({Role.SYSTEM})
_BOTH = _UNIT | _BUREAU
_PARTIES = frozenset({Role.TRANSFER_OFFICE, Role.ENTERPRISE, Role.SYSTEM})
_S, _E = SupplyState, SupplyEvent
_PENDING_REVISIONS = (
    (_S.PUBLISHED, _S.REVISION_SUBMITTED),
    (_S.MATCHING, _S.MATCHING_REVISION_SUBMITTED),
)
LISTED_STATES = tuple(state for pair in _PENDING_REVISIONS for state in pair)
"""States in which the entry stands in the public list as open."""
REVIEW_STATES = (
    _S.SUBMITTED,
    _S.REVISION_SUBMITTED,
    _S.MATCHING_REVISION_SUBMITTED,
)
"""States in which the bureau has to decide."""
EDITABLE_STATES = (_S.DRAFT, _S.PUBLISHED, _S.MATCHING)
"""States in which the unit may edit its working copy."""


def _revisions() -> tuple[Transition, ...]:
    """Return the rows of revising a published entry; the old text stays public."""
    rows: list[Transition] = []
    for public, pending in _PENDING_REVISIONS:
        rows += [
            Transition(public, _E.REVISE, _UNIT, pending, "FP-04、FP-05", "5 WD"),
            Transition(pending, _E.RETURN, _BUREAU, public, "E-FP-07", four_eyes=True),
            Transition(
                pending, _E.PUBLISH, _BUREAU, public, "E-SE-02", "", "D-28", True
            ),
            Transition(pending, _E.RETRACT, _UNIT, public),
            Transition(public, _E.RENEW, _UNIT, public, "", "12 m"),
        ]
    return tuple(rows)


def _endings() -> tuple[Transition, ...]:
    """Return the rows that end a listed entry; it stays readable (FP-13)."""
    rows: list[Transition] = []
    for state in LISTED_STATES:
        rows += [
            Transition(state, _E.WITHDRAW, _BOTH, _S.WITHDRAWN, "撤回原因"),
            Transition(state, _E.EXPIRE, _SYSTEM, _S.EXPIRED, "有效期届满"),
        ]
    return (
        *rows,
        Transition(
            _S.PUBLISHED, _E.MATCH, _PARTIES, _S.MATCHING, "双方接受", "", "D-30"
        ),
        Transition(
            _S.REVISION_SUBMITTED,
            _E.MATCH,
            _PARTIES,
            _S.MATCHING_REVISION_SUBMITTED,
            "双方接受",
            "",
            "D-30",
        ),
        Transition(_S.MATCHING, _E.CONVERT, _BOTH, _S.CONVERTED, "合同归档"),
        Transition(_S.EXPIRED, _E.RENEW, _UNIT, _S.PUBLISHED, "", "12 m"),
    )


SUPPLY = StateTable(
    name="supply",
    label="先使用后付费供给",
    states=SupplyState,
    events=SupplyEvent,
    transitions=(
        Transition(
            _S.DRAFT,
            _E.SUBMIT,
            _UNIT,
            _S.SUBMITTED,
            "FP-04、FP-05、CC-01、CC-09",
            "5 WD",
            "D-27",
        ),
        Transition(
            _S.SUBMITTED, _E.RETURN, _BUREAU, _S.DRAFT, "E-FP-07", four_eyes=True
        ),
        Transition(
            _S.SUBMITTED,
            _E.PUBLISH,
            _BUREAU,
            _S.PUBLISHED,
            "E-SE-02",
            "12 m",
            "D-28",
            four_eyes=True,
        ),
        Transition(_S.SUBMITTED, _E.RETRACT, _UNIT, _S.DRAFT),
        *_revisions(),
        *_endings(),
    ),
)
