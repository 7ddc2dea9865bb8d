"""Versions of templates: shipped, uploaded, proposed, decided by another (AS-02)."""

from dataclasses import replace

import pytest

from cms.case_documents import actions
from cms.case_documents.actions.template_drafts import MOST_DRAFTS
from cms.case_documents.models import TemplateDraft, TemplateVersion
from cms.case_documents.templates_in_use import LIBRARY, version_in_use
from cms.core.models import EvidenceEntry
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import at, word_file
from tests.factories.templates import (
    MANIFEST,
    PROPOSAL,
    changed,
    propose,
    upload,
)

WHEN = at("2026-11-20 09:00")


def refused(act, *arguments, **named):
    with pytest.raises(RuleViolation) as refusal:
        act(*arguments, **named)
    return refusal.value.code


def codes(draft: TemplateDraft) -> set[str]:
    return {one["code"] for one in draft.faults}


def test_library_is_taken_into_use_once(db):
    papers = list(LIBRARY.glob("*/*.docx"))

    assert actions.load_library(at=WHEN) == len(papers)
    assert actions.load_library(at=WHEN) == 0
    assert TemplateVersion.objects.filter(status="approved").count() == len(papers)
    assert version_in_use("D-22").title == "一次性许可合同"


def test_unknown_instrument_is_told(db):
    assert refused(version_in_use, "D-22") == "E-CD-01"


def test_upload_of_an_instrument_without_template_is_refused(actors: Cast):
    given = actions.Upload("D-22", changed())

    code = refused(actions.upload_draft, given, by=actors.actor("tto"), at=WHEN)

    assert code == "E-CD-01"


def test_upload_is_judged_compared_and_kept(actors: Cast, templates):
    draft = upload(actors.actor("tto"), when=WHEN)

    assert draft.faults == []
    assert draft.facts["version"] == version_in_use("D-22").version
    assert draft.changes["texts"][0]["after"] == "双方确认已经通读全文。"
    assert (draft.deep_state, draft.deep_faults) == ("done", [])
    assert draft.deep_done == draft.deep_total > 20


def test_every_fault_of_an_upload_is_kept(actors: Cast, templates):
    content = changed("｛｛ unit.name ｝｝，{{ unit.nmae }}，{{ unit.name")
    given = actions.Upload("D-22", content)

    draft = actions.upload_draft(given, by=actors.actor("tto"), at=WHEN)

    assert codes(draft) == {"E-AL-01", "E-AL-03", "E-AL-04"}
    assert refused(
        actions.propose_draft, draft, PROPOSAL, by=actors.actor("tto"), at=WHEN
    ) == ("E-CD-05")


def test_hostile_upload_is_kept_unread(actors: Cast, templates):
    given = actions.Upload("D-22", word_file("{{ x.__class__ }}"))

    draft = actions.upload_draft(given, by=actors.actor("tto"), at=WHEN)

    assert draft.faults
    assert "sha256" not in draft.facts


def test_faults_of_the_manifest_are_told_with_those_of_the_file(
    actors: Cast, templates
):
    broken = MANIFEST.replace('layout = "contract"', 'layout = "leaflet"')
    given = actions.Upload("D-22", changed("｛｛ unit.name ｝｝"), broken)

    draft = actions.upload_draft(given, by=actors.actor("tto"), at=WHEN)

    assert codes(draft) == {"E-AS-40", "E-AL-03"}


def test_manifest_of_another_instrument_is_told(actors: Cast, templates):
    other = MANIFEST.replace('instrument = "D-22"', 'instrument = "D-23"')
    by = actors.actor("tto")
    given = actions.Upload("D-22", changed(), other)

    draft = actions.upload_draft(given, by=by, at=WHEN)
    actions.run_deep_check(draft)

    assert refused(actions.propose_draft, draft, PROPOSAL, by=by, at=WHEN) == "E-CD-03"


def test_draft_is_not_proposed_before_every_combination_was_checked(
    actors: Cast, templates
):
    by = actors.actor("tto")
    draft = actions.upload_draft(actions.Upload("D-22", changed()), by=by, at=WHEN)

    assert refused(actions.propose_draft, draft, PROPOSAL, by=by, at=WHEN) == "E-CD-06"


def test_fault_of_one_combination_keeps_a_draft_from_being_proposed(
    actors: Cast, templates
):
    by = actors.actor("tto")
    left_over = "{% if clause.exclusive %}独占{% endif %}"
    draft = upload(by, when=WHEN, sentence=left_over)

    assert [one["code"] for one in draft.deep_faults] == ["E-AL-18"]
    assert refused(actions.propose_draft, draft, PROPOSAL, by=by, at=WHEN) == "E-CD-05"


