"""The price of a contract as its instrument states it: a sum, or a formula."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.empowerment.facts import as_decimal, as_text, find
from cms.rules.achievements import PaymentForm
from cms.rules.labels import LabeledEnum
from cms.rules.recordal import FREE_OF_CHARGE

Answers = Mapping[str, Any]


class IncomeBase(LabeledEnum):
    """What an agreed share of income is taken of (`revenue.base`)."""

    NET_SALES = "net_sales", "净销售额"
    SALES = "sales", "销售额"
    OPERATING_INCOME = "operating_income", "营业收入"
    NET_PROFIT = "net_profit", "净利润"
    PROFIT = "profit", "利润"
    DIVIDEND = "dividend", "分红"
    PRICE = "price", "成交价"
    AFTER_TAX = "after_tax", "税后净所得"
    RECEIPTS = "receipts", "完成人实际所得"
    OUTPUT = "output", "产量"
    ADDED_VALUE = "added_value", "新增产值"


@dataclass(frozen=True, slots=True)
class Price:
    """A sum in yuan, or in words how it is computed; both empty: not agreed."""

    amount: Decimal | None = None
    formula: str = ""


def price_of(instrument: str, answers: Answers) -> Price:
    """Return the price of a contract; a free license has 0 and its later formula."""
    reader = _READERS.get(instrument)
    return reader(answers) if reader else Price()


def payment_terms(instrument: str, answers: Answers) -> str:
    """Return how the price is paid, in the words of the register (PS-03)."""
    if instrument == "D-23":
        until = as_text(find(answers, "license.free_ends_on"))
        return f"免费期至{until}" if until else ""
    if instrument == "D-11":
        return "按约定收益分配"
    if instrument in {"D-14", "D-17", "D-24"}:
        return "作价入股"
    if instrument == "D-16":
        return "定金加里程碑付款"
    forms = {form.value: form.label for form in PaymentForm}
    return forms.get(as_text(find(answers, "payment.form")), "")


def _fee(answers: Answers) -> Price:
    return Price(as_decimal(find(answers, "license.fee")))


def _free_license(answers: Answers) -> Price:
    """Return 0 for the free period and the charge after it (M5)."""
    method = as_text(find(answers, "license.charge_method"))
    base = _base_of(answers)
    after = {
        "fixed": f"每次{as_text(find(answers, 'license.charge_amount'))}元",
        "percent": f"{base}的{as_text(find(answers, 'license.charge_rate'))}%",
        "tiers": f"按{base}分档，{_tiers(answers)}",
    }.get(method, "")
    formula = f"免费期内{FREE_OF_CHARGE}；期满后{after}" if after else ""
    return Price(Decimal(0), formula)


def _tiers(answers: Answers) -> str:
    rows = find(answers, "license.charge_tiers") or []
    rates = [as_text(row.get("rate")) for row in rows if isinstance(row, Mapping)]
    return "、".join(f"{rate}%" for rate in rates if rate)


def _share_of_income(answers: Answers) -> Price:
    percent = as_text(find(answers, "revenue.unit_percent"))
    return Price(None, f"{_base_of(answers)}的{percent}%" if percent else "")


def _base_of(answers: Answers) -> str:
    known = {base.value: base.label for base in IncomeBase}
    return known.get(as_text(find(answers, "revenue.base")), "约定基数")


def _transfer(answers: Answers) -> Price:
    """Return the price of a share, or the proceeds agreed instead (D-10, D-13)."""
    consideration = as_text(find(answers, "payment.consideration"))
    if consideration == "free":
        return Price(Decimal(0))
    if consideration == "income":
        return Price(None, _proceeds(answers))
    return _total(answers)


_EVENTS = {
    "listing": "企业上市",
    "share_transfer": "股权转让",
    "buyback": "股权回购",
    "liquidation": "清算",
    "dividend": "分红",
}


def _proceeds(answers: Answers) -> str:
    rows = find(answers, "revenue.events") or []
    told = [
        f"{_EVENTS.get(as_text(row.get('event')), '约定情形')}时按"
        f"{as_text(row.get('base'))}的{as_text(row.get('unit_percent'))}%"
        for row in rows
        if isinstance(row, Mapping) and as_text(row.get("unit_percent"))
    ]
    return "；".join(told)


def _total(answers: Answers) -> Price:
    """Return the agreed total, else the royalty or the shares of the rows."""
    total = as_decimal(find(answers, "payment.total"))
    rate = as_text(find(answers, "payment.royalty_rate"))
    known = {base.value: base.label for base in IncomeBase}
    base = known.get(as_text(find(answers, "payment.royalty_base")), "约定基数")
    royalty = [f"{base}的{rate}%"] if rate else []
    rows = find(answers, "payments") or []
    shares = [
        f"{as_text(row.get('base'))}的{as_text(row.get('rate'))}%"
        for row in rows
        if isinstance(row, Mapping) and as_text(row.get("rate"))
    ]
    other = as_text(find(answers, "payment.other_form"))
    parts = royalty or shares or ([other] if other and total is None else [])
    return Price(total, "；".join(dict.fromkeys(parts)))


def _milestones(answers: Answers) -> Price:
    total = as_decimal(find(answers, "payment.total"))
    if total is None:
        total = as_decimal(find(answers, "payment.expected_total"))
    return Price(total)


def _valuation(answers: Answers) -> Price:
    return Price(as_decimal(find(answers, "equity.valuation")))


def _grant(answers: Answers) -> Price:
    return Price(as_decimal(find(answers, "grant.price")))


_READERS: dict[str, Callable[[Answers], Price]] = {
    "D-10": _transfer,
    "D-11": _share_of_income,
    "D-13": _transfer,
    "D-14": _valuation,
    "D-16": _milestones,
    "D-17": _valuation,
    "D-19": _grant,
    "D-22": _fee,
    "D-23": _free_license,
    "D-24": _valuation,
    "D-31": _total,
    "D-32": _total,
}
