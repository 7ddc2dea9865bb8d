"""The list's index: one bitmap per facet value over the public rows, in process.

A bitmap is a Python integer; bit p belongs to the row at position p. Filters are
AND and OR of integers, counts are `int.bit_count`, so that 100,000 rows take
milliseconds. Each process keeps its own copy and, at each request, compares the
change log's last version with its own (1 query); it then reads only the rows
that changed. A history that does not continue its own is read anew.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import compress, islice
from operator import itemgetter
from typing import Any

from cms.achievements.catalog_query import (
    FACET_LABELS,
    SORTS,
    VOCABULARY_FACETS,
    CatalogQuery,
)
from cms.achievements.models import AchievementPage, CatalogChange
from cms.rules.achievements import PublicStatus

_ANSWERS_KEPT = 300
CHANGES_MAX = 2000  # more changes than this are read as a whole
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
_FLAGS = bytes.maketrans(b"01", b"\x00\x01")
_NO_PRICE = 10**20
FacetValue = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: how many rows, the page's ids in order, counts by facet."""

    count: int
    ids: list[int]
    counts: dict[str, dict[str, int]]
    unit_names: dict[str, str]


@dataclass
class _Rows:
    """The indexed rows; dead positions stay until the next full read."""

    version: int = 0
    stamp: str = ""
    ids: list[int] = field(default_factory=list)
    positions: dict[int, int] = field(default_factory=dict)
    alive: int = 0
    bitmaps: dict[FacetValue, int] = field(default_factory=lambda: defaultdict(int))
    values: list[tuple[FacetValue, ...]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    keys: dict[str, list[int]] = field(
        default_factory=lambda: {name: [] for name in SORTS}
    )
    orders: dict[str, tuple[list[int], Any]] = field(default_factory=dict)
    matches: dict[str, int] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, dict[str, int]]]] = field(
        default_factory=dict
    )
    unit_names: dict[str, str] = field(default_factory=dict)


