"""Forms as a whole: what is missing, sealed, changed; the editions."""

import pytest

from cms.rules.application_form import FORMS, get_form
from cms.rules.form_progress import (
    TaskStatus,
    drop_unasked,
    find_changes,
    missing_in_form,
    missing_in_topic,
    split_sealed,
    task_status,
)
from cms.rules.forms import (
    Condition,
    FieldType,
    FormDefinition,
    FormField,
    Section,
    Topic,
    Visibility,
)
from cms.rules.violations import RuleViolation
from tests.factories.forms import ROWS, YES_NO

FORM = FormDefinition(
    "test",
    "测试",
    (
        Section(
            "one",
            "一",
            (
                Topic(
                    "a",
                    "甲",
                    (
                        FormField("kind", "种类", FieldType.CHOICE, options=YES_NO),
                        FormField(
                            "note",
                            "说明",
                            required=True,
                            show_when=Condition("kind", ("yes",)),
                        ),
                        FormField(
                            "extra", "补充", required_when=Condition("kind", ("yes",))
                        ),
                    ),
                ),
                Topic("b", "乙", (ROWS,), show_when=Condition("kind", ("yes",))),
            ),
        ),
        Section(
            "two",
            "二",
            (
                Topic(
                    "c",
                    "丙",
                    (
                        FormField("phone", "电话", is_sealed=True, required=True),
                        FormField("months", "月数", default="12"),
                    ),
                ),
            ),
            needs=("kind",),
        ),
        Section("three", "三", (Topic("d", "丁", (FormField("free", "选填"),)),)),
    ),
)


def test_conditions_hold_for_texts_and_lists() -> None:
    condition = Condition("kind", ("yes",))

    assert condition.holds({"kind": "yes"})
    assert condition.holds({"kind": ["no", "yes"]})
    assert not condition.holds({})


def test_missing_follows_the_conditions() -> None:
    answers = {"kind": "yes", "rows": [{"name": ""}], "phone": "1"}

    assert [item.label for item in missing_in_form(FORM, answers)] == [
        "说明",
        "补充",
        "明细第1项名称",
    ]
    assert [item.place for item in missing_in_form(FORM, {"kind": "no"})] == ["phone"]
    topic = FORM.topic("b")
    assert topic is not None
    assert missing_in_topic(topic, {}) == []


@pytest.mark.parametrize(
    ("place", "answers", "status"),
    [
        (0, {}, TaskStatus.UNTOUCHED),
        (0, {"kind": "no"}, TaskStatus.COMPLETED),
        (0, {"kind": "yes"}, TaskStatus.STARTED),
        (0, {"kind": "yes", "note": "1", "extra": "1"}, TaskStatus.COMPLETED),
        (1, {}, TaskStatus.BLOCKED),
        (1, {"kind": "no", "months": "12"}, TaskStatus.UNTOUCHED),
        (1, {"kind": "no", "months": "6"}, TaskStatus.STARTED),
        (1, {"kind": "no", "phone": "1"}, TaskStatus.COMPLETED),
        (2, {}, TaskStatus.UNTOUCHED),
        (2, {"free": "1"}, TaskStatus.COMPLETED),
    ],
)
def test_task_status(place: int, answers: dict[str, str], status: TaskStatus) -> None:
    assert task_status(FORM.sections[place], answers) is status


def test_sealed_answers_are_set_apart() -> None:
    assert split_sealed(FORM, {"phone": "1", "kind": "no"}) == (
        {"kind": "no"},
        {"phone": "1"},
    )


def test_unasked_answers_are_dropped() -> None:
    assert drop_unasked(FORM, {"kind": "no", "note": "x", "rows": [], "other": 1}) == {
        "kind": "no"
    }


def test_changes_show_what_readers_may_see() -> None:
    old = {"kind": "yes", "note": "甲", "rows": [{"name": "A", "number": "1"}]}
    new = {"kind": "no", "note": "乙", "rows": [{"name": "B", "number": "2"}]}

    public = find_changes(FORM, old, new, visible_to={Visibility.PUBLIC})
    everything = find_changes(FORM, old, new, visible_to=set(Visibility))

    assert [(c.label, c.old, c.new) for c in public] == [("明细", "名称：A", "名称：B")]
    assert [(c.code, c.old, c.new) for c in everything] == [
        ("kind", "是", "否"),
        ("note", "甲", ""),
        ("rows", "名称：A；号码：1", "名称：B；号码：2"),
    ]


def test_form_finds_its_parts() -> None:
    assert [topic.code for topic in FORM.topics()] == ["a", "b", "c", "d"]
    found = FORM.field("phone")
    assert found is not None
    assert found.label == "电话"
    topic, section = FORM.topic_of("phone"), FORM.section_of("c")
    assert topic is not None
    assert section is not None
    assert (topic.code, section.code) == ("c", "two")
    assert FORM.topic_of("nothing") is None
    assert FORM.section_of("nothing") is None
    assert FORM.topic("nothing") is None
    assert FORM.field("nothing") is None


def test_unknown_version_is_refused() -> None:
    with pytest.raises(RuleViolation) as refused:
        get_form("1999-1")

    assert str(refused.value) == "E-FM-12 没有版本为1999-1的申请表。"


@pytest.mark.parametrize("version", FORMS)
def test_edition_is_sound(version: str) -> None:
    form = get_form(version)
    codes = [item.code for item in form.fields()]
    topics = [topic.code for topic in form.topics()]

    assert len(codes) == len(set(codes))
    assert len(topics) == len(set(topics))
    for item in form.fields():
        for condition in (item.show_when, item.required_when):
            assert condition is None or condition.field in codes
        assert item.type not in (FieldType.CHOICE, FieldType.CHOICES) or (
            item.options or item.vocabulary
        )


def test_edition_2026_1_has_the_groups_of_section_20() -> None:
    assert [section.title for section in get_form("2026-1").sections] == [
        "单位",
        "成果",
        "知识产权",
        "来源",
        "完成人",
        "权属",
        "付费",
        "交易",
        "合规",
        "附件",
        "发布管理",
    ]


def test_edition_2026_1_keeps_phones_sealed_and_private() -> None:
    for item in get_form("2026-1").fields():
        if item.type in (FieldType.PHONE, FieldType.EMAIL):
            assert item.is_sealed
            assert item.visibility is not Visibility.PUBLIC
