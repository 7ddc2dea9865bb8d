"""What changed since a paper was assembled: which answers, and the template."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from assembly.dictionary import Dictionary, Variable
from assembly.guide import load_dictionary
from cms.case_documents.bundle import data_of
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.templates_in_use import DICTIONARY, template_of
from cms.rules.canonical_json import dump, plain

Answers = Mapping[str, Any]
_HIDDEN = "（个人信息）"
_YES_NO = {True: "是", False: "否"}


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer that differs: where, in words, before and after; empty is none."""

    path: str
    label: str
    before: str
    after: str

    @property
    def anchor(self) -> str:
        """The name of the input that answers it."""
        return self.path.replace("[", "-").replace("].", "-").replace("]", "")

    @property
    def page(self) -> str:
        """The page of the interview that asks it."""
        return self.path.split(".")[0].split("[")[0]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new version would take over; `template` are the two versions' names."""

    answers: tuple[AnswerChange, ...]
    template: tuple[str, str] | None = None

    def __bool__(self) -> bool:
        return bool(self.answers or self.template)


def changes_since(
    case: models.Model, paper: Paper, version: TemplateVersion, answers: Answers
) -> Changes:
    """Return what changed since a paper, held against the present answers."""
    now = json.loads(dump(plain(data_of(case, version, answers))))
    return _changes(paper, now, version)


def changes_between(older: Paper, newer: Paper) -> Changes:
    """Return which answers and whether the template differ between two versions."""
    return _changes(older, json.loads(newer.answers), newer.template)


def _changes(paper: Paper, now: Answers, version: TemplateVersion) -> Changes:
    guide = template_of(version).guide
    dictionary = guide.needs.dictionary if guide else load_dictionary(DICTIONARY)
    found = tuple(_differences(json.loads(paper.answers), now, dictionary))
    template = None
    if paper.template_id != version.pk:
        template = (paper.template.version, version.version)
    return Changes(found, template)


def _differences(
    before: Answers, after: Answers, dictionary: Dictionary
) -> Iterator[AnswerChange]:
    old, new = dict(_leaves(before)), dict(_leaves(after))
    for path in dict.fromkeys([*old, *new]):
        was, now = old.get(path), new.get(path)
        if was == now or path == "document.number":
            continue
        label, variable = named(path, dictionary)
        yield AnswerChange(path, label, _words(was, variable), _words(now, variable))


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and any(isinstance(row, Mapping) for row in value):
        for place, row in enumerate(value):
            yield from _leaves(row, f"{path}[{place}]")
    elif value not in ("", None, []):
        yield path, value


def label_of(path: str) -> str:
    """Return a path of the data set in words."""
    return named(path, load_dictionary(DICTIONARY))[0]


def named(path: str, dictionary: Dictionary) -> tuple[str, Variable | None]:
    """Return a path in words: 成果完成人团队·团队成员第2行·姓名."""
    words, pattern = [], []
    variable: Variable | None = None
    for part in path.split("."):
        name, _, row = part.removesuffix("]").partition("[")
        pattern.append(f"{name}[]" if row else name)
        try:
            variable = dictionary.resolve(".".join(pattern))[-1]
        except LookupError:
            return path, None
        words.append(f"{variable.label}第{int(row) + 1}行" if row else variable.label)
    return "·".join(words), variable


def _words(value: Any, variable: Variable | None) -> str:
    if value is None:
        return ""
    if variable is None or variable.personal:
        return _HIDDEN
    if isinstance(value, bool):
        return _YES_NO[value]
    options = dict(variable.choices)
    chosen = value if isinstance(value, list) else [value]
    return "、".join(str(options.get(one, one)) for one in chosen)
