"""What the end of a contract leaves of its tasks (PS-01…PS-05).

The register has registration and recordal done while the contract is in force
(PS-01, PS-03): when it has ended, there is nothing left to register. What reports or
settles a contract that was performed to its end is still to be done.
"""

from cms.rules.labels import LabeledEnum
from cms.rules.recordal.kinds import TaskKind
from cms.rules.recordal.states import DIRECT_KINDS, TaskState


class Ending(LabeledEnum):
    """How a contract ends before or at its last day."""

    RESCINDED = "rescinded", "已解除"
    EXPIRED = "expired", "已到期"


_IN_FORCE_ONLY = (TaskKind.CONTRACT_REGISTRATION, TaskKind.LICENSE_RECORDAL)


def lapses(kind: TaskKind, ending: Ending) -> bool:
    """Whether the ground of an open task falls away with its contract.

    Rescission takes the ground of all; a term that has run out only of what must
    be done while the contract is in force.
    """
    return ending is Ending.RESCINDED or kind in _IN_FORCE_ONLY


def may_complete(kind: TaskKind, status: str, *, is_applied_for: bool) -> bool:
    """Whether a task may be settled from where it stands.

    A registration is settled after its application; one that went out before the
    contract ended may still bring its certificate.
    """
    if status == TaskState.LAPSED:
        return is_applied_for
    return status != TaskState.TODO or kind in DIRECT_KINDS


def may_reopen(kind: TaskKind, status: str) -> bool:
    """Whether a task may be taken up again.

    Of an ended contract only taxes and reports, which may have to be settled in
    spite of the end.
    """
    return status != TaskState.LAPSED or kind in DIRECT_KINDS
