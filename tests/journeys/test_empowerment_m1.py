"""M1 from the draft to the day of signing, in the browser's words (EM-02…EM-06)."""

import json
from datetime import datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.case_documents.actions import load_library
from cms.core import answers as sheets
from cms.core import due
from cms.core.clock import SHANGHAI
from cms.core.models import EvidenceEntry
from cms.empowerment.models import EmpowermentCase
from cms.recordal.actions import Application, submit_task
from cms.recordal.models import RecordalTask
from cms.rules.notices import Venue
from cms.rules.roles import Role
from cms.rules.supply_demand.negative_list import Condition, NegativeItem
from tests.conftest import Cast
from tests.factories import achievements, parties
from tests.factories.notices import word_file
from tests.factories.recordal import complete
from tests.factories.signed_papers import assembled, file, upload

pytestmark = pytest.mark.django_db
FOLDER = settings.ROOT / "fixtures" / "demo" / "answers"
CLEAN = {item.value: "no" for item in NegativeItem} | {
    item.value: "yes" for item in Condition
}
GROUNDS = "科研管理部门、保密办公室出具说明。"


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def answers_of_m1() -> dict[str, Any]:
    return json.loads((FOLDER / "M1.json").read_text(encoding="utf-8"))


class Unit:
    """The people of the unit at their browsers; `case` is the one they work on."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.users = {
            name: cast.user(name)
            for name in ("res", "tto", "tto1b", "apv", "fin", "pla")
        }
        for name, role in (("hr", Role.HUMAN_RESOURCES), ("dis", Role.DISCIPLINE)):
            self.users[name] = parties.make_person(role, cast.unit)

    @property
    def case(self) -> EmpowermentCase:
        """The case as stored."""
        return EmpowermentCase.objects.get()

    def client(self, name: str) -> Client:
        """Return a signed-in browser; sessions end, so each visit signs in anew."""
        client = Client()
        client.force_login(
            self.users[name], "django.contrib.auth.backends.ModelBackend"
        )
        return client

    def does(self, name: str, act: str, **form: object) -> None:
        """Take an act; it must lead back to the case."""
        answer = self.post(name, act, **form)
        assert answer.status_code == 302, unescape(answer.content.decode())

    def post(self, name: str, act: str, **form: object) -> Any:
        """Send the form of an act."""
        url = f"/my/grants/{self.case.pk}/{act}/"
        return self.client(name).post(url, {"version": self.case.version, **form})

    def page(self, name: str) -> Any:
        """Open the case."""
        return self.client(name).get(f"/my/grants/{self.case.pk}/")

    def closed(self, name: str = "tto") -> list[str]:
        """Return the codes of the gates that the page shows as closed."""
        gates = self.page(name).context["gates"]
        return [one.code for gate in gates for one in gate.found]


def apply_and_submit(unit: Unit) -> None:
    """From the new case to the submission; the team's answers come in between."""
    entry = achievements.make_entry(unit.cast.unit, unit.cast.actor("tto"))
    form = {
        "unit": unit.cast.unit.pk,
        "achievement": entry.pk,
        "mode": "M1",
        "representative": unit.users["res"].pk,
    }
    assert unit.client("res").post("/my/grants/new/", form).status_code == 302
    assert unit.closed("res")[:4] == ["E-EM-02", "E-EM-09", "E-FP-08", "E-EM-11"]

    sheet = sheets.get_sheet(unit.case)
    answers = {**sheets.read(sheet), **answers_of_m1()}
    by = unit.cast.actor("res")
    sheets.write(unit.case, answers, version=sheet.version, by=by, at=sheet.changed_at)
    refused = unit.post("res", "submission")
    assert "E-FP-08" in refused.content.decode()
    unit.does("res", "check", grounds=GROUNDS, **CLEAN)
    for member in answers["team"]["members"]:
        has_relation = "yes" if member["name"] == "杨教授" else "no"
        unit.does(
            "res",
            "declaration",
            member=member["name"],
            has_relation=has_relation,
            relation="在承接企业兼职，已备案",
        )
    unit.does("res", "submission")


def review_and_approve(unit: Unit) -> None:
    """The office, the departments and the approver, each on his own page."""
    for row in unit.case.declarations.all():
        unit.does("tto", "verification", declaration=row.pk, conclusion="属实")
    unit.does("tto", "confirmation", stage="application")
    unit.does("tto", "review", outcome="pass")
    speakers = {
        "科研": "tto",
        "财务": "fin",
        "国资": "tto",
        "人事": "hr",
        "纪检": "dis",
    }
    for department, name in speakers.items():
        refused = unit.post("apv", "decision", outcome="approve")
        assert "E-CC-03" in refused.content.decode()
        unit.does(name, "opinion", department=department, agrees="yes")
    unit.does("apv", "decision", outcome="approve")


