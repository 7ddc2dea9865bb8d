"""Models of supply and demand; each noun has its file."""

from cms.supply_demand.models.agreements import Agreement, AgreementKind
from cms.supply_demand.models.applications import (
    Application,
    ReviewComment,
    Submission,
)
from cms.supply_demand.models.calls import (
    Call,
    CallIndexPage,
    CallPage,
    Event,
    EventIndexPage,
    EventInvitation,
    EventPage,
    EventRegistration,
)
from cms.supply_demand.models.demands import (
    Demand,
    DemandDecision,
    DemandIndexPage,
    DemandPage,
    DemandSubmission,
)
from cms.supply_demand.models.matches import IntentRecord, Match
from cms.supply_demand.models.offers import OfferIndexPage, OfferPage, OfferRevision

__all__ = [
    "Agreement",
    "AgreementKind",
    "Application",
    "Call",
    "CallIndexPage",
    "CallPage",
    "Demand",
    "DemandDecision",
    "DemandIndexPage",
    "DemandPage",
    "DemandSubmission",
    "Event",
    "EventIndexPage",
    "EventInvitation",
    "EventPage",
    "EventRegistration",
    "IntentRecord",
    "Match",
    "OfferIndexPage",
    "OfferPage",
    "OfferRevision",
    "ReviewComment",
    "Submission",
]
