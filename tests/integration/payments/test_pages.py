"""The room of payments: list, workbook, page, acts of both sides; who sees what."""

from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cms.core import due
from cms.payments.actions import PlannedPayment, plan_payments
from cms.payments.models import Payment
from cms.rules.payment_plans import PaymentTrigger
from cms.supply_demand.models import Agreement
from tests.conftest import Cast
from tests.factories.agreements import make_agreement
from tests.factories.notices import at, word_file

WHEN = at("2026-11-20 10:00")
STAGE = PlannedPayment(
    kind="stage",
    kind_label="阶段性支付",
    trigger=PaymentTrigger.EVENT,
    condition="首批产品验收",
    evidence="验收报告",
    amount=Decimal("80000.00"),
    due_days=30,
    latest_on=date(2028, 12, 31),
)
DEFERRED = PlannedPayment(
    kind="deferred",
    kind_label="延期支付",
    trigger=PaymentTrigger.DATE,
    condition="满一年",
    amount=Decimal("120000.00"),
    due_on=date(2027, 11, 20),
)
ROYALTY = PlannedPayment(
    kind="royalty",
    kind_label="收入提成",
    trigger=PaymentTrigger.INCOME,
    condition="按季报告和结算",
    formula="净销售额的3%",
    due_days=50,
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WHEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def contract(actors: Cast) -> Agreement:
    agreement = make_agreement(actors, when=at("2026-11-02 10:00"))
    plan_payments(
        agreement,
        actors.unit,
        actors.enterprise,
        [STAGE, DEFERRED, ROYALTY],
        by=actors.actor("tto"),
        at=WHEN,
    )
    return agreement


def rows() -> list[Payment]:
    return list(Payment.objects.order_by("position"))


def text_of(response) -> str:
    return unescape(response.content.decode())


def titles_of(response) -> list[str]:
    return [str(row.payment) for row, _ in response.context["rows"]]


def buttons_of(response) -> list[str]:
    return [offer["title"] for offer in response.context["offers"]]


def page_of(payment: Payment, act: str = "") -> str:
    return f"/my/payments/{payment.pk}/{act}/" if act else f"/my/payments/{payment.pk}/"


def proof(name: str = "验收报告.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, word_file("示例"))


def post(client, payment: Payment, act: str, **fields):
    payment.refresh_from_db()
    return client.post(page_of(payment, act), {"version": payment.version, **fields})


def trigger(client, payment: Payment, **fields):
    told = {"happened_on": "2026-11-19", "note": "验收合格", "paper": proof(), **fields}
    return post(client, payment, "trigger", **told)


def test_list_sums_and_filters(actors: Cast, client_as, contract):
    client = client_as(actors.user("tto"))

    page = client.get("/my/payments/")
    assert titles_of(page) == ["第2笔 延期支付", "第1笔 阶段性支付", "第3笔 收入提成"]
    assert page.context["sums"] == {
        "agreed": Decimal("200000.00"),
        "paid": Decimal(0),
        "overdue": Decimal(0),
    }
    assert "约定2027-11-20付，还有365日" in text_of(page)
    assert titles_of(client.get("/my/payments/?state=overdue")) == []
    assert "没有符合条件的付款" in text_of(client.get("/my/payments/?q=没有"))
    assert len(titles_of(client.get(f"/my/payments/?q={contract.number}"))) == 3
    assert len(titles_of(client.get("/my/payments/?state=open"))) == 3


def test_workbook_holds_what_the_list_shows(actors: Cast, client_as, contract):
    answer = client_as(actors.user("ent")).get("/my/payments.xlsx")

    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    head, first, *others = [
        [str(cell or "") for cell in row] for row in book.active.values
    ]
    told = dict(zip(head, first, strict=True))
    assert told["合同编号"] == contract.number
    assert (told["款项"], told["金额（元）"], told["应付日"]) == (
        "延期支付",
        "120000.00",
        "2027-11-20",
    )
    assert len(others) == 2


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("tto", 200),
        ("fin", 200),
        ("apv", 200),
        ("ent", 200),
        ("ent3", 404),
        ("tto2", 404),
        ("res", 404),
        ("stb", 404),
    ],
)
def test_page_is_for_both_sides_alone(
    actors: Cast, client_as, contract, reader, status
):
    first = rows()[0]

    assert client_as(actors.user(reader)).get(page_of(first)).status_code == status


