"""All papers of a case in one file: a packet (案卷) as PDF, or Word files zipped."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from assembly.packets import Enclosure, build_packet
from cms.case_documents import pdf
from cms.case_documents.actions.papers import document_of
from cms.case_documents.bundle import instruments_of
from cms.case_documents.models import Paper
from cms.case_documents.pdf import Making
from cms.case_documents.queries.papers import list_papers
from cms.core.actors import Actor
from cms.core.private_files import clean_name

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Packing:
    """How far a packet is: PDFs made, of how many; which of them failed."""

    making: Making
    key: str
    made: int
    total: int
    failed: tuple[Paper, ...] = ()


def newest_papers(actor: Actor, case: models.Model) -> list[Paper]:
    """Return the newest version of each paper that the reader sees, with its file."""
    order = instruments_of(case)
    rows = list_papers(actor, case).filter(instrument__in=order).order_by("number")
    newest = {row.instrument: row.pk for row in rows}
    papers = Paper.objects.filter(pk__in=newest.values()).defer("answers")
    return sorted(papers, key=lambda paper: order.index(paper.instrument))


def pack(title: str, papers: Sequence[Paper], *, at: datetime) -> Packing:
    """Have the packet of some papers made: first each PDF, then the whole."""
    key = _key(title, papers)
    total = len(papers)
    if pdf.is_kept(key):
        return Packing(Making.READY, key, total, total)
    states = [pdf.start(paper.sha256, pdf.maker_of(paper), at=at) for paper in papers]
    failed = [
        paper
        for paper, state in zip(papers, states, strict=True)
        if state is Making.FAILED
    ]
    made = states.count(Making.READY)
    if failed:
        return Packing(Making.FAILED, key, made, total, tuple(failed))
    if made < total:
        return Packing(Making.WAITING, key, made, total)
    making = pdf.obtain(key, lambda: _whole(title, papers), at=at)
    return Packing(making, key, made, total)


def try_again(title: str, papers: Sequence[Paper]) -> None:
    """Forget that the packet, or the PDF of one of its papers, has failed."""
    pdf.try_again([_key(title, papers), *(paper.sha256 for paper in papers)])


def zipped(papers: Sequence[Paper]) -> bytes:
    """Return the Word files of papers in one archive, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for place, paper in enumerate(papers, 1):
            title = f"{place:02d} {paper.instrument} {paper.title}"
            name = clean_name(f"{title} 第{paper.number}版.docx")
            entry = zipfile.ZipInfo(name, _EPOCH)
            archive.writestr(entry, document_of(paper))
    return made.getvalue()


def _key(title: str, papers: Sequence[Paper]) -> str:
    lines = [title, *(paper.sha256 for paper in papers)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _whole(title: str, papers: Sequence[Paper]) -> bytes:
    enclosed = [
        Enclosure(paper.instrument, paper.title, pdf.kept(paper.sha256) or b"")
        for paper in papers
    ]
    return build_packet(title, enclosed, pdf.converter())
