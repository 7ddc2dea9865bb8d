"""The demo answers of each mode fill every paper of the mode, and keep its rules."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from assembly.dictionary import Dictionary, read_dictionary
from assembly.template import Template, load_template
from cms.empowerment.mode_facts import check_mode
from cms.rules.empowerment import EmpowermentMode
from cms.rules.periods import PERIODS
from notation.check_digits import is_credit_code, is_identity_number

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = ROOT / "templates_docx"
EDITION = PERIODS.edition_on(date(2026, 11, 2))
MODES = tuple(EmpowermentMode)
COMMON = {"D-01", "D-02", "D-04", "D-04b", "D-05", "D-06", "D-06b", "D-07", "D-08"}
OWN = {
    "M1": {"D-09", "D-13", "D-14", "D-15", "D-97"},
    "M2": {"D-09", "D-16", "D-17", "D-97"},
    "M3": {"D-18", "D-19", "D-20", "D-21", "D-97"},
    "M4": {"D-03", "D-11", "D-22"},
    "M5": {"D-03", "D-11", "D-23"},
    "M6": {"D-03", "D-11", "D-24", "D-25", "D-26"},
}


@lru_cache
def dictionary() -> Dictionary:
    return read_dictionary(LIBRARY / "variables.toml")


@lru_cache
def papers() -> list[Template]:
    return [load_template(path) for path in sorted(LIBRARY.glob("*/*.docx"))]


def answers(mode: str) -> dict[str, Any]:
    path = ROOT / "fixtures" / "demo" / "answers" / f"{mode}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def paths(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every answer, rows of tables as `[]`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from paths(inner, f"{path}[]")
    else:
        yield path


@pytest.mark.parametrize("mode", MODES)
def test_answers_fill_every_paper_of_the_mode(mode):
    given = answers(mode)
    filled = set()
    for template in papers():
        assert template.manifest is not None
        if mode in template.manifest.modes:
            assert template.missing(given) == [], template.name
            assert template.render(given).startswith(b"PK")
            filled.add(template.manifest.instrument)

    assert filled >= COMMON | OWN[mode]


@pytest.mark.parametrize("mode", [*MODES, "USE_THEN_PAY"])
def test_answers_have_only_names_of_the_dictionary(mode):
    for path in paths(answers(mode)):
        dictionary().resolve(re.sub(r"^papers\.D-\d+b?\.", "", path))


@pytest.mark.parametrize("mode", MODES)
def test_answers_keep_the_rules_of_the_mode(mode):
    given = answers(mode)

    assert given["empowerment"]["mode"] == mode
    assert check_mode(mode, given, EDITION) == []
    members = given["team"]["members"]
    assert sum(float(row["revenue_share"]) for row in members) == 100
    assert sum(float(row["ownership_share"]) for row in members) == 100


@pytest.mark.parametrize("mode", MODES)
def test_parties_in_tables_have_valid_numbers(mode):
    given = answers(mode)
    rows = given["co_owners"] + given.get("shareholders", [])

    for row in rows:
        assert is_credit_code(row["code"]) or is_identity_number(row["code"])


@pytest.mark.parametrize("mode", [*MODES, "USE_THEN_PAY"])
def test_people_and_parties_of_the_answers_look_invented(mode):
    text = json.dumps(answers(mode), ensure_ascii=False)
    companies = re.findall(r"柳州\w{2,20}?有限公司", text)

    assert all("示例" in company for company in companies)
    assert set(re.findall(r"@([\w.]+)", text)) <= {
        "example.com",
        "lg.example.com",
        "xc.example.com",
        "jg.example.com",
        "zz.example.com",
        "cc.example.com",
        "jj.example.com",
        "hb.example.com",
    }
