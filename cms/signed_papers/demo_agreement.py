"""Demo data: one 先使用后付费 contract, from the match to the first payment told."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.case_documents.actions import assemble_bundle
from cms.case_documents.agreement_notice import notice_title, notice_values
from cms.case_documents.known import known_of_agreement, known_of_match
from cms.case_documents.signed_text import lines_of
from cms.core import answers as sheets
from cms.core import private_files
from cms.core.actors import Actor
from cms.core.encryption import new_salt
from cms.core.locks import writing
from cms.core.subjects import subject_of
from cms.notices import actions as notices
from cms.notices.models import Notice
from cms.parties.models import Organization, User
from cms.parties.queries import get_actor
from cms.payments.actions import Fact, trigger_payment
from cms.payments.file_rights import PURPOSE
from cms.payments.models import Payment
from cms.rules.counting import last_day_of_right
from cms.rules.notices import Venue
from cms.rules.payment_papers import PaymentPaperKind
from cms.rules.shanghai_time import start_of
from cms.rules.signed_papers import Conclusion, SignedDays
from cms.rules.supply_demand.matching import ContactFacts
from cms.rules.violations import RuleViolation
from cms.signed_papers.actions import (
    Filing,
    PaperDetails,
    UploadedPage,
    file_signed_paper,
    make_payment_paper,
    upload_signed_paper,
)
from cms.signed_papers.prefill import people_of
from cms.signed_papers.text_pdf import text_pdf
from cms.supply_demand.actions import agreements, matches
from cms.supply_demand.actions.agreement_approval import approve_agreement
from cms.supply_demand.models import Agreement, AgreementKind, OfferPage

_ANSWERS = settings.ROOT / "fixtures" / "demo" / "agreement.json"
_TITLE = "商用车轻量化横梁的分区控温冲压技术"
_DAYS_AGO, _YEARS = 36, 5
_PEOPLE = ("demo-ent", "demo-tto", "demo-apv", "demo-pla")
_NOTICE: dict[str, Any] = {
    "has_insider": False,
    "department": "科技成果转化中心",
    "handler": "蒋转化",
    "phone": "0772-2800001",
    "address": "广西壮族自治区柳州市城中区示例大道1号",
    "price_formula": "零门槛费；两个阶段付款共20万元；另按许可产品净销售额的3%提成。",
}


def load_agreement(at: datetime) -> None:
    """Carry the contract as far as the calendar lets it, once."""
    people = {
        user.username: get_actor(user)
        for user in User.objects.filter(username__in=_PEOPLE)
    }
    offer = OfferPage.objects.filter(title=_TITLE).first()
    if len(people) < len(_PEOPLE) or offer is None:
        return
    if not Agreement.objects.filter(title=_TITLE).exists():
        with writing():
            _Story(offer, people, at).tell()


class _Story:
    """The contract's way, act by act."""

    def __init__(
        self, offer: OfferPage, people: Mapping[str, Actor], at: datetime
    ) -> None:
        begun = start_of((at - timedelta(days=_DAYS_AGO)).date())
        self.at = begun + timedelta(hours=9, minutes=30)
        self.now, self.offer, self.people = at, offer, people
        self.ent, self.tto = people["demo-ent"], people["demo-tto"]

    def tell(self) -> None:
        """Match, contract, approval, notice; then signing and the first event."""
        self._match()
        self._draw_up()
        if not self._publish():
            return
        self._sign()
        self._report()

    def _match(self) -> None:
        enterprise = Organization.objects.get(
            pk=min(owner for owner, _ in self.ent.memberships)
        )
        self.match = matches.express_interest_in_offer(
            self.offer,
            enterprise,
            note="我公司有同类横梁的量产线，希望先使用、投产后付费。",
            contact=ContactFacts("陶精工", "13800000101", "tao@example.com"),
            by=self.ent,
            at=self.at,
        )
        self.match = matches.accept_match(
            self.match,
            reply="同意对接，请来校看样件。",
            contact=ContactFacts("蒋转化", "13800000201", "jiang.t@example.com"),
            by=self.tto,
            at=self._later(hours=5),
        )

    def _draw_up(self) -> None:
        self.agreement = agreements.open_agreement(
            self.match,
            AgreementKind.LICENSE,
            answers=self._answers(),
            by=self.tto,
            at=self._later(hours=1),
        )
        self.agreement = approve_agreement(
            self.agreement,
            version=self.agreement.version,
            by=self.people["demo-apv"],
            at=self._later(hours=2),
        )

    def _answers(self) -> dict[str, Any]:
        """Return complete answers; what register and match know goes over them."""
        answers: dict[str, Any] = json.loads(_ANSWERS.read_text("utf-8"))
        for name, values in known_of_match(self.match).items():
            answers[name] = {**answers.get(name, {}), **values}
        return {**answers, "notice": _NOTICE}

    def _publish(self) -> bool:
        """Publish on both venues; whether the notice has run out by now."""
        draft = agreements.open_agreement_notice(
            self.agreement,
            notice_title(self.agreement),
            notice_values(self.agreement),
            by=self.tto,
            at=self._later(hours=14),
        )
        platform = self.people["demo-pla"]
        notices.submit_notice(draft, by=self.tto, at=self.at)
        notices.approve_notice(draft, by=platform, at=self._later(hours=1))
        try:
            notices.publish_notice(draft, Venue.PLATFORM, by=platform, at=self.at)
            notices.publish_notice(draft, Venue.UNIT, by=self.tto, at=self.at)
        except RuleViolation as refused:
            # Near a year's end the next year's holidays are not known yet (T-07).
            if refused.code != "E-NT-03":
                raise
            return False
        notice = Notice.objects.get(pk=draft.pk)
        if notice.close_at is None or notice.close_at > self.now:
            return False
        notices.close_notice(notice, at=notice.close_at)
        self.at = notice.close_at + timedelta(hours=10)
        self.agreement.refresh_from_db()
        return True

    def _sign(self) -> None:
        """Date the contract, assemble it, file the copy that comes back signed."""
        day = self.at.date()
        self._date(day)
        salts = [new_salt()]
        [paper] = assemble_bundle(
            self.agreement, ["D-31"], salts=salts, by=self.tto, at=self.at
        )
        page = UploadedPage("签署件.pdf", text_pdf(lines_of(paper)))
        signed = upload_signed_paper(
            paper, [page], by=self.tto, at=self._later(hours=3)
        )
        days = SignedDays(day, day, last_day_of_right(day, _YEARS))
        filing = Filing(Conclusion.AS_ASSEMBLED, days, people_of(paper))
        file_signed_paper(
            signed,
            filing,
            version=signed.version,
            salt=new_salt(),
            by=self.tto,
            at=self.at,
        )
        self.agreement.refresh_from_db()
        agreements.take_effect(self.agreement, at=self.at)

    def _date(self, day: date) -> None:
        """Put the days of the contract into its answers, counted from the signing."""
        sheet = sheets.get_sheet(self.agreement)
        answers = sheets.read(sheet)
        ends_on = last_day_of_right(day, _YEARS).isoformat()
        signing = {"signed_on": day.isoformat(), "effective_on": day.isoformat()}
        known = known_of_agreement(self.agreement)["dates"]
        answers["dates"] = {**known, **signing, "signed_at": "广西柳州"}
        answers["license"] |= {"starts_on": day.isoformat(), "ends_on": ends_on}
        answers["payment"] |= {
            "royalty_starts_on": day.isoformat(),
            "royalty_ends_on": ends_on,
            "latest_on": ends_on,
            "first_due_on": date(day.year + 2, 12, 31).isoformat(),
        }
        for years, row in enumerate(answers["payments"], start=2):
            row["latest_on"] = date(day.year + years, 12, 31).isoformat()
        delivered = (day + timedelta(days=30)).isoformat()
        answers["terms"] |= {"delivery_on": delivered, "plan": _PLAN}
        sheets.write(
            self.agreement, answers, version=sheet.version, by=self.tto, at=self.at
        )

    def _report(self) -> None:
        """Let the enterprise tell that the first batch has passed its tests."""
        self.at = max(self.at, self.now - timedelta(days=2))
        row = Payment.objects.filter(contract=subject_of(self.agreement)).first()
        if row is None:
            return
        report = text_pdf("用户验收报告（示例）\n首批横梁装车验收合格。")
        file = private_files.store(
            SimpleUploadedFile("用户验收报告（示例）.pdf", report),
            by=self.ent,
            owner_id=row.owner_id,
            purpose=PURPOSE,
            at=self.at,
        )
        told = Fact(self.at.date(), "首批200件横梁装车验收合格。", file)
        row = trigger_payment(row, told, version=row.version, by=self.ent, at=self.at)
        make_payment_paper(
            row,
            PaymentPaperKind.CONFIRMATION,
            PaperDetails("柳示理函〔示例〕52号", self.at.date()),
            salt=new_salt(),
            by=self.tto,
            at=self.at,
        )

    def _later(self, *, hours: int) -> datetime:
        self.at += timedelta(hours=hours)
        return self.at


_PLAN = "签约后三十日内交付技术资料，三个月内完成许可备案，次年年内投产。"
