"""Changed templates on their way: uploaded, checked, proposed."""

from datetime import date, datetime

from assembly.drafting import draft
from cms.case_documents import actions
from cms.case_documents.models import TemplateDraft, TemplateVersion
from cms.case_documents.templates_in_use import LIBRARY
from cms.core.actors import Actor

LICENSE = LIBRARY / "use_right" / "one_time_license.docx"
MANIFEST = LICENSE.with_suffix(".toml").read_text("utf-8")
OUTLINE = LICENSE.with_suffix(".outline.txt").read_text("utf-8")
SENTENCE = "双方确认已经通读全文。"
PROPOSAL = actions.Proposal("2026.2", date(2027, 1, 1), "补充说明")


def changed(sentence: str = SENTENCE) -> bytes:
    """Return D-22 with one more sentence at its end."""
    return draft(f"{OUTLINE}\n{sentence}\n")


def upload(by: Actor, *, when: datetime, sentence: str = SENTENCE) -> TemplateDraft:
    """Upload a changed D-22 and check every combination."""
    made = actions.upload_draft(
        actions.Upload("D-22", changed(sentence)), by=by, at=when
    )
    actions.run_deep_check(made)
    made.refresh_from_db()
    return made


def propose(by: Actor, *, when: datetime, sentence: str = SENTENCE) -> TemplateVersion:
    """Propose a changed D-22."""
    made = upload(by, when=when, sentence=sentence)
    return actions.propose_draft(made, PROPOSAL, by=by, at=when)


def make_in_use(count: int, when: datetime) -> None:
    """Make templates in use, one version of as many instruments, without files."""
    TemplateVersion.objects.bulk_create(
        TemplateVersion(
            instrument=f"D-{place}",
            name=f"示例{place}",
            title=f"示例{place}",
            version="2026.1",
            sha256=f"{place:064}",
            source="",
            content=b"",
            manifest="",
            status="approved",
            valid_from=when.date(),
            proposed_at=when,
            approved_at=when,
        )
        for place in range(count)
    )
