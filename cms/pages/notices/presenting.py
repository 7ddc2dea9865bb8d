"""What the templates of notices show; states are computed, never read as stored."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from cms.notices.models import NoticePage
from cms.notices.overview import TONES
from cms.notices.periods import derive, inputs_of_page, taken_changes
from cms.notices.queries import state_at
from cms.rules.counting import DerivedDay
from cms.rules.notices import NoticeKind, NoticeState, cut_off_sentence, time_left
from cms.rules.shanghai_time import format_close, to_shanghai
from cms.rules.violations import RuleViolation


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice of a list: labels, cut-off with 24:00, time left."""

    number: str
    title: str
    url: str
    kind: str
    unit: str
    state: str
    tone: str
    published_at: datetime
    updated_at: datetime
    close: str
    until: str
    left: str
    is_running: bool


def line_of(page: NoticePage, at: datetime) -> NoticeLine:
    """Return the line of a page as an instant shows it."""
    state = shown_state(page, at)
    close_at = page.effective_close_at or page.close_at
    is_running = state is NoticeState.OPEN and not page.is_provisional
    return NoticeLine(
        number=page.number,
        title=page.title,
        url=f"/notices/{page.number}/",
        kind=NoticeKind(page.kind).label,
        unit=page.unit_name,
        state=state.label,
        tone=TONES.get(state, ""),
        published_at=page.published_at,
        updated_at=page.last_published_at or page.published_at,
        close=close_text(page, state),
        until=to_shanghai(close_at).isoformat(),
        left=time_left(close_at, at) if is_running else "",
        is_running=is_running and at < close_at,
    )


def shown_state(page: NoticePage, at: datetime) -> NoticeState:
    """Return the state that an instant shows."""
    return state_at(
        page.state, page.effective_close_at, at, is_provisional=page.is_provisional
    )


def close_text(page: NoticePage, state: NoticeState) -> str:
    """Return the close as a list shows it."""
    if state is NoticeState.SUSPENDED:
        return "中止期间不计时"
    if state is NoticeState.TERMINATED:
        return "已终止"
    text = format_close(page.effective_close_at or page.close_at)
    return f"{text}（暂定）" if page.is_provisional else text


def remarks_of(page: NoticePage, at: datetime) -> list[str]:
    """Return what a reader must know about the period beside its cut-off."""
    state = shown_state(page, at)
    remarks = []
    if state is NoticeState.SUSPENDED:
        since = next((start for start, end in page.stops if end is None), None)
        if since:
            shown = to_shanghai(datetime.fromisoformat(since))
            remarks.append(f"已于{shown:%Y-%m-%d %H:%M}中止，恢复后重新推算届满时间。")
    if page.is_provisional:
        remarks.append("届满时间为暂定：所依据年份的节假日安排尚未公布。")
    if state is NoticeState.OPEN and at >= page.close_at:
        remarks.append("平台公示期已届满，尚待单位内部公示届满。")
    elif state is NoticeState.OPEN and page.effective_close_at is None:
        remarks.append("单位内部公示另行计算期限，以较晚届满者为准。")
    elif page.effective_close_at and page.effective_close_at > page.close_at:
        later = format_close(page.effective_close_at)
        remarks.append(f"单位内部公示较晚届满，公示期以{later}为准。")
    return remarks


@dataclass(frozen=True, slots=True)
class Derivation:
    """How the close was derived: the days, the calculator's link, a warning."""

    days: tuple[DerivedDay, ...]
    calculator_url: str
    differs: bool


def sentence_of(
    page: NoticePage, at: datetime, close_at: datetime | None = None
) -> str:
    """Return the sentence on the cut-off as the state allows it.

    `close_at` is the platform's own close where nothing else is given.
    """
    sentence = cut_off_sentence(close_at or page.close_at)
    state = shown_state(page, at)
    if state is NoticeState.TERMINATED:
        return "本公示已终止，不再计算公示期"
    if state is NoticeState.SUSPENDED:
        return f"公示期停止计算，恢复后重新推算（中止前：{sentence}）"
    return f"{sentence}（暂定）" if page.is_provisional else sentence


def derivation_of(page: NoticePage) -> Derivation:
    """Return the derivation of a page's close under the calendar in force."""
    inputs = inputs_of_page(page)
    stops, days = taken_changes(inputs)
    query = [
        ("rule", inputs.rule),
        ("opened_at", to_shanghai(inputs.opened_at).isoformat(timespec="seconds")),
        *(("suspend", str(stop)) for stop in stops),
        *(("extend", str(count)) for count in days),
    ]
    url = f"/deadline/?{urlencode(query)}"
    try:
        deadline = derive(inputs)
    except RuleViolation:
        return Derivation((), url, True)
    return Derivation(
        deadline.derivation,
        url,
        deadline.close_at != page.close_at,
    )


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the public record, for components/timeline.html."""

    at: datetime
    title: str
    text: str
    by: str = ""


def history_of(rows: list[dict[str, str]]) -> list[HistoryLine]:
    """Return the public record, oldest first."""
    return [
        HistoryLine(datetime.fromisoformat(row["at"]), row["title"], row["text"])
        for row in rows
    ]
