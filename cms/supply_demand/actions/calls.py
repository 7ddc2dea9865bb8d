"""Collection calls (征集文件, FP-07): draft, publication, close, withdrawal."""

from dataclasses import dataclass
from datetime import datetime

from cms.core import due, numbering, transitions
from cms.core.actors import SYSTEM, Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.core.pages import add_page, save_page
from cms.rules.personal_data import check_public_text
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import CALL, CallEvent, CallState, check_window
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.models import Call, CallIndexPage, CallPage
from cms.supply_demand.tree import get_index_page

CLOSE = "call.close"


@dataclass(frozen=True, slots=True)
class CallContent:
    """What a call says; `closes_at` is 24:00 of its last day as a rule."""

    title: str
    scope: str
    body: str
    contact: str
    opens_at: datetime
    closes_at: datetime


def save_call(
    call: Call | None, content: CallContent, *, by: Actor, at: datetime
) -> Call:
    """Keep a draft; a published call is never edited.

    Raises:
        RuleViolation, RuleViolations: E-CB-01, E-CB-02, E-ST-01, E-ST-02.
    """
    _check_bureau(by)
    _check_content(content)
    with writing():
        draft = Call.objects.select_for_update().get(pk=call.pk) if call else Call()
        if draft.status != CallState.DRAFT:
            raise RuleViolation(
                "E-ST-01", state=CallState(draft.status).label, event="修改"
            )
        for name in CallContent.__dataclass_fields__:
            setattr(draft, name, getattr(content, name))
        draft.submitted_by_id = by.user_id
        draft.created_at = draft.created_at or at
        draft.save()
        return draft


def publish_call(call: Call, *, by: Actor, at: datetime) -> CallPage:
    """Publish a call: number, page, timer of its close.

    Raises:
        RuleViolation: E-CB-01 (over already), E-SE-02, E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        check_window(call.opens_at, call.closes_at, at)
        for field in ("title", "body"):
            check_public_text(getattr(call, field), field=field)
        _step(call, CallEvent.PUBLISH, by=by, at=at)
        call.number = numbering.next_number("ZJ", at.astimezone(SHANGHAI).year)
        call.page = add_page(
            get_index_page(CallIndexPage),
            CallPage(
                title=call.title,
                draft_title=call.title,
                slug=call.number.lower(),
                number=call.number,
                state=call.status,
                scope=call.scope,
                body=call.body,
                contact=call.contact,
                opens_at=call.opens_at,
                closes_at=call.closes_at,
                published_at=at,
            ),
            at=at,
        )
        call.save(update_fields=["number", "page"])
        due.schedule(CLOSE, call, call.closes_at)
        return call.page


def close_call(call: Call, *, at: datetime) -> Call:
    """Close a call at its legal end (due row `call.close`)."""
    with writing():
        if CALL.find(call.status, CallEvent.CLOSE):
            _step(call, CallEvent.CLOSE, by=SYSTEM, at=at)
            _show_state(call, at)
        return call


def withdraw_call(call: Call, *, by: Actor, at: datetime) -> Call:
    """Take a published call back; entries filed under it keep their batch."""
    with writing():
        _step(call, CallEvent.WITHDRAW, by=by, at=at)
        due.cancel(CLOSE, call, at=at)
        _show_state(call, at)
        return call


def _show_state(call: Call, at: datetime) -> None:
    page = call.page
    if page is not None:
        page.state = call.status
        save_page(page, at=at)


def _step(call: Call, event: CallEvent, *, by: Actor, at: datetime) -> None:
    transitions.apply(CALL, call, event, by=by, roles=by.roles, at=at)


def _check_bureau(by: Actor) -> None:
    if not by.has(Role.BUREAU):
        raise RuleViolation("E-ST-02", event=CallEvent.PUBLISH.label)


def _check_content(content: CallContent) -> None:
    labels = {"title": "名称", "scope": "征集范围", "body": "征集内容"}
    missing = [
        RuleViolation("E-CB-02", field=name, fields=label)
        for name, label in labels.items()
        if not getattr(content, name).strip()
    ]
    if missing:
        raise RuleViolations(missing)
    if content.opens_at >= content.closes_at:
        raise RuleViolation("E-CB-01", field="closes_on")
