"""Pictures and documents given beside the data."""

import io
import zipfile

import pytest
from docx import Document
from docx.shared import Cm

from assembly import AssemblyError, Template
from tests.factories.papers import texts, word_file
from tests.factories.pictures import add_picture, annex, png


def with_logo(document):
    add_picture(document, "image: logo")


def with_logo_if_given(document):
    document.add_paragraph("{%p if image.logo %}")
    add_picture(document, "image：logo")
    document.add_paragraph("{%p endif %}")


LOGO = Template(word_file("{{ name }}", change=with_logo), "带图.docx")
ANNEX = Template(word_file("前{{ name }}", "{{p subdoc.terms }}", "后"), "带附件.docx")
DATA = {"name": "甲"}


def test_picture_fills_its_box_and_keeps_its_proportions():
    content = LOGO.render(DATA, images={"logo": png(4, 2)})

    shape = Document(io.BytesIO(content)).inline_shapes[0]

    assert (shape.width, shape.height) == (Cm(4), Cm(2))


def test_picture_s_bytes_are_those_given():
    picture = png(8, 8)

    content = LOGO.render(DATA, images={"logo": picture})

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("word/media/image-logo.png") == picture


def test_picture_that_is_not_given_is_refused_where_it_stands():
    with pytest.raises(AssemblyError) as refusal:
        LOGO.render(DATA)

    fault = refusal.value.faults[0]
    assert (fault.code, fault.field, fault.paragraph) == ("E-AS-13", "images.logo", 2)


@pytest.mark.parametrize("images", [{}, {"logo": png()}], ids=["without", "with"])
def test_picture_may_depend_on_being_given(images):
    template = Template(word_file("{{ name }}", change=with_logo_if_given), "带图.docx")

    content = template.render(DATA, images=images)

    assert len(Document(io.BytesIO(content)).inline_shapes) == len(images)


@pytest.mark.parametrize(
    ("images", "code"),
    [
        ({"logo": b"GIF89a" + bytes(20)}, "E-AS-14"),
        ({"logo": b"<svg/>"}, "E-AS-14"),
        ({"logo": png() + b"PK\x03\x04"}, "E-AS-35"),
        ({"logo": png(), "seal": png()}, "E-AS-14"),
    ],
    ids=["gif", "no picture", "something behind it", "no place for it"],
)
def test_picture_that_cannot_be_used_is_refused(images, code):
    with pytest.raises(AssemblyError) as refusal:
        LOGO.render(DATA, images=images)

    assert refusal.value.faults[0].code == code


def test_document_stands_in_place_of_its_paragraph_with_style_list_and_picture():
    content = ANNEX.render(DATA, documents={"terms": annex("甲", "乙")})

    document = Document(io.BytesIO(content))
    assert texts(content) == ["前甲", "附件标题", "甲", "乙", "", "", "后", "|表内"]
    assert [p.style.name for p in document.paragraphs[1:4]] == [
        "Heading 2",
        "List Number",
        "List Number",
    ]
    blob = document.part.related_parts["rIdAnnex1"].blob
    assert blob == png(6, 3, b"\x10\xc0\x10")


def test_document_with_a_tag_is_refused():
    with pytest.raises(AssemblyError) as refusal:
        ANNEX.render(DATA, documents={"terms": word_file("{{ oops }}")})

    assert refusal.value.as_data() == {
        "errors": [
            {"code": "E-AS-16", "message": "附件文书“terms”不能使用：含有模板标签。"}
        ]
    }


def test_document_that_is_missing_is_refused():
    with pytest.raises(AssemblyError) as refusal:
        ANNEX.render(DATA)

    assert refusal.value.faults[0].message == "没有提供附件文书“terms”。"


def test_files_make_the_same_bytes_again_and_are_part_of_the_receipt():
    documents = {"terms": annex("甲")}

    first, again = (ANNEX.assemble(DATA, documents=documents) for _ in range(2))
    other = ANNEX.assemble(DATA, documents={"terms": annex("乙")})

    assert first == again
    assert first.receipt.data != other.receipt.data
