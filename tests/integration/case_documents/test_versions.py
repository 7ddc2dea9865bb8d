"""Versions: what changed since, any two compared, old ones stay as they are."""

import json
import zipfile
from io import BytesIO

import pytest

from cms.case_documents import actions
from cms.case_documents.changes import changes_between
from cms.case_documents.models import Paper
from cms.core import answers as sheets
from tests.conftest import Cast
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.notices import at
from tests.factories.templates import propose

WHEN = at("2026-11-20 09:00")


@pytest.fixture
def case(templates, actors: Cast):
    return make_full_case(actors, when=WHEN)


@pytest.fixture
def office(actors: Cast, client_as):
    return client_as(actors.people["tto"])


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def answer(cast, case, **changes):
    sheet = sheets.get_sheet(case)
    answers = {**sheets.read(sheet), **changes}
    by = cast.actor("tto")
    sheets.write(case, answers, version=sheet.version, by=by, at=WHEN)


def assemble(office, case):
    office.post(url(case, "assemble/"), {"instrument": ["D-22"]})
    return Paper.objects.order_by("-number").first()


def license_with(**changes):
    return {**full_answers("M4")["license"], **changes}


def test_changed_answers_are_named_with_links_before_a_new_version(
    case, office, actors
):
    paper = assemble(office, case)
    answer(actors, case, license=license_with(fee="2300000.00"))

    for page in (office.get(url(case)), office.get(url(case, f"{paper.pk}/"))):
        text = page.content.decode()
        assert "有什么变化" in text
        assert f'<a href="{url(case, "ask/license/")}#id_license.fee">' in text
        assert '<ins class="diff-new">2300000.00</ins>' in text
    assert "已有新版本可组装：1项答案有变化" in text
    assert "组装新版本" in text


def test_changed_template_is_named_before_a_new_version(case, office, actors):
    paper = assemble(office, case)
    proposed = propose(
        actors.actor("tto"), when=WHEN, sentence="双方确认已经通读全文。"
    )
    actions.approve_template(proposed, by=actors.actor("stb"), at=WHEN)

    text = office.get(url(case, f"{paper.pk}/")).content.decode()

    assert "模板已更新" in text
    assert "双方确认已经通读全文。" not in text
    newer = assemble(office, case)
    text = office.get(url(case, f"{newer.pk}/difference/")).content.decode()
    assert "模板：" in text
    assert "双方确认已经通读全文。" in text


def test_any_two_versions_are_compared_the_older_first(case, office, actors):
    made = [assemble(office, case)]
    for fee in ("2300000.00", "2500000.00"):
        answer(actors, case, license=license_with(fee=fee))
        made.append(assemble(office, case))
    first, second, third = made

    text = office.get(url(case, f"{third.pk}/difference/?against=1"))
    turned = office.get(url(case, f"{first.pk}/difference/?against=3"))
    marked = office.get(url(case, f"{third.pk}/difference/redline.docx?against=1"))

    assert "第1版（" in text.content.decode()
    assert "2,500,000" in text.content.decode()
    assert "2,300,000" not in text.content.decode()
    assert "的差异</p>" in turned.content.decode()
    assert text.content.decode().count("第3版") == turned.content.decode().count(
        "第3版"
    )
    body = zipfile.ZipFile(BytesIO(marked.content)).read("word/document.xml")
    assert b"<w:del " in body
    page = office.get(url(case, f"{third.pk}/")).content.decode()
    assert "?against=1" in page
    assert "?against=2" in page
    for wrong in ("4", "0", "3", "x"):
        path = url(case, f"{third.pk}/difference/?against={wrong}")
        assert office.get(path).status_code == 404
    assert second.number == 2


def test_changes_tell_rows_choices_and_hide_personal_data(case, office, actors):
    older = assemble(office, case)
    team = full_answers("M4")["team"]
    rows = [dict(row) for row in team["members"]]
    rows[0] |= {"address": "柳州市示例路99号", "name": "周示例"}
    kinds = {"exclusive": "独占许可", "sole": "排他许可"}
    kind = next(one for one in kinds if one != license_with()["kind"])
    license_ = license_with(kind=kind)
    answer(actors, case, team={**team, "members": rows}, license=license_)

    newer = assemble(office, case)
    changes = changes_between(older, newer).answers

    told = {one.label: (one.before, one.after) for one in changes}
    assert told["许可·许可种类"][1] == kinds[kind]
    if "members" in json.loads(newer.answers).get("team", {}):
        label = "成果完成人团队·团队成员第1行·姓名"
        assert told[label] == (team["members"][0]["name"], "周示例")
    assert "示例路99号" not in str(changes)