class FacetIndex:
    """Answers list requests from memory, always as fresh as the database."""

    def __init__(self) -> None:
        """Start empty; the first request reads all rows."""
        self._rows = _Rows()
        self._is_loaded = False
        self._lock = threading.RLock()

    def find(self, query: CatalogQuery) -> Found:
        """Return the page of ids and the counts that a query asks for."""
        with self._lock:
            self._refresh()
            rows = self._rows
            everything, counts = self._answer(query)
            order, flags_of = self._order(query.sort)
            offset = (query.page - 1) * query.size
            return Found(
                count=everything.bit_count(),
                ids=[
                    rows.ids[position]
                    for position in self._slice(
                        everything, order, flags_of, offset, query.size
                    )
                ],
                counts=counts,
                unit_names=rows.unit_names,
            )

    def all_ids(self, query: CatalogQuery, most: int) -> tuple[int, list[int]]:
        """Return the number of rows and the first `most` ids in order."""
        with self._lock:
            self._refresh()
            everything, _ = self._answer(query)
            order, flags_of = self._order(query.sort)
            picked = self._slice(everything, order, flags_of, 0, most)
            return everything.bit_count(), [self._rows.ids[p] for p in picked]

    # Filters and counts

    def _answer(self, query: CatalogQuery) -> tuple[int, dict[str, dict[str, int]]]:
        """Return the rows found and the counts; the same filters cost once."""
        answers = self._rows.answers
        key = query.filter_string()
        if key not in answers:
            parts = self._filters(query)
            if len(answers) >= _ANSWERS_KEPT:
                answers.clear()
            everything = _intersect(self._rows.alive, parts.values())
            answers[key] = (everything, self._counts(parts))
        return answers[key]

    def _filters(self, query: CatalogQuery) -> dict[str, int]:
        bitmaps = self._rows.bitmaps
        parts = {
            name: _union(bitmaps.get((name, value), 0) for value in values)
            for name, values in query.chosen.items()
        }
        if (query.trl_min, query.trl_max) != (1, 9):
            parts["trl"] = _union(
                bitmaps.get(("trl", str(level)), 0)
                for level in range(query.trl_min, query.trl_max + 1)
            )
        if query.q:
            parts["q"] = self._matches(query.q.casefold())
        return parts

    def _counts(self, parts: dict[str, int]) -> dict[str, dict[str, int]]:
        bases = {
            name: _intersect(
                self._rows.alive,
                (part for other, part in parts.items() if other != name),
            )
            for name in FACET_LABELS
        }
        counts: dict[str, dict[str, int]] = {name: {} for name in FACET_LABELS}
        for (name, value), bitmap in self._rows.bitmaps.items():
            if count := (bitmap & bases[name]).bit_count():
                counts[name][value] = count
        return counts

    def _matches(self, keyword: str) -> int:
        rows = self._rows
        found = rows.matches.get(keyword)
        if found is None:
            words = keyword.split()
            found = _bitmap_of(
                [all(word in text for word in words) for text in rows.texts]
            )
            if len(rows.matches) > 200:
                rows.matches.clear()
            rows.matches[keyword] = found
        return found

    # Order

    def _order(self, sort: str) -> tuple[list[int], Any]:
        rows = self._rows
        if sort not in rows.orders:
            keys = rows.keys[sort]
            order = sorted(range(len(keys)), key=keys.__getitem__)
            # itemgetter with one argument would return a bare item.
            rows.orders[sort] = (
                order,
                itemgetter(*order) if len(order) > 1 else bytes,
            )
        return rows.orders[sort]

    def _slice(
        self, bitmap: int, order: list[int], flags_of: Any, offset: int, size: int
    ) -> Iterable[int]:
        flags = _flags_of(bitmap, len(order))
        return islice(compress(order, flags_of(flags)), offset, offset + size)

    # Freshness

    def _refresh(self) -> None:
        last = (
            CatalogChange.objects.order_by("-version")
            .values_list("version", "stamp")
            .first()
        ) or (0, "")
        rows = self._rows
        if self._is_loaded and last == (rows.version, rows.stamp):
            return
        changed = self._changed_since() if self._is_loaded else None
        if changed is None or last[0] < rows.version:
            self._rows = rows = _Rows()
            self._add(_read(AchievementPage.objects.all()))
            self._is_loaded = True
        elif changed:
            self._drop(changed)
            self._add(_read(AchievementPage.objects.filter(pk__in=changed)))
        rows.orders.clear()
        rows.matches.clear()
        rows.answers.clear()
        rows.version, rows.stamp = last

    def _changed_since(self) -> list[int] | None:
        """Return the pages changed since; None where all must be read anew."""
        rows = self._rows
        if rows.version == 0:
            return None
        changes = list(
            CatalogChange.objects.filter(version__gte=rows.version)
            .order_by("version")
            .values_list("version", "stamp", "page_id")[: CHANGES_MAX + 1]
        )
        if len(changes) > CHANGES_MAX or not changes:
            return None
        if changes[0][:2] != (rows.version, rows.stamp):
            return None
        pages = {page_id for _, _, page_id in changes[1:]}
        return None if None in pages else sorted(pages)

    def _drop(self, page_ids: Iterable[int]) -> None:
        rows = self._rows
        for page_id in page_ids:
            position = rows.positions.pop(page_id, None)
            if position is None:
                continue
            rows.alive &= ~(1 << position)
            for value in rows.values[position]:
                rows.bitmaps[value] &= ~(1 << position)

    def _add(self, read: Iterable[tuple[Any, ...]]) -> None:
        rows = self._rows
        start = len(rows.ids)
        members: dict[FacetValue, list[int]] = defaultdict(list)
        for position, row in enumerate(read, start):
            rows.ids.append(row[0])
            rows.positions[row[0]] = position
            values = _facet_values(row)
            rows.values.append(values)
            for value in values:
                members[value].append(position - start)
            rows.texts.append(f"{row[1]}\n{row[2]}\n{row[4]}".casefold())
            rows.unit_names[str(row[3])] = row[4]
            for name, key in _sort_keys(row).items():
                rows.keys[name].append(key)
        count = len(rows.ids) - start
        rows.alive |= ((1 << count) - 1) << start
        for value, offsets in members.items():
            rows.bitmaps[value] |= _bitmap_at(offsets, count) << start


def _read(pages: Any) -> Iterable[tuple[Any, ...]]:
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


def _facet_values(row: tuple[Any, ...]) -> tuple[FacetValue, ...]:
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


def _sort_keys(row: tuple[Any, ...]) -> dict[str, int]:
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


def _union(bitmaps: Iterable[int]) -> int:
    result = 0
    for bitmap in bitmaps:
        result |= bitmap
    return result


def _intersect(start: int, bitmaps: Iterable[int]) -> int:
    for bitmap in bitmaps:
        start &= bitmap
    return start


def _bitmap_at(positions: Iterable[int], size: int) -> int:
    flags = bytearray(b"0" * size)
    for position in positions:
        flags[size - 1 - position] = 49  # "1"
    return int(flags, 2) if size else 0


def _bitmap_of(flags: list[bool]) -> int:
    return _bitmap_at((p for p, flag in enumerate(flags) if flag), len(flags))


def _flags_of(bitmap: int, size: int) -> bytes:
    """Return one byte (0 or 1) per position, lowest first."""
    digits = bin(bitmap)[:1:-1].encode()
    return digits.ljust(size, b"0").translate(_FLAGS)[:size]


INDEX = FacetIndex()
