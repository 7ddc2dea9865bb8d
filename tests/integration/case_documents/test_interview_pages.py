"""The interview in the room: prefilled, saved, masked, never over another's (J20)."""

import html
import re

import pytest

from cms.core import answers as sheets
from cms.empowerment.models import EmpowermentCase
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.factories.agreements import make_agreement
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")


@pytest.fixture
def case(templates, actors: Cast) -> EmpowermentCase:
    return make_full_case(actors, when=WHEN)


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def form_of(page):
    """Return what a browser would send of the page's form."""
    text = page.content.decode()
    text = text[text.index('<input type="hidden" name="version"') :]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", text):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind in ("radio", "checkbox") and " checked" not in tag:
            continue
        if "name" in attributes:
            value = html.unescape(attributes.get("value", ""))
            sent.setdefault(attributes["name"], []).append(value)
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)<', text):
        sent[name] = [html.unescape(body)]
    for name, body in re.findall(
        r'<select name="([^"]+)"[^>]*>(.*?)</select>', text, re.S
    ):
        chosen = re.findall(r'<option value="([^"]*)" selected', body)
        sent[name] = chosen or [""]
    return sent


def answers(case):
    return sheets.answers_of(case)


def test_page_sent_back_unchanged_changes_nothing(case, actors, client_as):
    client = client_as(actors.people["tto"])
    before = answers(case)
    overview = client.get(url(case)).content.decode()
    names = re.findall(rf'href="{url(case)}ask/(\w+)/"', overview)
    assert len(set(names)) > 15

    for name in dict.fromkeys(names):
        page = client.get(url(case, f"ask/{name}/"))
        saved = client.post(
            url(case, f"ask/{name}/"), form_of(page) | {"action": "exit"}
        )
        assert saved.status_code == 302, (name, saved.content.decode()[:3000])

    assert answers(case) == before


def test_personal_data_is_masked_and_kept(case, actors, client_as):
    client = client_as(actors.people["tto"])
    number = full_answers("M4")["team"]["members"][0]["identity_number"]
    page = client.get(url(case, "ask/team/"))
    assert number not in page.content.decode()
    assert f"{number[:6]}********{number[-4:]}" in page.content.decode()

    sent = form_of(page) | {"team.members-0-title": "研究员", "action": "exit"}
    client.post(url(case, "ask/team/"), sent)

    member = answers(case)["team"]["members"][0]
    assert (member["title"], member["identity_number"]) == ("研究员", number)


def test_wrong_values_are_told_at_their_fields_and_kept(case, actors, client_as):
    client = client_as(actors.people["tto"])
    page = client.get(url(case, "ask/license/"))
    sent = form_of(page) | {"license.fee": "一百万", "license.territory": "广西"}

    refused = client.post(url(case, "ask/license/"), sent | {"action": "continue"})

    text = refused.content.decode()
    assert refused.status_code == 422
    assert "E-AS-03" in text
    assert 'href="#id_license.fee"' in text
    assert 'value="一百万"' in text
    assert 'value="广西"' in text
    assert answers(case)["license"]["territory"] != "广西"


def test_wrong_cell_of_a_table_is_told_in_its_row(case, actors, client_as):
    client = client_as(actors.people["tto"])
    sent = form_of(client.get(url(case, "ask/ip_items/")))
    sent["ip_items-0-filed_on"] = "昨天"

    refused = client.post(url(case, "ask/ip_items/"), sent | {"action": "exit"})

    assert refused.status_code == 422
    assert 'href="#id_ip_items-0-filed_on"' in refused.content.decode()


def test_folded_row_tells_its_sum_as_people_read_it(templates, actors, client_as):
    case = make_full_case(actors, EmpowermentMode.M2, when=WHEN)

    page = client_as(actors.people["tto"]).get(url(case, "ask/milestones/"))

    assert "第三方试验报告，800,000.00元" in page.content.decode()


def test_rows_are_added_and_removed_without_script(case, actors, client_as):
    client = client_as(actors.people["tto"])
    rows = len(answers(case)["team"]["members"])
    sent = form_of(client.get(url(case, "ask/team/")))

    more = client.post(url(case, "ask/team/"), sent | {"action": "add:team.members"})
    assert f'name="team.members-{rows}-name"' in more.content.decode()
    sent = form_of(more) | {f"team.members-{rows}-name": "周示例"}
    fewer = client.post(
        url(case, "ask/team/"), sent | {"action": "remove:team.members:0"}
    )
    saved = client.post(url(case, "ask/team/"), form_of(fewer) | {"action": "exit"})

    assert saved.status_code == 302
    was = full_answers("M4")["team"]["members"]
    members = answers(case)["team"]["members"]
    assert members[:-1] == was[1:]
    assert members[-1]["name"] == "周示例"


def test_j20_second_person_sees_both_and_saves_nothing_yet(case, actors, client_as):
    first, second = client_as(actors.people["tto"]), client_as(actors.people["tto1b"])
    mine = form_of(first.get(url(case, "ask/license/")))
    theirs = form_of(second.get(url(case, "ask/license/")))
    second.post(
        url(case, "ask/license/"),
        theirs | {"license.territory": "广西", "action": "exit"},
    )

    refused = first.post(
        url(case, "ask/license/"),
        mine | {"license.territory": "华南地区", "action": "exit"},
    )

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "E-ST-04" in text
    assert text.count('class="choice-of-two"') == 1
    assert '<span class="diff-theirs">广西</span>' in text
    assert '<span class="diff-new">华南地区</span>' in text
    assert 'value="华南地区"' in text
    assert answers(case)["license"]["territory"] == "广西"
    first.post(url(case, "ask/license/"), form_of(refused) | {"action": "exit"})
    assert answers(case)["license"]["territory"] == "华南地区"


