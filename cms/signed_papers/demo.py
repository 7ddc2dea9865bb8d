"""Demo data: the performed case has filed papers, and one that waits to be compared."""

from datetime import datetime, timedelta

from cms.case_documents.models import Paper
from cms.case_documents.queries.papers import current_papers
from cms.case_documents.signed_text import lines_of
from cms.core.actors import Actor
from cms.core.encryption import new_salt
from cms.core.subjects import subject_of
from cms.empowerment.models import EmpowermentCase
from cms.parties.models import User
from cms.parties.queries import get_actor
from cms.rules.empowerment import EmpowermentMode, EmpowermentState
from cms.rules.shanghai_time import start_of
from cms.rules.signed_papers import CONTRACTS, Conclusion, SignedDays
from cms.signed_papers.actions import (
    Filing,
    UploadedPage,
    file_signed_paper,
    upload_signed_paper,
)
from cms.signed_papers.demo_agreement import load_agreement
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.prefill import people_of
from cms.signed_papers.text_pdf import text_pdf

_FILED = ("D-01", "D-11")
_WAITING = "D-22"
_CHANGED = {"300,000.00": "260,000.00", "叁拾万元整": "贰拾陆万元整"}


def load_demo(at: datetime) -> None:
    """File the grant of the performed demo case; leave its license to be compared.

    Before, the demo contract of 先使用后付费 is carried to its signing.
    """
    load_agreement(at)
    office = User.objects.filter(username="demo-tto").first()
    case = EmpowermentCase.objects.filter(
        mode=EmpowermentMode.M4.value, status=EmpowermentState.PERFORMED.value
    ).first()
    if office is None or case is None or case.signed_on is None:
        return
    known = SignedPaper.objects.filter(case=subject_of(case))
    there = set(known.values_list("instrument", flat=True))
    by = get_actor(office)
    papers = {
        instrument: paper
        for instrument, paper in current_papers(case).items()
        if instrument not in there
    }
    when = start_of(case.signed_on) + timedelta(days=1, hours=10)
    for instrument in _FILED:
        if instrument in papers:
            _file(case, papers[instrument], by, when)
    if _WAITING in papers:
        paper = papers[_WAITING]
        text = lines_of(paper)
        for before, after in _CHANGED.items():
            text = text.replace(before, after)
        _upload(paper, text, by, when)


def _upload(paper: Paper, text: str, by: Actor, at: datetime) -> SignedPaper:
    files = [UploadedPage("签署件.pdf", text_pdf(text))]
    return upload_signed_paper(paper, files, by=by, at=at)


def _file(case: EmpowermentCase, paper: Paper, by: Actor, at: datetime) -> None:
    signed = _upload(paper, lines_of(paper), by, at)
    days = SignedDays(case.signed_on)
    if paper.instrument in CONTRACTS:
        days = SignedDays(case.signed_on, case.effective_on, case.ends_on)
    filing = Filing(Conclusion.AS_ASSEMBLED, days, people_of(paper))
    file_signed_paper(
        signed, filing, version=signed.version, salt=new_salt(), by=by, at=at
    )
