"""Citations lead to the article that they name."""

from pathlib import Path

import pytest

from cms.rules.articles import (
    Citation,
    article_path,
    format_anchor,
    is_law,
    parse_citations,
)
from cms.rules.messages import (
    MESSAGES,
)
from cms.rules.plan_text import Document, parse_plan
from tests.unit.rules.test_messages import CODES

PLAN = Path(__file__).parents[3] / "fixtures" / "plan" / "plan.txt"
DOCUMENTS = {d.slug: d for d in parse_plan(PLAN.read_text(encoding="utf-8"))}
CITED = sorted({a for m in MESSAGES.values() for a in m.articles})
ANCHORS = [
    pytest.param(document, anchor, id=f"{document.slug}#{anchor}")
    for document in DOCUMENTS.values()
    for anchor in document.anchors
    if not anchor.startswith("annex") and not anchor.endswith("caption")
]


@pytest.mark.parametrize(
    ("citation", "path"),
    [
        ("主方案一(一)1", "/policies/plan/#art-1-1-1"),
        ("主方案一（一）1", "/policies/plan/#art-1-1-1"),
        ("主方案二(三)", "/policies/plan/#art-2-3"),
        ("主方案导语", "/policies/plan/#preamble"),
        ("主方案尾", "/policies/plan/#closing"),
        ("附件1十四(三)", "/policies/guideline-1/#art-14-3"),
        ("附件 4 七 (三)", "/policies/guideline-4/#art-7-3"),
        ("附件3七(二)", "/policies/guideline-3/#art-7-2"),
        ("附件3七后(二)", "/policies/guideline-3/#art-7-after-2"),
        ("附件3七后", "/policies/guideline-3/#art-7-after"),
        ("附件2八(二)末", "/policies/guideline-2/#art-8-2"),
        ("附件2十一(二)", "/policies/guideline-2/#art-11-2"),
        ("附件7四(4)", "/policies/guideline-7/#art-4-4"),
        ("附件7三(四)2", "/policies/guideline-7/#art-3-4-2"),
        ("附件1附件", "/policies/guideline-1/#negative-list"),
        ("附件1附件一3", "/policies/guideline-1/#negative-list-1-3"),
        ("附件4附录A", "/policies/guideline-4/#appendix-a"),
        ("附件4图A.2", "/policies/guideline-4/#figure-a-2"),
        ("附件6", "/policies/guideline-6/"),
        ("民法典203", ""),
        ("民法典203;附件4十", "/policies/guideline-4/#art-10"),
    ],
)
def test_article_path(citation: str, path: str) -> None:
    assert article_path(citation) == path


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("附件4七(三)(四)", ["附件4七(三)", "附件4七(四)"]),
        ("附件1附件一1–3", ["附件1附件一1", "附件1附件一2", "附件1附件一3"]),
        (
            "附件3七后(一)-(三)",
            ["附件3七后(一)", "附件3七后(二)", "附件3七后(三)"],
        ),
        (
            "附件1六、十一、十二(二)(四)",
            ["附件1六", "附件1十一", "附件1十二(二)", "附件1十二(四)"],
        ),
        (
            "主方案三(三)1、3； 一(二)2",
            ["主方案三(三)1", "主方案三(三)3", "主方案一(二)2"],
        ),
        (
            "附件3七后(一); 八、附件1附件二2; 附件1五",
            ["附件3七后(一)", "附件3八", "附件1附件二2", "附件1五"],
        ),
        ("附件4五(三); 促转法18", ["附件4五(三)", "促进科技成果转化法第18条"]),
        (
            "民法典第847条、个保法、专利法实施细则15、专利法10",
            [
                "民法典第847条",
                "个人信息保护法",
                "专利法实施细则第15条",
                "专利法第10条",
            ],
        ),
    ],
)
def test_citations_are_spelled_out(text: str, labels: list[str]) -> None:
    assert [citation.label for citation in parse_citations(text)] == labels


@pytest.mark.parametrize(
    "text", ["", "第七条", "附件8一", "附件4(三)", "附件4三x", "刑法1"]
)
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"citation|under no article"):
        parse_citations(text)


def test_law_has_a_label_and_no_path() -> None:
    assert is_law("民法典203")
    assert not is_law("附件4七")
    assert parse_citations("拍卖法51") == (Citation("拍卖法第51条"),)
    assert parse_citations("拍卖法51")[0].path == ""


@pytest.mark.parametrize(("document", "anchor"), ANCHORS)
def test_anchor_is_cited_and_found_again(document: Document, anchor: str) -> None:
    label = format_anchor(document.slug, anchor)

    (citation,) = parse_citations(label)

    assert (citation.document, citation.anchor) == (document.slug, anchor)


def test_annex_entry_has_a_label() -> None:
    assert format_anchor("plan", "annex-3") == "主方案附件3"
    assert format_anchor("guideline-4", "figure-a-1-caption") == "附件4图A.1"


@pytest.mark.parametrize("text", CITED)
def test_citation_of_a_message_leads_to_an_article(text: str) -> None:
    for citation in parse_citations(text):
        if citation.document:
            assert citation.anchor in DOCUMENTS[citation.document].anchors
        else:
            assert is_law(text)


def test_only_technical_refusals_of_the_register_rest_on_no_article() -> None:
    register = {
        f"{family}-{n}" for family, all_n in CODES.items() for n in all_n.split()
    }
    without = {code for code, m in MESSAGES.items() if not m.articles} & register

    assert {code[:4] for code in without} == {"E-ST", "E-CL"}
