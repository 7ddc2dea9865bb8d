"""Acceptance cases of contracts: what is missing, sums, versions (H19, J02, J19, J20)."""

import json
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from assembly.plain_text import plain_text
from cms.case_documents import actions
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper
from cms.case_documents.templates_in_use import template_of, version_in_use
from cms.core import answers as sheets
from cms.rules.violations import RuleViolation
from cms.supply_demand.models import Agreement
from tests.conftest import Cast
from tests.factories.agreements import make_agreement
from tests.factories.case_documents import make_full_case
from tests.factories.cases import case_data
from tests.factories.notices import at
from tests.factories.templates import SENTENCE, propose

WHEN = at("2026-11-20 09:00")
DUE = {
    "kind": "deferred",
    "trigger_kind": "date",
    "trigger": "约定日期",
    "evidence": "合同",
    "due": "2028年1月5日前",
    "due_on": "2028-01-05",
    "latest_on": "2028-12-31",
    "payer": "企业",
    "payee": "单位",
}
SALT = "5a" * 16


def contract_answers(total: str = "300000.00", **changes: Any) -> dict[str, Any]:
    """Return complete answers of a D-31 that is paid late, as JSON data."""
    data = case_data(
        {
            "intention.manner": "license",
            "company.kind": "enterprise",
            "payment.form": "deferred",
            "payment.total": total,
            "dates.effective_on": "2026-12-01",
            "payments": [DUE | {"amount": total}],
        }
    )
    answers: dict[str, Any] = json.loads(json.dumps(data, default=_as_text))
    for path, value in changes.items():
        record, _, name = path.partition("__")
        answers[record][name] = value
    return answers


def _as_text(value: object) -> str:
    assert isinstance(value, Decimal | date)
    return format(value, "f") if isinstance(value, Decimal) else value.isoformat()


def contract(cast: Cast, answers: dict[str, Any]) -> Agreement:
    return make_agreement(cast, when=WHEN, answers=answers)


def text_of(paper: Paper) -> str:
    return plain_text(document_of(paper))


def test_j02_missing_acceptance_is_named_and_nothing_is_assembled(
    templates, actors: Cast, client_as
):
    case = contract(actors, contract_answers(terms__acceptance=None))
    office = client_as(actors.people["tto"])
    url = f"/my/papers/agreement/{case.pk}/"

    page = office.post(f"{url}assemble/", {"instrument": ["D-31"]})

    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert "必填变量未填写：通用条款·验收标准和方法。" in text
    assert "E-AS-01" in text
    assert Paper.objects.count() == 0
    assert "通用条款·验收标准和方法" in office.get(url).content.decode()


def test_j02_optional_values_left_empty_print_none(templates, actors: Cast):
    """D-31 asks 分许可 as yes or no; where it is optional, an empty one prints 无."""
    case = contract(actors, contract_answers(supply__is_sublicensable=None))

    license_paper, release = actions.assemble_bundle(
        case, ["D-31", "D-28"], salts=[SALT] * 2, by=actors.actor("tto"), at=WHEN
    )

    assert "转让和承继的其他约定：无" in text_of(license_paper)
    lines = text_of(release).split("\n")
    assert lines[lines.index("可否分许可") + 1] == "无"


def test_h19_price_of_a_contract_prints_in_capitals(templates, actors: Cast):
    case = contract(actors, contract_answers("1234567.89"))

    paper = actions.assemble_paper(
        case, "D-31", salt=SALT, by=actors.actor("tto"), at=WHEN
    )

    assert "1,234,567.89元（大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分）" in text_of(
        paper
    )


def test_h19_price_with_a_third_decimal_is_refused(templates, actors: Cast, client_as):
    case = contract(actors, contract_answers("1234567.891"))

    page = client_as(actors.people["tto"]).post(
        f"/my/papers/agreement/{case.pk}/assemble/", {"instrument": ["D-31"]}
    )

    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert "金额应为不超过两位小数的非负数：1234567.891。" in text
    assert Paper.objects.count() == 0


def test_j19_assembled_paper_keeps_its_template_and_the_next_is_version_2(
    templates, actors: Cast, client_as
):
    case = make_full_case(actors, when=WHEN)
    office = actors.actor("tto")
    shipped = version_in_use("D-22")
    first = actions.assemble_paper(case, "D-22", salt=SALT, by=office, at=WHEN)
    content = document_of(first)
    proposed = propose(office, when=WHEN)
    actions.approve_template(proposed, by=actors.actor("stb"), at=WHEN)
    client = client_as(actors.people["tto"])
    overview = client.get(f"/my/papers/grant/{case.pk}/").content.decode()
    assert "已有新版本可组装" in overview

    second = actions.assemble_paper(case, "D-22", salt=SALT, by=office, at=WHEN)

    first.refresh_from_db()
    assert (first.number, first.template, first.status) == (1, shipped, "superseded")
    assert document_of(first) == content
    again = template_of(first.template).assemble(json.loads(first.answers), salt=SALT)
    assert again.content == content
    assert (second.number, second.template, second.status) == (2, proposed, "assembled")
    assert SENTENCE not in text_of(first)
    assert SENTENCE in text_of(second)


def test_j20_two_assemble_one_bundle_and_the_second_save_is_refused(
    templates, actors: Cast, monkeypatch
):
    """While one assembles, the other saves answers: no paper of the old ones is kept."""
    case = make_full_case(actors, when=WHEN)
    first, second = actors.actor("tto"), actors.actor("tto1b")
    sheet = sheets.get_sheet(case)
    answers = sheets.read(sheet)
    fill = template_of(version_in_use("D-22")).assemble

    def filled_meanwhile(self: object, *given: Any, **named: Any) -> Any:
        patch.undo()
        terms = {**answers["terms"], "copies": 12}
        sheets.write(case, {**answers, "terms": terms}, version=1, by=second, at=WHEN)
        return fill(*given, **named)

    with monkeypatch.context() as patch, pytest.raises(RuleViolation) as refused:
        patch.setattr("assembly.template.Template.assemble", filled_meanwhile)
        actions.assemble_paper(case, "D-22", salt=SALT, by=first, at=WHEN)

    assert (refused.value.code, refused.value.message) == (
        "E-ST-04",
        "已被他人更新，请刷新后重试。",
    )
    assert Paper.objects.count() == 0
    paper = actions.assemble_paper(case, "D-22", salt=SALT, by=second, at=WHEN)
    assert json.loads(paper.answers)["terms"]["copies"] == 12
    again = actions.assemble_paper(case, "D-22", salt=SALT, by=first, at=WHEN)
    assert again.pk == paper.pk