def test_acts_are_offered_to_who_may_take_them(actors: Cast, client_as, contract):
    stage, _, royalty = rows()

    offered = {
        (name, row.position): buttons_of(client_as(actors.user(name)).get(page_of(row)))
        for name in ("tto", "ent", "apv", "fin")
        for row in (stage, royalty)
    }

    assert offered == {
        ("tto", 1): ["登记付款条件成就"],
        ("tto", 3): ["报送结算单", "结算完毕"],
        ("ent", 1): ["登记付款条件成就"],
        ("ent", 3): ["报送结算单"],
        ("apv", 1): ["免除付款"],
        ("apv", 3): ["免除付款"],
        ("fin", 1): [],
        ("fin", 3): [],
    }
    away = client_as(actors.user("ent")).get(page_of(stage, "waiver"))
    assert (away.status_code, away.url) == (302, page_of(stage))


def test_enterprise_tells_unit_confirms_finance_records(
    actors: Cast, client_as, contract
):
    stage = rows()[0]
    enterprise, office, cashier = (
        client_as(actors.user(name)) for name in ("ent", "tto", "fin")
    )

    assert trigger(enterprise, stage).status_code == 302
    told = text_of(office.get(page_of(stage)))
    assert "2026-11-19条件成就，待单位确认" in told
    assert "验收报告.docx" in told
    assert post(enterprise, stage, "confirmation").status_code == 200
    assert post(office, stage, "confirmation").status_code == 302
    page = cashier.get(page_of(stage, "receipt"))
    assert page.context["form"].initial["amount"] == Decimal("80000.00")
    paid = {"amount": "30000", "paid_on": "2026-11-20", "paper": proof("回单.docx")}
    assert post(cashier, stage, "receipt", **paid).status_code == 302

    page = text_of(enterprise.get(page_of(stage)))
    assert "应于2026-12-21前付清，还有31日" in page
    assert "已付合计30,000.00元，尚欠50,000.00元。" in page
    assert "回单.docx" in page
    assert "付款" in text_of(office.get(f"/my/agreements/{contract.pk}/"))


def test_refused_trigger_keeps_the_paper_and_what_was_typed(
    actors: Cast, client_as, contract
):
    stage = rows()[0]
    client = client_as(actors.user("ent"))

    page = trigger(client, stage, happened_on="2026-11-21")

    form = page.context["form"]
    assert form.errors["happened_on"][0].startswith("条件成就之日不能晚于今天。")
    assert "已上传：验收报告.docx" in text_of(page)
    kept = {"paper_id": form.stored.pk, "paper": ""}
    assert trigger(client, stage, **kept).status_code == 302
    stage.refresh_from_db()
    assert (stage.status, stage.trigger_file_id) == ("triggered", form.stored.pk)


def test_wrong_receipt_is_corrected(actors: Cast, client_as, contract):
    stage = rows()[0]
    office = client_as(actors.user("tto"))
    trigger(office, stage)
    post(office, stage, "confirmation")
    paid = {"amount": "80000", "paid_on": "2026-11-20", "paper": proof()}
    post(office, stage, "receipt", **paid)
    assert "更正收款登记" in buttons_of(office.get(page_of(stage)))

    answer = post(
        office,
        stage,
        "correction",
        voucher=stage.vouchers.get().pk,
        reason="多录一笔",
    )

    assert answer.status_code == 302
    page = text_of(office.get(page_of(stage)))
    assert "已作废" in page
    assert "更正：多录一笔" in page
    stage.refresh_from_db()
    assert (stage.status, stage.paid) == ("payable", Decimal(0))


def test_statement_of_a_period_without_income(actors: Cast, client_as, contract):
    royalty = rows()[2]
    enterprise, office = (client_as(actors.user(name)) for name in ("ent", "tto"))

    answer = post(
        enterprise,
        royalty,
        "statement",
        period="2026年第三季度",
        happened_on="2026-09-30",
        amount="0",
        note="当期没有收入",
        paper=proof("提成报告.docx"),
    )
    assert answer.status_code == 302
    period = rows()[3]
    post(office, period, "confirmation")

    period.refresh_from_db()
    assert (period.status, period.due_on) == ("paid", date(2026, 11, 19))
    assert "2026年第三季度" in text_of(office.get(page_of(royalty)))


def test_long_stop_that_has_passed_is_told(actors: Cast, client_as, contract, clock):
    clock.move_to(at("2029-01-02 09:00"))
    due.sweep(until=at("2029-01-02 09:00"))

    page = text_of(client_as(actors.user("tto")).get(page_of(rows()[0])))

    assert "最迟付款日2028-12-31已过，付款条件尚未登记成就。" in page
    assert "其中逾期 1 笔" in text_of(client_as(actors.user("ent")).get("/my/"))
