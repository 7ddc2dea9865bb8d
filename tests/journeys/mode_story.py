"""The steps that the six modes share: from the team's agreement to the filed bundle.

Every step is an action of the product at the day on which it happens; the clock is
moved, never the rows. What differs between the modes stands in their own files.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine

from cms.case_documents import actions as papers
from cms.case_documents.models import Paper
from cms.case_documents.payment_plan import plan_of
from cms.case_documents.queries.overview import Overview, Progress, overview_of
from cms.core import answers as sheets
from cms.core import clock, due
from cms.core.encryption import new_salt
from cms.core.evidence.verification import verify
from cms.core.subjects import subject_of
from cms.empowerment import actions
from cms.empowerment.facts import members_of
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.empowerment.notice_values import prefill_notice
from cms.empowerment.queries import DEPARTMENT_ROLES
from cms.notices import actions as notices
from cms.parties.models import Organization
from cms.payments.models import Payment
from cms.recordal.actions import Application, submit_task
from cms.recordal.models import RecordalTask
from cms.rules.empowerment import MODE_RULES, EmpowermentMode, PriorityChoice
from cms.rules.notices import Venue, rule_of
from cms.rules.payment_plans import check_plan, is_use_then_pay
from cms.rules.recordal import TaskKind
from cms.rules.roles import Role
from cms.rules.signed_papers import CONTRACTS, SignedDays
from cms.rules.supply_demand.negative_list import Condition, NegativeItem
from cms.rules.violations import RuleViolation
from cms.signed_papers.models import SignedPaper
from tests.conftest import Cast
from tests.factories import parties
from tests.factories.case_documents import full_answers
from tests.factories.notices import at
from tests.factories.recordal import complete
from tests.factories.signed_papers import SIGNED_ON, file, upload

CLEAN = {item.value: False for item in NegativeItem} | {
    item.value: True for item in Condition
}
AGREED_ON = date(2026, 10, 28)
OPENED, LAST_EVENING = "2026-11-02 10:00", "2026-11-17 23:00"
FIRST_MORNING, SIGNING_DAY = "2026-11-18 09:00", f"{SIGNED_ON} 10:00"
REGISTRATION_DAY = "2026-12-21 10:00"
TERM = {"starts_on": "2026-11-19", "ends_on": "2036-11-18"}


class Story:
    """One case of one mode, the people of its unit, and the clock they live by."""

    def __init__(
        self, cast: Cast, mode: EmpowermentMode, clock_hand: time_machine.Traveller
    ) -> None:
        self.cast, self.mode, self.clock_hand = cast, mode, clock_hand
        self.answers = answers_of(mode)
        _register(cast.unit, self.answers["unit"])
        _register(cast.enterprise, self.answers.get("company"))
        person = cast.user("res")
        person.full_name = self.answers["team"]["representative"]
        person.save()
        self.departments = {
            Role.HUMAN_RESOURCES: parties.make_actor(Role.HUMAN_RESOURCES, cast.unit),
            Role.DISCIPLINE: parties.make_actor(Role.DISCIPLINE, cast.unit),
            Role.FINANCE: cast.actor("fin"),
        }

    @property
    def case(self) -> EmpowermentCase:
        """The case as stored."""
        return EmpowermentCase.objects.get()

    @property
    def overview(self) -> Overview:
        """The bundle as its page tells it now."""
        return overview_of(self.case, at=clock.now())

    def day(self, text: str) -> None:
        """Let the clock show an instant of Shanghai."""
        self.clock_hand.move_to(at(text))

    def act(self, name: str) -> dict[str, Any]:
        """Return who acts, and when."""
        return {"by": self.cast.actor(name), "at": clock.now()}

    # The application

    def open(self) -> None:
        """Open the case; the team's agreement D-01 is signed and filed first."""
        papers.load_library(at=clock.now())
        representative = self.cast.user("res").pk
        case = actions.open_case(
            self.cast.unit,
            self.mode,
            representative_id=representative,
            title=self.answers["achievement"]["name"],
            answers=self.answers,
            **self.act("res"),
        )
        has_enterprise = "company" in self.answers
        actions.save_outline(
            case,
            version=case.version,
            outline=actions.Outline(
                self.mode,
                case.title,
                representative,
                enterprise=self.cast.enterprise if has_enterprise else None,
            ),
            **self.act("res"),
        )
        first = members_of(self.answers)[0].name
        actions.link_account(case, first, representative, **self.act("res"))
        self.assemble("D-01")
        self.file("D-01", SignedDays(AGREED_ON))

    def apply(self) -> None:
        """Check, declare, assemble the forms of the application, submit."""
        case = self.case
        stage = CheckStage.APPLICATION
        actions.fill_check(case, stage, CLEAN, "逐项核查", **self.act("res"))
        for row in self.answers["declarations"]:
            relation = row.get("relation") or "" if row["has_relation"] else ""
            actions.declare_relation(
                case, row["name"], row["has_relation"], relation, **self.act("res")
            )
        self.assemble(*self.ready("S2"))
        actions.submit_case(case, version=self.case.version, **self.act("res"))

    def review(self) -> None:
        """Verify, assemble the decision's papers, hear the departments, decide."""
        for row in self.case.declarations.all():
            actions.verify_declaration(row, "属实", **self.act("tto"))
        actions.confirm_check(self.case, CheckStage.APPLICATION, **self.act("tto"))
        version = self.case.version
        actions.pass_review(self.case, version=version, **self.act("tto"))
        self.assemble(*self.ready("S3"))
        for department in self.case.departments:
            role = DEPARTMENT_ROLES.get(department, Role.TRANSFER_OFFICE)
            by = self.departments.get(role, self.cast.actor("tto"))
            actions.give_opinion(
                self.case, department, True, "同意", by=by, at=clock.now()
            )
        version = self.case.version
        actions.decide_case(self.case, True, "", version=version, **self.act("apv"))

    # The notice

    def publish(self) -> None:
        """Draft the notice from the answers; publish it at every venue it needs."""
        values = prefill_notice(self.case, self.answers)
        title = f"{self.case.title}赋权公示"
        draft = actions.open_notice(self.case, title, values, **self.act("tto"))
        notices.submit_notice(draft, **self.act("tto"))
        required = rule_of(MODE_RULES[self.mode].notice).required
        checker = "pla" if Venue.PLATFORM in required else "apv"
        notices.approve_notice(draft, **self.act(checker))
        for venue in required:
            name = "pla" if venue is Venue.PLATFORM else "tto"
            notices.publish_notice(draft, venue, **self.act(name))

    def close(self) -> None:
        """Let the sweep come by at the end of the last day."""
        due.sweep(until=at("2026-11-18 00:00"))

    # The contracts

    def clear(self) -> None:
        """Open the gates of the signing."""
        stage = CheckStage.SIGNING
        actions.fill_check(self.case, stage, CLEAN, "复核", **self.act("res"))
        actions.confirm_check(self.case, stage, **self.act("tto"))
        if MODE_RULES[self.mode].is_ownership:
            for member in members_of(self.answers):
                choice = PriorityChoice.WAIVED
                actions.record_priority(
                    self.case, member.name, choice, None, **self.act("tto")
                )

    def date_contracts(self) -> None:
        """Take over the days of the procedure; agree on the day of signing."""
        sheet = sheets.get_sheet(self.case)
        papers.refresh_answers(self.case, version=sheet.version, **self.act("tto"))
        sheet = sheets.get_sheet(self.case)
        day = SIGNED_ON.isoformat()
        dates = sheets.read(sheet)["dates"]
        dates |= {"empowered_on": day, "signed_on": day, "effective_on": day}
        papers.save_page(
            self.case, "dates", dates, version=sheet.version, **self.act("tto")
        )

    def ready(self, step: str = "") -> list[str]:
        """Return the instruments of a step that can be assembled now."""
        rows = self.overview.ready
        return [row.instrument for row in rows if row.step.startswith(step)]

    def assemble(self, *instruments: str) -> list[Paper]:
        """Assemble papers, all or none."""
        salts = [new_salt() for _ in instruments]
        return papers.assemble_bundle(
            self.case, instruments, salts=salts, **self.act("tto")
        )

    def paper(self, instrument: str) -> Paper:
        """Return the newest version of a paper."""
        rows = Paper.objects.filter(case=subject_of(self.case), instrument=instrument)
        return rows.order_by("number").last()

    def upload(
        self, instrument: str, body: bytes | None = None, **changes: Any
    ) -> SignedPaper:
        """Upload the signed copy of the newest version."""
        paper = self.paper(instrument)
        return upload(self.cast, paper, body, when=clock.now(), **changes)

    def file(
        self,
        instrument: str,
        days: SignedDays | None = None,
        body: bytes | None = None,
    ) -> SignedPaper:
        """Upload what was signed as it was assembled, and file it."""
        signed = self.upload(instrument, body)
        assert signed.status == "to_compare"
        assert signed.found_changes == [], signed.found_changes
        chosen: dict[str, object] = {} if days is None else {"days": days}
        return file(self.cast, signed, when=clock.now(), **chosen)

    def register(self) -> None:
        """Have every title registered that the contracts move, then say so (PS-02)."""
        titles = RecordalTask.objects.filter(
            contract__case=subject_of(self.case), kind=TaskKind.TITLE_REGISTRATION.value
        )
        assert bool(titles) is MODE_RULES[self.mode].is_ownership
        if titles:
            with pytest.raises(RuleViolation) as refused:
                self._say_registered()
            assert refused.value.code == "E-PS-08"
        self.day(REGISTRATION_DAY)
        for task in titles.order_by("position"):
            given = Application(clock.now().date())
            applied = submit_task(task, given, version=task.version, **self.act("tto"))
            complete(self.cast, applied, when=clock.now())
        self._say_registered()

    def _say_registered(self) -> None:
        version = self.case.version
        actions.register_title(self.case, version=version, **self.act("tto"))

    # The whole

    def run_to_the_signing(self) -> None:
        """From the team's agreement to the morning on which contracts are assembled."""
        self.day(f"{AGREED_ON} 09:00")
        self.open()
        self.day("2026-10-29 09:00")
        self.apply()
        assert (self.case.status, self.case.number) == ("submitted", "FQ-2026-0001")
        self.day("2026-10-30 09:00")
        self.review()
        self.day(OPENED)
        self.publish()
        assert self.case.status == "notice_open"
        self.day(LAST_EVENING)
        self.clear()
        self.date_contracts()
        self.close()
        self.day(FIRST_MORNING)
        assert self.case.status == "notice_closed"
        self.assemble(*self.ready())
        assert self.overview.lacking is None

    def contracts(self) -> list[str]:
        """Return the contracts of the case in the order of its bundle."""
        needed = [row for row in self.overview.rows if row.paper is not None]
        return [row.instrument for row in needed if row.instrument in CONTRACTS]

    def check_the_end(self) -> None:
        """Hold what is true of every mode once its bundle is filed."""
        overview = self.overview
        done = {
            row.instrument: row.progress
            for row in overview.rows
            if row.progress is not Progress.UNUSED
        }
        filed = {one for one, state in done.items() if state is Progress.FILED}
        assert filed == {"D-01", *self.contracts()}
        assert set(done.values()) == {Progress.FILED, Progress.ASSEMBLED}
        assert overview.disagreements == ()
        assert overview.broken_rules == ()
        assert self.case.status_label == "履行中"
        self.check_no_label()
        assert verify().findings == []

    def check_no_label(self) -> None:
        """A grant to a team is never 先使用后付费, however it is paid (E-FP-23)."""
        plan = replace(plan_of(sheets.answers_of(self.case)), is_for_enterprise=False)
        assert not is_use_then_pay(plan)
        assert "E-FP-23" in [one.code for one in check_plan(plan)]

    def payments(self) -> list[tuple[str, str, str]]:
        """Return what is to be paid: kind, sum or formula, last day."""
        rows = Payment.objects.filter(contract=subject_of(self.case))
        return [
            (
                row.kind_label,
                row.formula or str(row.amount),
                row.latest_on.isoformat() if row.latest_on else "",
            )
            for row in rows.order_by("position")
        ]


def answers_of(mode: EmpowermentMode) -> dict[str, Any]:
    """Return the demo answers of a mode, its days as this story goes."""
    answers = full_answers(mode.value)
    answers["dates"] = {
        "team_agreement_on": AGREED_ON.isoformat(),
        "signed_at": answers["dates"]["signed_at"],
    }
    if "grant" in answers:
        # The trigger of M3 lies years after the signing.
        answers["grant"] |= {"triggered_on": None, "trigger_fact": None}
    if not MODE_RULES[mode].is_ownership:
        answers["empowerment"] |= TERM
        answers["license"] |= TERM
        if "free_ends_on" in answers["license"]:
            free = {"free_starts_on": "2026-11-19", "free_ends_on": "2029-11-18"}
            answers["license"] |= free
        if "use_ends_on" in answers.get("equity", {}):
            days = {f"use_{name}": day for name, day in TERM.items()}
            answers["equity"] |= days
    return answers


def _register(organization: Organization, named: Mapping[str, Any] | None) -> None:
    """Let the register know a party as the answers name it."""
    if named is not None:
        organization.name = named["name"]
        organization.credit_code = named["credit_code"]
        organization.save()