def test_version_number_is_given_once_and_written_into_the_manifest(
    actors: Cast, templates
):
    by = actors.actor("tto")
    draft = upload(by, when=WHEN)
    same = replace(PROPOSAL, version=version_in_use("D-22").version)
    assert refused(actions.propose_draft, draft, same, by=by, at=WHEN) == "E-CD-04"

    made = actions.propose_draft(draft, PROPOSAL, by=by, at=WHEN)

    assert (made.version, str(made.valid_from)) == ("2026.2", "2027-01-01")
    assert 'version = "2026.2"\nvalid_from = 2027-01-01\n' in made.manifest
    assert TemplateDraft.objects.count() == 0


def test_manifest_whose_version_stands_on_no_line_of_its_own_is_refused(
    actors: Cast, templates
):
    by = actors.actor("tto")
    hidden = MANIFEST.replace('version = "2026.1"', '"version" = "2026.1"')
    given = actions.Upload("D-22", changed(), hidden)
    draft = actions.upload_draft(given, by=by, at=WHEN)
    actions.run_deep_check(draft)

    assert refused(actions.propose_draft, draft, PROPOSAL, by=by, at=WHEN) == "E-CD-08"


def test_changed_template_is_used_once_another_person_approved_it(
    actors: Cast, templates
):
    shipped = version_in_use("D-22")
    bureau, other = actors.actor("stb"), actors.actor("stb2")
    proposed = propose(bureau, when=WHEN)
    assert version_in_use("D-22") == shipped

    assert refused(actions.approve_template, proposed, by=bureau, at=WHEN) == "E-ST-03"
    actions.approve_template(proposed, by=other, at=WHEN)

    assert version_in_use("D-22") == proposed
    shipped.refresh_from_db()
    assert shipped.status == "retired"
    assert refused(actions.approve_template, proposed, by=other, at=WHEN) == "E-ST-01"
    assert actions.load_library(at=WHEN) == 0
    assert version_in_use("D-22") == proposed


def test_office_of_a_unit_proposes_but_does_not_decide(actors: Cast, templates):
    proposed = propose(actors.actor("tto"), when=WHEN)
    by = actors.actor("tto1b")

    assert refused(actions.approve_template, proposed, by=by, at=WHEN) == "E-ST-02"
    assert refused(actions.reject_template, proposed, "不妥", by=by, at=WHEN) == (
        "E-ST-02"
    )


def test_same_template_is_not_stored_twice(actors: Cast, templates):
    propose(actors.actor("tto"), when=WHEN)
    again = upload(actors.actor("stb"), when=WHEN)
    proposal = replace(PROPOSAL, version="2026.3")

    assert refused(
        actions.propose_draft, again, proposal, by=actors.actor("stb"), at=WHEN
    ) == ("E-CD-02")


def test_rejected_template_is_put_aside_with_the_reason(actors: Cast, templates):
    proposed = propose(actors.actor("tto"), when=WHEN)
    by = actors.actor("stb")
    assert refused(actions.reject_template, proposed, " ", by=by, at=WHEN) == "E-CD-07"

    actions.reject_template(proposed, "与第三条重复。", by=by, at=WHEN)

    proposed.refresh_from_db()
    assert (proposed.status, proposed.reason) == ("rejected", "与第三条重复。")
    assert version_in_use("D-22") != proposed
    entry = EvidenceEntry.objects.get(kind="template.rejected")
    assert "与第三条重复。" in str(entry.payload)


def test_enterprise_uploads_no_templates(actors: Cast, templates):
    given = actions.Upload("D-22", b"")

    code = refused(actions.upload_draft, given, by=actors.actor("ent"), at=WHEN)

    assert code == "E-ST-02"


def test_draft_of_another_is_neither_discarded_nor_proposed(actors: Cast, templates):
    draft = upload(actors.actor("tto"), when=WHEN)
    other = actors.actor("stb")

    assert refused(actions.discard_draft, draft, by=other) == "E-ST-02"
    assert refused(actions.propose_draft, draft, PROPOSAL, by=other, at=WHEN) == (
        "E-ST-02"
    )


def test_oldest_drafts_of_an_author_give_way(actors: Cast, templates):
    by = actors.actor("tto")
    kept = actions.upload_draft(
        actions.Upload("D-22", b"x"), by=actors.actor("stb"), at=WHEN
    )
    uploaded = [
        actions.upload_draft(actions.Upload("D-22", b"x"), by=by, at=WHEN).pk
        for _ in range(MOST_DRAFTS + 1)
    ]

    left = set(TemplateDraft.objects.values_list("pk", flat=True))
    assert left == {kept.pk, *uploaded[1:]}
