"""Questions in order and only when they matter; what is missing; why clauses stand."""

import pytest

from assembly.expressions import compile_condition
from assembly.interview import explain, missing_values, next_questions, questions_of
from assembly.wording import condition_in_words
from tests.factories.needs import EXPIRY, ROW, needs_of, paper_of

SOURCE = (
    "{{ license.fee }}{{ unit.name }}{{ unit.account.bank }}{{ license.kind }}"
    "{% if license.kind == 'exclusive' %}{{ license.ends_on }}{% endif %}"
    "{% for i in ip_items %}{{ i.name }}{% if i.kind == 'invention' %}{{ i.number }}"
    "{% endif %}{% endfor %}"
)


def paths(groups):
    return [question.path for group in groups for question in group.questions]


def test_questions_follow_groups_and_fields_of_the_dictionary():
    groups = questions_of(needs_of(SOURCE))

    assert [(one.name, one.label, one.group) for one in groups] == [
        ("unit", "单位", "试点单位"),
        ("unit.account", "单位·账户", "试点单位"),
        ("ip_items", "知识产权", "知识产权"),
        ("license", "许可", "许可"),
    ]
    assert paths(groups) == [
        "unit.name",
        "unit.account.bank",
        "ip_items",
        "license.kind",
        "license.ends_on",
        "license.fee",
    ]


def test_need_ends_at_a_field_a_table_or_a_record():
    needs = needs_of("{% if agent %}{{ agent.name }}{% endif %}{{ ip_items|count }}")

    assert {path: need.is_whole for path, need in needs.needs.items()} == {
        "agent": True,
        "agent.name": False,
        "ip_items": True,
    }


def test_order_of_the_manifest_comes_first():
    groups = questions_of(needs_of(SOURCE, 'order = ["license.fee", "ip_items"]'))

    assert paths(groups)[0] == "license.fee"
    assert [one.name for one in groups] == [
        "license",
        "ip_items",
        "unit",
        "unit.account",
    ]


def test_question_tells_help_choices_columns_and_when():
    questions = {
        one.path: one
        for group in questions_of(needs_of(SOURCE))
        for one in group.questions
    }

    assert questions["license.fee"].help == "一次付清。"
    assert questions["license.kind"].choices[1] == ("exclusive", "独占许可")
    assert questions["license.ends_on"].when == "“许可·许可种类”为“独占许可”"
    columns = questions["ip_items"].columns
    assert [(one.path, one.when) for one in columns] == [
        ("ip_items[].kind", ""),
        ("ip_items[].name", ""),
        ("ip_items[].number", "“知识产权·类型”为“发明专利”"),
    ]
    data = questions["ip_items"].as_data()
    assert (data["min_rows"], data["max_rows"]) == (1, 3)
    assert data["columns"][0]["choices"][0] == {
        "code": "invention",
        "label": "发明专利",
    }


def test_group_as_data_is_plain():
    (group,) = questions_of(needs_of("{{ unit.name }}"))

    assert group.as_data() == {
        "name": "unit",
        "label": "单位",
        "group": "试点单位",
        "questions": [
            {
                "path": "unit.name",
                "label": "名称",
                "type": "text",
                "required": True,
                "max_length": 20000,
            }
        ],
    }


PAPERS = [
    paper_of(SOURCE),
    paper_of("{{ unit.name }}{{ unit.email }}{{ license.fee }}"),
]


def test_papers_of_a_bundle_ask_each_question_once():
    assert paths(next_questions(PAPERS, {})) == [
        "unit.name",
        "unit.email",
        "unit.account.bank",
        "ip_items",
        "license.kind",
        "license.fee",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"), [("exclusive", ["license.ends_on"]), ("ordinary", [])]
)
def test_question_is_asked_only_when_it_matters(kind, expected):
    answers = {
        "unit": {"name": "甲", "email": None, "account": {"bank": "乙行"}},
        "ip_items": [ROW],
        "license": {"kind": kind, "fee": "1"},
    }

    assert paths(next_questions(PAPERS, answers)) == expected


