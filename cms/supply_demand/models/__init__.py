"""Models of supply and demand; each noun has its file."""

from cms.supply_demand.models.applications import (
    Application,
    ReviewComment,
    Submission,
)
from cms.supply_demand.models.offers import OfferIndexPage, OfferPage, OfferRevision

__all__ = [
    "Application",
    "OfferIndexPage",
    "OfferPage",
    "OfferRevision",
    "ReviewComment",
    "Submission",
]
