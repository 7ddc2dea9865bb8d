"""Plausible invented values for every type of variable, the same in every run."""

import re
from collections.abc import Mapping
from typing import Any

from assembly.dictionary import Dictionary, Variable
from assembly.fields.ip_item import PATENTS
from assembly.needs import Needs
from notation.check_digits import (
    credit_code_check_digit,
    identity_check_digit,
    patent_check_digit,
)

_PEOPLE = ("张示例", "李示例", "王示例", "赵示例", "陈示例")
_PERSON = ("姓名", "代表人", "联系人", "代表", "经办人", "负责人")
_ORGANIZATION = ("名称", "单位", "企业", "机构", "共有人", "股东", "权利人", "申请人")
# Dates that belong together stand in order; any other is the day of signing.
_DATES = {
    "filed_on": "2020-05-06",
    "announced_on": "2022-08-09",
    "granted_on": "2022-08-09",
    "expires_on": "2040-05-05",
    "fee_paid_until": "2027-05-06",
    "application_on": "2026-01-12",
    "approval_on": "2026-01-20",
    "notice_opened_on": "2026-01-26",
    "notice_closed_on": "2026-02-10",
    "ends_on": "2041-03-04",
    "free_ends_on": "2029-03-04",
    "latest_on": "2028-12-31",
    "term_ends_on": "2041-03-04",
}
_SIGNED_ON = "2026-03-05"


def sample(variable: Variable, dictionary: Dictionary, number: int = 1) -> Any:
    """Return a value of a variable as raw data; `number` tells rows apart."""
    if variable.type == "record":
        return sample_record(variable.record, dictionary, number)
    if variable.type == "table":
        rows = max(1, variable.min_rows)
        return [sample_record(variable.record, dictionary, n + 1) for n in range(rows)]
    return _MAKERS[variable.type](variable, number)


def sample_data(needs: Needs) -> dict[str, Any]:
    """Return data for all that a template reads, every field filled."""
    names = dict.fromkeys(re.split(r"[.\[]", path)[0] for path in needs.needs)
    known = needs.dictionary.variables
    return {name: sample(known[name], needs.dictionary) for name in names}


def sample_record(
    record: str,
    dictionary: Dictionary,
    number: int = 1,
    given: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a record with all its fields; `given` fields are put in as they are."""
    fields = dictionary.records[record]
    values = {name: sample(one, dictionary, number) for name, one in fields.items()}
    values |= given or {}
    if {"kind", "number", "legal_status"} <= values.keys():  # an IP item
        for name in ("filed_on", "announced_on", "granted_on"):
            if name in values and str(values["expires_on"]) < str(values[name]):
                values[name] = values["expires_on"]
        is_patent = values["kind"] in PATENTS
        own = _patent_number_text(number) if is_patent else f"2024SR{number:07d}"
        values["number"] = (given or {}).get("number", own)
    return values


def _text(variable: Variable, number: int) -> str:
    label = variable.label
    if variable.name in {"representative", "contact"} or label.endswith(_PERSON):
        return _PEOPLE[(number - 1) % len(_PEOPLE)]
    if label.endswith(_ORGANIZATION):
        text = f"柳州示例{label.rpartition('（')[0] or label}{number}号"
    else:
        text = f"示例{label}{number}"
    return text[: variable.max_length]


def _long_text(variable: Variable, number: int) -> str:
    return f"按照双方书面确认的{variable.label}执行（示例{number}）"


def _integer(variable: Variable, number: int) -> int:
    least = variable.minimum if variable.minimum is not None else 0
    most = variable.maximum if variable.maximum is not None else 10**6
    return min(max(least, 9 + number), most)


def _choice(variable: Variable, number: int) -> Any:
    code = variable.choices[0][0]
    return [code] if variable.multiple else code


def _date(variable: Variable, number: int) -> str:
    return _DATES.get(variable.name, _SIGNED_ON)


def _credit_code(variable: Variable, number: int) -> str:
    body = f"91450200MA5{number:06d}"
    return body + credit_code_check_digit(body)


def _identity_number(variable: Variable, number: int) -> str:
    body = f"45020219900101{number:03d}"
    return body + identity_check_digit(body)


def _patent_number_text(number: int) -> str:
    body = f"202010{number:06d}"
    return f"ZL{body}.{patent_check_digit(body)}"


_MAKERS: Mapping[str, Any] = {
    "text": _text,
    "long_text": _long_text,
    "money": lambda _, number: f"{320000 * number}.00",
    "percent": lambda _, number: str(20 + number % 10),
    "date": _date,
    "integer": _integer,
    "boolean": lambda _, number: True,
    "choice": _choice,
    "term": lambda _, number: "10年",
    "credit_code": _credit_code,
    "identity_number": _identity_number,
    "patent_number": lambda _, number: _patent_number_text(number),
    "phone": lambda _, number: f"0772-28{number:05d}",
    "email": lambda _, number: f"shili{number}@example.com",
}
