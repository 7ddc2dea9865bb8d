"""Applications and offers for tests; all content is invented."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.core import private_files
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.models import PrivateFile
from cms.parties.models import Organization
from cms.rules.supply_demand.review import CheckResult, ReviewItem
from cms.supply_demand.actions.drafts import (
    save_topic,
    start_application,
)
from cms.supply_demand.actions.reviews import (
    publish_application,
    save_checklist,
)
from cms.supply_demand.actions.submissions import (
    submit_application,
)
from cms.supply_demand.models import Application, OfferPage, Submission
from cms.supply_demand.models.answers import all_answers, form_of, set_answers
from cms.supply_demand.models.applications import PURPOSE

STARTED_AT = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI)
SUBMITTED_AT = datetime(2026, 9, 15, 10, 30, 7, tzinfo=SHANGHAI)
PUBLISHED_AT = datetime(2026, 9, 17, 15, 0, tzinfo=SHANGHAI)
SALT = "0" * 32
ALL_PASSED = {item.value: CheckResult.PASSED.value for item in ReviewItem}
ABSTRACT = (
    "本成果面向轻量化零部件的成形需求，提出一种分区控温的温热冲压方法，"
    "在保持强度的同时减少回弹，已完成样件试制和台架试验，可用于支架、横梁等零件的批量生产。"
)
STAGE_ROW = {
    "kind": "stage",
    "trigger": "event",
    "event": "production",
    "evidence": "投产确认单",
    "amount": "100000.00",
}
ROYALTY_ROW = {"kind": "royalty", "trigger": "income", "formula": "净销售额×3%"}


def complete_answers(**changes: Any) -> dict[str, Any]:
    """Return answers with which an application may be handed in (files apart)."""
    answers: dict[str, Any] = {
        "office": "成果转化处",
        "operator_name": "李经办",
        "operator_phone": "0772-2660001",
        "title": "分区控温温热冲压成形技术",
        "ledger_number": "TZ-2026-017",
        "achievement_form": "patent",
        "attribute": "granted",
        "district": "450203",
        "industry": "361",
        "technology_field": "04",
        "trl": "6",
        "stage": "pilot",
        "abstract": ABSTRACT,
        "scenario": "汽车底盘支架、横梁等零件的成形。",
        "ip_items": [
            {
                "kind": "invention",
                "name": "一种分区控温冲压方法",
                "number": "ZL201810123456.5",
                "holder": "柳州测试高校",
                "filed_on": "2018-02-08",
                "granted_on": "2020-06-05",
                "expires_on": "",
                "legal_status": "in_force",
                "fee_paid_until": "2027-02-08",
                "encumbrance": "none",
            }
        ],
        "source_kind": "fiscal",
        "is_project_restricted": "no",
        "representative": "张示例",
        "team_members": [
            {"name": "赵测试", "position": "讲师", "contribution": "试验"}
        ],
        "team_consent": "yes",
        "has_clear_title": "yes",
        "has_co_owners": "no",
        "is_empowered": "no",
        "payment_form": "staged_royalty",
        "license_kind": "ordinary",
        "license_term": "合同生效之日起5年",
        "free_term": "合同生效之日起12个月",
        "payment_rows": [STAGE_ROW, ROYALTY_ROW],
        "royalty_base": "net_sales",
        "royalty_rate": "3",
        "royalty_period": "首笔销售之日起5年，按季结算",
        "royalty_inspection": "每季提供销售台账，单位可委托审计",
        "price_kind": "negotiable",
        "price_note": "按净销售额提成",
        "pricing_method": "negotiated",
        "accepted_parties": ["legal_person"],
        "contact_name": "王联系",
        "contact_phone": "0772-2660002",
        "contact_email": "contact@example.cn",
        "negative_state_interest": "no",
        "negative_state_secret": "no",
        "negative_ethics": "no",
        "condition_clear_title": "yes",
        "condition_bright_prospect": "yes",
        "condition_known_recipient": "yes",
        "condition_strong_will": "yes",
        "negative_evidence": "专题会议纪要",
        "negative_checker": "孙核查",
        "secrecy": "none",
        "secrecy_review": "经审查不涉密。",
        "ethics_review": "不涉及。",
        "is_export_restricted": "no",
        "has_related_party": "no",
        "valid_months": "12",
    }
    answers |= changes
    return {code: value for code, value in answers.items() if value is not None}


def picture_bytes(kind: str = "PNG") -> bytes:
    """Return a small picture."""
    stream = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(stream, kind)
    return stream.getvalue()


def make_file(
    by: Actor, owner: Organization, name: str = "证明.png", content: bytes = b""
) -> PrivateFile:
    """Store a file of an application."""
    upload = SimpleUploadedFile(name, content or picture_bytes())
    return private_files.store(
        upload, by=by, owner_id=owner.pk, purpose=PURPOSE, at=STARTED_AT
    )


def make_draft(
    by: Actor,
    owner: Organization,
    *,
    at: datetime = STARTED_AT,
    **changes: Any,
) -> Application:
    """Create a draft that lacks nothing (unless `changes` take something away)."""
    draft = start_application(owner, by=by, at=at)
    file = make_file(by, owner)
    item = {"id": file.pk, "name": file.name, "public": False}
    files = {
        "consent_files": [item],
        "title_proof": [item],
        "unit_opinion": [item],
    }
    set_answers(draft, all_answers(draft) | files | complete_answers(**changes))
    draft.title = all_answers(draft).get("title", "")
    draft.save()
    return draft


def submit(
    application: Application, by: Actor, *, at: datetime = SUBMITTED_AT
) -> Submission:
    """Hand in an application."""
    application.refresh_from_db()
    return submit_application(
        application,
        version=application.version,
        salt=SALT,
        receipt_code=f"R{application.pk}X{application.submissions.count()}",
        is_declared_true=True,
        by=by,
        at=at,
    )


def publish(
    application: Application, by: Actor, *, at: datetime = PUBLISHED_AT
) -> OfferPage:
    """Check and publish an application that waits for review."""
    application.refresh_from_db()
    save_checklist(application, ALL_PASSED, version=application.version, by=by, at=at)
    return publish_application(
        application, version=application.version, opinion="同意发布", by=by, at=at
    )


def make_offer(
    office: Actor,
    bureau: Actor,
    owner: Organization,
    *,
    at: datetime = PUBLISHED_AT,
    **changes: Any,
) -> Application:
    """Create a published application."""
    application = make_draft(office, owner, at=at - timedelta(days=3), **changes)
    submit(application, office, at=at - timedelta(days=2))
    publish(application, bureau, at=at)
    application.refresh_from_db()
    return application


def save_answers(
    application: Application,
    topic: str,
    typed: dict[str, Any],
    by: Actor,
    version: int | None = None,
) -> Application:
    """Save one topic of an application as typed."""
    page = form_of(application).topic(topic)
    assert page is not None
    return save_topic(
        application,
        page,
        typed,
        version=application.version if version is None else version,
        by=by,
        at=STARTED_AT,
    )
