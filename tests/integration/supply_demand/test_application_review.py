"""Applications: return, publication, revision, ends (§17.9)."""

import json
from datetime import datetime, timedelta

import pytest

from cms.core import due
from cms.core.clock import SHANGHAI
from cms.core.models import DueEvent
from cms.rules.supply_demand.supply_states import SupplyState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.offers import (
    expire_offer,
    renew_offer,
    withdraw_offer,
)
from cms.supply_demand.actions.reviews import (
    publish_application,
    return_application,
    save_checklist,
)
from cms.supply_demand.models import Application, OfferPage, OfferRevision
from tests.conftest import Cast
from tests.factories import supply
from tests.factories.supply import save_answers

pytestmark = pytest.mark.django_db


def codes(refused: RuleViolations) -> list[str]:
    return [violation.code for violation in refused.violations]


def test_review_falls_overdue(submitted: Application) -> None:
    due.sweep(until=submitted.review_due_at)

    submitted.refresh_from_db()
    assert submitted.is_review_overdue is True


def test_return_needs_an_opinion(submitted: Application, actors: Cast) -> None:
    with pytest.raises(RuleViolation) as refused:
        return_application(
            submitted,
            version=submitted.version,
            opinion=" ",
            comments={"title": ""},
            by=actors.actor("stb"),
            at=supply.PUBLISHED_AT,
        )

    assert str(refused.value) == "E-FP-07 退回修改须填写意见。"


def test_return_names_fields(submitted: Application, actors: Cast) -> None:
    return_application(
        submitted,
        version=submitted.version,
        opinion="请修改",
        comments={"title": "名称过宽", "abstract": ""},
        by=actors.actor("stb"),
        at=supply.PUBLISHED_AT,
    )

    submitted.refresh_from_db()
    submission = submitted.submissions.get()
    assert (submitted.status, submission.decision) == ("draft", "returned")
    assert list(submission.comments.values_list("field", "text")) == [
        ("title", "名称过宽")
    ]
    assert submitted.has_changes is False


def test_publication_needs_the_checklist(submitted: Application, actors: Cast) -> None:
    with pytest.raises(RuleViolations) as refused:
        publish_application(
            submitted,
            version=submitted.version,
            opinion="",
            by=actors.actor("stb"),
            at=supply.PUBLISHED_AT,
        )

    assert codes(refused.value) == ["E-FP-08", "E-CC-02"]


def test_publication_by_the_submitter_is_refused(
    draft: Application, actors: Cast
) -> None:
    from cms.parties.models import Membership
    from cms.rules.roles import Role

    person = actors.user("tto")
    Membership.objects.create(
        user=person, organization=actors.bureau, role=Role.BUREAU.value
    )
    supply.submit(draft, actors.actor("tto"))

    with pytest.raises(RuleViolation) as refused:
        supply.publish(draft, actors.actor("tto"))

    assert refused.value.code == "E-ST-03"


def test_publication_by_a_team_member_is_refused(
    actors: Cast,
) -> None:
    reviewer = actors.user("stb")
    draft = supply.make_draft(
        actors.actor("tto"), actors.unit, representative=reviewer.full_name
    )
    supply.submit(draft, actors.actor("tto"))

    with pytest.raises(RuleViolation) as refused:
        supply.publish(draft, actors.actor("stb"))

    assert refused.value.code == "E-EM-05"


def test_publication_writes_page_and_catalog(
    published: Application, actors: Cast
) -> None:
    offer = OfferPage.objects.get()

    assert (published.status, published.offer_id) == ("published", offer.pk)
    assert (offer.number, offer.slug) == ("FB-2026-0001", "FB-2026-0001")
    assert offer.achievement_number == "CG-2026-0001"
    assert offer.live is True
    assert offer.is_use_then_pay is True
    assert offer.price_text == "面议（按净销售额提成）"
    assert offer.valid_until == datetime(2027, 9, 18, 0, 0, tzinfo=SHANGHAI)
    body = json.dumps(offer.entry, ensure_ascii=False)
    for secret in ("0772", "王联系", "李经办", "赵测试", "证明.png", "2027-02-08"):
        assert secret not in body
    assert "张示例" in body
    assert DueEvent.objects.get(kind="supply.expire").due_at == offer.valid_until
    assert published.submissions.get().decided_by == actors.user("stb")


def test_public_attachment_with_an_identity_number_is_refused(actors: Cast) -> None:
    office = actors.actor("tto")
    draft = supply.make_draft(office, actors.unit)
    report = supply.make_file(
        office, actors.unit, "报告.docx", docx("身份证号45020219900101001X见附件")
    )
    save_answers(
        draft,
        "attachment-reports",
        {"reports": [{"id": report.pk, "public": True}]},
        office,
    )
    supply.submit(draft, office)

    with pytest.raises(RuleViolations) as refused:
        supply.publish(draft, actors.actor("stb"))

    assert codes(refused.value) == ["E-SE-02"]
    assert OfferPage.objects.count() == 0


