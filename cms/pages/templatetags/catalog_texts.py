"""Texts of catalogue rows for templates."""

from django import template

from cms.achievements.display import describe_price, labels_of
from cms.achievements.models import PublicContent
from cms.achievements.queries import CatalogRow
from cms.rules.achievements import TransferMode
from cms.rules.vocabularies import (
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
    Vocabulary,
)

register = template.Library()


def _label_filter(name: str, vocabulary: Vocabulary) -> None:
    """Register a filter that turns a code of a vocabulary into its label."""

    def label(code: str) -> str:
        return vocabulary.label(code)

    register.filter(name, label)


_label_filter("field_label", TECHNOLOGY_FIELDS)
_label_filter("industry_label", INDUSTRIES)
_label_filter("district_label", DISTRICTS)


@register.filter
def price_text(row: CatalogRow | PublicContent) -> str:
    """Return the reference price as the public reads it."""
    return describe_price(row.reference_price, row.price_note)


@register.filter
def modes_text(row: CatalogRow | PublicContent) -> str:
    """Return the ways of transformation."""
    return labels_of(TransferMode, row.transfer_modes)


@register.filter
def has_pay_label(row: CatalogRow | PublicContent) -> bool:
    """Whether an offer gave the label 先使用后付费 (FP-01)."""
    return TransferMode.USE_THEN_PAY.value in row.transfer_modes
