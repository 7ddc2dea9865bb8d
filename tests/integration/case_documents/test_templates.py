"""Versions of templates: shipped, proposed, approved by another (AS-02)."""

import pytest

from assembly import AssemblyError
from assembly.drafting import draft
from cms.case_documents import actions
from cms.case_documents.models import TemplateVersion
from cms.case_documents.templates_in_use import LIBRARY, version_in_use
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import at, word_file

WHEN = at("2026-11-20 09:00")
LICENSE = LIBRARY / "use_right" / "one_time_license.docx"


MANIFEST = LICENSE.with_suffix(".toml").read_text("utf-8")
OUTLINE = LICENSE.with_suffix(".outline.txt").read_text("utf-8")


def propose(cast: Cast, sentence: str) -> TemplateVersion:
    content = draft(f"{OUTLINE}\n{sentence}\n")
    return actions.propose_template(
        content, MANIFEST, "补充说明", by=cast.actor("tto"), at=WHEN
    )


def refused(act, *arguments, **named):
    with pytest.raises(RuleViolation) as refusal:
        act(*arguments, **named)
    return refusal.value.code


def test_library_is_taken_into_use_once(db):
    papers = list(LIBRARY.glob("*/*.docx"))

    assert actions.load_library(at=WHEN) == len(papers)
    assert actions.load_library(at=WHEN) == 0
    assert TemplateVersion.objects.filter(status="approved").count() == len(papers)
    assert version_in_use("D-22").title == "一次性许可合同"


def test_unknown_instrument_is_told(db):
    assert refused(version_in_use, "D-22") == "E-CD-01"


def test_hostile_upload_is_refused(actors: Cast):
    with pytest.raises(AssemblyError):
        actions.propose_template(
            word_file("{{ x.__class__ }}"),
            MANIFEST,
            "",
            by=actors.actor("tto"),
            at=WHEN,
        )
    assert TemplateVersion.objects.count() == 0


def test_changed_template_is_used_once_another_person_approved_it(actors: Cast):
    actions.load_library(at=WHEN)
    shipped = version_in_use("D-22")
    proposed = propose(actors, "双方确认已经通读全文。")
    assert version_in_use("D-22") == shipped
    office, other = actors.actor("tto"), actors.actor("tto1b")

    assert refused(actions.approve_template, proposed, by=office, at=WHEN) == "E-ST-03"
    actions.approve_template(proposed, by=other, at=WHEN)

    assert version_in_use("D-22") == proposed
    shipped.refresh_from_db()
    assert shipped.status == "retired"
    assert refused(actions.approve_template, proposed, by=other, at=WHEN) == "E-ST-01"
    assert actions.load_library(at=WHEN) == 0
    assert version_in_use("D-22") == proposed


def test_same_template_is_not_stored_twice(actors: Cast):
    propose(actors, "双方确认已经通读全文。")

    assert refused(propose, actors, "双方确认已经通读全文。") == "E-CD-02"


def test_rejected_template_is_put_aside(actors: Cast):
    actions.load_library(at=WHEN)
    proposed = propose(actors, "双方确认已经通读全文。")

    actions.reject_template(proposed, by=actors.actor("tto1b"), at=WHEN)

    assert version_in_use("D-22") != proposed


def test_enterprise_proposes_no_templates(actors: Cast):
    code = refused(
        actions.propose_template, b"", MANIFEST, "", by=actors.actor("ent"), at=WHEN
    )

    assert code == "E-ST-02"
