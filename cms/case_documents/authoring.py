"""The author's desk: stored templates and drafts given to the limited process."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from assembly import AssemblyError, Fault, authoring
from assembly.authoring import Judgment, Limits, Source
from assembly.package import LIMITS as UPLOAD_LIMITS
from cms.case_documents.models import TemplateDraft, TemplateVersion
from cms.case_documents.templates_in_use import DICTIONARY

_PARTS = {
    "document": "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "core": "文件属性",
}
MOST_BYTES = UPLOAD_LIMITS.file_size
LIMITS = Limits()
Changes = Mapping[str, Any]


def source_of(template: TemplateVersion | TemplateDraft) -> Source:
    """Return a stored template with the shared dictionary of today."""
    return source(bytes(template.content), template.manifest)


def source(content: bytes, manifest: str) -> Source:
    """Return a Word file and a manifest with the shared dictionary of today."""
    return Source(content, manifest, DICTIONARY.read_text("utf-8"))


def judge(source: Source, in_use: TemplateVersion) -> Judgment:
    """Return all that is wrong with an upload, and what it changes.

    A judgment that was stopped at a limit is a fault as well.
    """
    try:
        return authoring.judged(source, source_of(in_use), LIMITS)
    except AssemblyError as stopped:
        return Judgment(stopped.faults, is_readable=False, facts={}, changes={})


def steps_of_deep_check(draft: TemplateDraft) -> Iterator[Mapping[str, Any]]:
    """Yield how far the check of every combination is, and last its findings."""
    return authoring.deepened(source_of(draft))


def commented_copy(draft: TemplateDraft) -> bytes:
    """Return the draft with every fault as a comment.

    Raises:
        AssemblyError: E-AS-37, or the file cannot be read safely.
    """
    faults = faults_of(draft.faults) + faults_of(draft.deep_faults)
    return authoring.commented(source_of(draft), faults, LIMITS)


def sample_paper(template: TemplateVersion | TemplateDraft) -> bytes:
    """Return the paper of invented data; AssemblyError: none can be made."""
    return authoring.filled(source_of(template), LIMITS)


def outline_of(version: TemplateVersion) -> str:
    """Return the outline of a stored version; AssemblyError: E-AS-37."""
    return _outline(source_of(version))


@lru_cache(maxsize=32)
def _outline(source: Source) -> str:
    return authoring.outlined(source, LIMITS)


def changes_between(older: TemplateVersion, newer: TemplateVersion) -> Changes:
    """Return what the newer version changes, as data of `TemplateChanges`."""
    return _changes(source_of(older), source_of(newer))


@lru_cache(maxsize=32)
def _changes(older: Source, newer: Source) -> Changes:
    return authoring.differences(older, newer, LIMITS)


def tracked_changes(
    older: TemplateVersion,
    newer: TemplateVersion | TemplateDraft,
    *,
    author: str,
    at: datetime,
) -> bytes:
    """Return the newer Word file with tracked changes against the older."""
    sources = source_of(older), source_of(newer)
    return authoring.tracked(*sources, author=author, at=at, limits=LIMITS)


def faults_of(stored: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Return stored faults as faults."""
    return [Fault(**one) for one in stored]


def errors_of(stored: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Return the stored faults that keep a template from being proposed."""
    return [one for one in faults_of(stored) if one.code.startswith("E")]


def place_in_words(one: Fault) -> str:
    """Return where a fault stands, as an author looks for it in Word."""
    if not one.part:
        return f"清单 {one.field}" if one.code == "E-AS-40" and one.field else ""
    name = PurePosixPath(one.part).stem
    part = _PARTS.get(name.rstrip("0123456789"), one.part)
    return f"{part} 第{one.paragraph}段" if one.paragraph else part
