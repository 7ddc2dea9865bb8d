"""Words of a notice: cut-off sentence, fixed text, short code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cms.rules.notices.fields import fields_of, printed
from cms.rules.notices.kinds import NoticeKind
from cms.rules.shanghai_time import last_day_before

# Crockford's alphabet: no I, L, O, U, so a code can be read out and retyped.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


def cut_off_sentence(close_at: datetime) -> str:
    """Return the sentence that is printed on every notice (T-03)."""
    day = last_day_before(close_at)
    return f"公示期自次日起算，至{day.year}年{day.month}月{day.day}日24时止"


def time_left(close_at: datetime, at: datetime) -> str:
    """Return what is left of a period, rounded down to minutes."""
    left = close_at - at
    if left.total_seconds() <= 0:
        return "已届满"
    hours, seconds = divmod(left.seconds, 3600)
    if left.days:
        return f"剩余{left.days}天{hours}小时"
    return f"剩余{hours}小时{seconds // 60}分钟"


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """An attachment as the fixed text names it; `size` in bytes."""

    name: str
    size: int
    sha256: str


def compose_text(
    kind: str,
    number: str,
    title: str,
    owner: str,
    values: Mapping[str, str],
    attachments: Sequence[AttachmentFacts] = (),
) -> str:
    """Return the fixed text whose hash is published (CC-07).

    The period is not part of it: a stop or an extension moves the close but
    never the content (OT-23).
    """
    lines = [
        NoticeKind(kind).label,
        f"编号：{number}",
        f"标题：{title}",
        f"发布单位：{owner}",
    ]
    for spec in fields_of(kind):
        lines.append(f"{spec.label}：{printed(spec, values.get(spec.name, ''))}")
    for position, item in enumerate(attachments, start=1):
        lines.append(
            f"附件{position}：{item.name}（{item.size}字节，SHA-256 {item.sha256}）"
        )
    return normalized("\n".join(lines))


def normalized(text: str) -> str:
    """Return the text with one kind of line end and no trailing blanks.

    A pasted copy gains carriage returns and blanks at line ends; neither is
    content, so both are removed before hashing.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def short_code(*parts: str) -> str:
    """Return the verification code that belongs to `parts` (50 bits)."""
    digest = sha256("|".join(parts).encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, index = divmod(number, 32)
        letters.append(_ALPHABET[index])
    return "".join(letters)


def read_code(text: str) -> str:
    """Return a typed code in its stored form: capitals, no blanks or hyphens."""
    plain = text.upper().replace("-", "").replace(" ", "")
    return plain.translate(str.maketrans("OIL", "011"))
