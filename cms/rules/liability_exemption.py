"""Exemption from liability (尽职免责): states (§17.13, 附件3)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class ExemptionState(LabeledEnum):
    """States of an exemption case."""

    OPENED = "opened", "启动申请"
    REFUSED = "refused", "不受理"
    ADMITTED = "admitted", "受理"
    INVESTIGATED = "investigated", "调查"
    HEARD = "heard", "听取意见"
    DRAFTED = "drafted", "拟结论"
    EXEMPTED = "exempted", "结论：免责"
    NOT_EXEMPTED = "not_exempted", "结论：不免责"
    PARTLY_EXEMPTED = "partly_exempted", "结论：部分免责"
    ARCHIVED = "archived", "归档"


class ExemptionEvent(LabeledEnum):
    """What may happen to an exemption case."""

    ADMIT = "admit", "受理"
    REFUSE = "refuse", "不受理"
    INVESTIGATE = "investigate", "开始调查"
    HEAR = "hear", "听取当事人意见"
    DRAFT = "draft", "拟定结论"
    EXEMPT = "exempt", "认定免责"
    DENY = "deny", "认定不免责"
    EXEMPT_PARTLY = "exempt_partly", "认定部分免责"
    ARCHIVE = "archive", "归档"


_S, _E = ExemptionState, ExemptionEvent

LIABILITY_EXEMPTION = StateTable(
    name="liability_exemption",
    label="尽职免责",
    states=ExemptionState,
    events=ExemptionEvent,
    transitions=(
        Transition(
            _S.OPENED,
            _E.ADMIT,
            by(Role.DISCIPLINE),
            _S.ADMITTED,
            guard="EX-02情形与身份相符",
            four_eyes=True,
        ),
        Transition(
            _S.OPENED,
            _E.REFUSE,
            by(Role.DISCIPLINE),
            _S.REFUSED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.ADMITTED,
            _E.INVESTIGATE,
            by(Role.DISCIPLINE),
            _S.INVESTIGATED,
            guard="EX-01、EX-02证据",
        ),
        Transition(
            _S.INVESTIGATED, _E.HEAR, by(Role.DISCIPLINE), _S.HEARD, guard="EX-03"
        ),
        Transition(
            _S.HEARD,
            _E.DRAFT,
            by(Role.DISCIPLINE),
            _S.DRAFTED,
            guard="已记录当事人意见（E-EX-03）",
        ),
        Transition(
            _S.DRAFTED,
            _E.EXEMPT,
            by(Role.APPROVER),
            _S.EXEMPTED,
            guard="EX-01，无负面清单命中（EX-04）",
            four_eyes=True,
        ),
        Transition(
            _S.DRAFTED,
            _E.DENY,
            by(Role.APPROVER),
            _S.NOT_EXEMPTED,
            guard="说明理由",
            four_eyes=True,
        ),
        Transition(
            _S.DRAFTED,
            _E.EXEMPT_PARTLY,
            by(Role.APPROVER),
            _S.PARTLY_EXEMPTED,
            guard="说明理由",
            four_eyes=True,
        ),
        Transition(
            _S.EXEMPTED,
            _E.ARCHIVE,
            by(Role.DISCIPLINE),
            _S.ARCHIVED,
            guard="EX-05证据包",
        ),
        Transition(
            _S.NOT_EXEMPTED,
            _E.ARCHIVE,
            by(Role.DISCIPLINE),
            _S.ARCHIVED,
            guard="EX-05证据包",
        ),
        Transition(
            _S.PARTLY_EXEMPTED,
            _E.ARCHIVE,
            by(Role.DISCIPLINE),
            _S.ARCHIVED,
            guard="EX-05证据包",
        ),
    ),
)
