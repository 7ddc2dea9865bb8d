"""Code lists: counts, levels and spot checks against the standards."""

from collections import Counter

import pytest

from cms.rules.achievements import MaturityStage
from cms.rules.vocabularies import (
    DISCIPLINES,
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
    TRL,
    VOCABULARIES,
    fits_stage,
    stage_of,
)
from cms.rules.vocabularies.vocabulary import Term, Vocabulary


def test_industries_have_the_counts_of_the_standard():
    sizes = Counter(len(term.code) for term in INDUSTRIES.terms)

    assert sizes == {1: 20, 2: 97, 3: 473}
    assert len(INDUSTRIES.leaves()) == 473
    assert [term.code for term in INDUSTRIES.children()] == list("ABCDEFGHIJKLMNOPQRST")


@pytest.mark.parametrize(
    ("code", "label", "path"),
    [
        ("011", "谷物种植", ["A", "01"]),
        ("143", "方便食品制造", ["C", "14"]),
        ("203", "木质制品制造", ["C", "20"]),
        ("283", "生物基材料制造", ["C", "28"]),
        ("361", "汽车整车制造", ["C", "36"]),
        ("367", "汽车零部件及配件制造", ["C", "36"]),
        ("384", "电池制造", ["C", "38"]),
        ("521", "综合零售", ["F", "52"]),
        ("642", "互联网信息服务", ["I", "64"]),
        ("732", "工程和技术研究和试验发展", ["M", "73"]),
        ("970", "国际组织", ["T", "97"]),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isdigit() else "",
)
def test_industry_group_has_its_name_and_levels(code, label, path):
    assert INDUSTRIES.label(code) == label
    assert [term.code for term in INDUSTRIES.ancestors(code)] == path


def test_industry_divisions_that_2017_renamed():
    assert INDUSTRIES.label("25") == "石油、煤炭及其他燃料加工业"
    assert INDUSTRIES.label("59") == "装卸搬运和仓储业"
    assert INDUSTRIES.path("367") == "制造业 › 汽车制造业 › 汽车零部件及配件制造"


def test_districts_are_the_city_its_zones_and_elsewhere():
    assert [term.label for term in DISTRICTS.children("450200")] == [
        "城中区",
        "鱼峰区",
        "柳南区",
        "柳北区",
        "柳江区",
        "柳城县",
        "鹿寨县",
        "融安县",
        "融水苗族自治县",
        "三江侗族自治县",
        "柳东新区",
        "北部生态新区（阳和）",
    ]
    assert len(DISTRICTS.children("ELSEWHERE")) == 5


def test_flat_lists_have_their_sizes():
    assert len(TECHNOLOGY_FIELDS.terms) == 11
    assert len(DISCIPLINES.terms) == 62
    assert [term.code for term in TRL.terms] == list("123456789")
    assert DISCIPLINES.label("460") == "机械工程"
    assert set(VOCABULARIES) == {
        "districts",
        "industries",
        "technology_fields",
        "disciplines",
        "trl",
    }


@pytest.mark.parametrize("level", range(1, 10))
def test_level_fits_its_own_stage(level):
    assert fits_stage(level, stage_of(level))


def test_level_refuses_a_distant_stage():
    assert stage_of(6) is MaturityStage.PILOT
    assert fits_stage(5, MaturityStage.PILOT)
    assert fits_stage(7, MaturityStage.PRODUCTION)
    assert not fits_stage(3, MaturityStage.PILOT)
    assert not fits_stage(9, MaturityStage.LABORATORY)
    assert not fits_stage(4, MaturityStage.PRODUCTION)
    assert not fits_stage(10, MaturityStage.PRODUCTION)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("367", "367"),
        ("汽车零部件及配件制造", "367"),
        ("367 汽车零部件及配件制造", "367"),
        (" 367 ", "367"),
        ("367 电池制造", None),
        ("没有这个行业", None),
        ("", None),
    ],
)
def test_code_of_reads_codes_and_labels(text, code):
    assert INDUSTRIES.code_of(text) == code


def test_vocabulary_answers_for_unknown_codes():
    assert INDUSTRIES.get("999") is None
    assert INDUSTRIES.label("999") == "999"
    assert INDUSTRIES.children("999") == ()
    assert INDUSTRIES.ancestors("999") == ()
    assert "999" not in INDUSTRIES
    assert "C" in INDUSTRIES
    assert INDUSTRIES.choices()[0] == ("A", "农、林、牧、渔业")


def test_vocabulary_refuses_a_double_code_and_a_missing_parent():
    with pytest.raises(ValueError, match="used twice"):
        Vocabulary("x", "测试", (Term("1", "甲"), Term("1", "乙")))
    with pytest.raises(ValueError, match="has no parent"):
        Vocabulary("x", "测试", (Term("1", "甲", "0"),))


def test_codes_within_a_code_are_all_that_stand_below_it():
    vocabulary = Vocabulary(
        "x",
        "示例",
        (
            Term("A", "甲"),
            Term("A1", "甲一", "A"),
            Term("A11", "甲一一", "A1"),
            Term("A2", "甲二", "A"),
            Term("B", "乙"),
        ),
    )

    assert vocabulary.within("A") == ("A", "A1", "A11", "A2")
    assert vocabulary.within("B") == ("B",)
