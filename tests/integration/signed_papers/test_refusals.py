"""What keeps a copy out of the archive, and what happens to those inside (AS-09)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cms.case_documents import actions as papers
from cms.case_documents.faults import AssemblyError
from cms.case_documents.models import Paper, TemplateVersion
from cms.core.encryption import new_salt
from cms.core.models import EvidenceEntry
from cms.payments.models import Payment
from cms.rules.signed_papers import Conclusion, SignedDays
from cms.rules.violations import RuleViolation, RuleViolations
from cms.signed_papers import actions
from cms.signed_papers.effective import effective_answers
from cms.signed_papers.models import SignedPaper
from tests.factories.agreements import make_agreement
from tests.factories.notices import at
from tests.factories.signed_papers import (
    CLOSED,
    OPENED,
    SIGNED_ON,
    agreement_answers,
    assembled,
    days_of,
    file,
    filing_of,
    make_signable_case,
    upload,
)

MADE, WHEN = at("2026-11-18 09:00"), at("2026-11-19 10:00")


@pytest.fixture
def case(templates, actors):
    return make_signable_case(actors, opened=at(OPENED), closed=at(CLOSED))


def refused(act, *arguments, **named) -> list[str]:
    with pytest.raises((RuleViolation, RuleViolations)) as caught:
        act(*arguments, **named)
    error = caught.value
    found = error.violations if isinstance(error, RuleViolations) else [error]
    return [one.code for one in found]


def file_as(actors, who, signed, *, version=None, when=WHEN, **changes):
    return actions.file_signed_paper(
        signed,
        filing_of(signed, **changes),
        version=signed.version if version is None else version,
        salt=new_salt(),
        by=actors.actor(who),
        at=when,
    )


def test_refusals_of_a_filing_change_nothing(case, actors):
    paper = assembled(actors, case, "D-11", when=MADE)
    signed = upload(
        actors, paper, when=WHEN, changes={"2036年11月1日": "2037年11月1日"}
    )
    entries = EvidenceEntry.objects.count()
    days = days_of(signed)

    def codes(who="tto", **changes):
        return refused(file_as, actors, who, signed, **changes)

    assert codes("res") == ["E-ST-02"]
    assert codes("tto2") == ["E-ST-02"]
    assert codes(version=99) == ["E-ST-04"]
    assert codes(days=SignedDays(None)) == ["E-SG-01", "E-SG-01"]
    assert codes(days=replace(days, ends_on=None)) == ["E-SG-01"]
    assert codes(days=replace(days, ends_on=date(2037, 11, 1))) == ["E-SG-22"]
    assert codes(signatories=[]) == ["E-SG-07"]
    assert codes(is_confirmed=False) == ["E-SG-10"]
    assert codes(conclusion=Conclusion.CHANGED) == ["E-SG-09"]
    short = {"empowerment.ends_on": "2036-10-30"}
    changed = {"conclusion": Conclusion.CHANGED, "new_values": short}
    ends = replace(days, ends_on=date(2036, 10, 30))
    assert codes(days=ends, **changed) == ["E-EM-03"]
    with pytest.raises(AssemblyError) as caught:
        file_as(actors, "tto", signed, new_values={"empowerment.ends_on": "2036-13-1"})
    assert [(f.code, f.field) for f in caught.value.faults] == [
        ("E-AS-47", "empowerment.ends_on")
    ]

    signed.refresh_from_db()
    case.refresh_from_db()
    assert (signed.status, case.signed_on) == ("to_compare", None)
    assert EvidenceEntry.objects.count() == entries


def test_g10_paper_signed_within_the_notice_is_refused(case, actors):
    paper = assembled(actors, case, "D-11", when=at("2026-11-16 09:00"))
    signed = upload(actors, paper, when=WHEN)
    early = SignedDays(date(2026, 11, 17), SIGNED_ON, date(2036, 11, 1))

    assert refused(file_as, actors, "tto", signed, days=early) == ["E-EM-04"]

    on_time = SignedDays(date(2026, 11, 18), SIGNED_ON, date(2036, 11, 1))
    assert file_as(actors, "tto", signed, days=on_time).status == "filed"


def test_h14_contract_without_its_price_notice_is_not_filed(templates, actors):
    agreement = make_agreement(actors, when=MADE, answers=agreement_answers(actors))
    paper = assembled(actors, agreement, "D-31", when=MADE)
    signed = upload(actors, paper, when=WHEN)

    assert refused(file_as, actors, "tto", signed) == ["E-NT-04"]

    agreement.refresh_from_db()
    assert (agreement.signed_on, Payment.objects.count()) == (None, 0)


def test_contracts_follow_the_grant_in_order(case, actors):
    grant = assembled(actors, case, "D-11", when=MADE)
    license_ = assembled(actors, case, "D-22", when=MADE)
    second = upload(actors, license_, when=WHEN)
    assert refused(file_as, actors, "tto", second) == ["E-SG-17"]
    first = file(actors, upload(actors, grant, when=WHEN), when=WHEN)

    earlier = replace(days_of(second), signed_on=date(2026, 11, 18))
    assert refused(file_as, actors, "tto", second, days=earlier) == ["E-AS-02"]
    with pytest.raises(RuleViolation, match="E-ST-01"):
        file_as(actors, "tto", first)
    file_as(actors, "tto", second)
    assert refused(upload, actors, license_, when=WHEN) == ["E-SG-15"]


def test_replacement_keeps_the_old_and_changes_no_payment(case, actors):
    grant = assembled(actors, case, "D-11", when=MADE)
    file(actors, upload(actors, grant, when=WHEN), when=WHEN)
    paper = assembled(actors, case, "D-22", when=MADE)
    old = file(actors, upload(actors, paper, when=WHEN), when=WHEN)
    later = WHEN + timedelta(days=1)

    reason = "原扫描缺第三页"
    newer = upload(
        actors, paper, when=later, reason=reason, changes={"柳州仲裁委员会": "柳州仲裁"}
    )
    priced = {"license.fee": "1.00"}
    other = {"conclusion": Conclusion.CHANGED, "new_values": priced}
    assert refused(file_as, actors, "tto", newer, when=later, **other) == ["E-SG-18"]
    newer = file(actors, newer, when=later)

    old.refresh_from_db()
    assert (old.status, newer.status, newer.replaces) == ("replaced", "filed", old)
    assert newer.replacement_reason == reason
    assert Payment.objects.get().amount == Decimal("300000.00")
    assert effective_answers(old)["license"]["fee"] == "300000.00"


def test_j19_filed_version_keeps_its_template(case, actors):
    grant = assembled(actors, case, "D-11", when=MADE)
    file(actors, upload(actors, grant, when=WHEN), when=WHEN)
    first = assembled(actors, case, "D-22", when=MADE)
    old = first.template
    manifest = old.manifest.replace('version = "2026.1"', 'version = "2026.2"')
    content = bytes(old.content)
    TemplateVersion.objects.filter(pk=old.pk).update(status="retired")
    newer = TemplateVersion.objects.create(
        instrument="D-22",
        name=old.name,
        title=old.title,
        version="2026.2",
        sha256="f" * 64,
        source="f" * 64,
        content=content,
        manifest=manifest,
        status="approved",
        valid_from=MADE.date(),
        proposed_at=MADE,
    )
    second = assembled(actors, case, "D-22", when=MADE)
    assert (second.number, second.template_id) == (2, newer.pk)

    file(actors, upload(actors, first, when=WHEN), when=WHEN)

    states = Paper.objects.filter(case=first.case, instrument="D-22")
    assert list(states.values_list("number", "status", "template_id")) == [
        (2, "superseded", newer.pk),
        (1, "filed", old.pk),
    ]
    assert SignedPaper.objects.get(paper=first).paper.template == old
    with pytest.raises(RuleViolation, match="E-SG-23"):
        papers.assemble_paper(
            case, "D-22", salt=new_salt(), by=actors.actor("tto"), at=WHEN
        )
