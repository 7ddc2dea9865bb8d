"""The contracts behind payments: name, number, page; many at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse

from cms.core.subjects import model_and_pk, subject_of
from cms.empowerment.models import EmpowermentCase
from cms.supply_demand.models import Agreement

_PAGES: dict[type[Model], str] = {
    EmpowermentCase: "grant_case",
    Agreement: "agreement",
}


@dataclass(frozen=True, slots=True)
class Contract:
    """What people know a contract by."""

    number: str
    title: str
    url: str


def contracts_behind(subjects: Iterable[str]) -> dict[str, Contract]:
    """Return the contracts by their subject (1 query a kind of contract)."""
    wanted: dict[type[Model], list[Any]] = defaultdict(list)
    for subject in set(subjects):
        model, pk = model_and_pk(subject)
        if model in _PAGES:
            wanted[model].append(pk)
    found = {}
    for model, keys in wanted.items():
        rows: list[Any] = list(model._default_manager.filter(pk__in=keys))
        for row in rows:
            url = reverse(_PAGES[model], args=[row.pk])
            found[subject_of(row)] = Contract(row.number, row.title, url)
    return found


def subjects_named(text: str) -> list[str]:
    """Return the contracts whose number or title has a text in it."""
    named = Q(title__icontains=text) | Q(number__icontains=text)
    return [
        subject_of(row)
        for model in _PAGES
        for row in model._default_manager.filter(named).only("pk")
    ]