def docx(text: str) -> bytes:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="urn:w"><w:p><w:t>{text[:8]}</w:t>'
            f"<w:t>{text[8:]}</w:t></w:p></w:document>",
        )
    return stream.getvalue()


def test_h11_old_text_stays_public_until_approval(
    published: Application, actors: Cast
) -> None:
    office, bureau = actors.actor("tto"), actors.actor("stb")
    changed = save_answers(
        published, "team-members", {"representative": "钱代表"}, office
    )
    assert changed.has_changes is True
    supply.submit(changed, office, at=supply.PUBLISHED_AT + timedelta(days=1))

    offer = OfferPage.objects.get()
    changed.refresh_from_db()
    assert changed.status == "revision_submitted"
    assert offer.state == "published"
    assert "张示例" in json.dumps(offer.entry, ensure_ascii=False)

    supply.publish(changed, bureau, at=supply.PUBLISHED_AT + timedelta(days=2))

    offer = OfferPage.objects.get()
    changed.refresh_from_db()
    assert (changed.status, changed.has_changes) == ("published", False)
    assert "钱代表" in json.dumps(offer.entry, ensure_ascii=False)
    assert offer.valid_until == datetime(2027, 9, 18, 0, 0, tzinfo=SHANGHAI)
    assert OfferRevision.objects.get().differences == [
        {
            "code": "representative",
            "label": "团队代表",
            "old": "张示例",
            "new": "钱代表",
        }
    ]


def columns_of_offer() -> dict[str, object]:
    return OfferPage.objects.values().get()


def test_revision_changes_no_column_of_the_page_until_approval(
    published: Application, actors: Cast
) -> None:
    office = actors.actor("tto")
    before = columns_of_offer()

    for topic, typed in (
        ("achievement-basics", {"title": "改名的成果", "trl": "8"}),
        ("team-members", {"representative": "钱代表"}),
        ("trade-terms", {"requirements": "须在柳州市内投产。"}),
    ):
        changed = save_answers(published, topic, typed, office)
        published.refresh_from_db()
        assert changed.has_changes is True
        assert columns_of_offer() == before
    supply.submit(published, office, at=supply.PUBLISHED_AT + timedelta(days=1))

    assert columns_of_offer() == before
    assert published.title == "改名的成果"


def test_returned_revision_leaves_the_page(
    published: Application, actors: Cast
) -> None:
    office = actors.actor("tto")
    save_answers(published, "team-members", {"representative": "钱代表"}, office)
    supply.submit(published, office, at=supply.PUBLISHED_AT)
    published.refresh_from_db()

    return_application(
        published,
        version=published.version,
        opinion="不同意变更代表",
        comments={},
        by=actors.actor("stb"),
        at=supply.PUBLISHED_AT,
    )

    published.refresh_from_db()
    assert (published.status, published.has_changes) == ("published", True)
    assert "张示例" in json.dumps(OfferPage.objects.get().entry, ensure_ascii=False)


def test_withdrawn_offer_stays_readable(published: Application, actors: Cast) -> None:
    withdraw_offer(
        published,
        "团队另有安排",
        version=published.version,
        by=actors.actor("tto"),
        at=supply.PUBLISHED_AT,
    )

    offer = OfferPage.objects.get()
    assert (offer.live, offer.state, offer.is_listed) == (True, "withdrawn", False)
    assert offer.ended_at == supply.PUBLISHED_AT
    assert DueEvent.objects.get(kind="supply.expire").cancelled_at is not None


def test_withdrawal_needs_a_reason(published: Application, actors: Cast) -> None:
    with pytest.raises(RuleViolation) as refused:
        withdraw_offer(
            published,
            " ",
            version=published.version,
            by=actors.actor("tto"),
            at=supply.PUBLISHED_AT,
        )

    assert str(refused.value) == "E-FM-01 请填写下架原因。"


def test_expired_offer_may_be_renewed(published: Application, actors: Cast) -> None:
    ends_at = datetime(2027, 9, 18, 0, 0, tzinfo=SHANGHAI)
    expire_offer(published, at=ends_at)
    published.refresh_from_db()
    offer = OfferPage.objects.get()
    assert (published.status, offer.state) == ("expired", "expired")

    renew_offer(
        published,
        version=published.version,
        by=actors.actor("tto"),
        at=datetime(2027, 9, 20, 9, 0, tzinfo=SHANGHAI),
    )

    offer.refresh_from_db()
    assert (offer.state, offer.ended_at) == ("published", None)
    assert offer.valid_until == datetime(2028, 9, 21, 0, 0, tzinfo=SHANGHAI)


def test_expiry_fires_at_the_end_only(published: Application) -> None:
    due.sweep(until=datetime(2027, 9, 17, 23, 59, 59, tzinfo=SHANGHAI))

    published.refresh_from_db()
    assert published.status == SupplyState.PUBLISHED


def test_checklist_is_kept(submitted: Application, actors: Cast) -> None:
    save_checklist(
        submitted,
        {"ethics": "failed"},
        version=submitted.version,
        by=actors.actor("stb"),
        at=supply.PUBLISHED_AT,
    )

    assert submitted.submissions.get().checklist == {"ethics": "failed"}
