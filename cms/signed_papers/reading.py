"""From pages to a comparison: what was read, how, and how it differs (AS-09)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cms.case_documents.models import Paper
from cms.case_documents.signed_text import (
    Page,
    Reading,
    TooDifferent,
    Unreadable,
    compare_with,
    has_recognition,
    read_text,
)
from cms.rules.canonical_json import dump, plain
from cms.rules.signed_papers import KEPT_UNREAD, SignedPaperEvent
from cms.rules.violations import RuleViolation

OTHER_TEXT = "other_text"
NO_RECOGNITION = "no_recognition"
NOT_RECOGNIZED = "not_recognized"
GIVEN_UP = "given_up"
_BY_HAND = "请逐页人工核对后归档。"
UNREAD_WORDS = {
    "broken": f"文件结构有损坏，系统读不出文字；能够打开查看的，{_BY_HAND}",
    "too_large": f"文件展开后过大，系统没有读取；{_BY_HAND}",
    "too_slow": f"读取用时过长，系统已停止；{_BY_HAND}",
    OTHER_TEXT: f"文字远多于组装的文书，没有比对；确认没有选错文件的，{_BY_HAND}",
    NO_RECOGNITION: f"服务器没有安装文字识别程序，扫描页没有文字；{_BY_HAND}",
    NOT_RECOGNIZED: f"有页面没有识别出文字；{_BY_HAND}",
    GIVEN_UP: f"没有等待文字识别；{_BY_HAND}",
}
"""Why a machine's comparison is missing or incomplete, in words for the office."""


@dataclass(frozen=True, slots=True)
class ReadPages:
    """What a reading leaves: the pages, the next step, and the reason if unread."""

    pages: tuple[Page, ...]
    event: SignedPaperEvent
    reason: str
    method: str
    unread: tuple[int, ...]
    comparison: str


def read_upload(paper: Paper, body: bytes) -> ReadPages:
    """Read the text layer of an upload and compare it; no lock is held meanwhile.

    Files that cannot be read are kept for a person where a viewer may still show
    them (`KEPT_UNREAD`): damaged structure, too much inside, too slow.

    Raises:
        RuleViolation: E-FL-03 (no PDF), E-FL-04 (encrypted: an archive must open
            without a password), E-SG-12 (more pages than one paper can have).
    """
    try:
        reading = read_text(body)
    except Unreadable as error:
        if error.reason in KEPT_UNREAD:
            event = SignedPaperEvent.KEEP_UNREAD
            return ReadPages((), event, error.reason, "none", (), "[]")
        raise _refusal(error) from error
    unread = reading.textless
    if unread and has_recognition():
        event, reason = SignedPaperEvent.RECOGNIZE, ""
        return ReadPages(reading.pages, event, reason, reading.method, unread, "[]")
    return concluded(paper, reading.pages, NO_RECOGNITION)


def concluded(paper: Paper, pages: Sequence[Page], lacking: str) -> ReadPages:
    """Return the end of a reading; `lacking` says why pages may have no text."""
    reading = Reading(tuple(pages))
    reason = lacking if reading.textless else ""
    comparison = "[]"
    try:
        if reading.text.strip():
            found = compare_with(paper, reading.pages)
            comparison = as_json([asdict(change) for change in found])
    except TooDifferent:
        reason = OTHER_TEXT
    event = SignedPaperEvent.KEEP_UNREAD if reason else SignedPaperEvent.READ
    return ReadPages(
        reading.pages, event, reason, reading.method, reading.textless, comparison
    )


def pages_to_json(pages: Iterable[Page], tried: Iterable[int] = ()) -> str:
    """Return pages as they are stored; `tried` went through text recognition."""
    known = set(tried)
    return as_json(
        [
            {
                "number": page.number,
                "text": page.text,
                "is_ocr": page.is_ocr,
                "is_tried": page.number in known,
            }
            for page in pages
        ]
    )


def pages_from(rows: Iterable[dict[str, Any]]) -> list[Page]:
    """Return stored pages."""
    return [Page(row["number"], row["text"], row["is_ocr"]) for row in rows]


def as_json(value: object) -> str:
    """Return plain data as text; what a hostile file may hold is replaced."""
    cleaned = json.loads(json.dumps(value).replace("\\u0000", " "))
    return dump(plain(_without_surrogates(cleaned))).decode()


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return value


def _refusal(error: Unreadable) -> RuleViolation:
    if error.reason == "encrypted":
        return RuleViolation("E-FL-04", field="files", name="签署件")
    if error.reason == "not_pdf":
        return RuleViolation("E-FL-03", field="files", name="签署件")
    return RuleViolation("E-SG-12", field="files", reason=str(error).rstrip("。"))