def test_j20_the_others_answer_may_be_chosen(case, actors, client_as):
    first, second = client_as(actors.people["tto"]), client_as(actors.people["tto1b"])
    mine = form_of(first.get(url(case, "ask/license/")))
    theirs = form_of(second.get(url(case, "ask/license/")))
    second.post(
        url(case, "ask/license/"),
        theirs | {"license.territory": "广西", "action": "exit"},
    )
    refused = first.post(
        url(case, "ask/license/"),
        mine | {"license.territory": "华南地区", "action": "exit"},
    )

    chosen = form_of(refused) | {"choose:license.territory": "theirs"}
    first.post(url(case, "ask/license/"), chosen | {"action": "exit"})

    assert answers(case)["license"]["territory"] == "广西"


def test_j20_changes_that_do_not_touch_are_joined(case, actors, client_as):
    first, second = client_as(actors.people["tto"]), client_as(actors.people["tto1b"])
    mine = form_of(first.get(url(case, "ask/license/")))
    theirs = form_of(second.get(url(case, "ask/license/")))
    second.post(
        url(case, "ask/license/"),
        theirs | {"license.territory": "广西", "action": "exit"},
    )

    refused = first.post(
        url(case, "ask/license/"), mine | {"license.field": "水产", "action": "exit"}
    )

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "已采用对方的内容：许可地域。" in text
    assert 'class="choice-of-two"' not in text
    assert answers(case)["license"]["field"] != "水产"
    first.post(url(case, "ask/license/"), form_of(refused) | {"action": "exit"})
    license_ = answers(case)["license"]
    assert (license_["territory"], license_["field"]) == ("广西", "水产")


def test_j20_masked_number_stays_with_its_person(case, actors, client_as):
    first, second = client_as(actors.people["tto"]), client_as(actors.people["tto1b"])
    mine = form_of(first.get(url(case, "ask/team/")))
    theirs = form_of(second.get(url(case, "ask/team/")))
    gone = second.post(
        url(case, "ask/team/"), theirs | {"action": "remove:team.members:0"}
    )
    second.post(url(case, "ask/team/"), form_of(gone) | {"action": "exit"})
    members = answers(case)["team"]["members"]

    refused = first.post(url(case, "ask/team/"), mine | {"action": "exit"})
    first.post(url(case, "ask/team/"), form_of(refused) | {"action": "exit"})

    numbers = {row["name"]: row.get("identity_number") for row in members}
    for row in answers(case)["team"]["members"]:
        assert row.get("identity_number") in (None, numbers.get(row["name"]))


def test_question_appears_once_its_condition_is_answered(case, actors, client_as):
    client = client_as(actors.people["tto"])
    page = client.get(url(case, "ask/terms/"))
    known = {"arbitration": "court", "litigation": "arbitration"}
    chosen = answers(case)["terms"]["dispute"]
    other = next(one for one in known if one != chosen)
    wanted, unwanted = known[chosen], known[other]
    assert f"terms.{wanted}-sent" not in page.content.decode()

    sent = form_of(page) | {"terms.dispute": other, "action": "continue"}
    answered = client.post(url(case, "ask/terms/"), sent, follow=True)

    text = answered.content.decode()
    assert "根据您的回答，本页增加了1个问题" in text
    assert f"terms.{wanted}-sent" in text
    assert f"terms.{unwanted}-sent" not in text


def test_answers_are_refreshed_from_the_register(case, actors, client_as):
    client = client_as(actors.people["tto"])
    version = sheets.get_sheet(case).version

    client.post(url(case, "refresh/"), {"version": version})

    unit = answers(case)["unit"]
    assert unit["name"] == actors.unit.name
    assert unit["address"] == full_answers("M4")["unit"]["address"]


def test_overview_says_what_is_missing_and_why_gates_are_closed(
    templates, actors, client_as
):
    case = make_full_case(actors, EmpowermentMode.M1, when=WHEN, without=("revenue",))

    text = client_as(actors.people["tto"]).get(url(case)).content.decode()

    assert "E-FP-12" in text
    assert "E-FP-19" in text
    assert "签订赋权协议" in text
    assert "E-EM-04" in text
    assert "缺少的答案" in text
    assert f"{url(case, 'ask/revenue/')}#id_revenue.base_note" in text


def test_team_answers_and_others_find_nothing(case, actors, client_as):
    assert client_as(actors.people["res"]).get(url(case)).status_code == 200
    assert (
        client_as(actors.people["res"]).get(url(case, "ask/team/")).status_code == 200
    )
    for name in ("tto2", "apv2", "ent", "stb", "pla", "auditor"):
        assert client_as(actors.people[name]).get(url(case)).status_code == 404, name
        assert (
            client_as(actors.people[name]).get(url(case, "ask/team/")).status_code
            == 404
        )


def test_approver_reads_but_does_not_answer(case, actors, client_as):
    client = client_as(actors.people["apv"])
    page = client.get(url(case, "ask/license/"))

    assert "您可以查看，不能修改答案" in page.content.decode()
    assert client.post(url(case, "ask/license/"), form_of(page)).status_code == 404


def test_enterprise_of_an_agreement_sees_papers_but_no_answers(
    templates, actors, client_as
):
    agreement = make_agreement(actors, when=WHEN)
    client = client_as(actors.people["ent"])
    base = f"/my/papers/agreement/{agreement.pk}/"

    assert "还没有文书" in client.get(base).content.decode()
    assert client.get(f"{base}ask/unit/").status_code == 404
    assert client_as(actors.people["tto"]).get(base).status_code == 200
    assert client_as(actors.people["tto2"]).get(base).status_code == 404
