"""Pilot units (试点单位): states (§17.14, PL-01, PL-03)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class PilotUnitState(LabeledEnum):
    """States of a unit in the pilot programme."""

    DECLARED = "declared", "申报"
    DEEMED = "deemed", "免申即享"
    ASSESSED = "assessed", "论证"
    CONFIRMED = "confirmed", "发文确定"
    PILOTING = "piloting", "试点中"
    ENDED = "ended", "试点期满"
    NOT_CHOSEN = "not_chosen", "未入选"


class PilotUnitEvent(LabeledEnum):
    """What may happen to a unit in the programme."""

    ASSESS = "assess", "组织论证"
    CONFIRM = "confirm", "发文确定"
    DECLINE = "decline", "未入选"
    START = "start", "开始试点"
    REMIND_OF_RULES = "remind_of_rules", "配套制度到期"
    END = "end", "试点期满"


_S, _E = PilotUnitState, PilotUnitEvent

PILOT_UNIT = StateTable(
    name="pilot_unit",
    label="试点单位",
    states=PilotUnitState,
    events=PilotUnitEvent,
    transitions=(
        Transition(
            _S.DECLARED, _E.ASSESS, by(Role.BUREAU), _S.ASSESSED, guard="试点实施方案"
        ),
        Transition(
            _S.ASSESSED,
            _E.CONFIRM,
            by(Role.BUREAU),
            _S.CONFIRMED,
            guard="竞争择优，发文名单",
            four_eyes=True,
        ),
        Transition(
            _S.ASSESSED,
            _E.DECLINE,
            by(Role.BUREAU),
            _S.NOT_CHOSEN,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.DEEMED,
            _E.CONFIRM,
            by(Role.BUREAU),
            _S.CONFIRMED,
            guard="免申即享，发文名单",
            four_eyes=True,
        ),
        Transition(
            _S.CONFIRMED,
            _E.START,
            by(Role.BUREAU, Role.SYSTEM),
            _S.PILOTING,
            timer="UNIT_RULES_DUE、PILOT_TERM",
        ),
        Transition(
            _S.PILOTING,
            _E.REMIND_OF_RULES,
            by(Role.SYSTEM),
            _S.PILOTING,
            guard="PL-03，只提示不停办",
            timer="UNIT_RULES_DUE",
        ),
        Transition(
            _S.PILOTING,
            _E.END,
            by(Role.SYSTEM),
            _S.ENDED,
            guard="已签协议继续有效（EM-10）",
            timer="PILOT_TERM",
        ),
    ),
)
