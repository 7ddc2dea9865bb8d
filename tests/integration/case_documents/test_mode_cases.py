"""Acceptance cases of the modes, proved where the office meets them: at the papers.

Each refusal stands on the page with its code and the register's words, and nothing is
assembled; what is accepted prints as it must.
"""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from assembly.drafting import draft
from assembly.plain_text import plain_text
from cms.case_documents import actions
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper
from cms.case_documents.payment_plan import plan_of
from cms.case_documents.templates_in_use import LIBRARY, version_in_use
from cms.core.answers import answers_of
from cms.rules.empowerment import EmpowermentMode
from cms.rules.payment_plans import check_plan, is_use_then_pay
from tests.conftest import Cast
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.empowerment import set_answers
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")


def shown(response: Any) -> str:
    """Return a page's text without its marks."""
    return re.sub(r"<[^>]+>", "", unescape(response.content.decode()))


class Desk:
    """The office at the papers of a case of one mode."""

    def __init__(self, cast: Cast, client_as: Any, mode: str) -> None:
        self.cast, self.mode = cast, mode
        self.case = make_full_case(cast, EmpowermentMode(mode), when=WHEN)
        self.client = client_as(cast.people["tto"])

    def answer(self, changes: dict[str, Any]) -> None:
        """Change answers, each by its dotted path; a number picks a row."""
        answers = full_answers(self.mode)
        for path, value in changes.items():
            *names, last = path.split(".")
            holder: Any = answers
            for name in names:
                holder = holder[int(name)] if name.isdigit() else holder[name]
            holder[last] = value
        set_answers(self.cast, self.case, **answers)

    def assemble(self, *instruments: str) -> Any:
        """Press the button for some papers; return the page."""
        url = f"/my/papers/grant/{self.case.pk}/assemble/"
        return self.client.post(url, {"instrument": instruments})

    def text_of(self, instrument: str) -> str:
        """Return the text of the assembled paper."""
        return plain_text(document_of(Paper.objects.get(instrument=instrument)))


@pytest.fixture
def desk_of(templates, actors: Cast, client_as):
    return lambda mode: Desk(actors, client_as, mode)


STAGE = {
    "event": "样机装机试验合格",
    "evidence": "第三方试验报告",
    "amount": "300000.00",
    "due_days": 30,
    "latest_on": "2027-06-30",
}
LAST = {**STAGE, "event": "年度销售达到二百台", "amount": "500000.00"}
MILLION = {
    "payment.total": "1000000.00",
    "payment.deposit": "200000.00",
    "milestones": [STAGE, LAST],
}


@pytest.mark.parametrize(
    ("mode", "instrument", "changes", "code", "words"),
    [
        pytest.param(
            "M1",
            "D-15",
            {"revenue.events": [{"event": "listing", "base": "税后净所得"}]},
            "E-FP-19",
            "模式一须同时约定企业上市和股权转让两种情形的收益分配。",
            id="g13",
        ),
        pytest.param(
            "M2",
            "D-16",
            {**MILLION, "payment.deposit": "200000.01"},
            "E-FP-09",
            "定金不得超过主合同标的额的20%（上限200000.00元）。",
            id="g17",
        ),
        pytest.param(
            "M2",
            "D-16",
            {**MILLION, "milestones": [STAGE, {**LAST, "amount": "490000.00"}]},
            "E-FP-13",
            "付款合计与合同总价不一致。",
            id="g19",
        ),
        pytest.param(
            "M2",
            "D-16",
            {**MILLION, "milestones": [STAGE, {**LAST, "latest_on": ""}]},
            "E-FP-11",
            "里程碑须包含事件、证据、金额或比例、付款期限和最迟日。",
            id="g20",
        ),
        pytest.param(
            "M3",
            "D-18",
            {"project_company.kind": "other"},
            "E-FP-16",
            "模式三的权利取得方须为项目公司。",
            id="g22",
        ),
        pytest.param(
            "M3",
            "D-19",
            {"grant.conversion_latest_on": ""},
            "E-FP-20",
            "须约定股权转化条件和最迟转化（或终止）日。",
            id="g23",
        ),
        pytest.param(
            "M5",
            "D-23",
            {"license.free_ends_on": "2037-01-01"},
            "E-FP-14",
            "免费期不得超过使用权总期限。",
            id="g28",
        ),
        pytest.param(
            "M5",
            "D-11",
            {"empowerment.ends_on": "2031-11-01"},
            "E-EM-03",
            "长期使用权期限不得低于10年（最早届满日2036-11-01）。",
            id="g29",
        ),
        pytest.param(
            "M6",
            "D-24",
            {"consent.resolution_number": ""},
            "E-FP-15",
            "使用权作价入股须附单位同意书和作价（评估）依据。",
            id="g31",
        ),
        pytest.param(
            "M6",
            "D-24",
            {
                "empowerment.starts_on": "2026-11-01",
                "empowerment.ends_on": "2036-10-31",
                "equity.use_ends_on": "2040-10-31",
            },
            "E-FP-22",
            "出资使用权期限不得超过剩余使用权期限。",
            id="g32",
        ),
    ],
)
def test_contract_against_the_mode_is_refused(
    desk_of, mode, instrument, changes, code, words
):
    desk = desk_of(mode)
    desk.answer(changes)

    page = desk.assemble(instrument)

    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert code in text
    assert words in text
    assert Paper.objects.count() == 0


