"""Which tasks follow from which contract (PS-01…PS-05, C-RECORD).

The tables name instruments of §18. A contract without a consideration of its own
(D-09; D-11 where D-22 or D-23 rules the price) is no technology contract to be
registered; sharing of proceeds (D-15, D-21, D-25), the grant of funds (D-18), the
subscription of shares (D-20) and a letter (D-26) are none either.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cms.rules.achievements import IpType
from cms.rules.recordal.kinds import (
    ContractKind,
    Right,
    SignedContract,
    TaskKind,
    TitleAuthority,
)

_TRANSFERS = frozenset({"D-10", "D-13", "D-14", "D-16", "D-17", "D-19"})
_LICENSES = frozenset({"D-22", "D-23", "D-24", "D-31", "D-32"})
_USE_RIGHT = "D-11"
_GRANT = "D-09"  # moves a share of the title, for no price

# §18.1 on C-RECORD: one contract of a use right is put on record.
RECORDAL_CONTRACTS = {"M4": "D-22", "M5": "D-23", "M6": _USE_RIGHT}
_AGREEMENTS = frozenset({"D-31", "D-32"})


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task to be made; `right` and `authority` for a title only.

    `is_optional`: done where the parties want it, it holds nothing up.
    `note` says what the law asks for beside the registration.
    """

    kind: TaskKind
    right: Right | None = None
    authority: TitleAuthority | None = None
    is_optional: bool = False
    note: str = ""


def is_technology_contract(contract: SignedContract) -> bool:
    """Whether a contract is registered as a technology contract (PS-01)."""
    if contract.instrument == _USE_RIGHT:
        return contract.mode == "M6"
    if contract.instrument == "D-19" and contract.is_allotted:
        return False
    return contract.instrument in _TRANSFERS | _LICENSES


def moves_title(contract: SignedContract) -> bool:
    """Whether title to the rights, or a share of it, passes (PS-02)."""
    return contract.instrument in _TRANSFERS | {_GRANT}


def is_recordal_contract(contract: SignedContract) -> bool:
    """Whether this contract is the one that goes on record as a license (PS-03)."""
    if contract.instrument in _AGREEMENTS:
        return True
    named = RECORDAL_CONTRACTS.get(contract.mode)
    return named is not None and contract.instrument == named


def contract_kind(contract: SignedContract) -> ContractKind:
    """Return the kind under which a technology contract is registered (PS-01).

    A contract on several rights goes by the weightiest: patent, application,
    another registered right, technical secret. What licenses an application is
    treated as a patent license (技术合同解释29).
    """
    kinds = {right.kind for right in contract.rights}
    is_transfer = moves_title(contract)
    if any(right.is_patent for right in contract.rights):
        transfer, license_ = ContractKind.PATENT_TRANSFER, ContractKind.PATENT_LICENSE
    elif IpType.PATENT_APPLICATION in kinds:
        transfer = ContractKind.PATENT_APPLICATION_TRANSFER
        license_ = ContractKind.PATENT_LICENSE
    elif kinds - {IpType.KNOW_HOW} or not (kinds or contract.has_secrets):
        transfer, license_ = ContractKind.OTHER_TRANSFER, ContractKind.OTHER_LICENSE
    else:
        transfer, license_ = ContractKind.SECRET_TRANSFER, ContractKind.SECRET_LICENSE
    return transfer if is_transfer else license_


def plan(contract: SignedContract) -> list[PlannedTask]:
    """Return the tasks of a contract in the order in which they are best done."""
    tasks = list(_titles(contract))
    if is_technology_contract(contract):
        tasks.insert(0, PlannedTask(TaskKind.CONTRACT_REGISTRATION))
    if is_recordal_contract(contract) and any(r.is_patent for r in contract.rights):
        tasks.append(PlannedTask(TaskKind.LICENSE_RECORDAL))
    if is_technology_contract(contract):
        tasks.append(PlannedTask(TaskKind.TAX_AND_ACCOUNTS))
    if tasks or contract.instrument == _USE_RIGHT:
        tasks.append(PlannedTask(TaskKind.FILING))
    return tasks


_NOTES = {
    TitleAuthority.PATENT_OFFICE: "专利权、专利申请权自登记之日起转移（专利法10）。",
    TitleAuthority.LAYOUT_OFFICE: "布图设计专有权的转让自登记之日起生效。",
    TitleAuthority.VARIETY_OFFICE: "植物新品种权的转让以审批机关登记公告为准。",
    TitleAuthority.SOFTWARE_OFFICE: "软件著作权转让不以登记为生效条件，可以不办理。",
}
_APPROVAL = "国有单位转让植物新品种权，应当先报行政主管部门批准。"


def _titles(contract: SignedContract) -> Iterator[PlannedTask]:
    """Yield one task a right whose passing is registered (PS-02, EM-12)."""
    if not moves_title(contract):
        return
    for right in contract.rights:
        authority = right.authority
        if authority is None or _is_held_already(contract, right):
            continue
        note = _NOTES[authority]
        if authority is TitleAuthority.VARIETY_OFFICE and contract.is_state_held:
            note = _APPROVAL + note
        yield PlannedTask(
            TaskKind.TITLE_REGISTRATION,
            right,
            authority,
            is_optional=authority is TitleAuthority.SOFTWARE_OFFICE,
            note=note,
        )


def _is_held_already(contract: SignedContract, right: Right) -> bool:
    """Whether an allotted right was registered for the taker from the start."""
    is_named = bool(contract.taker) and right.holder.strip() == contract.taker
    return contract.is_allotted and is_named
