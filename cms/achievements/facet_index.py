"""The list's index: one bitmap per facet value over the public rows, in process.

A bitmap is a Python integer; bit p belongs to the row at position p. Filters are
AND and OR of integers, counts are `int.bit_count`, so that 100,000 rows take
milliseconds. Each process keeps its own copy and, at each request, compares the
change log's last version with its own (1 query); it then reads only the rows
that changed. A history that does not continue its own is read anew.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import compress, islice
from operator import itemgetter
from typing import Any

from cms.achievements.bitmaps import (
    bitmap_at,
    bitmap_of,
    flags_of_bitmap,
    intersect,
    union,
)
from cms.achievements.catalog_query import (
    FACET_LABELS,
    SORTS,
    CatalogQuery,
)
from cms.achievements.facet_rows import FacetValue, RowColumns, read_rows
from cms.achievements.models import AchievementPage, CatalogChange

_ANSWERS_KEPT = 300
WAIT_SECONDS = 30.0
CHANGES_MAX = 2000  # more changes than this are read as a whole


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
    columns: RowColumns = field(default_factory=RowColumns)
    alive: int = 0
    bitmaps: dict[FacetValue, int] = field(default_factory=lambda: defaultdict(int))
    orders: dict[str, tuple[list[int], Any]] = field(default_factory=dict)
    matches: dict[str, int] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, dict[str, int]]]] = field(
        default_factory=dict
    )


class IndexNotReady(Exception):
    """The rows are still being read, longer than a request waits."""


class FacetIndex:
    """Answers list requests from memory, always as fresh as the database."""

    def __init__(self) -> None:
        """Start empty; the first request reads all rows."""
        self._rows = _Rows()
        self._is_loaded = False
        self._lock = threading.RLock()

    def warm(self) -> None:
        """Read and order the rows before somebody asks; requests wait meanwhile."""
        with self._lock:
            self._refresh()
            for sort in SORTS:
                self._order(sort)

    @contextmanager
    def _reading(self) -> Iterator[_Rows]:
        """Hold the rows, as fresh as the database; wait for a full read."""
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            raise IndexNotReady
        try:
            self._refresh()
            yield self._rows
        finally:
            self._lock.release()

    def find(self, query: CatalogQuery) -> Found:
        """Return the page of ids and the counts that a query asks for.

        Raises:
            IndexNotReady: the rows are still being read.
        """
        with self._reading() as rows:
            everything, counts = self._answer(query)
            order, flags_of = self._order(query.sort)
            offset = (query.page - 1) * query.size
            return Found(
                count=everything.bit_count(),
                ids=[
                    rows.columns.ids[position]
                    for position in self._slice(
                        everything, order, flags_of, offset, query.size
                    )
                ],
                counts=counts,
                unit_names=rows.columns.unit_names,
            )

    def all_ids(self, query: CatalogQuery, most: int) -> tuple[int, list[int]]:
        """Return the number of rows and the first `most` ids in order.

        Raises:
            IndexNotReady: the rows are still being read.
        """
        with self._reading() as rows:
            everything, _ = self._answer(query)
            order, flags_of = self._order(query.sort)
            picked = self._slice(everything, order, flags_of, 0, most)
            return everything.bit_count(), [rows.columns.ids[p] for p in picked]

    # Filters and counts

    def _answer(self, query: CatalogQuery) -> tuple[int, dict[str, dict[str, int]]]:
        """Return the rows found and the counts; the same filters cost once."""
        answers = self._rows.answers
        key = query.filter_string()
        if key not in answers:
            parts = self._filters(query)
            if len(answers) >= _ANSWERS_KEPT:
                answers.clear()
            everything = intersect(self._rows.alive, parts.values())
            answers[key] = (everything, self._counts(parts))
        return answers[key]

    def _filters(self, query: CatalogQuery) -> dict[str, int]:
        bitmaps = self._rows.bitmaps
        parts = {
            name: union(bitmaps.get((name, value), 0) for value in values)
            for name, values in query.chosen.items()
        }
        if (query.trl_min, query.trl_max) != (1, 9):
            parts["trl"] = union(
                bitmaps.get(("trl", str(level)), 0)
                for level in range(query.trl_min, query.trl_max + 1)
            )
        if query.q:
            parts["q"] = self._matches(query.q.casefold())
        return parts

    def _counts(self, parts: dict[str, int]) -> dict[str, dict[str, int]]:
        bases = {
            name: intersect(
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
            found = bitmap_of(
                [all(word in text for word in words) for text in rows.columns.texts]
            )
            if len(rows.matches) > 200:
                rows.matches.clear()
            rows.matches[keyword] = found
        return found

    # Order

    def _order(self, sort: str) -> tuple[list[int], Any]:
        rows = self._rows
        if sort not in rows.orders:
            order = rows.columns.order_by(sort)
            # itemgetter with one argument would return a bare item.
            rows.orders[sort] = (
                order,
                itemgetter(*order) if len(order) > 1 else bytes,
            )
        return rows.orders[sort]

    def _slice(
        self, bitmap: int, order: list[int], flags_of: Any, offset: int, size: int
    ) -> Iterable[int]:
        flags = flags_of_bitmap(bitmap, len(order))
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
            self._add(read_rows(AchievementPage.objects.all()))
            self._is_loaded = True
        elif changed:
            self._drop(changed)
            self._add(read_rows(AchievementPage.objects.filter(pk__in=changed)))
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
        positions = rows.columns.positions_of(set(page_ids))
        kept = ~bitmap_at(positions, len(rows.columns))
        rows.alive &= kept
        for value in rows.bitmaps:
            rows.bitmaps[value] &= kept

    def _add(self, read: Iterator[tuple[Any, ...]]) -> None:
        rows = self._rows
        start = len(rows.columns)
        for value, bitmap in rows.columns.append(read).items():
            rows.bitmaps[value] |= bitmap
        count = len(rows.columns) - start
        rows.alive |= ((1 << count) - 1) << start


INDEX = FacetIndex()
