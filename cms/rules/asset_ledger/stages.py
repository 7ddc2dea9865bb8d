"""Stage marks of a ledger entry (阶段标记, LG-04, LG-06…LG-08)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class StageState(LabeledEnum):
    """Stage marks of a ledger entry (LG-04, AMB-31)."""

    RESEARCH = "research", "研究"
    INDISTINCT = "indistinct", "无法区分"
    DEVELOPMENT = "development", "开发"


class StageEvent(LabeledEnum):
    """What changes the stage mark."""

    MARK_INDISTINCT = "mark_indistinct", "标记无法区分"
    ENTER_DEVELOPMENT = "enter_development", "进入开发"
    CORRECT_TO_RESEARCH = "correct_to_research", "更正为研究"


_SG, _EG = StageState, StageEvent

LEDGER_STAGE = StateTable(
    name="ledger_stage",
    label="台账阶段标记",
    states=StageState,
    events=StageEvent,
    transitions=(
        Transition(
            _SG.RESEARCH,
            _EG.MARK_INDISTINCT,
            by(Role.TRANSFER_OFFICE),
            _SG.INDISTINCT,
            guard="两阶段支出无法区分（AMB-31）",
            document="D-74",
        ),
        Transition(
            _SG.RESEARCH,
            _EG.ENTER_DEVELOPMENT,
            by(Role.TRANSFER_OFFICE),
            _SG.DEVELOPMENT,
            guard="LG-06五项条件和证据",
            document="D-74",
            four_eyes=True,
        ),
        Transition(
            _SG.INDISTINCT,
            _EG.ENTER_DEVELOPMENT,
            by(Role.TRANSFER_OFFICE),
            _SG.DEVELOPMENT,
            guard="LG-06五项条件和证据",
            document="D-74",
            four_eyes=True,
        ),
        Transition(
            _SG.INDISTINCT,
            _EG.CORRECT_TO_RESEARCH,
            by(Role.TRANSFER_OFFICE),
            _SG.RESEARCH,
            guard="须说明更正理由（E-LG-04）",
            document="D-74",
            four_eyes=True,
        ),
        Transition(
            _SG.DEVELOPMENT,
            _EG.CORRECT_TO_RESEARCH,
            by(Role.TRANSFER_OFFICE),
            _SG.RESEARCH,
            guard="须说明更正理由（E-LG-04）",
            document="D-74",
            four_eyes=True,
        ),
    ),
)
