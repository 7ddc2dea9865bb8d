"""Which clause each passage of a paper stands in, and which clauses an answer moves."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from assembly import AssemblyError, load_template
from assembly.effects import Effect
from assembly.library import Library
from assembly.outline import read_outline
from assembly.passages import Tracer, plain_passages
from assembly.template import Template

ROOT = Path(__file__).parents[3]
LIBRARY = ROOT / "templates_docx"
AGREEMENT = LIBRARY / "ownership" / "partial_ownership_agreement.docx"


def answers(mode: str) -> dict[str, Any]:
    path = ROOT / "fixtures" / "demo" / "answers" / f"{mode}.json"
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def agreement() -> Template:
    return load_template(AGREEMENT)


@pytest.mark.parametrize("mode", ["M1", "M5"])
def test_traced_papers_read_as_the_assembled_ones_and_place_every_clause(mode):
    library, data = Library(LIBRARY), answers(mode)
    bundle = library.bundle(mode)
    for listed, paper in bundle.assemble(data, salt="x"):
        template = bundle.template(listed.instrument)

        passages = Tracer(template).passages(data)

        plain = [one.block for one in plain_passages(paper.content)]
        assert [one.block for one in passages] == plain
        begun = {name for one in passages for name in one.begins}
        stands = {one.name for one in template.explain(data) if one.is_on}
        # Of an if and its elifs only the first that holds is printed.
        source = template.parts[0].source.source
        others = set(re.findall(r"elif clause\.(\w+)", source))
        assert stands - begun <= others, listed.instrument


def test_clause_reaches_from_its_heading_to_the_next(agreement: Template):
    passages = Tracer(agreement).passages(answers("M1"))

    (heading,) = [one for one in passages if "maintenance" in one.begins]
    assert heading.block.text.endswith("　知识产权维持费用")
    inside = [one for one in passages if one.article == "maintenance"]
    assert len(inside) == 3
    signatures = passages[-1]
    assert (signatures.article, signatures.clauses) == ("", ("member_signatures",))


def test_condition_inside_a_clause_is_told_beside_its_own_paragraph(
    agreement: Template,
):
    passages = Tracer(agreement).passages(answers("M1"))

    change, licence = [one for one in passages if one.clauses == ("patent",)]
    assert change.block.text.startswith("标的中的专利权")
    assert (change.article, change.begins) == ("registration", ("patent",))
    # The clause goes on at another article; it begins once.
    assert licence.block.text.startswith("专利实施许可合同的许可方")
    assert (licence.article, licence.begins) == ("exercise", ())


def test_trace_refuses_what_the_template_refuses(agreement: Template):
    with pytest.raises(AssemblyError):
        Tracer(agreement).passages({})


def test_effects_tell_clauses_switched_and_filled(agreement: Template):
    effects = agreement.guide.effects

    assert effects.of("terms.dispute") == [
        Effect("arbitration", "仲裁条款", True),
        Effect("litigation", "诉讼条款", True),
    ]
    assert effects.of("empowerment.maintenance") == [
        Effect("maintenance", "知识产权维持费用", False)
    ]
    assert effects.of("dates.signed_at") == []
    assert effects.paths_of("maintenance") == ["empowerment.maintenance"]


def test_effects_of_a_table_are_those_of_its_columns(agreement: Template):
    found = agreement.guide.effects.of("ip_items")

    assert Effect("software", "软件著作权", True) in found
    assert Effect("subject", "赋权成果的内容、范围和要求", False) in found


@pytest.mark.parametrize(
    ("path", "mode", "dropped", "message"),
    [
        (
            "ownership/partial_ownership_agreement",
            "M1",
            "maintenance",
            "协议缺少必备条款：知识产权维持费用（未填写赋权·维持费承担）。",
        ),
        (
            "ownership/full_ownership_agreement",
            "M3",
            "maintenance",
            "协议缺少必备条款：知识产权维持费用（未填写赋权·维持费承担）。",
        ),
        (
            "use_right/use_right_agreement",
            "M4",
            "reporting",
            "协议缺少必备条款：报告义务（未填写赋权·实施情况报告）。",
        ),
    ],
    ids=["g11-partial", "g11-full", "g11-use-right"],
)
def test_g11_mandatory_clause_left_empty_is_named(path, mode, dropped, message):
    data = answers(mode)
    del data["empowerment"][dropped]
    template = load_template(LIBRARY / f"{path}.docx")

    with pytest.raises(AssemblyError) as refusal:
        template.render(data)

    (fault,) = refusal.value.faults
    assert (fault.code, fault.message) == ("E-EM-06", message)
    assert fault.field == f"empowerment.{dropped}"


def test_g11_other_missing_answers_are_still_told_as_variables(agreement: Template):
    data = answers("M1")
    del data["empowerment"]["maintenance"], data["terms"]["copies"]

    with pytest.raises(AssemblyError) as refusal:
        agreement.render(data)

    told = [(one.code, one.field) for one in refusal.value.faults]
    assert told == [
        ("E-EM-06", "empowerment.maintenance"),
        ("E-AS-01", "terms.copies"),
    ]


def test_outline_of_a_traced_paper_keeps_no_mark(agreement: Template):
    passages = Tracer(agreement).passages(answers("M1"))

    shown = read_outline(io.BytesIO(agreement.render(answers("M1")))).blocks
    assert len(passages) <= len(shown)
    assert all("\ue010" not in str(one.block) for one in passages)
