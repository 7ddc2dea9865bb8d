"""What keeps a contract from being registered or put on record (PS-01…PS-06)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from cms.rules.recordal.kinds import AccountItem, Blocker, Right
from cms.rules.violations import RuleViolation

FREE_OF_CHARGE = "无偿"
_OPEN_PRICES = ("另行协商", "另行约定", "面议", "待定", "双方协商")
# 附件1附件三4: ordinary services dressed up as technology contracts.
_NO_TECHNOLOGY_CONTRACT = (
    "检验检测",
    "检验服务",
    "检测服务",
    "培训",
    "咨询服务",
    "产品销售",
    "设备销售",
    "货物买卖",
)


def check_is_technology_contract(subject: str) -> None:
    """Refuse ordinary training, testing or sales as a technology contract (PS-06).

    Raises:
        RuleViolation: E-PS-04 (附件1附件三4).
    """
    if any(word in subject for word in _NO_TECHNOLOGY_CONTRACT):
        raise RuleViolation("E-PS-04", field="subject")


def check_price_is_clear(amount: Decimal | None, formula: str) -> None:
    """Refuse a price that is neither a sum nor a formula (PS-01).

    Raises:
        RuleViolation: E-PS-03.
    """
    is_open = any(word in formula for word in _OPEN_PRICES) and "%" not in formula
    if amount is None and (not formula.strip() or is_open):
        raise RuleViolation("E-PS-03", field="price")


def payment_method(fee: Decimal, agreed: str) -> str:
    """Return the 支付方式 of the recordal data: 无偿 where the fee is 0 (PS-03)."""
    return FREE_OF_CHARGE if fee == 0 else agreed


def check_blockers(blockers: Collection[Blocker]) -> None:
    """Refuse a recordal that the office would refuse (PS-03).

    Raises:
        RuleViolation: E-PS-02 naming the blockers.
    """
    if blockers:
        names = "、".join(blocker.label for blocker in Blocker if blocker in blockers)
        raise RuleViolation("E-PS-02", field="blockers", blockers=names)


def suspected_blockers(rights: Iterable[Right], on: date) -> tuple[Blocker, ...]:
    """Return the blockers that the contract's own data suggest on a day (PS-03).

    Annual fees that are paid up to a day before it; a pledge or a dispute that
    the list of rights itself notes. The person who applies decides.
    """
    patents = [right for right in rights if right.is_patent]
    in_arrears = any(
        right.fee_paid_until is not None and right.fee_paid_until < on
        for right in patents
    )
    found = {Blocker.FEES_IN_ARREARS} if in_arrears else set()
    for blocker, (words, denials) in _TOLD.items():
        if any(_tells(right.encumbrance, words, denials) for right in patents):
            found.add(blocker)
    return tuple(blocker for blocker in Blocker if blocker in found)


_TOLD = {
    Blocker.TITLE_DISPUTE: (
        ("纠纷", "争议"),
        ("无纠纷", "无权属纠纷", "无争议", "无权属争议"),
    ),
    Blocker.PLEDGED: (("质押",), ("无质押", "未质押", "未设质押", "未设定质押")),
}


def _tells(text: str, words: Sequence[str], denials: Sequence[str]) -> bool:
    is_named = any(word in text for word in words)
    return is_named and not any(denial in text for denial in denials)


def check_in_force(ends_on: date | None, on: date) -> None:
    """Refuse to register or record a contract that has ended (PS-01, PS-03).

    Raises:
        RuleViolation: E-PS-05 with the contract's last day.
    """
    if ends_on is not None and on > ends_on:
        raise RuleViolation("E-PS-05", date=ends_on.isoformat())


def check_late_reason(last_day: date | None, on: date, reason: str) -> None:
    """Refuse a late recordal that does not say why it is late (PS-03).

    Raises:
        RuleViolation: E-PS-06 with the day until which it was due.
    """
    if last_day is not None and on > last_day and not reason.strip():
        raise RuleViolation("E-PS-06", field="note", date=last_day.isoformat())


def check_complete(missing: Sequence[str]) -> None:
    """Refuse an application that lacks what the registration asks for (PS-01, PS-03).

    Raises:
        RuleViolation: E-PS-07 naming the data.
    """
    if missing:
        raise RuleViolation("E-PS-07", fields="、".join(missing))


def check_reason(reason: str) -> None:
    """Refuse a refusal, a waiver or a reopening without a reason.

    Raises:
        RuleViolation: E-PS-09.
    """
    if not reason.strip():
        raise RuleViolation("E-PS-09", field="reason")


def check_day(
    day: date, earliest: date | None, today: date, label: str, *, field: str
) -> None:
    """Refuse a day to come, or one before what must come first.

    Raises:
        RuleViolation: E-PS-10.
    """
    if day > today or (earliest is not None and day < earliest):
        least = earliest or today
        raise RuleViolation("E-PS-10", field=field, label=label, date=least.isoformat())


def check_result(is_given: bool, label: str, *, field: str) -> None:
    """Refuse to settle a registration without what it brings (PS-01).

    Raises:
        RuleViolation: E-PS-11 naming the number, sum or proof.
    """
    if not is_given:
        raise RuleViolation("E-PS-11", field=field, label=label)


def check_checklist(done: Collection[str], note: str) -> None:
    """Refuse an open item of taxes and accounts that no note explains (PS-04).

    Raises:
        RuleViolation: E-PS-12 naming the items.
    """
    left = [item.label for item in AccountItem if item not in done]
    if left and not note.strip():
        raise RuleViolation("E-PS-12", field="checklist", items="；".join(left))
