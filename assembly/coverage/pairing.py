"""Few combinations that hold every pair of values of any two factors."""

from collections.abc import Iterator, Sequence
from itertools import combinations


def pairs_covered(counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield picks, one value a factor, until every pair has stood together.

    The first is the first value of every factor; the rest are chosen greedily and
    the same in every run.
    """
    open_pairs = {
        (first, one, second, other)
        for first, second in combinations(range(len(counts)), 2)
        for one in range(counts[first])
        for other in range(counts[second])
    }
    picks: list[int] = [0] * len(counts)
    while True:
        yield tuple(picks)
        open_pairs -= _pairs(picks)
        if not open_pairs:
            return
        picks = _next(open_pairs, counts)


def _pairs(picks: Sequence[int]) -> set[tuple[int, int, int, int]]:
    return {
        (first, picks[first], second, picks[second])
        for first, second in combinations(range(len(picks)), 2)
    }


def _next(
    open_pairs: set[tuple[int, int, int, int]], counts: Sequence[int]
) -> list[int]:
    """Start from one open pair and give each factor the value that closes most."""
    first, one, second, other = min(open_pairs)
    chosen = {first: one, second: other}
    for factor, count in enumerate(counts):
        if factor not in chosen:
            gains = [_closed(factor, one, chosen, open_pairs) for one in range(count)]
            chosen[factor] = gains.index(max(gains))
    return [chosen[factor] for factor in range(len(counts))]


def _closed(
    factor: int,
    value: int,
    chosen: dict[int, int],
    open_pairs: set[tuple[int, int, int, int]],
) -> int:
    found = 0
    for other, pick in chosen.items():
        pair = (
            (other, pick, factor, value)
            if other < factor
            else (factor, value, other, pick)
        )
        found += pair in open_pairs
    return found
