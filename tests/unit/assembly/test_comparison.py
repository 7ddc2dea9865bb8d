"""Comparing what came back signed with what was assembled (AS-09)."""

import json
from pathlib import Path

import pytest

from assembly import load_template
from assembly.comparison import Change, ChangeKind, compare
from assembly.plain_text import plain_text

ROOT = Path(__file__).parents[3]
CONTRACT = "ownership/milestone_share_transfer_contract"

ASSEMBLED = """编号：示例-2026-001
转让合同
甲方：柳州示例理工大学
一、标的
第一条　标的
甲方将示例成果转让给乙方。
第二条　价款
合同总价3,200,000.00元（大写：叁佰贰拾万元整），依照第一条交付后付清。
二、其他
第三条　保密
双方保密五年。
第四条　份数
本合同一式四份。
"""
SCANNED = """编号：示例-2026-001
转让合同
甲方：柳州示例理工大学
一、标的
第一条　标的
甲方将示例成果转
让给乙方。
第1页 共2页
编号：示例-2026-001
第二条　价款
合同总价３,２００,０００.００元(大写:叁佰贰拾万元整),依照
第一条交付后付清。
二、其他
第三条 保密
双方保密五年。
第2页 共2页
第四条　份数
本合同一式四份。
"""


def in_words(returned: str) -> list[str]:
    return [change.in_words for change in compare(ASSEMBLED, returned).changes]


def test_line_breaks_pages_and_widths_of_characters_do_not_matter():
    result = compare(ASSEMBLED, SCANNED)

    assert (result.is_equal, result.clauses, result.changes) == (True, 5, ())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "３,２００,０００.００",
            "2,300,000.00",
            ["第二条 价款：“3,200,000.00”改为“2,300,000.00”"],
        ),
        (
            "叁佰贰拾万元整",
            "贰佰叁拾万元整",
            ["第二条 价款：“叁佰贰拾万元整”改为“贰佰叁拾万元整”"],
        ),
        ("双方保密五年", "双方保密三年", ["第三条 保密：“五”改为“三”"]),
        ("交付后付清", "交付后分期付清", ["第二条 价款：增加“分期”"]),
        ("示例成果", "成果", ["第一条 标的：删去“示例”"]),
        ("第三条 保密\n双方保密五年。\n", "", ["第三条 保密：整条缺失"]),
        (
            "第四条　份数\n本合同一式四份。\n",
            "第四条　份数\n本合同一式四份。\n第五条　担保\n丙方承担连带责任。\n",
            ["第五条 担保：整条新增"],
        ),
        ("柳州示例理工大学", "柳州示例大学", ["首部：删去“理工”"]),
    ],
    ids=[
        "amount",
        "capitals",
        "term",
        "added words",
        "lost words",
        "missing clause",
        "new clause",
        "party",
    ],
)
def test_every_change_is_told_with_its_clause(old, new, words):
    assert old in SCANNED

    assert in_words(SCANNED.replace(old, new)) == words


def test_clause_that_went_away_and_renumbered_the_rest_is_the_only_change():
    returned = SCANNED.replace("第二条　价款", "第一条　价款").replace(
        "第一条　标的\n甲方将示例成果转\n让给乙方。\n", "", 1
    )
    returned = returned.replace("第三条 保密", "第二条 保密").replace(
        "第四条　份数", "第三条　份数"
    )

    assert in_words(returned) == ["第一条 标的：整条缺失"]


def test_numbers_and_whole_clauses_are_key_changes():
    returned = (
        SCANNED.replace("５", "5")
        .replace("五年", "永久")
        .replace("３,２００,０００.００", "2,300,000.00")
    )

    result = compare(ASSEMBLED, returned)

    assert [change.clause for change in result.key_changes] == ["第二条 价款"]
    assert result.key_changes[0] == Change(
        ChangeKind.CHANGED,
        "第二条 价款",
        "3,200,000.00",
        "2,300,000.00",
        True,
        "合同总价",
        "元（大写：叁佰贰拾万元整），依照第一条交付后付清。",
    )


@pytest.mark.parametrize(
    ("assembled", "returned", "lead", "tail"),
    [
        ("甲。价款3元,乙付。丙", "甲。价款4元,乙付。丙", "价款", "元，乙付。"),
        ("共3,200元(含税)", "共3,300元(含税)", "共", "元（含税）"),
        ("甲" * 70 + "3", "甲" * 70 + "4", "…" + "甲" * 32, ""),
        ("3" + "乙" * 70, "4" + "乙" * 70, "", "乙" * 32 + "…"),
    ],
    ids=["sentence", "amount", "long-before", "long-after"],
)
def test_change_is_told_in_its_sentence(assembled, returned, lead, tail):
    (change,) = compare(assembled, returned).changes

    assert (change.lead, change.tail) == (lead, tail)


def assembled_contract() -> bytes:
    template = load_template(ROOT / "templates_docx" / f"{CONTRACT}.docx")
    answers = json.loads((ROOT / "fixtures/demo/answers/M2.json").read_text("utf-8"))
    assert template.guide is not None
    names = {path.split(".")[0].split("[")[0] for path in template.guide.needs.needs}
    return template.render({k: v for k, v in answers.items() if k in names})


def test_text_of_a_contract_begins_with_its_running_header():
    text = plain_text(assembled_contract())

    assert text.splitlines()[:2] == [
        "编号：示例—2026—001",
        "职务科技成果所有权份额转让合同",
    ]


@pytest.mark.parametrize("name", ["编号", "合同编号", "协议编号", "文书编号"])
def test_running_header_of_every_page_is_no_change(name):
    header = f"{name}：示例—2026—001"
    clauses = ["第一条　价款", "价款为人民币三万元。", "第二条　期限", "期限为十年。"]
    printed = [
        f"{header}\n{line}\n第 {n} 页 共 4 页" for n, line in enumerate(clauses, 1)
    ]
    assembled = "\n".join([header, *clauses])

    assert compare(assembled, "\n".join(printed)).is_equal
    other = "\n".join(printed).replace("2026—001\n期限", "2026—002\n期限")
    assert [one.after for one in compare(assembled, other).changes] != []


def test_contract_compared_with_itself_has_no_change():
    text = plain_text(assembled_contract())

    result = compare(text, text)

    assert result.is_equal
    assert result.clauses == 45
