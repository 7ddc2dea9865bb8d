"""The command line: render, verify, bundle."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from assembly.__main__ import main
from tests.factories.papers import texts, word_file
from tests.factories.pictures import add_picture, annex, png
from tests.programs import need

DATA = {"name": "甲", "fee": 0}
# A number that a float would shorten.
DATA_TEXT = '{"name": "甲", "fee": 1.10}'


def with_logo(document):
    add_picture(document, "image: logo")
    document.add_paragraph("{{p subdoc.terms }}")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "合同.docx").write_bytes(word_file("{{ name }}付{{ fee }}元"))
    (tmp_path / "data.json").write_text(DATA_TEXT)
    return tmp_path


def render(folder: Path, *more: str) -> int:
    template, data, output = (
        folder / "合同.docx",
        folder / "data.json",
        folder / "甲.docx",
    )
    return main(
        ["render", str(template), "--data", str(data), "-o", str(output), *more]
    )


def test_render_writes_the_document(folder, capsys):
    assert render(folder) == 0

    assert texts((folder / "甲.docx").read_bytes()) == ["甲付1.10元"]
    assert capsys.readouterr().out == f"{folder / '甲.docx'}\n"


def test_verify_says_equal_for_what_render_made(folder, capsys):
    render(folder, "--salt", "盐")
    capsys.readouterr()

    assert main(["verify", str(folder / "甲.docx")]) == 0

    assert capsys.readouterr().out == (
        "一致：按回执重新生成的文件与本文件逐字节相同。\n"
    )


def test_verify_needs_pictures_and_documents_that_were_given(folder, capsys):
    (folder / "合同.docx").write_bytes(word_file("{{ name }}", change=with_logo))
    (folder / "logo.png").write_bytes(png())
    (folder / "附件.docx").write_bytes(annex("甲"))
    files = (f"--image=logo={folder}/logo.png", f"--document=terms={folder}/附件.docx")
    assert render(folder, *files) == 0
    assert main(["verify", str(folder / "甲.docx")]) == 0
    capsys.readouterr()

    (folder / "logo.png").write_bytes(png(9, 9))

    assert main(["verify", str(folder / "甲.docx")]) == 1
    assert capsys.readouterr().out == (
        "不一致：数据（或随附文件、加盐）与生成时不同。\n"
    )


def other_template(folder):
    (folder / "合同.docx").write_bytes(word_file("{{ name }}支付{{ fee }}元"))


def other_text(folder):
    rewrite(folder / "甲.docx", "甲付".encode(), "乙付".encode())


def other_compression(folder):
    rewrite(folder / "甲.docx", b"", b"")


def rewrite(path, old, new):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content.replace(old, new) if old else content)


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        (other_template, 1, "不一致：模板不是生成它的那一版。"),
        (other_text, 1, "不一致：文件在生成后被改动过：word/document.xml。"),
        (
            other_compression,
            0,
            "内容一致：文件内容完全相同，只是压缩方式不同（压缩库版本不同）。",
        ),
    ],
)
def test_verify_says_what_differs(folder, capsys, change, code, text):
    render(folder)
    change(folder)
    capsys.readouterr()

    assert main(["verify", str(folder / "甲.docx")]) == code

    assert capsys.readouterr().out == f"{text}\n"


def test_verify_takes_data_from_elsewhere(folder, capsys):
    render(folder)
    (folder / "甲.docx.receipt.json").unlink()
    document, template = str(folder / "甲.docx"), str(folder / "合同.docx")

    given = ["--template", template, "--data", str(folder / "data.json")]
    assert main(["verify", document, *given]) == 0
    assert main(["verify", document]) == 2
    assert capsys.readouterr().err == "E-AS-18 这份文件没有组装回执，不能核对。\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            '{"name": "甲"}',
            "E-AS-06 模板中没有变量“fee”对应的数据，标签是 {{ fee }}。［fee］"
            "（word/document.xml 第 1 段）",
        ),
        ('{"name": ', "E-AS-19 输入文件读不出来：data.json（第1行第10列不是 JSON）。"),
        ("[1]", "E-AS-19 输入文件读不出来：data.json（应是一组名称和值）。"),
        (
            '{"a": 1, "a": 2}',
            "E-AS-19 输入文件读不出来：data.json（名称“a”写了两次）。",
        ),
        ('{"a": NaN}', "E-AS-19 输入文件读不出来：data.json（NaN 不是数字）。"),
    ],
    ids=["missing", "no JSON", "a list", "name twice", "no number"],
)
def test_refusal_names_code_and_field_and_writes_nothing(folder, capsys, data, message):
    (folder / "data.json").write_text(data)

    assert render(folder) == 2

    assert capsys.readouterr().err == f"{message}\n"
    assert not (folder / "甲.docx").exists()


def test_refusal_of_a_missing_template(folder, capsys):
    assert main(["render", "没有.docx", "--data", "x.json", "-o", "y.docx"]) == 2

    assert "E-AS-19 输入文件读不出来：x.json" in capsys.readouterr().err


def test_render_makes_a_pdf(folder):
    need("libreoffice")

    assert render(folder, "--pdf") == 0

    assert (folder / "甲.pdf").read_bytes().startswith(b"%PDF-")


def test_pdf_without_libreoffice_says_what_to_do(folder, capsys, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert render(folder, "--pdf") == 2

    assert capsys.readouterr().err.startswith("E-AS-70 没有安装 LibreOffice")
    assert (folder / "甲.docx").exists()


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "library"
    family = folder / "use_right"
    family.mkdir(parents=True)
    (folder / "variables.toml").write_text(
        '[groups]\n"G" = "组"\n[variables.name]\ntype = "text"\nlabel = "名称"\n'
        'required = true\ngroup = "G"\n'
    )
    (folder / "bundles.toml").write_text(
        '[modes.M1]\ntitle = "一"\n[[papers]]\ninstrument = "D-22"\nstep = "签约"\n'
        'modes = ["M1"]\n[[papers]]\ninstrument = "D-23"\nstep = "签约"\n'
        'modes = ["M1"]\n'
    )
    for number, text in ((22, "甲方{{ name }}"), (23, "乙方{{ name }}")):
        (family / f"paper_{number}.docx").write_bytes(word_file(text))
        (family / f"paper_{number}.toml").write_text(
            f'instrument = "D-{number}"\ntitle = "文书{number}"\nversion = "1"\n'
            'valid_from = 2026-01-01\nlayout = "contract"\nmodes = ["M1"]\n'
        )
    return folder


def test_bundle_writes_every_paper_of_a_mode(tmp_path, library):
    (tmp_path / "data.json").write_text(json.dumps({"name": "柳州"}))
    output = tmp_path / "out"
    data, folder = str(tmp_path / "data.json"), str(library)

    code = main(
        ["bundle", "M1", "--data", data, "-o", str(output), "--library", folder]
    )

    assert code == 0
    assert {p.name: texts(p.read_bytes()) for p in sorted(output.glob("*.docx"))} == {
        "01-D-22-文书22.docx": ["甲方柳州"],
        "02-D-23-文书23.docx": ["乙方柳州"],
    }
    for path in output.glob("*.docx"):
        assert main(["verify", str(path)]) == 0


def test_bundle_writes_nothing_when_a_value_is_missing(tmp_path, library, capsys):
    (tmp_path / "data.json").write_text("{}")
    output = tmp_path / "out"
    data, folder = str(tmp_path / "data.json"), str(library)

    code = main(
        ["bundle", "M1", "--data", data, "-o", str(output), "--library", folder]
    )

    assert code == 2
    assert capsys.readouterr().err == "E-AS-01 必填变量未填写：名称。［name］\n"
    assert not output.exists()
