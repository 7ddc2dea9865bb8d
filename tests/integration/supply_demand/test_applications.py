"""Applications: drafts and their hand-in (§17.9)."""

import json
from datetime import datetime
from hashlib import sha256

import pytest

from cms.core.calendar_actions import YearDraft, save_year
from cms.core.clock import SHANGHAI
from cms.core.models import DueEvent, EvidenceEntry
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.drafts import (
    discard_draft,
    start_application,
)
from cms.supply_demand.actions.submissions import (
    retract_submission,
    snapshot_text,
    submit_application,
)
from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers
from tests.conftest import Cast
from tests.factories import supply
from tests.factories.calendars import DAYS_2027
from tests.factories.supply import save_answers

pytestmark = pytest.mark.django_db


def codes(refused: RuleViolations) -> list[str]:
    return [violation.code for violation in refused.violations]


def test_start_fills_in_the_unit(actors: Cast) -> None:
    draft = start_application(actors.unit, by=actors.actor("tto"), at=supply.STARTED_AT)

    assert all_answers(draft) == {
        "unit_name": actors.unit.name,
        "credit_code": actors.unit.credit_code,
        "unit_kind": "university",
        "pilot_status": "pilot",
        "valid_months": "12",
    }
    assert (draft.form_version, draft.status, draft.number) == ("2026-1", "draft", "")


def test_h01_enterprise_is_refused(actors: Cast) -> None:
    with pytest.raises(RuleViolation) as refused:
        start_application(
            actors.enterprise, by=actors.actor("ent"), at=supply.STARTED_AT
        )

    assert str(refused.value) == "E-FP-17 仅试点单位及驻柳科研单位可申请发布。"
    assert Application.objects.count() == 0


def test_start_by_another_unit_is_refused(actors: Cast) -> None:
    with pytest.raises(RuleViolation) as refused:
        start_application(actors.unit, by=actors.actor("tto2"), at=supply.STARTED_AT)

    assert refused.value.code == "E-ST-02"


def test_personal_answers_are_encrypted_at_rest(draft: Application) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, sealed_answers FROM supply_demand_application")
        answers, sealed = cursor.fetchone()

    assert "0772-2660002" not in f"{answers}{sealed}"
    assert "王联系" not in f"{answers}{sealed}"
    assert all_answers(draft)["contact_phone"] == "0772-2660002"


def test_save_topic_keeps_answers_and_counts_versions(
    draft: Application, actors: Cast
) -> None:
    saved = save_answers(
        draft, "team-members", {"representative": " 钱代表 "}, actors.actor("tto")
    )

    assert all_answers(saved)["representative"] == "钱代表"
    assert saved.version == draft.version + 1


def test_save_topic_with_a_stale_version_is_refused(
    draft: Application, actors: Cast
) -> None:
    save_answers(
        draft, "team-members", {"representative": "钱代表"}, actors.actor("tto")
    )

    with pytest.raises(RuleViolation) as refused:
        save_answers(
            draft, "team-members", {"representative": "孙代表"}, actors.actor("tto1b")
        )

    assert str(refused.value) == "E-ST-04 已被他人更新，请刷新后重试。"


def test_save_topic_reports_all_malformed_answers(
    draft: Application, actors: Cast
) -> None:
    row = {"kind": "stage", "trigger": "date", "due_on": "2026-02-30"}

    with pytest.raises(RuleViolations) as refused:
        save_answers(
            draft,
            "payment-rows",
            {"payment_rows": [row], "payment_total": "1234567.891"},
            actors.actor("tto"),
        )

    assert [(v.code, v.field) for v in refused.value.violations] == [
        ("E-FM-04", "payment_rows-0-due_on"),
        ("E-FM-06", "payment_total"),
    ]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        pytest.param("ZL201810123456.5", "", id="h17_right"),
        pytest.param(
            "ZL201810123456.7",
            "E-ID-03 专利号/申请号校验位不符（应为5）。",
            id="h17_wrong",
        ),
    ],
)
def test_patent_number_is_checked(
    draft: Application, actors: Cast, number: str, message: str
) -> None:
    item = {**supply.complete_answers()["ip_items"][0], "number": number}
    try:
        save_answers(draft, "ip-items", {"ip_items": [item]}, actors.actor("tto"))
        found = ""
    except RuleViolations as refused:
        found = str(refused.violations[0])

    assert found == message


