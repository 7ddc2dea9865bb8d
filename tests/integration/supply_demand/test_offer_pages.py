"""The supply list, its pages and workbook; the lists of room and desk."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from PIL import Image

from cms.core.pages import add_page
from cms.supply_demand.actions.drafts import save_topic
from cms.supply_demand.actions.offers import withdraw_offer
from cms.supply_demand.models import Application, OfferIndexPage, OfferPage
from cms.supply_demand.models.answers import all_answers, form_of
from cms.supply_demand.tree import get_index_page
from tests.conftest import Cast
from tests.factories import supply
from tests.factories.demands import make_demand

pytestmark = pytest.mark.django_db
COPIED = [
    "state",
    "unit_id",
    "achievement_number",
    "abstract",
    "district",
    "industry",
    "technology_field",
    "trl",
    "stage",
    "payment_form",
    "license_kind",
    "pricing_method",
    "price_text",
    "is_use_then_pay",
    "published_at",
    "valid_until",
    "entry",
]
SignIn = Callable[[Any], Client]


@pytest.fixture
def offered(actors: Cast) -> Application:
    return supply.make_offer(actors.actor("tto"), actors.actor("stb"), actors.unit)


def copies(offer: OfferPage, count: int) -> None:
    index = get_index_page(OfferIndexPage)
    for place in range(count):
        number = f"FB-2026-{place + 100:04d}"
        fields = {name: getattr(offer, name) for name in COPIED}
        page = OfferPage(title=f"成果{place}", number=number, slug=number, **fields)
        add_page(index, page, at=supply.PUBLISHED_AT)


def test_list_counts_facets_and_filters(offered: Application, client: Client) -> None:
    copies(OfferPage.objects.get(), 2)
    OfferPage.objects.filter(number="FB-2026-0100").update(license_kind="sole")

    page = client.get("/supply/")
    sole = client.get("/supply/?license=sole")

    counts = {o.value: o.count for o in page.context["found"].facets["license"]}
    assert counts == {"ordinary": 2, "sole": 1}
    assert [offer.number for offer in sole.context["found"].rows] == ["FB-2026-0100"]
    facet = {o.value: o.count for o in sole.context["found"].facets["license"]}
    assert facet == {"ordinary": 2, "sole": 1}


@pytest.mark.parametrize(
    ("region", "count"), [("450203", 1), ("450200", 1), ("450202", 0), ("ELSEWHERE", 0)]
)
def test_region_takes_in_what_lies_within(
    offered: Application, client: Client, region: str, count: int
) -> None:
    asked = client.get("/supply/", {"region": region})

    assert asked.context["found"].total == count


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("payment=other_deferred", "付费方式：其他先使用后付费方式"),
        ("license=exclusive", "许可方式：独占许可"),
        ("state=converted", "状态：已转化"),
        ("region=450202", "地区：城中区"),
        ("call=regular", "征集批次：常态化征集"),
    ],
)
def test_choice_that_leaves_nothing_keeps_its_name(
    db: None, client: Client, query: str, chip: str
) -> None:
    page = client.get(f"/supply/?{query}")

    assert [link.label for link in page.context["chosen"]] == [chip]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("colour=red", "E-QP-01"),
        ("region=999999", "E-QP-02"),
        ("state=draft", "E-QP-02"),
        ("sort=price", "E-QP-02"),
        ("sort=newest&sort=closing", "E-QP-02"),
        ("page=0", "E-QP-02"),
        ("size=7", "E-QP-02"),
        ("page=2", "E-QP-03"),
    ],
)
def test_bad_parameters_are_refused(
    db: None, client: Client, query: str, code: str
) -> None:
    answer = client.get(f"/supply/?{query}")

    assert answer.status_code == 400
    assert code in answer.content.decode()


def test_empty_list_says_so(db: None, client: Client) -> None:
    assert "供给清单还没有内容" in client.get("/supply/").content.decode()


@pytest.mark.parametrize(
    ("person", "is_shown"),
    [("", False), ("tto2", False), ("ent3", False), ("ent", True), ("stb", True)],
)
def test_contact_is_for_verified_enterprises(
    offered: Application,
    actors: Cast,
    client_as: SignIn,
    person: str,
    is_shown: bool,
) -> None:
    client = client_as(actors.user(person)) if person else Client()
    number = OfferPage.objects.get().number

    text = client.get(f"/supply/{number}/").content.decode()

    assert ("0772-2660002" in text) is is_shown
    assert "0772-2660001" not in text


def test_new_contact_waits_for_the_approval_of_its_revision(
    offered: Application, actors: Cast, client_as: SignIn
) -> None:
    office = actors.actor("tto")
    client = client_as(actors.user("ent"))
    path = f"/supply/{OfferPage.objects.get().number}/"
    typed = {"contact_name": "孙新任", "contact_phone": "0772-2660009"}

    supply.save_answers(offered, "trade-contact", typed, office)
    supply.submit(offered, office, at=supply.PUBLISHED_AT)
    waiting = client.get(path).content.decode()
    supply.publish(offered, actors.actor("stb"))
    approved = client.get(path).content.decode()

    assert ("0772-2660002" in waiting, "0772-2660009" in waiting) == (True, False)
    assert ("0772-2660002" in approved, "0772-2660009" in approved) == (False, True)


def test_fitting_demands_are_shown_to_the_unit_that_offers(
    offered: Application, actors: Cast, client_as: SignIn, client: Client
) -> None:
    offer = OfferPage.objects.get()
    make_demand(
        actors.enterprise,
        title=f"{offer.title}需求",
        problem=offer.abstract,
        industry=offer.industry,
        district=offer.district,
    )
    path = f"/supply/{offer.number}/"

    shown = {
        name: "可能匹配的企业需求" in client_as(actors.user(name)).get(path).text
        for name in ("tto", "apv", "tto2", "ent", "stb")
    }

    assert shown == {
        "tto": True,
        "apv": True,
        "tto2": False,
        "ent": False,
        "stb": False,
    }
    assert "可能匹配的企业需求" not in client.get(path).text


def test_withdrawn_offer_is_readable_without_contact(
    offered: Application, actors: Cast, client_as: SignIn
) -> None:
    withdraw_offer(
        offered,
        "已另行合作",
        version=offered.version,
        by=actors.actor("tto"),
        at=supply.PUBLISHED_AT + timedelta(days=1),
    )
    number = OfferPage.objects.get().number

    text = client_as(actors.user("ent")).get(f"/supply/{number}/").content.decode()

    assert "已下架" in text
    assert "0772-2660002" not in text


def test_tree_and_list_serve_the_same_page(
    offered: Application, client: Client
) -> None:
    offer = OfferPage.objects.get()

    assert offer.get_url() == f"/supply/{offer.number}/"
    assert client.get(offer.get_url()).status_code == 200


def test_end_of_validity_is_told_as_24_hours(
    offered: Application, client: Client
) -> None:
    text = client.get(f"/supply/{OfferPage.objects.get().number}/").content.decode()

    assert "有效期至 2027-09-17 24:00" in text


def test_unknown_offer_and_foreign_file_do_not_exist(
    offered: Application, client: Client
) -> None:
    number = OfferPage.objects.get().number
    private = all_answers(offered)["title_proof"][0]["id"]

    assert client.get("/supply/FB-1999-0001/").status_code == 404
    assert client.get(f"/supply/{number}/files/{private}/").status_code == 404


def test_public_picture_loses_position_and_camera(actors: Cast, client: Client) -> None:
    office = actors.actor("tto")
    draft = supply.make_draft(office, actors.unit)
    stream = BytesIO()
    picture = Image.new("RGB", (2000, 1000), "navy")
    exif = picture.getexif()
    exif[0x010F] = "CameraMaker"
    picture.save(stream, "JPEG", exif=exif)
    file = supply.make_file(office, actors.unit, "现场.jpg", stream.getvalue())
    topic = form_of(draft).topic("achievement-pictures")
    assert topic is not None
    saved = save_topic(
        draft,
        topic,
        {"pictures": [{"id": file.pk}]},
        version=draft.version,
        by=office,
        at=supply.STARTED_AT,
    )
    supply.submit(saved, office)
    offer = supply.publish(saved, actors.actor("stb"))

    shown = offer.entry["pictures"][0]
    answer = client.get(f"/supply/{offer.number}/files/{shown['id']}/")
    body = b"".join(answer.streaming_content)

    assert shown["id"] != file.pk
    assert b"CameraMaker" not in body
    assert Image.open(BytesIO(body)).size == (1600, 800)
    assert client.get(f"/supply/{offer.number}/files/{file.pk}/").status_code == 404


def test_workbook_holds_the_filtered_list_as_text(
    offered: Application, client: Client
) -> None:
    OfferPage.objects.update(title="=HYPERLINK(1)", draft_title="x")

    answer = client.get("/supply/export.xlsx?license=ordinary")

    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:3] == ("发布编号", "成果名称", "单位")
    assert rows[1][0] == OfferPage.objects.get().number
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert {cell.data_type for row in book.active for cell in row if cell.value} == {
        "s"
    }


def test_room_list_searches_and_hides_other_units(
    offered: Application, actors: Cast, client_as: SignIn
) -> None:
    own, other = client_as(actors.user("tto")), client_as(actors.user("tto2"))

    assert own.get("/my/applications/?q=温热").context["page"].paginator.count == 1
    assert (
        own.get("/my/applications/?status=draft").context["page"].paginator.count == 0
    )
    assert other.get("/my/applications/").context["page"].paginator.count == 0
    assert other.get(f"/my/applications/{offered.pk}/").status_code == 404


def test_desk_does_not_see_drafts(actors: Cast, client_as: SignIn) -> None:
    draft = supply.make_draft(actors.actor("tto"), actors.unit)

    client = client_as(actors.user("stb"))

    assert client.get(f"/desk/applications/{draft.pk}/").status_code == 404
    assert (
        client.get("/desk/applications/?scope=all").context["page"].paginator.count == 0
    )


@pytest.mark.parametrize("person", ["tto", "ent", "pla"])
def test_desk_is_the_bureaus(actors: Cast, client_as: SignIn, person: str) -> None:
    client = client_as(actors.user(person))

    assert client.get("/desk/applications/").status_code == 404


def test_desk_workbook_and_preview(actors: Cast, client_as: SignIn) -> None:
    application = supply.make_draft(actors.actor("tto"), actors.unit)
    supply.submit(application, actors.actor("tto"))
    client = client_as(actors.user("stb"))

    answer = client.get("/desk/applications/export.xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    preview = client.get(f"/desk/applications/{application.pk}/preview/")

    assert next(cell.value for cell in book.active[2]) == "SQ-2026-0001"
    text = preview.content.decode()
    assert "张示例" in text
    for secret in ("0772-2660002", "李经办", "赵测试"):
        assert secret not in text


def test_desk_workbook_holds_what_the_list_shows(
    actors: Cast, client_as: SignIn
) -> None:
    application = supply.make_draft(actors.actor("tto"), actors.unit)
    supply.submit(application, actors.actor("tto"))
    client = client_as(actors.user("stb"))

    page = client.get("/desk/applications/?scope=all&q=SQ-2026-0001")
    answer = client.get("/desk/applications/export.xlsx?q=SQ-2026-0002")

    link = "/desk/applications/export.xlsx?scope=all&amp;q=SQ-2026-0001"
    assert f'href="{link}"' in page.content.decode()
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.active.max_row == 1


def test_paper_is_for_its_unit_and_for_the_bureau_once_handed_in(
    actors: Cast, client_as: SignIn
) -> None:
    application = supply.make_draft(actors.actor("tto"), actors.unit)
    paper = all_answers(application)["title_proof"][0]["id"]
    bureau = client_as(actors.user("stb"))

    assert client_as(actors.user("tto")).get(f"/files/{paper}/").status_code == 200
    assert client_as(actors.user("tto2")).get(f"/files/{paper}/").status_code == 404
    assert bureau.get(f"/files/{paper}/").status_code == 404
    supply.submit(application, actors.actor("tto"))
    assert bureau.get(f"/files/{paper}/").status_code == 200


def test_start_takes_over_an_earlier_application(
    offered: Application, actors: Cast, client_as: SignIn
) -> None:
    client = client_as(actors.user("tto"))

    client.post(
        "/my/applications/start/",
        {"owner": actors.unit.pk, "source": f"application:{offered.pk}"},
    )

    answers = all_answers(Application.objects.get(number=""))
    assert answers["contact_phone"] == "0772-2660002"
    assert "title" not in answers
    assert "negative_ethics" not in answers


def test_start_takes_nothing_from_another_unit(
    offered: Application, actors: Cast, client_as: SignIn
) -> None:
    answer = client_as(actors.user("tto2")).post(
        "/my/applications/start/",
        {"owner": actors.other_unit.pk, "source": f"application:{offered.pk}"},
    )

    assert answer.status_code == 404


def test_unit_steps_from_the_case_page(
    offered: Application, actors: Cast, client_as: SignIn
) -> None:
    client = client_as(actors.user("tto"))
    url = f"/my/applications/{offered.pk}/"

    refused = client.post(
        f"{url}steps/withdraw/", {"version": offered.version, "reason": ""}, follow=True
    )
    client.post(
        f"{url}steps/withdraw/", {"version": offered.version, "reason": "另有安排"}
    )

    said = '请填写下架原因。 <span class="error-code">E-FM-01</span>'
    assert said in refused.content.decode()
    offered.refresh_from_db()
    assert (offered.status, offered.closing_reason) == ("withdrawn", "另有安排")
    assert "撤回发布" in client.get(url).content.decode()


def test_hostile_attachment_is_not_rendered(actors: Cast, client_as: SignIn) -> None:
    upload = SimpleUploadedFile("<script>.png", supply.picture_bytes())
    draft = supply.make_draft(actors.actor("tto"), actors.unit)

    answer = client_as(actors.user("tto")).post(
        f"/my/applications/{draft.pk}/form/attachment-proofs/",
        {
            "version": draft.version,
            "action": "upload",
            "title_proof-sent": "1",
            "title_proof-upload": upload,
        },
    )

    assert "<script>.png" not in answer.content.decode()
