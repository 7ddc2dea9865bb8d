"""Demo cases: one of each mode, each in a telling state; all content is invented."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from cms.achievements.models import Achievement
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.empowerment import actions
from cms.empowerment.facts import members_of
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.empowerment.notice_values import prefill_notice
from cms.empowerment.queries import DEPARTMENT_ROLES
from cms.notices import actions as notices
from cms.notices.models import Notice
from cms.parties.models import Organization, User
from cms.parties.queries import get_actor
from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentMode,
    EmpowermentState,
    PriorityChoice,
)
from cms.rules.notices import Venue, rule_of
from cms.rules.roles import Role
from cms.rules.supply_demand.negative_list import Condition, NegativeItem
from cms.rules.violations import RuleViolation

_FOLDER = settings.ROOT / "fixtures" / "demo" / "answers"
_CLEAN = {item.value: False for item in NegativeItem} | {
    item.value: True for item in Condition
}
_M, _S = EmpowermentMode, EmpowermentState
_PEOPLE = ("tto", "res", "apv", "fin", "hr", "dis")


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One case: of which unit (its logins' ending), how far, begun when."""

    mode: EmpowermentMode
    unit: str
    state: EmpowermentState
    days_ago: int


CASES = (
    DemoCase(_M.M4, "", _S.PERFORMED, 48),
    DemoCase(_M.M5, "2", _S.NOTICE_CLOSED, 40),
    DemoCase(_M.M2, "", _S.NOTICE_OPEN, 20),
    DemoCase(_M.M1, "", _S.AWAITING_APPROVAL, 12),
    DemoCase(_M.M6, "2", _S.SUBMITTED, 6),
    DemoCase(_M.M3, "2", _S.DRAFT, 3),
)


def answers_for(mode: EmpowermentMode) -> dict[str, Any]:
    """Return the complete demo answers of a mode."""
    text = (_FOLDER / f"{mode.value}.json").read_text(encoding="utf-8")
    answers: dict[str, Any] = json.loads(text)
    return answers


def load_demo(at: datetime) -> None:
    """Load what is missing of the demo cases."""
    for plan in CASES:
        users = {
            name: User.objects.filter(username=f"demo-{name}{plan.unit}").first()
            for name in _PEOPLE
        }
        people = {name: get_actor(user) for name, user in users.items() if user}
        if len(people) < len(_PEOPLE):
            continue
        people["pla"] = get_actor(User.objects.get(username="demo-pla"))
        owner_id = min(people["tto"].organizations_as(Role.TRANSFER_OFFICE))
        known = EmpowermentCase.objects.filter(owner_id=owner_id, mode=plan.mode.value)
        if not known.exists():
            with writing():
                _Story(plan, owner_id, people, at).tell()


