"""Every paper of the library: outline, Word file and manifest belong together."""

import re
import tomllib

import pytest

from assembly.drafting import normalize
from assembly.drafting.markup import Paragraph, parse
from assembly.outline import outline
from tests.factories.cases import DICTIONARY
from tests.papers import OUTLINES, ROOT

# Answers of several lines, of the case and of its records.
LONG_TEXTS = {
    f"{variable.name}.{field.name}"
    for variable in DICTIONARY.variables.values()
    if variable.type == "record"
    for field in DICTIONARY.records[variable.record].values()
    if field.type == "long_text"
}


def beside(path, ending):
    return path.with_name(path.name.removesuffix(".outline.txt") + ending)


@pytest.mark.parametrize(
    "path", OUTLINES, ids=lambda path: path.parent.name + "/" + path.name.split(".")[0]
)
def test_outline_and_word_file_are_equal(path):
    assert outline(beside(path, ".docx")) == normalize(path.read_text(encoding="utf-8"))


def test_every_word_file_has_an_outline_and_a_manifest():
    lacking = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("templates_docx/*/*.docx")
        for ending in (".outline.txt", ".toml")
        if not path.with_suffix(ending).exists()
    ]

    assert lacking == []


@pytest.mark.parametrize(
    "path", OUTLINES, ids=lambda path: path.parent.name + "/" + path.name.split(".")[0]
)
def test_layout_of_manifest_and_outline_agree(path):
    manifest = tomllib.loads(beside(path, ".toml").read_text(encoding="utf-8"))

    assert path.read_text(encoding="utf-8").startswith(
        f"@layout {manifest['layout']}\n"
    )


@pytest.mark.parametrize(
    "path", OUTLINES, ids=lambda path: path.parent.name + "/" + path.name.split(".")[0]
)
def test_further_lines_of_an_answer_begin_like_the_first(path):
    """An indented paragraph indents each line of an answer: `|indented`."""
    flush = [
        name
        for block in parse(path.read_text(encoding="utf-8")).blocks
        if isinstance(block, Paragraph) and block.kind == "body"
        for name in re.findall(r"\{\{ ([a-z_]+\.[a-z_]+) \}\}", block.text)
        if name in LONG_TEXTS
    ]

    assert flush == []
