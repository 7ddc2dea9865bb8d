"""Manifests and the dictionary: every fault with line and key, in Chinese."""

from datetime import date

import pytest

from assembly.errors import AssemblyError
from assembly.manifest import parse_manifest, read_manifest
from assembly.toml_file import parse_toml, read_toml
from tests.factories.needs import EXPIRY, HEAD, WORDS, dictionary, manifest


def messages(make, *arguments):
    with pytest.raises(AssemblyError) as refused:
        make(*arguments)
    assert {one.code for one in refused.value.faults} <= {"E-AS-40", "E-AS-19"}
    return [one.message for one in refused.value.faults]


def test_manifest_is_read():
    given = manifest(
        'order = ["unit", "license.fee"]\nlegal_basis = ["民法典865"]' + EXPIRY
    )

    assert (given.instrument, given.valid_from) == ("D-22", date(2026, 1, 1))
    assert given.order == ("unit", "license.fee")
    assert given.clauses[0].article == "民法典865"
    assert given.clause("expiry") is given.clauses[0]
    assert given.clause("x") is None
    assert [given.is_valid_on(date(y, 1, 1)) for y in (2025, 2026)] == [False, True]


def test_override_changes_this_template_alone():
    words = dictionary()
    text = (
        '[variables.license.fee]\nhelp = "含税。"\n[variables.agent]\nrequired = true\n'
    )
    own = words.with_overrides(
        manifest(text + '[variables.unit.account.bank]\nlabel = "银行"').variables
    )

    assert own.resolve("license.fee")[-1].help == "含税。"
    assert own.resolve("agent")[-1].required
    assert own.resolve("unit.account.bank")[-1].label == "银行"
    assert own.resolve("agent.account.bank")[-1].label == "开户行"
    assert words.resolve("license.fee")[-1].help == "一次付清。"


def test_record_overridden_in_two_places_stays_apart():
    text = (
        '[variables.unit.name]\nlabel = "甲方名称"\n'
        '[variables.agent.name]\nlabel = "乙方名称"\n'
        '[variables.unit.email]\nlabel = "甲方邮箱"\n'
    )
    own = dictionary().with_overrides(manifest(text).variables)

    assert own.resolve("unit.name")[-1].label == "甲方名称"
    assert own.resolve("unit.email")[-1].label == "甲方邮箱"
    assert own.resolve("agent.name")[-1].label == "乙方名称"
    assert own.resolve("agent.email")[-1].label == "邮箱"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colour = 1", ["x.toml 第7行：不认识的键“colour”"]),
        ("modes = ['M7']", ["x.toml 第7行：modes 中的“M7”不能用。"]),
        ("modes = 'M1'", ["x.toml 第7行：modes 应为列表。"]),
        ("order = ['unti']", ["x.toml 第7行：没有变量“unti”，是否应为“unit”。"]),
        ("valid_until = 2026", ["x.toml 第7行：valid_until 应为日期（2026-01-01）。"]),
        (
            "[variables.note]\ntype = 'txt'\nlabel = '说明'",
            ["x.toml 第8行：没有类型“txt”"],
        ),
        ("[variables.note]\ntype = 'text'", ["x.toml 第7行：缺少 label。"]),
        ("[variables]\nnote = 3", ["x.toml 第8行：应为一组属性。"]),
        (
            "[variables.license.fee]\nrequired = 'yes'",
            ["x.toml 第8行：required 应为 true 或 false。"],
        ),
        (
            "[variables.Note]\ntype = 'text'\nlabel = 'x'",
            ["x.toml 第7行：变量名“Note”不能用"],
        ),
        (
            "[variables.clause]\ntype = 'text'\nlabel = 'x'",
            ["x.toml 第7行：变量名“clause”不能用"],
        ),
        (
            "[variables.k]\ntype = 'choice'\nlabel = 'x'",
            ["x.toml 第7行：choices 用于且必须用于 choice 类型。"],
        ),
        (
            "[variables.k]\ntype = 'choice'\nlabel = 'x'\nchoices = [['a', 'b'], ['a', 'c']]",
            ["x.toml 第10行：choices 应写作"],
        ),
        (
            "[variables.k]\ntype = 'text'\nlabel = 'x'\nmultiple = true",
            ["x.toml 第10行：multiple 只用于 choice 类型。"],
        ),
        (
            "[variables.k]\ntype = 'table'\nlabel = 'x'",
            ["x.toml 第7行：record 用于且必须用于 record 和 table 类型。"],
        ),
        (
            "[variables.k]\ntype = 'table'\nlabel = 'x'\nrecord = 'y'",
            ["x.toml 第10行：没有记录“y”。"],
        ),
        (
            "[variables.ip_items]\nmax_rows = 5001",
            ["x.toml 第8行：max_rows 应为 1 至 5000。"],
        ),
        ("clauses = [1]", ["x.toml 第7行：应写作 [[clauses]] 小节。"]),
        (
            "[[clauses]]\nname = 'a'\nwhen = 'unit'",
            ["x.toml 第7行：条款缺少 title。", "x.toml 第7行：条款缺少 why。"],
        ),
        (
            EXPIRY.replace("ip_items|any_expiring_before(license.ends_on)", "clause.b"),
            ["x.toml 第11行：条件只能引用前面的条款，没有“b”。"],
        ),
        (
            EXPIRY + EXPIRY,
            ["x.toml 第17行：条款“expiry”写了两次。"],
        ),
        (
            "[[clauses]]\nname = 'a'\ntitle = 'b'\nwhen = 'x()'\nwhy = 'c'",
            ["x.toml 第10行：条件写错了："],
        ),
        (
            "[[clauses]]\nname = 'a'\ntitle = 3\nmandatory = 1\nif = 'x'",
            [
                "不认识的键“if”",
                "title 应为文字（加引号）。",
                "mandatory 应为 true 或 false。",
            ],
        ),
    ],
)
def test_fault_of_a_manifest_names_line_and_key(text, expected):
    found = messages(manifest, text)

    assert len(found) == len(expected)
    for message, part in zip(found, expected, strict=True):
        assert part in message


