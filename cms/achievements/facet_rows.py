"""Public rows as the index keeps them: compact columns, facet values, orders."""

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache, partial
from itertools import islice
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from cms.achievements.bitmaps import bitmap_at
from cms.achievements.catalog_query import VOCABULARY_FACETS
from cms.rules.achievements import PublicStatus

FacetValue = tuple[str, str]
_PLAIN_COLUMNS = (
    "page_ptr_id",
    "published_at",
    "revised_at",
    "reference_price",
    "title",
    "number",
    "unit__name",
)
# The column of each facet; lists of codes are read as the text they are kept in.
_FACET_COLUMNS = {
    "unit": "unit_id",
    "field": "technology_field",
    "region": "district",
    "industry": "industry",
    "stage": "stage",
    "trl": "trl",
    "ip": "ip_text",
    "mode": "mode_text",
    "price_mode": "pricing_method",
    "payment": "payment_form",
}
_LISTS = {"ip", "mode"}
_Members = dict[str, dict[Any, "array[int]"]]
_NO_PRICE = 2**62
_CHUNK = 2000


def read_rows(pages: Any) -> Iterator[tuple[Any, ...]]:
    """Return the listed rows of a queryset, the oldest first."""
    rows = (
        pages.filter(public_status=PublicStatus.PUBLISHED.value, live=True)
        .annotate(
            ip_text=Cast("ip_kinds", TextField()),
            mode_text=Cast("transfer_modes", TextField()),
        )
        .order_by("published_at", "page_ptr_id")
        .values_list(*_PLAIN_COLUMNS, *_FACET_COLUMNS.values())
        .iterator(chunk_size=_CHUNK)
    )
    return iter(rows)


class RowColumns:
    """The indexed rows by column; position p is the p-th row that was read."""

    def __init__(self) -> None:
        """Start empty."""
        self.ids = array("q")
        self.texts: list[str] = []
        self.unit_names: dict[str, str] = {}
        self._published = array("q")
        self._revised = array("q")
        self._prices = array("q")
        self._levels = array("b")

    def __len__(self) -> int:
        """Return the number of rows, those since dropped included."""
        return len(self.ids)

    def append(self, rows: Iterator[tuple[Any, ...]]) -> dict[FacetValue, int]:
        """Add rows behind the others; return the new positions per facet value."""
        start = len(self)
        # Arrays, not lists: a million position numbers would stay as objects.
        members: _Members = {
            name: defaultdict(partial(array, "I")) for name in _FACET_COLUMNS
        }
        while chunk := list(islice(rows, _CHUNK)):
            offset = len(self) - start
            columns = list(zip(*chunk, strict=True))
            self._extend(columns)
            facets = columns[len(_PLAIN_COLUMNS) :]
            for groups, column in zip(members.values(), facets, strict=True):
                for position, value in enumerate(column, offset):
                    groups[value].append(position)
        return _bitmaps(members, start, len(self) - start)

    def _extend(self, columns: list[tuple[Any, ...]]) -> None:
        ids, published, revised, prices, titles, numbers, unit_names = columns[
            : len(_PLAIN_COLUMNS)
        ]
        facets = dict(zip(_FACET_COLUMNS, columns[len(_PLAIN_COLUMNS) :], strict=True))
        self.ids.extend(ids)
        self._published.extend(map(_micros, published))
        self._revised.extend(map(_micros, revised))
        self._prices.extend(map(_fen, prices))
        self._levels.extend(facets["trl"])
        self.texts += (
            f"{title}\n{number}\n{unit}".casefold()
            for title, number, unit in zip(titles, numbers, unit_names, strict=True)
        )
        self.unit_names.update(zip(map(str, facets["unit"]), unit_names, strict=True))

    def positions_of(self, ids: set[int]) -> list[int]:
        """Return the positions of these pages, dropped ones included."""
        return [position for position, pk in enumerate(self.ids) if pk in ids]

    def order_by(self, sort: str) -> list[int]:
        """Return all positions in one order; ties: the newer row, the higher id."""
        order = sorted(range(len(self)), key=self.ids.__getitem__, reverse=True)
        date = self._revised if sort == "updated" else self._published
        order.sort(key=date.__getitem__, reverse=True)
        return _SORTERS[sort](self, order) if sort in _SORTERS else order

    def _by_price(self, order: list[int]) -> list[int]:
        return sorted(order, key=self._prices.__getitem__)

    def _by_falling_price(self, order: list[int]) -> list[int]:
        order = sorted(order, key=self._prices.__getitem__, reverse=True)
        unpriced = self._prices.count(_NO_PRICE)
        return order[unpriced:] + order[:unpriced]

    def _by_falling_level(self, order: list[int]) -> list[int]:
        return sorted(order, key=self._levels.__getitem__, reverse=True)


# What is not here is in the order of its date alone; `sorted` keeps ties in place.
_SORTERS: dict[str, Callable[[RowColumns, list[int]], list[int]]] = {
    "price_asc": RowColumns._by_price,
    "price_desc": RowColumns._by_falling_price,
    "trl_desc": RowColumns._by_falling_level,
}


def _bitmaps(members: _Members, start: int, count: int) -> dict[FacetValue, int]:
    bitmaps: dict[FacetValue, int] = defaultdict(int)
    for name, groups in members.items():
        for stored, offsets in groups.items():
            bitmap = bitmap_at(offsets, count) << start
            for value in _values(name, stored):
                bitmaps[name, value] |= bitmap
    return bitmaps


@cache
def _values(name: str, stored: Any) -> Iterable[str]:
    """Return the facet values of a stored one, those of higher levels included."""
    if name in _LISTS:
        return tuple(json.loads(stored))
    text = str(stored)
    if name in VOCABULARY_FACETS:
        above = VOCABULARY_FACETS[name].ancestors(text)
        return (text, *(term.code for term in above))
    return (text,) if text else ()


def _micros(instant: datetime) -> int:
    return int(instant.timestamp() * 1_000_000)


def _fen(price: Decimal | None) -> int:
    return _NO_PRICE if price is None else int(price * 100)
