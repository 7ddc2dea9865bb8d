"""Papers of a payment, made from the demo contract as it was signed (D-33)."""

from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
import time_machine
from docx import Document

from cms.case_documents import pdf
from cms.core import due
from cms.core.models import EvidenceEntry
from cms.pages.payments import payment_views
from cms.parties.models import User
from cms.payments.models import Payment
from cms.rules.shanghai_time import end_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_office")]


@pytest.fixture
def payment() -> Payment:
    return Payment.objects.get(status="triggered")


@pytest.fixture
def sign_in(client_as):
    return lambda login: client_as(User.objects.get(username=login))


def page_of(payment: Payment, act: str = "") -> str:
    return f"/my/payments/{payment.pk}/{act}/" if act else f"/my/payments/{payment.pk}/"


def text_of(response) -> str:
    return unescape(response.content.decode())


def post(client, payment: Payment, act: str, **fields):
    payment.refresh_from_db()
    return client.post(page_of(payment, act), {"version": payment.version, **fields})


def make(client, payment: Payment, kind: str, **fields):
    told = {"kind": kind, "number": "柳示理函〔2026〕52号", "issued_on": "2026-11-30"}
    return post(client, payment, "paper", **{**told, **fields})


def words_of(client, payment: Payment) -> str:
    file = payment.papers.latest("pk").file
    answer = client.get(f"/files/{file.pk}/")
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([one.text for one in document.paragraphs] + cells)


def test_confirmation_is_made_for_both_sides(sign_in, payment):
    office, enterprise = sign_in("demo-tto"), sign_in("demo-ent")
    assert "生成付款文书" in text_of(office.get(page_of(payment)))
    assert "生成付款文书" not in text_of(enterprise.get(page_of(payment)))

    assert make(office, payment, "D-33").status_code == 302

    words = words_of(enterprise, payment)
    assert "付费触发确认书" in words
    assert "柳州示例精工科技有限公司" in words
    assert "人民币80,000.00元（大写：捌万元整）" in words
    assert "首批200件横梁装车验收合格。" in words
    assert "签订《先使用后付费技术许可合同》" in words
    made = payment.papers.latest("pk")
    entry = EvidenceEntry.objects.filter(kind="payment.paper").latest("sequence")
    assert entry.payload["sha256"] == made.file.sha256
    page = text_of(enterprise.get(page_of(payment)))
    assert "付费触发确认书 柳示理函〔2026〕52号" in page
    away = sign_in("demo-ent2").get(f"/files/{made.file.pk}/")
    assert away.status_code == 404


def test_state_decides_which_papers_there_are(sign_in, payment):
    office = sign_in("demo-tto")

    page = make(office, payment, "D-33c", grace_days="30")
    assert page.status_code == 200
    assert page.context["form"].errors["kind"]
    assert payment.papers.count() == 1  # the demo's own

    post(office, payment, "confirmation")
    payment.refresh_from_db()
    after = end_of(payment.due_on) + timedelta(hours=9)
    due.sweep(until=after)
    with time_machine.travel(after, tick=False):
        office.force_login(User.objects.get(username="demo-tto"))
        page = make(office, payment, "D-33c", grace_days="")
        assert page.context["form"].errors["grace_days"] == ["请填写催告期限。"]
        assert make(office, payment, "D-33c", grace_days="30").status_code == 302
        words = words_of(office, payment)

    assert "请贵单位自收到本函之日起30日内" in words
    assert "尚欠人民币80,000.00元（大写：捌万元整）" in words
    assert "账号：4500000000000010001" in words


def test_enterprise_makes_no_paper(sign_in, payment):
    page = make(sign_in("demo-ent"), payment, "D-33")

    assert page.status_code == 200
    assert "E-ST-02" in text_of(page)
    assert payment.papers.count() == 1  # the demo's own


class FakeConverter:
    """Makes a PDF of anything."""

    def convert(self, document: bytes) -> bytes:
        return b"%PDF-1.7 " + document[:2]


def test_pdf_is_made_once_for_both_sides(sign_in, payment, monkeypatch):
    monkeypatch.setattr(payment_views, "can_convert", lambda: True)
    monkeypatch.setattr(pdf, "converter", FakeConverter)
    paper = payment.papers.get()
    path = f"/my/payments/{payment.pk}/papers/{paper.pk}.pdf"

    answer = sign_in("demo-ent").get(path)

    assert answer.content == b"%PDF-1.7 PK"
    assert answer["Content-Type"] == "application/pdf"
    assert sign_in("demo-ent2").get(path).status_code == 404
    other = Payment.objects.exclude(pk=payment.pk).filter(contract=payment.contract)
    foreign = f"/my/payments/{other.first().pk}/papers/{paper.pk}.pdf"
    assert sign_in("demo-ent").get(foreign).status_code == 404


def test_without_converter_the_page_says_how_to_get_a_pdf(
    sign_in, payment, monkeypatch
):
    monkeypatch.setattr(payment_views, "can_convert", lambda: False)
    paper = payment.papers.get()
    path = f"/my/payments/{payment.pk}/papers/{paper.pk}.pdf"

    page = sign_in("demo-tto").get(path, follow=True)

    assert page.redirect_chain == [(page_of(payment), 302)]
    assert "用 Word 或 WPS 另存为 PDF" in text_of(page)