def test_open_question_is_asked_when_nothing_else_is_left():
    papers = [paper_of("{% if unit.email > 3 %}{{ license.fee }}{% endif %}")]

    assert paths(next_questions(papers, {})) == ["unit.email"]
    assert paths(next_questions(papers, {"unit": {"email": "a@example.com"}})) == [
        "license.fee"
    ]


def test_missing_values_name_the_papers_that_wait():
    found = missing_values(PAPERS, {"unit": {"account": {"bank": "乙行"}}})

    assert [(one.path, one.label, len(one.papers)) for one in found] == [
        ("unit.name", "单位·名称", 2),
        ("ip_items", "知识产权", 1),
        ("license.kind", "许可·许可种类", 1),
        ("license.fee", "许可·许可费", 2),
    ]


def test_reasons_tell_condition_answers_and_article():
    fixed = '[[clauses]]\nname = "object"\ntitle = "标的"\narticle = "民法典845"\n'
    needs, binder = paper_of("{% if clause.expiry %}x{% endif %}", EXPIRY + fixed)
    data = {
        "ip_items": [ROW | {"expires_on": "2037-07-01"}],
        "license": {"ends_on": "2040-01-01"},
    }

    expiry, always = explain(needs, binder, data)

    assert (expiry.title, expiry.is_on, expiry.mandatory) == ("专利权期满", True, True)
    assert expiry.condition == "“知识产权”中有权利在“许可·止日”之前届满"
    assert dict(expiry.answers) == {
        "知识产权·届满日": "2037年7月1日",
        "知识产权": "1行",
        "许可·止日": "2040年1月1日",
    }
    assert (expiry.why, expiry.article, expiry.rule) == (
        "许可期限晚于专利权届满日",
        "民法典865",
        "EM-14",
    )
    assert (always.is_on, always.condition, always.answers) == (
        True,
        "本文书的固定条款",
        (),
    )
    assert explain(needs, binder, {})[0].is_on is None


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("license.is_sublicensable", "“许可·可以分许可”为是"),
        ("not license.is_sublicensable", "“许可·可以分许可”为否"),
        ("unit.email", "“单位·邮箱”已填写"),
        ("not unit.email", "“单位·邮箱”未填写"),
        ("unit.email is none", "“单位·邮箱”未填写"),
        ("not (unit.email is none)", "“单位·邮箱”已填写"),
        ('license.kind != "ordinary"', "“许可·许可种类”不为“普通许可”"),
        ('not (license.kind == "ordinary")', "并非“许可·许可种类”为“普通许可”"),
        (
            'license.kind in ["ordinary", "exclusive"]',
            "“许可·许可种类”为“普通许可”或“独占许可”",
        ),
        ("license.ends_on > license.ends_on", "“许可·止日”晚于“许可·止日”"),
        ("license.fee > 0", "“许可·许可费”大于“0”"),
        ("license.fee - 1 >= 2.5", "“许可·许可费”减1不小于“2.5”"),
        (
            "license.is_sublicensable and not (unit.email or unit.name)",
            "（“许可·可以分许可”为是，且（“单位·邮箱”未填写，且“单位·名称”未填写））",
        ),
        ("ip_items|count > 1", "“知识产权”行数大于“1”"),
        ("ip_items|count", "“知识产权”不为空"),
        ('ip_items|any_where("kind", "know_how")', "“知识产权”中有一行类型为技术秘密"),
        ('not (ip_items|any_where("number"))', "并非“知识产权”中有一行已填写号码"),
        ('ip_items|joined("name")', "“知识产权”不为空"),
        ("clause.expiry", "适用“专利权期满”条款"),
        ("not clause.expiry", "不适用“专利权期满”条款"),
    ],
)
def test_condition_is_told_in_words(condition, words):
    needs = needs_of("{{ unit.name }}", EXPIRY)

    told = condition_in_words(compile_condition(condition), needs)

    assert told.replace("“技术秘密”", "技术秘密") == words
