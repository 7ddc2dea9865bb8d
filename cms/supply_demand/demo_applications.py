"""Demo applications in every state; written by the same actions as real ones."""

from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.core import private_files
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.parties.models import Organization, User
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from cms.rules.supply_demand.review import CheckResult, ReviewItem
from cms.supply_demand.actions.drafts import start_application
from cms.supply_demand.actions.offers import expire_offer, withdraw_offer
from cms.supply_demand.actions.reviews import (
    publish_application,
    return_application,
    save_checklist,
)
from cms.supply_demand.actions.submissions import submit_application
from cms.supply_demand.demo_offers import OFFERS, DemoOffer, answers_of
from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers, set_answers
from cms.supply_demand.models.applications import PURPOSE

_BUREAU = "demo-stb"
_PAPERS = ("consent_files", "title_proof", "unit_opinion")
_PASSED = {item.value: CheckResult.PASSED.value for item in ReviewItem}


def load_demo(at: datetime) -> None:
    """Create the demo applications unless there are any."""
    if Application.objects.filter(created_by__username__startswith="demo-").exists():
        return
    for place, offer in enumerate(OFFERS, start=1):
        with writing():
            _play(offer, place, at.replace(microsecond=0))


def _play(offer: DemoOffer, place: int, at: datetime) -> None:
    """Take one application to its outcome."""
    office = get_actor(User.objects.get(username=offer.login))
    bureau = get_actor(User.objects.get(username=_BUREAU))
    owner = Organization.objects.get(
        pk__in=office.organizations_as(Role.TRANSFER_OFFICE)
    )
    started = at - timedelta(days=offer.age)
    application = _draft(offer, place, owner, office, started)
    if offer.outcome == "draft":
        return
    handed_in = started + timedelta(hours=2)
    _submit(application, f"{place}-1", office, handed_in)
    if offer.outcome == "submitted":
        return
    decided = handed_in + timedelta(hours=26)
    if offer.outcome == "returned":
        return_application(
            _fresh(application),
            version=_fresh(application).version,
            opinion="请补充性能数据的来源，修改后重新提交。",
            comments={"abstract": "“明显高于”请写明测试条件和数值。"},
            by=bureau,
            at=decided,
        )
        return
    _publish(application, bureau, decided)
    _finish(offer, place, application, office, decided)


def _finish(
    offer: DemoOffer,
    place: int,
    application: Application,
    office: Actor,
    decided: datetime,
) -> None:
    fresh = _fresh(application)
    if offer.outcome == "withdrawn":
        withdraw_offer(
            fresh,
            "已与企业达成独占许可，不再公开征集合作方。",
            version=fresh.version,
            by=office,
            at=decided + timedelta(days=20),
        )
    elif offer.outcome == "expired" and fresh.offer is not None:
        expire_offer(fresh, at=fresh.offer.valid_until)
    elif offer.outcome == "revised":
        answers = all_answers(fresh)
        answers["requirements"] = "具备食品生产许可，能够提供试验线配合安装调试。"
        set_answers(fresh, answers)
        fresh.has_changes = True
        fresh.save()
        _submit(fresh, f"{place}-2", office, decided + timedelta(days=offer.age - 4))


def _draft(
    offer: DemoOffer, place: int, owner: Organization, office: Actor, at: datetime
) -> Application:
    draft = start_application(owner, by=office, at=at)
    answers: dict[str, Any] = answers_of(offer, place, owner.name)
    if offer.outcome == "draft":
        answers = {
            code: value for code, value in answers.items() if "payment" not in code
        }
    papers = {code: [_paper(owner, office, at)] for code in _PAPERS}
    set_answers(draft, all_answers(draft) | answers | papers)
    draft.title = offer.title
    draft.save()
    return draft


def _paper(owner: Organization, office: Actor, at: datetime) -> dict[str, Any]:
    """Store a blank sheet as the paper of a demo application."""
    body = BytesIO()
    Image.new("RGB", (420, 594), "white").save(body, "PNG")
    upload = SimpleUploadedFile("演示附件.png", body.getvalue(), "image/png")
    file = private_files.store(
        upload, by=office, owner_id=owner.pk, purpose=PURPOSE, at=at
    )
    return {"id": file.pk, "name": file.name, "public": False}


def _submit(application: Application, key: str, office: Actor, at: datetime) -> None:
    digest = sha256(f"demo {key}".encode()).hexdigest()
    submit_application(
        application,
        version=_fresh(application).version,
        salt=digest[:32],
        receipt_code=digest[32:44].upper(),
        is_declared_true=True,
        by=office,
        at=at,
    )


def _publish(application: Application, bureau: Actor, at: datetime) -> None:
    version = _fresh(application).version
    save_checklist(application, _PASSED, version=version, by=bureau, at=at)
    publish_application(
        application, version=version, opinion="材料齐全，同意发布。", by=bureau, at=at
    )


def _fresh(application: Application) -> Application:
    return Application.objects.select_related("owner", "offer").get(pk=application.pk)