def test_g14_capital_increase_signed_before_the_grant_is_refused(desk_of):
    desk = desk_of("M1")
    desk.answer({"dates.signed_on": "2026-11-01", "dates.empowered_on": "2026-11-02"})
    assert desk.assemble("D-09").status_code == 302

    page = desk.assemble("D-13")

    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert "文书间不一致：日期顺序（D-09=2026-11-02，D-13=2026-11-01）。" in text, text
    assert list(Paper.objects.values_list("instrument", flat=True)) == ["D-09"]


def test_g16_deposit_of_a_fifth_prints_in_capitals(desk_of):
    desk = desk_of("M2")
    desk.answer(MILLION)

    assert desk.assemble("D-16").status_code == 302

    text = desk.text_of("D-16")
    assert "定金人民币200,000.00元（大写：贰拾万元整）" in text
    assert "总额为人民币1,000,000.00元（大写：壹佰万元整）" in text


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "printed"),
    [
        pytest.param(
            "2026-11-01", "2036-10-31", ("2026年11月1日", "2036年10月31日"), id="g05"
        ),
        pytest.param(
            "2028-02-29", "2038-02-28", ("2028年2月29日", "2038年2月28日"), id="g07"
        ),
    ],
)
def test_use_right_of_exactly_ten_years_is_assembled(
    desk_of, starts_on, ends_on, printed
):
    desk = desk_of("M4")
    days = {"starts_on": starts_on, "ends_on": ends_on}
    desk.answer({f"empowerment.{name}": day for name, day in days.items()})

    assert desk.assemble("D-11").status_code == 302

    text = desk.text_of("D-11")
    assert all(day in text for day in printed)


def test_g11_grant_without_maintenance_costs_is_refused_at_the_template(
    templates, actors: Cast
):
    outline = LIBRARY / "ownership" / "partial_ownership_agreement.outline.txt"
    text = re.sub("维持费|年费", "相关费", outline.read_text("utf-8"))
    manifest = version_in_use("D-09").manifest.replace("维持费", "相关费")
    uploaded = actions.Upload("D-09", draft(text), manifest)

    made = actions.upload_draft(uploaded, by=actors.actor("tto"), at=WHEN)

    faults = [one for one in made.faults if one["code"].startswith("E")]
    assert [(one["code"], one["message"]) for one in faults] == [
        ("E-EM-06", "协议缺少必备条款：知识产权维持费用。")
    ]


def test_g25_fee_a_year_after_signing_is_a_mode_and_no_use_then_pay(desk_of):
    desk = desk_of("M4")
    later = {"trigger_kind": "date", "due_on": "2027-11-05", "latest_on": "2027-11-05"}
    row = full_answers("M4")["payments"][0] | later
    desk.answer(
        {
            "payments": [row],
            "payment.form": "deferred",
            "payment.first_due_on": "2027-11-05",
            "payment.latest_on": "2027-11-05",
            "license.fee_due_on": "2027-11-05",
        }
    )

    assert desk.assemble("D-22").status_code == 302

    assert "2027年11月5日" in desk.text_of("D-22")
    plan = replace(plan_of(answers_of(desk.case)), is_for_enterprise=False)
    assert not is_use_then_pay(plan)
    found = [(one.code, one.message) for one in check_plan(plan)]
    assert ("E-FP-23", "先使用后付费的被许可方须为企业。") in found
    for page in (f"/my/grants/{desk.case.pk}/", f"/my/papers/grant/{desk.case.pk}/"):
        assert "label-pay" not in desk.client.get(page).content.decode()


