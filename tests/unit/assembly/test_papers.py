"""Every paper of the library: outline, Word file and manifest belong together."""

import tomllib

import pytest

from assembly.drafting import normalize
from assembly.outline import outline
from tests.papers import OUTLINES, ROOT


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