def test_manifest_without_its_head_lacks_each_key():
    file = parse_toml('layout = "x"\n', "x.toml")

    assert messages(parse_manifest, file, dictionary()) == [
        "x.toml 第1行：缺少 instrument。",
        "x.toml 第1行：缺少 title。",
        "x.toml 第1行：缺少 version。",
        "x.toml 第1行：缺少 valid_from。",
        "x.toml 第1行：没有版式“x”，可用：contract、notice、form、letter。",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a =", "x.toml 第1行：等号右边的值写错了（文字要加引号）。"),
        ("a = 1\na = 2", "x.toml 第2行：同一个键写了两次。"),
        ("[a\n", "x.toml 第1行："),
        ('a = "x', "x.toml 第1行："),
    ],
)
def test_text_that_is_no_toml_is_refused_with_its_line(text, message):
    assert messages(parse_toml, text, "x.toml")[0].startswith(message)


def test_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "gbk.toml").write_bytes("名称".encode("gbk"))

    assert messages(read_toml, tmp_path / "none.toml") == [
        "输入文件读不出来：none.toml（不存在或不是 UTF-8 文字）。"
    ]
    assert messages(read_toml, tmp_path / "gbk.toml")
    path = tmp_path / "ok.toml"
    path.write_text(HEAD, encoding="utf-8")
    assert read_manifest(path, dictionary()).title == "一次性许可合同"


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('group = "G-U"', 'group = "G-X"', "没有分组“G-X”"),
        ('record = "account", label', 'record = "acount", label', "没有记录“acount”"),
        ("[variables]", "[variable]", "不认识的键“variable”"),
        ('type = "email"', 'type = "mail"', "没有类型“mail”"),
    ],
)
def test_fault_of_the_dictionary_is_told(old, new, part):
    assert any(part in one for one in messages(dictionary, WORDS.replace(old, new)))
