"""A door for what stands above: the filed contracts of a case, for D-63 (PS-05)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models

Answers = Mapping[str, Any]
Lister = Callable[[models.Model], Sequence[Mapping[str, Any]]]
_listers: list[Lister] = []


def lists_filed_contracts(lister: Lister) -> Lister:
    """Register what lists the filed contracts of a case as rows of D-63."""
    _listers.append(lister)
    return lister


def with_filed_contracts(case: models.Model, answers: Answers) -> dict[str, Any]:
    """Return the answers with the filed contracts in the list to be reported.

    A row that names the same contract gives way to what was filed; rows of contracts
    that nobody has filed here are kept.
    """
    filed = [dict(row) for lister in _listers for row in lister(case)]
    if not filed:
        return dict(answers)
    filing = dict(answers.get("filing") or {})
    names = [str(row["name"]) for row in filed]
    kept = [row for row in filing.get("contracts") or [] if not _is_among(row, names)]
    return {**answers, "filing": {**filing, "contracts": [*filed, *kept]}}


def _is_among(row: Mapping[str, Any], names: Sequence[str]) -> bool:
    """Whether a row names a filed contract, with or without what stands in brackets."""
    name = str(row.get("name") or "").strip()
    return bool(name) and any(known.startswith(name) for known in names)
