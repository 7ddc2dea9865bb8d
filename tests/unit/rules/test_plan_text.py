"""The plan is parsed whole: every article an anchor, no word lost."""

import re
from pathlib import Path

import pytest

from cms.rules.plan_text import Document, Entry, EntryKind, parse_plan

PLAN = Path(__file__).parents[3] / "fixtures" / "plan" / "plan.txt"
TEXT = PLAN.read_text(encoding="utf-8")
DOCUMENTS = {document.slug: document for document in parse_plan(TEXT)}


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def entry(slug: str, anchor: str) -> Entry:
    (found,) = (e for e in DOCUMENTS[slug].entries if e.anchor == anchor)
    return found


def numbered(slug: str, prefix: str) -> list[str]:
    return [a for a in DOCUMENTS[slug].anchors if re.fullmatch(prefix + r"-\d+", a)]


def test_no_word_is_lost() -> None:
    parsed = "".join(document.source for document in DOCUMENTS.values())

    assert without_spaces(parsed) == without_spaces(TEXT)
    assert len(without_spaces(TEXT)) == 22471


def test_documents_have_their_titles() -> None:
    assert [(d.slug, d.mark, d.title) for d in DOCUMENTS.values()] == [
        ("plan", "附件", "柳州市科技成果转化综合改革试点方案"),
        ("guideline-1", "附件1", "职务科技成果转化管理工作指引"),
        ("guideline-2", "附件2", "职务科技成果单列管理操作指引"),
        ("guideline-3", "附件3", "科技成果转化尽职免责制度指引"),
        ("guideline-4", "附件4", "科技成果公开交易工作指引"),
        ("guideline-5", "附件5", "科技成果协议定价交易操作指引"),
        ("guideline-6", "附件6", "科技成果“先使用后付费”工作指引"),
        ("guideline-7", "附件7", "技术经理人管理工作指引"),
    ]


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_anchors_are_unique(document: Document) -> None:
    assert len(set(document.anchors)) == len(document.anchors)


@pytest.mark.parametrize(
    ("slug", "count"),
    [
        ("guideline-1", 17),
        ("guideline-2", 17),
        ("guideline-3", 10),
        ("guideline-4", 16),
        ("guideline-5", 7),
        ("guideline-6", 9),
        ("guideline-7", 8),
    ],
)
def test_articles_are_counted(slug: str, count: int) -> None:
    articles = [e for e in DOCUMENTS[slug].entries if e.kind is EntryKind.ARTICLE]

    assert len(articles) == count


def test_article_has_number_title_and_text() -> None:
    assert entry("guideline-6", "art-1") == Entry(
        EntryKind.ARTICLE,
        "art-1",
        0,
        "第一条",
        "目的",
        "为提升科技成果转化效能、推动产学研融通，引导试点单位采用“先使用后付费”方式，"
        "将科技成果许可给企业使用，制定本指引。",
    )


def test_guideline_6_has_no_article_9() -> None:
    assert numbered("guideline-6", "art")[-2:] == ["art-8", "art-10"]
    assert entry("guideline-6", "art-10").label == "第十条"


def test_guideline_7_counts_4_in_arabic() -> None:
    assert entry("guideline-7", "art-4-4").label == "（4）"
    assert entry("guideline-7", "art-4-4").title == "资质管理。"


def test_guideline_7_has_conditions_on_a_third_level() -> None:
    assert numbered("guideline-7", "art-3-4") == [
        f"art-3-4-{number}" for number in range(1, 5)
    ]
    assert entry("guideline-7", "art-3-4-3").level == 2


def test_guideline_3_has_two_lists_in_article_7() -> None:
    assert len(numbered("guideline-3", "art-7")) == 4
    assert len(numbered("guideline-3", "art-7-after")) == 5
    assert (
        entry("guideline-3", "art-7-after").text
        == "成果转化参与人员在改革试点中不得有以下相关行为："
    )


def test_paragraphs_of_an_article_are_numbered() -> None:
    assert entry("guideline-2", "art-11").text == ""
    assert entry("guideline-2", "art-11-1").text.startswith("科技成果处于开发阶段")
    assert entry("guideline-2", "art-11-2").text.startswith("科技成果完成人放弃维持")
    assert entry("plan", "art-1-1-1-2").text.startswith("成果完成人应在团队内部")
    assert entry("plan", "art-2-3-1").text.startswith("试点单位执行科技成果年报")


def test_negative_list_stands_in_guideline_1() -> None:
    assert entry("guideline-1", "negative-list").title == "职务科技成果转化负面清单"
    assert [len(numbered("guideline-1", f"negative-list-{n}")) for n in (1, 2, 3)] == [
        5,
        5,
        5,
    ]
    assert entry("guideline-1", "negative-list-2").title == "涉及履行程序不力的情形"


def test_plan_has_its_frame() -> None:
    assert entry("plan", "preamble").text.startswith("为贯彻落实党的二十大")
    assert entry("plan", "closing").text.startswith("本方案自发布之日起施行")
    assert entry("plan", "annex-1").label == "附件：1."
    assert entry("plan", "annex-6").title == "科技成果“先使用后付费”工作指引"
    assert entry("guideline-4", "annex").title == "附录A"


def test_figures_keep_their_loose_words() -> None:
    figure = entry("guideline-4", "figure-a-2")

    assert figure.kind is EntryKind.FIGURE
    assert figure.text.split("\n")[:3] == [
        "协议定价交易流程详见图A.2",
        "成果发布",
        "协议公示",
    ]
    assert (
        entry("guideline-4", "figure-a-2-caption").source == "图A.2协议定价交易流程图"
    )


def test_run_in_headings_are_found() -> None:
    titles = [
        e.title
        for d in DOCUMENTS.values()
        if d.slug != "plan"
        for e in d.entries
        if e.kind is EntryKind.ITEM and e.title
    ]

    assert len(titles) == 49
    assert all(title.endswith("。") for title in titles)
    assert {"投前论证。", "先用后转。", "酝酿沟通。", "公示备案。"} <= set(titles)
    assert "赋予长期使用权+免费许可+约定收益。" in titles
    assert not any("不少于" in title for title in titles)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("附件\n方案\n（一）无章", "under no article"),
        ("附件\n方案\n一、章\n（一）节\n正文\n（一）又一", "a second list"),
    ],
)
def test_text_that_does_not_fit_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_plan(text)
