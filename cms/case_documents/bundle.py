"""The bundle of a case: its papers with the templates in use (AS-01)."""

from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any

from django.db import models

from assembly.bundles import Bundle, BundleList, data_for, parse_bundles
from assembly.guide import load_dictionary
from assembly.needs import Needs
from assembly.toml_file import read_toml
from cms.case_documents.kinds import kind_of
from cms.case_documents.models import TemplateVersion
from cms.case_documents.templates_in_use import DICTIONARY, LIBRARY, template_of
from cms.rules.empowerment import EmpowermentMode

Answers = Mapping[str, Any]
BUNDLES = LIBRARY / "bundles.toml"
SIGNED_STEPS = ("S6", "签约")
"""Steps whose papers are contracts; the rules of the mode bind those."""


def bundle_of(
    case: models.Model,
    versions: Mapping[str, TemplateVersion],
    *,
    without: Container[str] = (),
) -> Bundle:
    """Return the bundle of a case with those templates that are in use."""
    told = _list(BUNDLES.stat().st_mtime_ns)
    mode = kind_of(case).bundle(case)
    listed = [
        paper
        for paper in told.of(mode)
        if paper.instrument in versions and paper.instrument not in without
    ]
    templates = {
        paper.instrument: template_of(versions[paper.instrument]) for paper in listed
    }
    return Bundle(told.modes[mode], listed, templates, load_dictionary(DICTIONARY))


def instruments_of(case: models.Model) -> list[str]:
    """Return the instruments of a case's bundle in order."""
    told = _list(BUNDLES.stat().st_mtime_ns)
    listed = told.of(kind_of(case).bundle(case))
    return list(dict.fromkeys(paper.instrument for paper in listed))


def contracts_of(case: models.Model) -> set[str]:
    """Return the instruments of a case that are signed as contracts."""
    told = _list(BUNDLES.stat().st_mtime_ns)
    listed = told.of(kind_of(case).bundle(case))
    return {one.instrument for one in listed if one.step.startswith(SIGNED_STEPS)}


def bundle_name(case: models.Model) -> str:
    """Return the name of a case's bundle: M1 … M6, or USE_THEN_PAY."""
    return kind_of(case).bundle(case)


def mode_label(mode: str) -> str:
    """Return the name of a mode as the refusals use it: 模式一 M1."""
    numerals = dict(zip(EmpowermentMode, "一二三四五六", strict=True))
    known = {one.value: f"模式{numeral}" for one, numeral in numerals.items()}
    return known.get(mode, "先使用后付费")


def whole_answers(case: models.Model, answers: Answers) -> dict[str, Any]:
    """Return the answers with what the case itself says, and each paper's number."""
    kind = kind_of(case)
    reference = kind.reference(case)
    own: dict[str, Any] = dict(answers.get("papers") or {})
    for instrument in instruments_of(case):
        number = {"number": f"{reference}—{instrument}"}
        own[instrument] = {"document": number, **own.get(instrument, {})}
    document = {"number": reference}
    whole = overlaid(answers, {**kind.fixed(case), "document": document})
    return {**whole, "papers": own}


def overlaid(answers: Answers, newer: Answers) -> dict[str, Any]:
    """Return answers with newer ones over them, records merged field by field."""
    whole = dict(answers)
    for name, value in newer.items():
        known = whole.get(name)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            whole[name] = overlaid(known, value)
        else:
            whole[name] = value
    return whole


def data_of(
    case: models.Model, version: TemplateVersion, answers: Answers
) -> dict[str, Any]:
    """Return exactly what a template reads of a case's answers."""
    guide = template_of(version).guide
    own = data_for(whole_answers(case, answers), version.instrument)
    return _pruned(own, _tree(guide.needs)) if guide else own


def _tree(needs: Needs) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, need in needs.needs.items():
        if need.is_whole and need.variable.type == "record":
            names = needs.dictionary.records[need.variable.record]
            _plant(tree, path).update({name: {} for name in names})
        else:
            _plant(tree, path)
    return tree


def _plant(tree: dict[str, Any], path: str) -> dict[str, Any]:
    for name in path.replace("[]", "").split("."):
        tree = tree.setdefault(name, {})
    return tree


def _pruned(value: Any, tree: Mapping[str, Any]) -> Any:
    if not tree:
        return value
    if isinstance(value, Mapping):
        return {n: _pruned(value[n], inner) for n, inner in tree.items() if n in value}
    if isinstance(value, list):
        return [_pruned(row, tree) for row in value]
    return value


@lru_cache(maxsize=2)
def _list(modified: int) -> BundleList:
    file = read_toml(BUNDLES)
    entries = file.data.get("papers", [])
    return parse_bundles(file, [entry.get("instrument", "") for entry in entries])
