"""A unit's own entry from draft to revision, withdrawal and expiry."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from cms.achievements.actions import entries as actions
from cms.achievements.actions import set_label
from cms.achievements.actions.entry_pictures import remove_picture, store_picture
from cms.achievements.models import Achievement, AchievementPage, PublishedPicture
from cms.achievements.queries import get_own_entry, list_own_entries, list_queue
from cms.core import due
from cms.core.actors import SYSTEM
from cms.core.clock import SHANGHAI
from cms.core.models import EvidenceEntry
from cms.rules.achievements import PaymentForm, TransferMode
from cms.rules.violations import RuleViolation, RuleViolations
from tests.factories.achievements import AT, entry_values, make_entry

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=2)


@pytest.fixture
def draft(actors):
    return make_entry(actors.unit, actors.actor("tto"))


@pytest.fixture
def submitted(draft, actors):
    return actions.submit_entry(draft, by=actors.actor("tto"), at=AT)


@pytest.fixture
def published(submitted, actors):
    return actions.publish_entry(submitted, by=actors.actor("pla"), at=LATER)


def picture(size=(400, 300), form="JPEG", **options):
    stream = BytesIO()
    Image.new("RGB", size, "navy").save(stream, form, **options)
    return SimpleUploadedFile(f"图.{form.lower()}", stream.getvalue())


def test_entry_goes_public_when_the_desk_publishes(published):
    page = AchievementPage.objects.get()

    assert published.status == "published"
    assert published.number == page.number == "CG-2026-0001"
    assert page.source == f"achievements.Achievement:{published.pk}"
    assert page.title == "轻量化铝合金副车架成形技术"
    assert [
        e.kind for e in EvidenceEntry.objects.filter(kind__startswith="achieve")
    ] == [
        "achievement.submit",
        "achievement.publish",
        "achievement.published",
    ]


def test_incomplete_draft_is_kept_but_not_submitted(actors):
    by = actors.actor("tto")
    draft = actions.create_entry(actors.unit.pk, {"name": "只有名称"}, by=by, at=AT)

    with pytest.raises(RuleViolation) as refusal:
        actions.submit_entry(draft, by=by, at=AT)

    assert refusal.value.message == (
        "信息不完整，缺少：台账登记号、成果形式、成果属性、所属地区、行业分类、"
        "技术领域、成熟度（TRL）、成熟度阶段、简介、应用场景、转让方式、定价方式、"
        "接受成交主体类型、成果联系人姓名、成果联系人电话、参考价格（或面议说明）。"
    )
    assert Achievement.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"abstract": "太短"}, ["E-CA-02"]),
        ({"stage": "production", "trl": 3}, ["E-CA-03"]),
        ({"industry": "36"}, ["E-CA-04"]),
        ({"district": "450200"}, ["E-CA-04"]),
        ({"attribute": "ungranted"}, ["E-LG-06"]),
        ({"transfer_modes": ["use_then_pay"]}, ["E-CA-05"]),
        ({"scenario": "请联系13800138000"}, ["E-SE-02"]),
        ({"advantage": "身份证 11010519491231002X"}, ["E-SE-02"]),
        ({"abstract": "短", "stage": "production", "trl": 3}, ["E-CA-02", "E-CA-03"]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_submission_is_refused_with_every_fault(actors, changes, codes):
    by = actors.actor("tto")
    entry = make_entry(actors.unit, by, **changes)

    with pytest.raises(RuleViolations) as refusal:
        actions.submit_entry(entry, by=by, at=AT)

    assert [fault.code for fault in refusal.value.violations] == codes


def test_patent_number_must_pass_its_check_digit(actors):
    by = actors.actor("tto")
    item = entry_values()["ip_items"][0] | {"number": "ZL201810123456.7"}
    entry = make_entry(actors.unit, by, ip_items=[item])

    with pytest.raises(
        RuleViolations, match="E-ID-03 专利号/申请号校验位不符（应为5）"
    ):
        actions.submit_entry(entry, by=by, at=AT)


def test_submitter_never_publishes(actors, draft):
    person = actors.user("tto")
    person.memberships.create(organization=actors.platform, role="PLA")
    by = actors.actor("tto")
    entry = actions.submit_entry(draft, by=by, at=AT)

    with pytest.raises(RuleViolation, match="E-ST-03"):
        actions.publish_entry(entry, by=by, at=LATER)
    assert AchievementPage.objects.count() == 0


def test_member_of_the_unit_never_decides(actors, submitted):
    colleague = actors.user("tto1b")
    colleague.memberships.create(organization=actors.platform, role="PLA")

    with pytest.raises(RuleViolation, match="E-ST-03"):
        actions.return_entry(
            submitted, [("", "意见")], by=actors.actor("tto1b"), at=LATER
        )


@pytest.mark.parametrize("who", ["tto", "tto2", "ent", "apv"])
def test_only_the_desk_publishes(actors, submitted, who):
    with pytest.raises(RuleViolation) as refusal:
        actions.publish_entry(submitted, by=actors.actor(who), at=LATER)
    assert refusal.value.code in {"E-ST-02", "E-ST-03"}


@pytest.mark.parametrize("who", ["pla", "stb"])
def test_platform_and_bureau_publish(actors, submitted, who):
    assert (
        actions.publish_entry(submitted, by=actors.actor(who), at=LATER).status
        == "published"
    )


def test_return_needs_a_comment_and_keeps_it(actors, submitted):
    by = actors.actor("pla")
    with pytest.raises(RuleViolation, match="E-FP-07"):
        actions.return_entry(submitted, [("", "  ")], by=by, at=LATER)

    actions.return_entry(
        submitted, [("abstract", "简介：请补充指标"), ("", "")], by=by, at=LATER
    )

    assert submitted.status == "returned"
    assert [(c.field, c.text) for c in submitted.comments.all()] == [
        ("abstract", "简介：请补充指标")
    ]
    submitted = actions.submit_entry(submitted, by=actors.actor("tto"), at=LATER)
    assert submitted.status == "submitted"


def test_revision_keeps_the_old_text_public_until_approved(actors, published):
    by = actors.actor("tto")
    columns = AchievementPage.objects.values().get()
    actions.revise_entry(published, by=by, at=LATER)
    entry = actions.update_entry(
        published,
        entry_values(name="二代", abstract="改写的简介" * 12, trl=8),
        version=published.version,
        at=LATER,
    )
    actions.submit_entry(entry, by=by, at=LATER)
    assert AchievementPage.objects.values().get() == columns

    actions.publish_entry(entry, by=actors.actor("stb"), at=LATER)

    page = AchievementPage.objects.get()
    assert (page.title, page.number) == ("二代", "CG-2026-0001")
    assert page.published_at == page.revised_at == LATER


def test_abandoned_revision_takes_the_public_text_again(actors, draft):
    by = actors.actor("tto")
    store_picture(draft, picture(), "样机", by=by, at=AT)
    actions.submit_entry(draft, by=by, at=AT)
    entry = actions.publish_entry(draft, by=actors.actor("pla"), at=LATER)
    set_label(
        entry.page, TransferMode.USE_THEN_PAY, PaymentForm.DEFERRED, by=SYSTEM, at=AT
    )
    entry = Achievement.objects.get()
    actions.revise_entry(entry, by=by, at=LATER)
    remove_picture(entry, entry.pictures.get().pk, at=LATER)
    entry = actions.update_entry(
        entry,
        entry_values(name="改名", contact_phone="0772-9999999"),
        version=entry.version,
        at=LATER,
    )

    entry = actions.abandon_revision(entry, by=by, at=LATER)

    entry.refresh_from_db()
    assert entry.status == "published"
    assert entry.name == "轻量化铝合金副车架成形技术"
    assert entry.contact_phone == "0772-0000000"
    assert entry.transfer_modes == ["license", "transfer"]
    assert entry.payment_form == ""
    assert entry.internal_note == "内部备注"
    assert [p.caption for p in entry.pictures.all()] == ["样机"]


def test_withdrawn_entry_can_come_back_under_its_number(actors, published):
    by = actors.actor("tto")
    actions.withdraw_entry(published, "已转让", by=by, at=LATER)
    page = AchievementPage.objects.get()
    assert (page.public_status, page.close_reason, page.live) == (
        "withdrawn",
        "已转让",
        True,
    )

    actions.reopen_entry(published, by=by, at=LATER)
    actions.submit_entry(published, by=by, at=LATER)
    actions.publish_entry(published, by=actors.actor("pla"), at=LATER)

    page.refresh_from_db()
    assert (page.public_status, page.number) == ("published", "CG-2026-0001")
    assert page.closed_at is None


def test_entry_expires_at_the_legal_instant(actors, published):
    end = datetime(2027, 11, 24, tzinfo=SHANGHAI)
    due.sweep(until=end - timedelta(seconds=1))
    assert AchievementPage.objects.get().public_status == "published"

    due.sweep(until=end + timedelta(days=40))

    page = AchievementPage.objects.get()
    assert (page.public_status, page.closed_at) == ("expired", end)
    published.refresh_from_db()
    assert published.status == "expired"


def test_revision_starts_the_validity_anew(actors, published):
    by = actors.actor("tto")
    half_a_year = LATER + timedelta(days=180)
    actions.revise_entry(published, by=by, at=half_a_year)
    actions.submit_entry(published, by=by, at=half_a_year)
    actions.publish_entry(published, by=actors.actor("pla"), at=half_a_year)

    due.sweep(until=datetime(2027, 12, 1, tzinfo=SHANGHAI))

    assert AchievementPage.objects.get().public_status == "published"


def test_edit_refuses_a_stale_copy_and_a_closed_state(actors, draft, submitted):
    with pytest.raises(RuleViolation, match="E-ST-01"):
        actions.update_entry(
            submitted, entry_values(), version=submitted.version, at=AT
        )
    with pytest.raises(RuleViolation, match="E-ST-04"):
        actions.update_entry(submitted, entry_values(), version=0, at=AT)


def test_ledger_number_is_used_once_by_a_unit(actors, draft):
    with pytest.raises(RuleViolation, match="E-CA-12"):
        make_entry(actors.unit, actors.actor("tto"), ledger_number=draft.ledger_number)
    make_entry(
        actors.other_unit, actors.actor("tto2"), ledger_number=draft.ledger_number
    )


def test_another_unit_sees_no_trace(actors, submitted):
    assert list(list_own_entries(actors.actor("tto2"))) == []
    assert list(list_own_entries(actors.actor("ent"))) == []
    with pytest.raises(Http404):
        get_own_entry(actors.actor("tto2"), submitted.pk)
    assert list(list_own_entries(actors.actor("apv"))) == [submitted]
    assert list(list_queue()) == [submitted]


def test_published_picture_is_encoded_without_metadata(actors, draft):
    by = actors.actor("tto")
    exif = Image.Exif()
    exif[0x010E] = "拍摄地点 25.0000N"
    store_picture(
        draft, picture((3000, 1000), exif=exif, comment=b"secret"), "样机", by=by, at=AT
    )
    actions.submit_entry(draft, by=by, at=AT)
    assert PublishedPicture.objects.count() == 0
    actions.publish_entry(draft, by=actors.actor("pla"), at=AT)

    row = PublishedPicture.objects.get()
    content = default_storage.open(row.file_name).read()
    with Image.open(BytesIO(content)) as image:
        assert image.format == "JPEG"
        assert (image.width, image.height) == (row.width, row.height) == (1600, 533)
        assert dict(image.getexif()) == {}
        assert "comment" not in image.info
    assert b"secret" not in content
    assert row.caption == "样机"


def test_seventh_picture_is_refused(actors, draft):
    by = actors.actor("tto")
    for number in range(6):
        store_picture(draft, picture(form="PNG"), f"图{number}", by=by, at=AT)

    with pytest.raises(RuleViolation, match="E-CA-08 图片不得超过6张"):
        store_picture(draft, picture(), "第七", by=by, at=AT)
    assert draft.pictures.count() == 6


def test_picture_must_be_a_picture(actors, draft):
    by = actors.actor("tto")
    fake = SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>")

    with pytest.raises(RuleViolation, match="E-FL-03"):
        store_picture(draft, fake, "假图", by=by, at=AT)
