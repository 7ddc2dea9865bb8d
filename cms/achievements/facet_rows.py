"""Public rows as the index wants them: columns, facet values, sort keys."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from cms.achievements.catalog_query import VOCABULARY_FACETS
from cms.rules.achievements import PublicStatus

FacetValue = tuple[str, str]
_COLUMNS = (
    "page_ptr_id",
    "title",
    "number",
    "unit_id",
    "unit__name",
    "technology_field",
    "district",
    "industry",
    "stage",
    "trl",
    "ip_kinds",
    "transfer_modes",
    "pricing_method",
    "payment_form",
    "reference_price",
    "published_at",
    "revised_at",
)
_NO_PRICE = 10**20


def read_rows(pages: Any) -> Iterable[tuple[Any, ...]]:
    """Return the listed rows of a queryset, the oldest first."""
    return (
        pages.filter(public_status=PublicStatus.PUBLISHED.value, live=True)
        .order_by("published_at", "page_ptr_id")
        .values_list(*_COLUMNS)
        .iterator(chunk_size=2000)
    )


@cache
def _plain(name: str, value: str) -> FacetValue:
    """Return one shared pair: 100,000 rows have few different values."""
    return (name, value)


@cache
def _with_ancestors(name: str, code: str) -> tuple[FacetValue, ...]:
    above = VOCABULARY_FACETS[name].ancestors(code)
    return (_plain(name, code), *(_plain(name, term.code) for term in above))


def facet_values(row: tuple[Any, ...]) -> tuple[FacetValue, ...]:
    """Return all facet values of a row, those of higher levels included."""
    payment = (_plain("payment", row[13]),) if row[13] else ()
    return (
        _plain("unit", str(row[3])),
        _plain("stage", row[8]),
        _plain("trl", str(row[9])),
        _plain("price_mode", row[12]),
        *payment,
        *(_plain("ip", kind) for kind in row[10]),
        *(_plain("mode", mode) for mode in row[11]),
        *_with_ancestors("field", row[5]),
        *_with_ancestors("region", row[6]),
        *_with_ancestors("industry", row[7]),
    )


def sort_keys(row: tuple[Any, ...]) -> dict[str, int]:
    """Return one integer per sort; ties go to the newer row, then the higher id."""
    recency = (_micros(row[15]) << 40) + row[0]
    price = _NO_PRICE if row[14] is None else int(row[14] * 100)
    unpriced = row[14] is None
    return {
        "newest": -recency,
        "updated": -((_micros(row[16]) << 40) + row[0]),
        "price_asc": (price << 100) - recency,
        "price_desc": ((_NO_PRICE if unpriced else -price) << 100) - recency,
        "trl_desc": (-row[9] << 100) - recency,
    }


def _micros(instant: Any) -> int:
    return int(instant.timestamp() * 1_000_000)
