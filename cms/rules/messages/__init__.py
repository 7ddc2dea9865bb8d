"""Register of messages: code → Chinese text → articles of the plan.

One module per family of codes; the names in the braces and what fills them are
listed in `parameters.PARAMETERS`.
"""

from itertools import chain

from cms.rules.messages import (
    calendar,
    case_documents,
    catalog,
    demands,
    empowerment,
    files,
    forms,
    gates,
    notices,
    parties,
    payments,
    recordal,
    signed_papers,
    supply_demand,
    trading,
    units,
)
from cms.rules.messages.message import Message

__all__ = ["MESSAGES", "Message"]

MESSAGES: dict[str, Message] = {
    entry.code: entry
    for entry in chain(
        gates.MESSAGES,
        files.MESSAGES,
        forms.MESSAGES,
        notices.MESSAGES,
        parties.MESSAGES,
        empowerment.MESSAGES,
        trading.MESSAGES,
        supply_demand.MESSAGES,
        demands.MESSAGES,
        units.MESSAGES,
        case_documents.MESSAGES,
        payments.MESSAGES,
        recordal.MESSAGES,
        signed_papers.MESSAGES,
        catalog.MESSAGES,
        calendar.MESSAGES,
    )
}
