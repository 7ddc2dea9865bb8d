"""Demo data of the papers: the shipped templates, and a bundle of each demo case."""

from datetime import datetime

from cms.case_documents.actions import assemble_bundle, load_library
from cms.case_documents.models import Paper
from cms.case_documents.queries.overview import overview_of
from cms.core.encryption import new_salt
from cms.core.subjects import subject_of
from cms.empowerment.models import EmpowermentCase
from cms.parties.models import Membership
from cms.parties.queries import get_actor
from cms.rules.roles import Role


def load_demo(at: datetime) -> None:
    """Take the shipped templates into use; assemble each demo case's bundle once."""
    load_library(at=at)
    for case in EmpowermentCase.objects.select_related("owner", "representative"):
        if not Paper.objects.filter(case=subject_of(case)).exists():
            assemble_ready(case, at)


def assemble_ready(case: EmpowermentCase, at: datetime) -> list[Paper]:
    """Assemble every paper of a demo case that its answers suffice for."""
    office = Membership.objects.filter(
        organization_id=case.owner_id,
        role=Role.TRANSFER_OFFICE.value,
        user__username__startswith="demo-",
    ).first()
    if office is None:
        return []
    ready = [row.instrument for row in overview_of(case, at=at).ready]
    salts = [new_salt() for _ in ready]
    by = get_actor(office.user)
    return assemble_bundle(case, ready, salts=salts, by=by, at=at)
