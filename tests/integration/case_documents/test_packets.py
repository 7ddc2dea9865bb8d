"""PDFs made beside the requests; a packet with contents; all Word files zipped."""

import io
import zipfile
from concurrent.futures import Future

import pytest
from pypdf import PdfReader, PdfWriter

from assembly.pdf import ConversionFailed
from cms.case_documents import pdf
from cms.case_documents.models import Paper
from cms.core.models import EvidenceEntry
from tests.conftest import Cast
from tests.factories.case_documents import make_full_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")


class Converter:
    """Makes one blank page of everything, or fails."""

    def __init__(self) -> None:
        self.made: list[bytes] = []
        self.fails = False

    def convert(self, document: bytes) -> bytes:
        if self.fails:
            raise ConversionFailed
        self.made.append(document)
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        stream = io.BytesIO()
        writer.write(stream)
        return stream.getvalue()


class Worker:
    """Does what it is given at once, or only when told."""

    def __init__(self) -> None:
        self.is_idle = False
        self.waiting: list[tuple] = []

    def submit(self, act, *arguments) -> Future:
        future: Future = Future()
        if self.is_idle:
            self.waiting.append((act, *arguments))
        else:
            act(*arguments)
            future.set_result(None)
        return future

    def work(self, jobs: int) -> None:
        for act, *arguments in self.waiting[:jobs]:
            act(*arguments)
        del self.waiting[:jobs]


@pytest.fixture
def converter(monkeypatch, settings, tmp_path) -> Converter:
    settings.DATA_DIR = tmp_path
    made = Converter()
    monkeypatch.setattr(pdf, "find_program", lambda: "/bin/soffice")
    monkeypatch.setattr(pdf, "converter", lambda: made)
    return made


@pytest.fixture
def worker(monkeypatch) -> Worker:
    made = Worker()
    monkeypatch.setattr(pdf, "_worker", lambda: made)
    monkeypatch.setattr(pdf, "PATIENCE", 0)
    return made


@pytest.fixture
def case(templates, actors: Cast):
    return make_full_case(actors, when=WHEN)


@pytest.fixture
def office(actors: Cast, client_as):
    return client_as(actors.people["tto"])


@pytest.fixture
def papers(case, office) -> list[Paper]:
    office.post(url(case, "assemble/"), {"instrument": ["D-01", "D-11", "D-22"]})
    return list(Paper.objects.order_by("instrument"))


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def forms():
    rows = EvidenceEntry.objects.filter(kind="paper.read").order_by("pk")
    return [str(row.payload) for row in rows]


def test_pdf_is_made_once_and_kept_encrypted(
    case, office, papers, converter, worker, tmp_path
):
    path = url(case, f"{papers[0].pk}/paper.pdf")

    answers = [office.get(path) for _ in range(2)]

    assert [one["Content-Type"] for one in answers] == ["application/pdf"] * 2
    assert len(converter.made) == 1
    (kept,) = (tmp_path / "paper_pdfs").iterdir()
    assert kept.name == papers[0].sha256
    assert b"PDF" not in kept.read_bytes()


def test_request_does_not_wait_for_a_slow_converter(
    case, office, papers, converter, worker
):
    worker.is_idle = True
    path = url(case, f"{papers[0].pk}/paper.pdf")

    waiting = [office.get(path) for _ in range(2)]

    assert [one.status_code for one in waiting] == [202, 202]
    assert 'http-equiv="refresh"' in waiting[0].content.decode()
    assert len(worker.waiting) == 1
    worker.work(1)
    assert office.get(path)["Content-Type"] == "application/pdf"


def test_failed_pdf_is_told_and_tried_again_when_asked(
    case, office, papers, converter, worker
):
    converter.fails = True
    path = url(case, f"{papers[0].pk}/paper.pdf")

    refused = office.get(path)
    assert refused.status_code == 503
    assert "再试一次" in refused.content.decode()
    converter.fails = False
    assert office.get(path).status_code == 503
    assert office.post(path).url == path
    assert office.get(path)["Content-Type"] == "application/pdf"


def test_packet_shows_how_far_it_is_then_comes_with_contents(
    case, office, papers, converter, worker
):
    worker.is_idle = True
    path = url(case, "packet.pdf")

    assert "已转换0份，共3份" in office.get(path).content.decode()
    worker.work(2)
    assert "已转换2份，共3份" in office.get(path).content.decode()
    worker.work(1)
    assert "正在合并并编制目录" in office.get(path).content.decode()
    worker.work(1)
    packet = office.get(path)

    assert packet["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(packet.content))
    titles = [item["/Title"] for item in reader.outline]
    assert titles == ["目录", *(f"{one.instrument} {one.title}" for one in papers)]
    assert len(reader.pages) == 4
    assert sum("packet" in one for one in forms()) == 3


def test_packet_names_the_papers_that_failed(case, office, papers, converter, worker):
    converter.fails = True
    path = url(case, "packet.pdf")
    office.get(path)

    text = office.get(path).content.decode()

    assert "D-22 一次性许可合同" in text
    assert "下载全部 Word" in text
    converter.fails = False
    office.post(path)
    office.get(path)
    assert office.get(path)["Content-Type"] == "application/pdf"


def test_without_an_office_program_the_packet_page_says_how(
    case, office, papers, monkeypatch
):
    monkeypatch.setattr(pdf, "find_program", lambda: None)

    answer = office.get(url(case, "packet.pdf"))

    assert answer.status_code == 503
    assert "怎样得到 PDF" in answer.content.decode()


def test_zip_holds_the_newest_word_files_in_order(case, office, papers):
    answer = office.get(url(case, "papers.zip"))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == [
        f"{place:02d} {one.instrument} {one.title} 第1版.docx"
        for place, one in enumerate(papers, 1)
    ]
    assert archive.testzip() is None
    assert sum("zip" in one for one in forms()) == 3


def test_case_without_papers_has_neither_packet_nor_zip(case, office):
    assert office.get(url(case, "packet.pdf")).status_code == 404
    assert office.get(url(case, "papers.zip")).status_code == 404
    assert "下载案卷 PDF" not in office.get(url(case)).content.decode()
