"""A unit's application in the browser: draft to publication, return, revision."""

import re
from typing import Any

import pytest
from django.test import Client

from cms.rules.supply_demand.review import ReviewItem
from cms.supply_demand.models import Application, OfferPage
from cms.supply_demand.models.answers import all_answers
from tests.conftest import Cast
from tests.factories import supply
from tests.factories.application_posts import (
    FORM,
    hand_in,
    posted,
    start,
    text_of,
    version_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(actors: Cast, client_as: Any) -> Client:
    return client_as(actors.user("tto"))


@pytest.fixture
def bureau(actors: Cast, client_as: Any) -> Client:
    return client_as(actors.user("stb"))


def fill(client: Client, application: Application, **changes: Any) -> None:
    """Fill every page that is asked for, in order."""
    answers = supply.complete_answers(**changes)
    kept = all_answers(application)
    for topic in FORM.topics():
        if not topic.is_shown({**kept, **answers}):
            continue
        data = posted(topic, {**kept, **answers}, version_of(application))
        answer = client.post(
            f"/my/applications/{application.pk}/form/{topic.code}/", data
        )
        assert answer.status_code == 302, (topic.code, text_of(answer))


def decide(client: Client, application: Application, **data: Any) -> Any:
    return client.post(
        f"/desk/applications/{application.pk}/decision/",
        {"version": version_of(application), **data},
    )


def checks() -> dict[str, str]:
    return {f"check-{item.value}": "passed" for item in ReviewItem}


def test_application_from_draft_to_publication(
    actors: Cast, office: Client, bureau: Client, client: Client
) -> None:
    application = start(office, actors)
    fill(office, application)

    tasks = text_of(office.get(f"/my/applications/{application.pk}/form/"))
    assert "已完成 11 / 11 部分" in tasks
    summary = text_of(office.get(f"/my/applications/{application.pk}/check/"))
    assert "系统计算的标签：先使用后付费" in summary

    receipt = office.get(hand_in(office, application).url)
    assert "SQ-2026-0001" in text_of(receipt)
    submission = application.submissions.get()
    assert submission.sha256 in text_of(receipt)
    verified = text_of(client.get(f"/supply/receipts/{submission.receipt_code}/"))
    assert "SQ-2026-0001" in verified
    assert actors.unit.name not in verified

    queue = text_of(bureau.get("/desk/applications/"))
    assert "SQ-2026-0001" in queue
    answer = decide(bureau, application, action="publish", opinion="同意", **checks())
    assert answer.status_code == 302
    offer = OfferPage.objects.get()

    public = text_of(client.get(f"/supply/{offer.number}/"))
    assert "分区控温温热冲压成形技术" in public
    assert "先使用后付费" in public
    for secret in ("0772-2660002", "王联系", "李经办", "赵测试"):
        assert secret not in public
    assert offer.title in text_of(client.get("/supply/"))


def test_h19_sums_are_printed_in_capitals_beside_figures(
    actors: Cast, office: Client, bureau: Client, client: Client
) -> None:
    priced = {"price_kind": "fixed", "reference_price": "1234567.89"}
    application = start(office, actors)
    fill(office, application, **priced)
    sums = "¥1,234,567.89（大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分）"

    assert sums in text_of(office.get(f"/my/applications/{application.pk}/check/"))
    receipt = office.get(hand_in(office, application).url)
    assert f"参考价格（元）：{sums}" in text_of(receipt)
    decide(bureau, application, action="publish", opinion="同意", **checks())
    offer = OfferPage.objects.get()
    assert sums in text_of(client.get(f"/supply/{offer.number}/"))
    assert offer.price_text == "1,234,567.89 元"
    entry = text_of(client.get(f"/achievements/{offer.achievement_number}/"))
    assert sums in entry
    assert "有效" in entry and "in_force" not in entry


def test_returned_application_is_corrected_and_published(
    actors: Cast, office: Client, bureau: Client
) -> None:
    application = supply.make_draft(actors.actor("tto"), actors.unit)
    hand_in(office, application)

    refused = decide(bureau, application, action="return", opinion="")
    assert refused.status_code == 422
    assert "E-FP-07" in text_of(refused)
    decide(
        bureau,
        application,
        action="return",
        opinion="请修改",
        **{"comment-title": "名称过宽"},
    )

    tasks = text_of(office.get(f"/my/applications/{application.pk}/form/"))
    assert "名称过宽" in tasks
    page = office.get(f"/my/applications/{application.pk}/form/achievement-basics/")
    assert "审核意见：名称过宽" in text_of(page)
    topic = FORM.topic("achievement-basics")
    assert topic is not None
    answers = {**all_answers(application), "title": "支架零件分区控温冲压技术"}
    office.post(
        f"/my/applications/{application.pk}/form/achievement-basics/",
        posted(topic, answers, version_of(application)),
    )
    hand_in(office, application)
    decide(bureau, application, action="publish", opinion="", **checks())

    assert OfferPage.objects.get().title == "支架零件分区控温冲压技术"
    assert [s.decision for s in application.submissions.order_by("sequence")] == [
        "returned",
        "published",
    ]


def test_revision_shows_its_differences_to_the_bureau(
    actors: Cast, office: Client, bureau: Client, client: Client
) -> None:
    application = supply.make_offer(
        actors.actor("tto"), actors.actor("stb2"), actors.unit
    )
    number = OfferPage.objects.get().number
    topic = FORM.topic("team-members")
    assert topic is not None
    office.post(
        f"/my/applications/{application.pk}/form/team-members/",
        posted(
            topic,
            {**all_answers(application), "representative": "钱代表"},
            version_of(application),
        ),
    )
    hand_in(office, application)

    desk = text_of(bureau.get(f"/desk/applications/{application.pk}/"))
    assert "张示例" in desk
    assert "钱代表" in desk
    assert "张示例" in text_of(client.get(f"/supply/{number}/"))
    assert "钱代表" not in text_of(client.get(f"/supply/{number}/"))

    decide(bureau, application, action="publish", opinion="", **checks())

    assert "钱代表" in text_of(client.get(f"/supply/{number}/"))
    assert "第1次修订" in text_of(client.get(f"/supply/{number}/"))


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        pytest.param(
            {"payment_form": None, "trl": None},
            ["E-FP-06", "成熟度（TRL）", "付费方式"],
            id="h02",
        ),
        pytest.param(
            {
                "payment_rows": [
                    {"kind": "entry_fee", "trigger": "income", "amount": "10000.00"},
                    supply.STAGE_ROW,
                    supply.ROYALTY_ROW,
                ]
            },
            ["E-FP-03", "零门槛费模式的入门费须为0。"],
            id="h04",
        ),
        pytest.param(
            {"abstract": supply.ABSTRACT + "电话13812345678"},
            ["E-SE-02", "138****5678"],
            id="h10",
        ),
        pytest.param(
            {"negative_ethics": None},
            ["E-FP-08", "未完成负面清单核查。"],
            id="j11",
        ),
    ],
)
def test_refused_application_links_to_its_fields(
    actors: Cast, office: Client, changes: dict[str, Any], messages: list[str]
) -> None:
    application = supply.make_draft(actors.actor("tto"), actors.unit, **changes)

    answer = hand_in(office, application)

    assert answer.status_code == 422
    for message in messages:
        assert message in text_of(answer)
    assert re.search(
        rf'href="/my/applications/{application.pk}/form/[a-z-]+/\?from=check#id_[a-z_]+',
        answer.content.decode(),
    )
    assert Application.objects.get().status == "draft"


def test_h01_enterprise_is_told_why(actors: Cast, client_as: Any) -> None:
    client = client_as(actors.user("ent"))

    answer = client.post(
        "/my/applications/start/", {"owner": actors.enterprise.pk, "source": ""}
    )

    assert answer.status_code == 422
    assert "E-FP-17" in text_of(answer)
