"""Cases of empowerment and what belongs to them; `empowerment.actions` writes them."""

from cms.empowerment.models.cases import EmpowermentCase, NegativeListCheck
from cms.empowerment.models.objections import UnitObjection
from cms.empowerment.models.people import (
    DepartmentOpinion,
    PriorityRecord,
    RelationDeclaration,
    TeamAccount,
)
from cms.empowerment.models.performance import Extension, ServiceRecord

__all__ = [
    "DepartmentOpinion",
    "EmpowermentCase",
    "Extension",
    "NegativeListCheck",
    "PriorityRecord",
    "RelationDeclaration",
    "ServiceRecord",
    "TeamAccount",
    "UnitObjection",
]
