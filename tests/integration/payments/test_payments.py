"""Payments from the signed plan to the last yuan (PS-07)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cms.core import due
from cms.core.models import PrivateFile
from cms.core.subjects import subject_of
from cms.payments import actions
from cms.payments.models import Payment
from cms.payments.queries import are_settled, list_payments
from cms.payments.signals import contract_settled
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
BY_DATE = actions.PlannedPayment(
    kind="deferred",
    kind_label="延期支付",
    trigger=PaymentTrigger.DATE,
    condition="合同生效满一年",
    amount=Decimal("300000.00"),
    due_on=date(2027, 11, 20),
)
BY_EVENT = actions.PlannedPayment(
    kind="stage",
    kind_label="阶段性支付",
    trigger=PaymentTrigger.EVENT,
    condition="中试完成",
    evidence="中试报告",
    amount=Decimal("200000.00"),
    due_days=30,
    latest_on=date(2027, 12, 31),
)
ROYALTY = actions.PlannedPayment(
    kind="royalty",
    kind_label="收入提成",
    trigger=PaymentTrigger.INCOME,
    condition="形成销售收入",
    formula="净销售额的3%",
    due_days=30,
)


def plan(cast: Cast, *rows: actions.PlannedPayment) -> list[Payment]:
    return actions.plan_payments(
        cast.unit,
        cast.unit,
        cast.enterprise,
        rows or (BY_DATE, BY_EVENT),
        by=cast.actor("tto"),
        at=WHEN,
    )


def refused(act, *arguments, **named):
    with pytest.raises(RuleViolation) as refusal:
        act(*arguments, **named)
    return refusal.value


def test_plan_is_made_once(actors: Cast):
    first = plan(actors)

    again = plan(actors)

    assert [row.pk for row in again] == [row.pk for row in first]
    assert [str(row) for row in first] == ["第1笔 延期支付", "第2笔 阶段性支付"]


def test_agreed_day_makes_a_row_payable_and_its_end_overdue(actors: Cast):
    row, _ = plan(actors)

    due.sweep(until=at("2027-11-20 00:00"))
    row.refresh_from_db()
    assert (row.status, row.trigger_note) == ("payable", "约定的付款日已到")
    due.sweep(until=at("2027-11-21 00:00"))

    row.refresh_from_db()
    assert row.status == "overdue"


def paper(cast: Cast, name: str = "中试报告.pdf") -> PrivateFile:
    return PrivateFile.objects.create(
        name=name,
        size=1,
        sha256="0" * 64,
        media_type="application/pdf",
        purpose="payment",
        owner=cast.unit,
        uploaded_by=cast.user("tto"),
        uploaded_at=WHEN,
        file="payment/proof.pdf",
    )


def fact(cast: Cast, **changed) -> actions.Fact:
    told = {"happened_on": WHEN.date(), "note": "中试报告已出", "file": paper(cast)}
    return actions.Fact(**{**told, **changed})


def trigger(cast: Cast, row: Payment, by: str = "tto", **changed) -> Payment:
    return actions.trigger_payment(
        row,
        fact(cast, **changed),
        version=row.version,
        by=cast.actor(by),
        at=changed.get("at", WHEN),
    )


def confirm(cast: Cast, row: Payment, when=WHEN) -> Payment:
    return actions.confirm_trigger(
        row, version=row.version, by=cast.actor("tto"), at=when
    )


def payable(cast: Cast, row: Payment, **changed) -> Payment:
    return confirm(cast, trigger(cast, row, **changed))


def pay(cast: Cast, row: Payment, amount: str, **changed) -> Payment:
    told = {"paid_on": WHEN.date(), "file": paper(cast, "到账回单.pdf"), **changed}
    return actions.record_payment(
        row,
        actions.Receipt(Decimal(amount), **told),
        version=row.version,
        by=cast.actor("fin"),
        at=WHEN,
    )


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"note": " "}, "E-PM-01", "note"),
        ({"file": None}, "E-PM-09", "paper"),
        ({"happened_on": date(2026, 11, 21)}, "E-PM-07", "happened_on"),
    ],
)
def test_trigger_without_fact_evidence_or_day_is_refused(
    actors: Cast, changed, code, field
):
    _, row = plan(actors)

    told = refused(trigger, actors, row, "ent", **changed)

    assert (told.code, told.field) == (code, field)
    row.refresh_from_db()
    assert (row.status, row.happened_on) == ("untriggered", None)


def test_days_run_from_the_event_and_a_rest_day_moves_the_last(actors: Cast):
    _, row = plan(actors)
    row = trigger(actors, row, "ent", happened_on=date(2026, 11, 19))

    told = refused(
        actions.confirm_trigger,
        row,
        version=row.version,
        by=actors.actor("ent"),
        at=WHEN,
    )
    assert told.code == "E-ST-02"
    row = confirm(actors, row, at("2026-11-30 09:00"))

    # 30 days from the 19th end on Saturday the 19th of December.
    assert (row.status, row.due_on) == ("payable", date(2026, 12, 21))
    due.sweep(until=at("2026-12-21 23:59"))
    row.refresh_from_db()
    assert (row.status, row.reminded_on) == ("payable", date(2026, 12, 14))
    due.sweep(until=at("2026-12-22 00:00"))
    row.refresh_from_db()
    assert row.status == "overdue"


def test_long_stop_date_cuts_the_days_short(actors: Cast):
    _, row = plan(actors)

    row = payable(actors, row, happened_on=date(2026, 11, 20))
    assert row.due_on == date(2026, 12, 21)

    early = replace(BY_EVENT, latest_on=date(2026, 12, 5))
    (other,) = actions.plan_payments(
        actors.enterprise,
        actors.unit,
        None,
        [early],
        by=actors.actor("tto"),
        at=WHEN,
    )
    other = payable(actors, other)
    # A Saturday: a day that was named does not move.
    assert other.due_on == date(2026, 12, 5)


def test_returned_trigger_can_be_told_again(actors: Cast):
    _, row = plan(actors)
    row = trigger(actors, row, "ent")
    office = actors.actor("tto")

    told = refused(
        actions.return_trigger, row, " ", version=row.version, by=office, at=WHEN
    )
    assert told.code == "E-FP-07"
    row = actions.return_trigger(
        row, "报告没有盖章", version=row.version, by=office, at=WHEN
    )

    assert (row.status, row.happened_on) == ("untriggered", None)
    assert payable(actors, row).status == "payable"


def test_part_and_whole_payment_settle_the_contract_once(actors: Cast):
    settled = []

    def listen(contract, **extra):
        settled.append(contract)

    contract_settled.connect(listen)
    (row,) = plan(actors, BY_EVENT)
    row = pay(actors, payable(actors, row), "50000.00")
    assert (row.status, row.paid) == ("part_paid", Decimal("50000.00"))

    assert refused(pay, actors, row, "150000.01").message == (
        "付款金额应大于0且不超过未付金额（150000.00元）。"
    )
    row = pay(actors, row, "150000.00")

    contract_settled.disconnect(listen)
    assert row.status == "paid"
    assert settled == [subject_of(actors.unit)]
    assert are_settled(subject_of(actors.unit))
    assert due.sweep(until=at("2028-01-01 00:00")) == 0


@pytest.mark.parametrize("amount", ["0", "-1.00"])
def test_nothing_is_no_payment(actors: Cast, amount):
    (row,) = plan(actors, BY_EVENT)

    assert refused(pay, actors, payable(actors, row), amount).code == "E-PM-02"


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"file": None}, "E-PM-09"), ({"paid_on": date(2026, 11, 21)}, "E-PM-07")],
)
def test_payment_needs_its_voucher_and_a_day_that_was(actors: Cast, changed, code):
    (row,) = plan(actors, BY_EVENT)

    assert refused(pay, actors, payable(actors, row), "1.00", **changed).code == code


def test_wrong_receipt_is_struck_and_stays_readable(actors: Cast):
    row, _ = plan(actors, BY_EVENT, BY_DATE)
    row = pay(actors, payable(actors, row), "200000.00")
    voucher = row.vouchers.get()
    by = actors.actor("fin")

    row = actions.correct_payment(
        row, voucher, "多录一位", version=row.version, by=by, at=WHEN
    )

    assert (row.status, row.paid) == ("payable", Decimal(0))
    voucher.refresh_from_db()
    assert (voucher.struck_at, voucher.struck_reason) == (WHEN, "多录一位")
    told = refused(
        actions.correct_payment,
        row,
        voucher,
        "再改",
        version=row.version,
        by=by,
        at=WHEN,
    )
    assert told.code == "E-ST-04"
    due.sweep(until=at("2026-12-22 00:00"))
    row.refresh_from_db()
    assert row.status == "overdue"


def test_settled_contract_takes_no_correction(actors: Cast):
    (row,) = plan(actors, BY_EVENT)
    row = pay(actors, payable(actors, row), "200000.00")

    told = refused(
        actions.correct_payment,
        row,
        row.vouchers.get(),
        "多录一位",
        version=row.version,
        by=actors.actor("fin"),
        at=WHEN,
    )

    assert told.code == "E-PM-08"


def test_formula_that_waits_for_an_event_gets_its_sum_with_it(actors: Cast):
    (row,) = plan(actors, replace(BY_EVENT, amount=None, formula="合同总价的20%"))

    assert refused(trigger, actors, row).code == "E-PM-03"
    row = payable(actors, row, amount=Decimal("64000.00"))

    assert (row.amount, row.status) == (Decimal("64000.00"), "payable")
    assert pay(actors, row, "64000.00").status == "paid"


def report(cast: Cast, row: Payment, period: str, amount: str, **changed) -> Payment:
    row.refresh_from_db()
    return actions.report_period(
        row,
        period,
        fact(cast, amount=Decimal(amount), note="销售120台", **changed),
        version=row.version,
        by=cast.actor("ent"),
        at=WHEN,
    )


def test_royalty_is_settled_period_by_period_until_it_is_closed(actors: Cast):
    (source,) = plan(actors, ROYALTY)
    by = actors.actor("tto")

    assert refused(trigger, actors, source).code == "E-PM-04"
    first = report(actors, source, "2026年第三季度", "12345.67")
    assert str(first) == "第2笔 收入提成（2026年第三季度）"
    assert refused(report, actors, source, "2026年第三季度", "1").code == "E-PM-05"
    first = pay(actors, confirm(actors, first), "12345.67")
    assert (first.status, are_settled(source.contract)) == ("paid", False)

    second = report(actors, source, "2026年第四季度", "0")
    source.refresh_from_db()
    told = refused(
        actions.close_source, source, "提成期满", version=source.version, by=by, at=WHEN
    )
    assert told.message == (
        "尚有未结清的结算期：2026年第四季度。各期结清后才能结算完毕。"
    )
    # A period without income is settled with its confirmation.
    assert confirm(actors, second).status == "paid"
    source = actions.close_source(
        source, "提成期满", version=source.version, by=by, at=WHEN
    )

    assert (source.status, are_settled(source.contract)) == ("closed", True)
    assert refused(report, actors, source, "2027年", "1").code == "E-ST-01"


def test_statement_belongs_to_income_alone(actors: Cast):
    (row,) = plan(actors, BY_EVENT)

    assert refused(report, actors, row, "2026年", "1").code == "E-PM-10"


def test_waiver_needs_a_reason_and_the_approver(actors: Cast):
    row, other = plan(actors)
    approver = actors.actor("apv")

    told = refused(actions.waive_payment, row, "", version=1, by=approver, at=WHEN)
    assert told.code == "E-FP-07"
    told = refused(
        actions.waive_payment, row, "减免", version=1, by=actors.actor("tto"), at=WHEN
    )
    assert told.code == "E-ST-02"
    for each in (row, other):
        actions.waive_payment(each, "协商减免", version=1, by=approver, at=WHEN)

    assert are_settled(subject_of(actors.unit))
    assert due.sweep(until=at("2028-01-01 00:00")) == 0


def test_rescission_ends_what_nothing_has_triggered(actors: Cast):
    owed, waiting, income = plan(actors, BY_EVENT, BY_DATE, ROYALTY)
    payable(actors, owed)

    ended = actions.lapse_payments(owed.contract, "双方协商", at=WHEN)

    assert [row.pk for row in ended] == [waiting.pk]
    rows = {row.pk: row for row in Payment.objects.all()}
    assert {pk: row.status for pk, row in rows.items()} == {
        owed.pk: "payable",
        waiting.pk: "lapsed",
        income.pk: "untriggered",
    }
    assert rows[waiting.pk].closing_reason == "合同解除：双方协商"
    due.sweep(until=at("2028-01-01 00:00"))
    waiting.refresh_from_db()
    assert waiting.status == "lapsed"


def test_both_sides_and_nobody_else_see_the_rows(actors: Cast):
    plan(actors)

    counts = {
        name: list_payments(actors.actor(name)).count()
        for name in ("tto", "apv", "fin", "ent", "tto2", "ent3", "stb", "pla", "res")
    }

    assert counts == {
        "tto": 2, "apv": 2, "fin": 2, "ent": 2,
        "tto2": 0, "ent3": 0, "stb": 0, "pla": 0, "res": 0,
    }  # fmt: skip