class _Story:
    """Carries one case from its draft to its state, act by act."""

    def __init__(
        self, plan: DemoCase, owner_id: int, people: Mapping[str, Actor], at: datetime
    ) -> None:
        begun = at.astimezone(SHANGHAI) - timedelta(days=plan.days_ago)
        self.at = begun.replace(hour=9, minute=30, second=0, microsecond=0)
        self.plan, self.people, self.now = plan, people, at
        self.unit = Organization.objects.get(pk=owner_id)
        self.answers = answers_for(plan.mode)

    def tell(self) -> None:
        """Take the steps in order until the state is reached."""
        self.case = self._open()
        for step in (self._submit, self._review, self._decide, self._publish):
            if self.case.status == self.plan.state:
                return
            step()
            self.case.refresh_from_db()
        if self.case.status == _S.NOTICE_CLOSED:
            self._clear()
        if self.plan.state is _S.PERFORMED and self.case.status == _S.NOTICE_CLOSED:
            self._perform()

    def _open(self) -> EmpowermentCase:
        by = self.people["res"]
        ledger = self.answers["achievement"]["ledger_number"]
        entry = Achievement.objects.filter(owner=self.unit, ledger_number=ledger)
        case = actions.open_case(
            self.unit,
            self.plan.mode,
            representative_id=by.person_id,
            title=self.answers["achievement"]["name"],
            achievement=entry.first(),
            answers=self.answers,
            by=by,
            at=self.at,
        )
        outline = actions.Outline(
            self.plan.mode,
            case.title,
            by.person_id,
            enterprise=self._enterprise(),
        )
        case = actions.save_outline(
            case, version=case.version, outline=outline, by=by, at=self.at
        )
        first = members_of(self.answers)[0].name
        actions.link_account(case, first, by.person_id, by=by, at=self.at)
        self._check(case, CheckStage.APPLICATION)
        for row in self.answers["declarations"]:
            parts = [str(row.get(name, "")) for name in ("party", "relation", "note")]
            relation = "；".join(part for part in parts if part)
            has_relation = bool(row["has_relation"])
            actions.declare_relation(
                case,
                row["name"],
                has_relation,
                relation if has_relation else "",
                by=by,
                at=self.at,
            )
        return case

    def _enterprise(self) -> Organization | None:
        code = self.answers.get("company", {}).get("credit_code", "")
        return Organization.objects.filter(credit_code=code).first()

    def _check(self, case: EmpowermentCase, stage: CheckStage) -> None:
        rows = self.answers["negative_list"]["items"]
        grounds = "\n".join(f"{row['item']}：{row['evidence']}" for row in rows)
        by, office = self.people["res"], self.people["tto"]
        actions.fill_check(case, stage, _CLEAN, grounds, by=by, at=self.at)
        if stage is CheckStage.SIGNING:
            actions.confirm_check(case, stage, by=office, at=self.at)

    def _submit(self) -> None:
        self.at += timedelta(days=1)
        actions.submit_case(
            self.case, version=self.case.version, by=self.people["res"], at=self.at
        )

    def _review(self) -> None:
        self.at += timedelta(days=2)
        office = self.people["tto"]
        for row in self.case.declarations.all():
            actions.verify_declaration(row, "属实", by=office, at=self.at)
        stage = CheckStage.APPLICATION
        actions.confirm_check(self.case, stage, by=office, at=self.at)
        case = actions.pass_review(
            self.case, version=self.case.version, by=office, at=self.at
        )
        spoken = self.answers["approval"]["opinions"]
        if self.plan.state is _S.AWAITING_APPROVAL:
            spoken = spoken[:2]
        speakers = {role: name for name, role in zip(_PEOPLE, _ROLES, strict=True)}
        for row in spoken:
            role = DEPARTMENT_ROLES.get(row["department"], Role.TRANSFER_OFFICE)
            by = self.people[speakers[role]]
            actions.give_opinion(
                case, row["department"], True, row["opinion"], by=by, at=self.at
            )

    def _decide(self) -> None:
        self.at += timedelta(days=3)
        actions.decide_case(
            self.case,
            True,
            "",
            version=self.case.version,
            by=self.people["apv"],
            at=self.at,
        )

    def _publish(self) -> None:
        """Publish at every venue; close what ran out."""
        self.at += timedelta(days=1)
        office = self.people["tto"]
        rule = MODE_RULES[self.plan.mode]
        what = "赋权暨协议定价公示" if rule.is_priced else "赋权公示"
        values = prefill_notice(self.case, self.answers)
        draft = actions.open_notice(
            self.case, f"{self.case.title}{what}", values, by=office, at=self.at
        )
        notices.submit_notice(draft, by=office, at=self.at)
        checker = "pla" if Venue.PLATFORM in rule_of(rule.notice).required else "apv"
        notices.approve_notice(draft, by=self.people[checker], at=self.at)
        try:
            for venue in rule_of(rule.notice).required:
                by = self.people["pla"] if venue is Venue.PLATFORM else office
                notices.publish_notice(draft, venue, by=by, at=self.at)
        except RuleViolation as refused:
            # Near a year's end the next year's holidays are not known yet (T-07).
            if refused.code != "E-NT-03":
                raise
            return
        notice = Notice.objects.get(pk=draft.pk)
        if notice.close_at is not None and notice.close_at <= self.now:
            notices.close_notice(notice, at=notice.close_at)
            self.at = notice.close_at + timedelta(hours=10)

    def _clear(self) -> None:
        """Open the gates of the signing."""
        self._check(self.case, CheckStage.SIGNING)
        if MODE_RULES[self.plan.mode].is_ownership:
            for member in members_of(self.answers):
                actions.record_priority(
                    self.case,
                    member.name,
                    PriorityChoice.WAIVED,
                    None,
                    by=self.people["tto"],
                    at=self.at,
                )

    def _perform(self) -> None:
        office, signed_on = self.people["tto"], self.at.date()
        case = actions.sign_case(
            self.case,
            signed_on=signed_on,
            effective_on=signed_on,
            ends_on=date.fromisoformat(self.answers["empowerment"]["ends_on"]),
            by=office,
            at=self.at,
        )
        self.at += timedelta(days=4)
        case = actions.register_title(case, version=case.version, by=office, at=self.at)
        self.at += timedelta(days=1)
        text = "走访团队，了解菌剂试制进展，协助办理许可备案。"
        actions.record_service(case, self.at.date(), text, by=office, at=self.at)


_ROLES = (
    Role.TRANSFER_OFFICE,
    Role.RESEARCHER,
    Role.APPROVER,
    Role.FINANCE,
    Role.HUMAN_RESOURCES,
    Role.DISCIPLINE,
)
