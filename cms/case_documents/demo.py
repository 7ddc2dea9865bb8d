"""Demo data of the papers: templates, a change of one, and each demo case's bundle."""

from datetime import date, datetime

from assembly.drafting import draft as drafted
from cms.case_documents.actions import (
    Proposal,
    Upload,
    assemble_bundle,
    load_library,
    propose_draft,
    run_deep_check,
    upload_draft,
)
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.queries.overview import overview_of
from cms.case_documents.templates_in_use import LIBRARY
from cms.core.actors import Actor
from cms.core.encryption import new_salt
from cms.core.subjects import subject_of
from cms.empowerment.models import EmpowermentCase
from cms.parties.models import Membership
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from cms.rules.shanghai_time import start_of


def load_demo(at: datetime) -> None:
    """Take the shipped templates into use; assemble each demo case's bundle once."""
    load_library(at=at)
    for case in EmpowermentCase.objects.select_related("owner", "representative"):
        if not Paper.objects.filter(case=subject_of(case)).exists():
            assemble_ready(case, _day_of_papers(case, at))
    author = Membership.objects.filter(user__username="demo-tto").first()
    proposed = TemplateVersion.objects.filter(proposed_by__isnull=False)
    if author is not None and not proposed.exists():
        change_templates(get_actor(author.user), at)


def change_templates(by: Actor, at: datetime) -> None:
    """Propose a change of D-22, and leave a faulty draft of D-23 at the desk."""
    outline = _outline("one_time_license")
    added = f"{outline}\n双方确认已经逐条阅读并理解本合同全部内容。\n"
    draft = upload_draft(Upload("D-22", drafted(added)), by=by, at=at)
    run_deep_check(draft)
    proposal = Proposal("2026.2", date(at.year + 1, 1, 1), "增加双方逐条阅读的确认。")
    propose_draft(draft, proposal, by=by, at=at)
    faulty = f"{_outline('free_license')}\n甲方联系人：｛｛ unit.contact ｝｝\n"
    upload_draft(Upload("D-23", drafted(faulty)), by=by, at=at)


def _outline(name: str) -> str:
    return (LIBRARY / "use_right" / f"{name}.outline.txt").read_text("utf-8")


def _day_of_papers(case: EmpowermentCase, at: datetime) -> datetime:
    """Return when a demo case's papers are made: before they are signed."""
    return start_of(case.signed_on) if case.signed_on else at


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