def publish_notice(unit: Unit) -> None:
    """The notice: drafted from the case, checked, opened at both venues."""
    page = unit.client("tto").get(f"/my/grants/{unit.case.pk}/notice/")
    form = page.context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    assert given["is_insider"] == "yes"
    refused = unit.post("tto", "notice", **{**given, "insider_statement": ""})
    assert "E-OT-07" in refused.content.decode()
    unit.does("tto", "notice", **given)

    notice = unit.case.notice
    assert notice is not None
    room = f"/my/notices/{notice.pk}/"
    page = unit.client("tto").get(f"{room}edit/")
    form = page.context["form"]
    given = {name: form[name].value() or "" for name in form.fields if name != "file"}
    answer = unit.client("tto").post(f"{room}edit/", {**given, "submit": "1"})
    assert answer.status_code == 302, unescape(answer.content.decode())
    desk = f"/desk/notices/{notice.pk}/step/"
    unit.client("pla").post(desk, {"step": "review", "approve": "1"})
    unit.client("pla").post(desk, {"step": "publish"})
    assert unit.case.status == "awaiting_notice"
    unit.client("tto").post(f"{room}step/", {"step": "publish"})
    notice.refresh_from_db()
    venues = {row.venue for row in notice.venues.all()}
    assert venues == {Venue.UNIT.value, Venue.PLATFORM.value}


def clear_for_signing(unit: Unit) -> None:
    """Everything that the page shows as closed after the notice."""
    unit.does("res", "recheck", grounds="复核没有变化。", **CLEAN)
    unit.does("tto", "confirmation", stage="signing")
    for member in answers_of_m1()["team"]["members"]:
        paper = SimpleUploadedFile("声明.docx", word_file("行使优先受让权"))
        unit.does(
            "tto", "priority", member=member["name"], choice="exercise", paper=paper
        )


def sign_and_register(unit: Unit) -> None:
    """The signed agreement is filed, its titles are registered, the case goes on."""
    now = instant("2026-11-19 10:00")
    load_library(at=now)
    sheet = sheets.get_sheet(unit.case)
    answers = sheets.read(sheet)
    answers["dates"] = {**answers["dates"], "empowered_on": "2026-11-19"}
    by = unit.cast.actor("tto")
    sheets.write(unit.case, answers, version=sheet.version, by=by, at=now)
    paper = assembled(unit.cast, unit.case, "D-09", when=now)
    assert unit.case.status == "notice_closed"
    file(unit.cast, upload(unit.cast, paper, when=now), when=now)
    assert unit.case.status == "signed"
    refused = unit.post("tto", "registration")
    assert "E-PS-08" in refused.content.decode()
    for task in RecordalTask.objects.filter(kind="title_registration"):
        given = Application(now.date())
        done = submit_task(task, given, version=task.version, by=by, at=now)
        complete(unit.cast, done, when=now)
    unit.does("tto", "registration")


def test_m1_from_draft_to_the_day_of_signing(actors: Cast):
    unit = Unit(actors)
    with time_machine.travel(instant("2026-11-01 09:00"), tick=False):
        apply_and_submit(unit)
        assert (unit.case.status, unit.case.number) == ("submitted", "FQ-2026-0001")
        review_and_approve(unit)
    with time_machine.travel(instant("2026-11-02 10:00"), tick=False):
        publish_notice(unit)
        assert unit.case.status == "notice_open"
    with time_machine.travel(instant("2026-11-17 23:00"), tick=False):
        clear_for_signing(unit)
        assert unit.closed() == ["E-EM-04"]
        titles = [offer["title"] for offer in unit.page("tto").context["offers"]]
        assert "上传签署的协议" not in titles
    due.sweep(until=instant("2026-11-18 00:00"))
    with time_machine.travel(instant("2026-11-18 09:00"), tick=False):
        assert unit.case.status == "notice_closed"
        assert unit.closed() == []
        titles = [offer["title"] for offer in unit.page("tto").context["offers"]]
        assert "上传签署的协议" in titles
    with time_machine.travel(instant("2026-11-19 10:00"), tick=False):
        sign_and_register(unit)

    assert unit.case.status == "performed"
    steps = EvidenceEntry.objects.filter(
        subject=f"empowerment.EmpowermentCase:{unit.case.pk}", payload__has_key="to"
    ).values_list("kind", flat=True)
    assert list(steps) == [
        "empowerment.submit",
        "empowerment.pass_review",
        "empowerment.approve",
        "empowerment.publish",
        "empowerment.close_notice",
        "empowerment.sign",
        "empowerment.register",
    ]
