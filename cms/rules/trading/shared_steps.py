"""Steps that a listing and an auction have in common (§17.3, §17.5)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import Transition, by


def stop_steps(
    states: type[LabeledEnum], events: type[LabeledEnum], running: str
) -> tuple[Transition, ...]:
    """Return the steps of a stop: into it, back to `running`, and to the end."""
    return (
        Transition(
            running,
            events["SUSPEND"],
            by(Role.SYSTEM),
            states["SUSPENDED"],
            guard="§17.6",
            document="D-47",
        ),
        Transition(
            states["SUSPENDED"],
            events["RESUME"],
            by(Role.SYSTEM, Role.PLATFORM),
            running,
            guard="全部异议已办结",
            timer="T-08",
            document="D-50",
        ),
        Transition(
            states["SUSPENDED"],
            events["TERMINATE"],
            by(Role.SYSTEM, Role.PLATFORM),
            states["TERMINATED"],
            guard="依异议规则终止，或OT-40、OT-41",
            document="D-51、D-43",
        ),
        Transition(
            running,
            events["TERMINATE"],
            by(Role.PLATFORM),
            states["TERMINATED"],
            guard="OT-40、OT-41",
            document="D-43",
        ),
    )


def closing_steps(
    states: type[LabeledEnum], events: type[LabeledEnum]
) -> tuple[Transition, ...]:
    """Return the steps from the winning bid to the performed contract."""
    return (
        Transition(
            states["AWAITING_CONFIRMATION"],
            events["CONFIRM"],
            by(Role.TRANSFER_OFFICE, Role.ENTERPRISE),
            states["AWAITING_CONTRACT"],
            guard="双方签署；CC-12",
            document="D-53",
        ),
        Transition(
            states["AWAITING_CONTRACT"],
            events["SIGN"],
            by(Role.TRANSFER_OFFICE),
            states["PERFORMED"],
            guard="无未办结异议",
            document="D-60",
        ),
        Transition(
            states["PERFORMED"],
            events["COMPLETE"],
            by(Role.TRANSFER_OFFICE),
            states["COMPLETED"],
            guard="OT-61",
            document="D-55交割凭证",
        ),
        *(
            Transition(
                states[source],
                events["RENEGE"],
                by(Role.PLATFORM),
                states["TERMINATED"],
                guard="规则无规定；出让人可重新挂牌",
                document="情况说明",
            )
            for source in ("AWAITING_CONFIRMATION", "AWAITING_CONTRACT")
        ),
    )
