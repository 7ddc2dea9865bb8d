"""Equity contribution (作价投资): states (§17.15, TR-04…TR-06)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class EquityInvestmentState(LabeledEnum):
    """States of an equity contribution."""

    STUDIED = "studied", "论证"
    AWAITING_DECISION = "awaiting_decision", "决策审批"
    CONTRIBUTED = "contributed", "成果出资"
    HELD = "held", "投后"
    EXITED = "exited", "退出"
    WRITTEN_OFF = "written_off", "核销"
    TERMINATED = "terminated", "已终止"


class EquityInvestmentEvent(LabeledEnum):
    """What may happen to an equity contribution."""

    SUBMIT = "submit", "提交决策审批"
    RETURN = "return", "退回"
    APPROVE = "approve", "批准"
    REFUSE = "refuse", "不批准"
    COMPLETE_CONTRIBUTION = "complete_contribution", "出资完成"
    RECORD_SHARES = "record_shares", "股权登记"
    EXIT = "exit", "退出"
    WRITE_OFF = "write_off", "核销"


_S, _E = EquityInvestmentState, EquityInvestmentEvent

EQUITY_INVESTMENT = StateTable(
    name="equity_investment",
    label="作价投资",
    states=EquityInvestmentState,
    events=EquityInvestmentEvent,
    transitions=(
        Transition(
            _S.STUDIED,
            _E.SUBMIT,
            by(Role.TRANSFER_OFFICE),
            _S.AWAITING_DECISION,
            guard="可行性报告和实施方案（TR-04、E-TR-03）",
            document="D-65、D-66",
        ),
        Transition(
            _S.AWAITING_DECISION,
            _E.RETURN,
            by(Role.APPROVER),
            _S.STUDIED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_DECISION,
            _E.APPROVE,
            by(Role.APPROVER),
            _S.CONTRIBUTED,
            guard="TR-05",
            document="D-67",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_DECISION,
            _E.REFUSE,
            by(Role.APPROVER),
            _S.TERMINATED,
            guard="须有理由",
            document="D-67",
            four_eyes=True,
        ),
        Transition(
            _S.CONTRIBUTED,
            _E.COMPLETE_CONTRIBUTION,
            by(Role.TRANSFER_OFFICE),
            _S.HELD,
            guard="协议、注册登记、权属变更、技术合同登记、会计税务（TR-05）",
            document="D-14",
        ),
        Transition(
            _S.HELD,
            _E.RECORD_SHARES,
            by(Role.TRANSFER_OFFICE, Role.FINANCE),
            _S.HELD,
            guard="TR-06",
            document="D-68",
        ),
        Transition(
            _S.HELD,
            _E.EXIT,
            by(Role.APPROVER),
            _S.EXITED,
            guard="划转、转让或退出（TR-06、E-RW-04）",
            document="D-68",
            four_eyes=True,
        ),
        Transition(
            _S.HELD,
            _E.WRITE_OFF,
            by(Role.APPROVER),
            _S.WRITTEN_OFF,
            guard="损失核销，勤勉尽责（PL-07）",
            document="D-68",
            four_eyes=True,
        ),
    ),
)
