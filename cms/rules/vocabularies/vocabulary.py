"""A vocabulary: coded terms with Chinese labels, flat or in levels."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Term:
    """One coded term; `parent` is empty at the top, `note` explains the term."""

    code: str
    label: str
    parent: str = ""
    note: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms with unique codes, in the order of the list."""

    name: str
    label_of_list: str
    terms: tuple[Term, ...]
    _by_code: dict[str, Term] = field(init=False, repr=False, compare=False)
    _children: dict[str, tuple[Term, ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Index the terms.

        Raises:
            ValueError: two terms share a code, or a parent is missing.
        """
        by_code = {term.code: term for term in self.terms}
        if len(by_code) != len(self.terms):
            raise ValueError(f"{self.name}: a code is used twice")
        children: dict[str, list[Term]] = {}
        for term in self.terms:
            if term.parent and term.parent not in by_code:
                raise ValueError(f"{self.name}: {term.code} has no parent")
            children.setdefault(term.parent, []).append(term)
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(
            self, "_children", {code: tuple(found) for code, found in children.items()}
        )

    def __contains__(self, code: object) -> bool:
        """Whether a term has this code."""
        return code in self._by_code

    def get(self, code: str) -> Term | None:
        """Return the term with this code, or None."""
        return self._by_code.get(code)

    def label(self, code: str) -> str:
        """Return the label of a code; an unknown code labels itself."""
        term = self._by_code.get(code)
        return term.label if term else code

    def children(self, code: str = "") -> tuple[Term, ...]:
        """Return the terms right below a code, or the top ones."""
        return self._children.get(code, ())

    def ancestors(self, code: str) -> tuple[Term, ...]:
        """Return the terms above a code, from the top down."""
        found: list[Term] = []
        term = self._by_code.get(code)
        while term and term.parent:
            term = self._by_code[term.parent]
            found.append(term)
        return tuple(reversed(found))

    def within(self, code: str) -> tuple[str, ...]:
        """Return a code and all codes below it, as a filter by it takes them in."""
        below = (self.within(term.code) for term in self.children(code))
        return (code, *(inner for codes in below for inner in codes))

    def path(self, code: str) -> str:
        """Return the labels from the top down to a code, joined by ›."""
        labels = [term.label for term in self.ancestors(code)]
        return " › ".join([*labels, self.label(code)])

    def leaves(self) -> tuple[Term, ...]:
        """Return the terms that have no children."""
        return tuple(term for term in self.terms if term.code not in self._children)

    def choices(self) -> list[tuple[str, str]]:
        """Return (code, label) pairs of all terms."""
        return [(term.code, term.label) for term in self.terms]

    def code_of(self, text: str) -> str | None:
        """Return the code that a text names: a code, a label, or `code label`."""
        text = text.strip()
        head = text.split(" ", 1)[0]
        if text in self._by_code:
            return text
        for term in self.terms:
            if text == term.label or (
                head == term.code and text == f"{term.code} {term.label}"
            ):
                return term.code
        return None


def read_terms(path: Path) -> tuple[Term, ...]:
    """Return the terms of a CSV file with the columns code, parent and name."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Term(row["code"], row["name"], row["parent"])
            for row in csv.DictReader(lines)
        )


def flat_terms(pairs: Iterable[tuple[str, str]]) -> tuple[Term, ...]:
    """Return terms without levels from (code, label) pairs."""
    return tuple(Term(code, label) for code, label in pairs)
