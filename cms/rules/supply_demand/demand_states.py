"""State table of a demand, from the draft to its end (§17.9)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition


class DemandState(LabeledEnum):
    """States of a demand (需求)."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    PUBLISHED = "published", "已发布"
    REVISION_SUBMITTED = "revision_submitted", "待审核（修订）"
    MATCHING = "matching", "对接中"
    MATCHING_REVISION_SUBMITTED = (
        "matching_revision_submitted",
        "待审核（对接中修订）",
    )
    RESOLVED = "resolved", "已解决"
    WITHDRAWN = "withdrawn", "已下架"
    EXPIRED = "expired", "已下架（有效期届满）"


class DemandEvent(LabeledEnum):
    """What may happen to a demand."""

    SUBMIT = "submit", "提交"
    RETURN = "return", "退回"
    PUBLISH = "publish", "发布"
    REVISE = "revise", "提交修订"
    RETRACT = "retract", "撤回申请"
    MATCH = "match", "双方接受对接"
    RESOLVE = "resolve", "标记已解决"
    WITHDRAW = "withdraw", "撤回发布"
    EXPIRE = "expire", "有效期届满"


_S, _E = DemandState, DemandEvent
_ENTERPRISE = frozenset({Role.ENTERPRISE})
_BUREAU = frozenset({Role.BUREAU})
_SYSTEM = frozenset({Role.SYSTEM})
_PARTIES = frozenset({Role.ENTERPRISE, Role.TRANSFER_OFFICE})
_REVISIONS = (
    (_S.PUBLISHED, _S.REVISION_SUBMITTED),
    (_S.MATCHING, _S.MATCHING_REVISION_SUBMITTED),
)
LISTED_STATES = tuple(state for pair in _REVISIONS for state in pair)
"""States in which the demand stands in the public list as open."""
REVIEW_STATES = (
    _S.SUBMITTED,
    _S.REVISION_SUBMITTED,
    _S.MATCHING_REVISION_SUBMITTED,
)
"""States in which the bureau has to decide."""
EDITABLE_STATES = (_S.DRAFT, _S.PUBLISHED, _S.MATCHING)
"""States in which the enterprise may edit its working copy."""
PUBLIC_STATES = (_S.PUBLISHED, _S.MATCHING, _S.RESOLVED, _S.WITHDRAWN, _S.EXPIRED)
"""What the public sees; a revision under review shows as what it revises."""
_SHOWN_AS = {pending: public for public, pending in _REVISIONS}


def shown_state(state: str) -> DemandState:
    """Return the state the public sees: a pending revision changes nothing."""
    return _SHOWN_AS.get(DemandState(state), DemandState(state))


def _revisions() -> tuple[Transition, ...]:
    """Return the rows of revising a published demand; the old text stays public."""
    rows: list[Transition] = []
    for public, pending in _REVISIONS:
        rows += [
            Transition(public, _E.REVISE, _ENTERPRISE, pending, "§20.2"),
            Transition(pending, _E.RETURN, _BUREAU, public, "E-FP-07", four_eyes=True),
            Transition(
                pending, _E.PUBLISH, _BUREAU, public, "E-SE-02", "有效期", "", True
            ),
            Transition(pending, _E.RETRACT, _ENTERPRISE, public),
        ]
    return tuple(rows)


def _endings() -> tuple[Transition, ...]:
    """Return the rows that end a listed demand; it stays readable (FP-13)."""
    rows: list[Transition] = []
    for state in LISTED_STATES:
        rows += [
            Transition(state, _E.WITHDRAW, _ENTERPRISE | _BUREAU, _S.WITHDRAWN, "原因"),
            Transition(state, _E.EXPIRE, _SYSTEM, _S.EXPIRED, "", "有效期届满"),
            Transition(state, _E.RESOLVE, _ENTERPRISE, _S.RESOLVED),
        ]
    return (
        *rows,
        Transition(_S.PUBLISHED, _E.MATCH, _PARTIES, _S.MATCHING, "双方接受"),
        Transition(
            _S.REVISION_SUBMITTED,
            _E.MATCH,
            _PARTIES,
            _S.MATCHING_REVISION_SUBMITTED,
            "双方接受",
        ),
    )


DEMAND = StateTable(
    name="demand",
    label="企业需求",
    states=DemandState,
    events=DemandEvent,
    transitions=(
        Transition(
            _S.DRAFT,
            _E.SUBMIT,
            _ENTERPRISE,
            _S.SUBMITTED,
            "§20.2、E-SE-02、E-ID-01",
            "",
            "D-29",
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
            "有效期",
            four_eyes=True,
        ),
        Transition(_S.SUBMITTED, _E.RETRACT, _ENTERPRISE, _S.DRAFT),
        *_revisions(),
        *_endings(),
    ),
)