def test_g25_grant_approved_as_use_then_pay_is_refused_on_its_pages(desk_of):
    desk = desk_of("M4")
    desk.answer({"approval.manner": "use_then_pay"})

    for page in (f"/my/grants/{desk.case.pk}/", f"/my/papers/grant/{desk.case.pk}/"):
        assert "先使用后付费的被许可方须为企业。" in shown(desk.client.get(page))
    answer = desk.assemble("D-22")

    assert answer.status_code == 422
    assert "E-FP-23" in answer.content.decode()
    assert not Paper.objects.exists()


def test_g35_use_right_approved_as_a_transfer_is_refused_on_its_pages(desk_of):
    desk = desk_of("M4")
    desk.answer({"approval.manner": "transfer"})

    for page in (f"/my/grants/{desk.case.pk}/", f"/my/papers/grant/{desk.case.pk}/"):
        assert "仅持有长期使用权，不能转让所有权。" in shown(desk.client.get(page))
    answer = desk.assemble("D-22")

    assert answer.status_code == 422
    assert "E-EM-14" in answer.content.decode()


@pytest.mark.parametrize(
    ("mode", "instrument", "code", "words"),
    [
        ("M4", "D-13", "E-EM-14", "仅持有长期使用权，不能转让所有权。"),
        ("M6", "D-14", "E-EM-14", "仅持有长期使用权，不能转让所有权。"),
        ("M4", "D-25", "E-CD-09", "文书D-25不在本案的文书单中，不能组装。"),
        ("M1", "D-16", "E-CD-09", "文书D-16不在本案的文书单中，不能组装。"),
    ],
    ids=["g35-transfer", "g35-contribution", "foreign-paper", "foreign-transfer"],
)
def test_paper_of_another_bundle_is_not_assembled(
    desk_of, mode, instrument, code, words
):
    desk = desk_of(mode)

    answer = desk.assemble(instrument)

    assert answer.status_code == 422
    assert (code in answer.content.decode(), words in shown(answer)) == (True, True)
    assert not Paper.objects.exists()


def test_g26_patent_that_ends_earlier_brings_its_clause_into_the_papers(desk_of):
    desk = desk_of("M4")
    patent = {
        "kind": "utility_model",
        "name": "一种腌制装置",
        "number": "ZL202020000001.7",
        "filed_on": "2020-05-01",
        "expires_on": "2030-04-30",
    }
    desk.answer({"ip_items": [{**full_answers("M4")["ip_items"][0], **patent}]})

    assert desk.assemble("D-11", "D-22").status_code == 302

    for instrument in ("D-11", "D-22"):
        text = desk.text_of(instrument)
        assert "专利权期满的处理" in text
        assert "于2030年4月30日届满。" in text
        assert "实施许可备案的期限以该专利权的有效期限届满日为限。" in text
    for page in (f"/my/grants/{desk.case.pk}/", f"/my/papers/grant/{desk.case.pk}/"):
        text = shown(desk.client.get(page))
        assert "提醒（不影响办理）" in text
        assert (
            "ZL202020000001.7将于2030-04-30期满，早于使用权期限，已加入期满处理条款。"
        ) in text


@pytest.mark.parametrize("mode", ["M1", "M6"])
def test_contribution_due_after_five_years_is_warned_of_and_assembled(desk_of, mode):
    desk = desk_of(mode)
    pages = (f"/my/grants/{desk.case.pk}/", f"/my/papers/grant/{desk.case.pk}/")
    desk.answer({"equity.contribution_due_on": "2032-03-31"})
    for page in pages:
        assert "W-EQ-01" not in desk.client.get(page).content.decode()

    desk.answer({"equity.contribution_due_on": "2032-04-01"})

    for page in pages:
        text = shown(desk.client.get(page))
        assert (
            "有限责任公司的出资期限2032-04-01晚于公司变更登记期限之后5年"
            "（2032-03-31），新增出资应当在5年内缴足，请核对。"
        ) in text
        assert "依据：公司法第47条、公司法第228条" in text
    assert desk.assemble({"M1": "D-14", "M6": "D-24"}[mode]).status_code == 302
