"""Word refuses files whose properties stand in another order than its schema's."""

import zipfile

import pytest
from lxml import etree

from tests.papers import ROOT

# ECMA-376 part 1, the elements that our papers use, in the schema's order.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs"
    " snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color spacing kern sz szCs highlight u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg"
    " docGrid",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat"
    " themeFontLang decimalSymbol listSeparator",
    "font": "altName charset family pitch",
}
DOCUMENTS = sorted(ROOT.glob("templates_docx/*/*.docx"))


def disorder(content: bytes) -> list[str]:
    """Return the properties of a part that stand in a wrong place."""
    found = []
    for element in etree.fromstring(content).iter("{*}*"):
        order = ORDER.get(etree.QName(element).localname)
        if order is None:
            continue
        names = [etree.QName(child).localname for child in element]
        places = [order.split().index(name) for name in names]
        if places != sorted(places):
            found.append(f"{etree.QName(element).localname}: {' '.join(names)}")
    return found


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_properties_stand_in_the_order_of_the_schema(path):
    with zipfile.ZipFile(path) as file:
        parts = [name for name in file.namelist() if name.startswith("word/")]
        wrong = {
            name: found
            for name in parts
            if name.endswith(".xml") and (found := disorder(file.read(name)))
        }

    assert wrong == {}


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_relation_leads_to_a_part_with_a_type(path):
    with zipfile.ZipFile(path) as file:
        relations = etree.fromstring(file.read("word/_rels/document.xml.rels"))
        types = etree.fromstring(file.read("[Content_Types].xml"))
        body = file.read("word/document.xml").decode()
        names = set(file.namelist())
    targets = {f"word/{item.get('Target')}" for item in relations}
    typed = {str(item.get("PartName"))[1:] for item in types if item.get("PartName")}
    ids = [item.get("Id") for item in relations]

    assert targets <= names & typed
    assert len(ids) == len(set(ids))
    assert all(
        f'r:id="{name}"' in body
        for name in ids
        if str(name).startswith(("header", "footer"))
    )