def test_foreign_file_is_refused(draft: Application, actors: Cast) -> None:
    foreign = supply.make_file(actors.actor("tto2"), actors.other_unit)

    with pytest.raises(RuleViolations) as refused:
        save_answers(
            draft,
            "attachment-proofs",
            {"title_proof": [{"id": foreign.pk}]},
            actors.actor("tto"),
        )

    assert codes(refused.value) == ["E-FM-15"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"payment_form": None, "trl": None},
            ["E-FP-06 申请表缺少：成熟度（TRL）、付费方式。"],
            id="h02_missing",
        ),
        pytest.param(
            {
                "payment_rows": [
                    {
                        "kind": "entry_fee",
                        "trigger": "income",
                        "amount": "10000.00",
                    },
                    supply.STAGE_ROW,
                    supply.ROYALTY_ROW,
                ]
            },
            ["E-FP-03 零门槛费模式的入门费须为0。"],
            id="h04_entry_fee",
        ),
        pytest.param(
            {
                "payment_rows": [supply.STAGE_ROW],
                "royalty_base": None,
                "royalty_rate": None,
                "royalty_period": None,
                "royalty_inspection": None,
            },
            ["E-FP-04 须同时约定阶段性支付和收入提成。"],
            id="h05_no_royalty",
        ),
        pytest.param(
            {"negative_ethics": None},
            ["E-FP-08 未完成负面清单核查。"],
            id="j11_unchecked",
        ),
        pytest.param(
            {"condition_bright_prospect": "no"},
            ["E-EM-01 存在不可赋权情形：不具备应用前景明朗条件，不能提交。"],
            id="g04_prospect",
        ),
        pytest.param(
            {"abstract": supply.ABSTRACT + "联系手机13812345678。"},
            [
                "E-SE-02 公开内容包含疑似个人信息或账号：手机号138****5678，请删除。",
            ],
            id="h10_mobile",
        ),
        pytest.param(
            {"abstract": supply.ABSTRACT + "经办人450202199003070011。"},
            [
                "E-SE-02 公开内容包含疑似个人信息或账号："
                "身份证号450202********0011，请删除。",
            ],
            id="h10_identity_number",
        ),
        pytest.param(
            {"secrecy": "confidential_patent"},
            ["E-FP-01 成果类型不可发布：保密专利不得发布。"],
            id="confidential_patent",
        ),
        pytest.param(
            {"also_use_then_transfer": "yes", "license_kind": "exclusive"},
            ["E-UT-06 该成果存在有效的独占或排他许可。"],
            id="both_labels",
        ),
        pytest.param(
            {"team_consent": "no"},
            ["E-FM-14 全体完成人是否同意发布须选“是”方可提交。"],
            id="no_consent",
        ),
    ],
)
def test_submission_is_refused(
    actors: Cast, changes: dict, expected: list[str]
) -> None:
    draft = supply.make_draft(actors.actor("tto"), actors.unit, **changes)

    with pytest.raises(RuleViolations) as refused:
        supply.submit(draft, actors.actor("tto"))

    assert [str(violation) for violation in refused.value.violations] == expected
    draft.refresh_from_db()
    assert (draft.status, draft.number, draft.submissions.count()) == ("draft", "", 0)


def test_submission_without_declaration_is_refused(
    draft: Application, actors: Cast
) -> None:
    with pytest.raises(RuleViolations) as refused:
        submit_application(
            draft,
            version=draft.version,
            salt=supply.SALT,
            receipt_code="X",
            is_declared_true=False,
            by=actors.actor("tto"),
            at=supply.SUBMITTED_AT,
        )

    assert str(refused.value) == "E-FM-01 请填写真实性承诺。"


def test_submission_gives_a_receipt(draft: Application, actors: Cast) -> None:
    submission = supply.submit(draft, actors.actor("tto"))
    draft.refresh_from_db()

    text = snapshot_text(submission, "SQ-2026-0001")
    assert (draft.number, draft.status) == ("SQ-2026-0001", "submitted")
    assert submission.submitted_at == supply.SUBMITTED_AT
    assert submission.sha256 == sha256(text.encode()).hexdigest()
    assert json.loads(text)["attachments"][0]["name"] == "证明.png"
    # Five working days: 16, 17, 18, 21 and the worked Sunday 20 September.
    assert draft.review_due_at == datetime(2026, 9, 22, 0, 0, tzinfo=SHANGHAI)
    entry = EvidenceEntry.objects.get(kind="supply.submit")
    assert entry.payload == {
        "from": "draft",
        "to": "submitted",
        "roles": ["TTO"],
        "version": 2,
        "number": "SQ-2026-0001",
        "sequence": 1,
        "sha256": submission.sha256,
    }


def test_submission_does_not_wait_for_the_calendar_of_the_bureau(
    draft: Application, actors: Cast
) -> None:
    when = datetime(2026, 12, 28, 9, 0, tzinfo=SHANGHAI)
    supply.submit(draft, actors.actor("tto"), at=when)
    draft.refresh_from_db()
    assert (draft.status, draft.review_due_at) == ("submitted", None)

    year = YearDraft(2027, DAYS_2027, "示例通知", True, "年度安排公布", 0)
    save_year(year, by=actors.actor("stb"), at=when)

    draft.refresh_from_db()
    # 12-29, 30, 31, then 2027-01-04 and 05
    assert draft.review_due_at == datetime(2027, 1, 6, 0, 0, tzinfo=SHANGHAI)
    timer = DueEvent.objects.get(kind="supply.review")
    assert (timer.due_at, timer.cycle) == (draft.review_due_at, 1)


def test_submission_of_another_unit_is_refused(
    draft: Application, actors: Cast
) -> None:
    with pytest.raises(RuleViolation) as refused:
        supply.submit(draft, actors.actor("tto2"))

    assert refused.value.code == "E-ST-02"


def test_submitting_twice_is_refused(submitted: Application, actors: Cast) -> None:
    with pytest.raises(RuleViolation) as refused:
        supply.submit(submitted, actors.actor("tto"))

    assert refused.value.code == "E-ST-01"
    assert submitted.submissions.count() == 1


def test_retracting_goes_back_to_draft(submitted: Application, actors: Cast) -> None:
    retract_submission(
        submitted,
        version=submitted.version,
        by=actors.actor("tto1b"),
        at=supply.SUBMITTED_AT,
    )

    submitted.refresh_from_db()
    assert (submitted.status, submitted.review_due_at) == ("draft", None)
    assert submitted.submissions.get().decision == "retracted"


def test_draft_is_discarded(draft: Application, actors: Cast) -> None:
    discard_draft(draft, by=actors.actor("tto"), at=supply.STARTED_AT)

    assert Application.objects.count() == 0


def test_handed_in_application_is_not_discarded(
    submitted: Application, actors: Cast
) -> None:
    with pytest.raises(RuleViolation) as refused:
        discard_draft(submitted, by=actors.actor("tto"), at=supply.STARTED_AT)

    assert str(refused.value) == (
        "E-ST-01 当前状态为“待发布审核”，不能进行“删除草稿”。"
    )
