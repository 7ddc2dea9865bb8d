"""Objections (异议): states (§17.6, §17.7)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class ObjectionState(LabeledEnum):
    """States of an objection that suspends a trade."""

    UNFILED = "unfiled", "未提出"
    UNDER_REVIEW = "under_review", "形式审查"
    INADMISSIBLE = "inadmissible", "不予受理"
    AWAITING_DEFENSE = "awaiting_defense", "待抗辩"
    AWAITING_PROOF = "awaiting_proof", "待维权证明"
    BEFORE_AUTHORITY = "before_authority", "有权机关处理中"
    RESOLVED = "resolved", "办结·恢复"
    TERMINATED = "terminated", "终止"


class ObjectionEvent(LabeledEnum):
    """What may happen to such an objection."""

    RAISE = "raise", "提出"
    REFUSE = "refuse", "形式审查不符合"
    ADMIT = "admit", "形式审查符合"
    DEFEND = "defend", "提交抗辩"
    MISS_DEFENSE = "miss_defense", "逾期未提交抗辩"
    PROVE = "prove", "证明已提交有权机关"
    MISS_PROOF = "miss_proof", "逾期未提交证明"
    SETTLE = "settle", "异议已解决"
    WITHDRAW = "withdraw", "撤回"
    UPHOLD = "uphold", "有权机关支持异议"
    REJECT = "reject", "有权机关不支持异议"


_S, _E = ObjectionState, ObjectionEvent
# Admitted and not yet decided.
_PENDING = (_S.AWAITING_DEFENSE, _S.AWAITING_PROOF, _S.BEFORE_AUTHORITY)

OBJECTION = StateTable(
    name="objection",
    label="异议（挂牌、拍卖、先用后转）",
    states=ObjectionState,
    events=ObjectionEvent,
    transitions=(
        Transition(
            _S.UNFILED,
            _E.RAISE,
            by(Role.ENTERPRISE, Role.RESEARCHER, Role.TRANSFER_OFFICE, Role.AGENT),
            _S.UNDER_REVIEW,
            guard="届满之前，五项条件齐备（OT-50、OT-51）；立即中止",
            timer="OBJ_FORMAL",
            document="D-45、D-47",
        ),
        Transition(
            _S.UNDER_REVIEW,
            _E.REFUSE,
            by(Role.PLATFORM),
            _S.INADMISSIBLE,
            guard="须有理由；恢复",
            document="D-46",
        ),
        Transition(
            _S.UNDER_REVIEW,
            _E.ADMIT,
            by(Role.PLATFORM),
            _S.AWAITING_DEFENSE,
            guard="继续中止",
            timer="OBJ_DEFENCE",
            document="D-48",
        ),
        Transition(
            _S.AWAITING_DEFENSE,
            _E.MISS_DEFENSE,
            by(Role.SYSTEM),
            _S.TERMINATED,
            guard="被异议人未提交；终止交易",
            timer="OBJ_DEFENCE",
            document="D-51",
        ),
        Transition(
            _S.AWAITING_DEFENSE,
            _E.DEFEND,
            by(Role.TRANSFER_OFFICE, Role.ENTERPRISE, Role.AGENT),
            _S.AWAITING_PROOF,
            guard="期限之内；继续中止",
            timer="OBJ_RIGHTS",
            document="D-49",
        ),
        Transition(
            _S.AWAITING_PROOF,
            _E.PROVE,
            by(Role.ENTERPRISE, Role.RESEARCHER, Role.TRANSFER_OFFICE, Role.AGENT),
            _S.BEFORE_AUTHORITY,
            guard="期限之内；继续中止",
            timer="STATUS_ASK",
        ),
        Transition(
            _S.AWAITING_PROOF,
            _E.MISS_PROOF,
            by(Role.SYSTEM),
            _S.RESOLVED,
            guard="恢复",
            timer="OBJ_RIGHTS",
            document="D-50",
        ),
        *(
            Transition(
                source,
                _E.SETTLE,
                by(Role.PLATFORM),
                _S.RESOLVED,
                guard="被异议人证明，平台核实；恢复",
                document="D-50",
            )
            for source in _PENDING
        ),
        *(
            Transition(
                source,
                _E.WITHDRAW,
                by(Role.ENTERPRISE, Role.RESEARCHER, Role.TRANSFER_OFFICE, Role.AGENT),
                _S.RESOLVED,
                guard="异议人撤回；恢复",
                document="D-50",
            )
            for source in _PENDING
        ),
        Transition(
            _S.BEFORE_AUTHORITY,
            _E.UPHOLD,
            by(Role.PLATFORM),
            _S.TERMINATED,
            guard="已上传结论；终止交易（AMB-12）",
            document="D-51",
        ),
        Transition(
            _S.BEFORE_AUTHORITY,
            _E.REJECT,
            by(Role.PLATFORM),
            _S.RESOLVED,
            guard="已上传结论；恢复",
            document="D-50",
        ),
    ),
)


class NegotiatedObjectionState(LabeledEnum):
    """States of an objection that blocks the signing."""

    UNFILED = "unfiled", "未提出"
    UNDER_REVIEW = "under_review", "形式审查"
    INADMISSIBLE = "inadmissible", "不予受理"
    AWAITING_REPLIES = "awaiting_replies", "待反馈"
    RESOLVED = "resolved", "办结·恢复"
    TERMINATED = "terminated", "终止"


class NegotiatedObjectionEvent(LabeledEnum):
    """What may happen to such an objection."""

    RAISE = "raise", "提出"
    REFUSE = "refuse", "形式审查不符合"
    ADMIT = "admit", "形式审查符合，告知异议关联人"
    CONTINUE = "continue", "全部反馈继续"
    STOP = "stop", "有当事人反馈不继续"
    MISS_REPLY = "miss_reply", "逾期未反馈"


_SN, _EN = NegotiatedObjectionState, NegotiatedObjectionEvent

NEGOTIATED_OBJECTION = StateTable(
    name="negotiated_objection",
    label="异议（协议定价）",
    states=NegotiatedObjectionState,
    events=NegotiatedObjectionEvent,
    transitions=(
        Transition(
            _SN.UNFILED,
            _EN.RAISE,
            by(Role.ENTERPRISE, Role.RESEARCHER, Role.TRANSFER_OFFICE, Role.AGENT),
            _SN.UNDER_REVIEW,
            guard="届满之前，五项条件齐备（OT-50、OT-51）；不得签约",
            timer="OBJ_FORMAL",
            document="D-45",
        ),
        Transition(
            _SN.UNDER_REVIEW,
            _EN.REFUSE,
            by(Role.PLATFORM),
            _SN.INADMISSIBLE,
            guard="须有理由；解除限制",
            document="D-46",
        ),
        Transition(
            _SN.UNDER_REVIEW,
            _EN.ADMIT,
            by(Role.PLATFORM),
            _SN.AWAITING_REPLIES,
            guard="不得签约",
            timer="OBJ_NEG_REPLY",
            document="D-48",
        ),
        Transition(
            _SN.AWAITING_REPLIES,
            _EN.CONTINUE,
            by(Role.TRANSFER_OFFICE, Role.ENTERPRISE, Role.SYSTEM),
            _SN.RESOLVED,
            guard="交易当事人全部继续并附书面说明；解除限制",
            document="D-52",
        ),
        Transition(
            _SN.AWAITING_REPLIES,
            _EN.STOP,
            by(Role.TRANSFER_OFFICE, Role.ENTERPRISE),
            _SN.TERMINATED,
            guard="终止交易",
            document="D-51",
        ),
        Transition(
            _SN.AWAITING_REPLIES,
            _EN.MISS_REPLY,
            by(Role.SYSTEM),
            _SN.TERMINATED,
            guard="任何一方未反馈；终止交易",
            timer="OBJ_NEG_REPLY",
            document="D-51",
        ),
    ),
)
