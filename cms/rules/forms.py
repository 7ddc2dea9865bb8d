"""Forms as data: sections, topics (one page each), fields, conditions (§20).

A form has a version; every application keeps the version it was filled under,
so that the official form can replace the proposal without touching old cases.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cms.rules.labels import LabeledEnum

Answers = Mapping[str, Any]
"""Field code → text, list of texts (choices), list of rows, or list of files."""


class FieldType(LabeledEnum):
    """Kinds of field."""

    TEXT = "text", "单行文字"
    LONG_TEXT = "long_text", "多行文字"
    CHOICE = "choice", "单选"
    CHOICES = "choices", "多选"
    DATE = "date", "日期"
    MONEY = "money", "金额（元）"
    PERCENT = "percent", "百分数"
    INTEGER = "integer", "整数"
    PHONE = "phone", "电话"
    EMAIL = "email", "电子邮箱"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    PATENT_NUMBER = "patent_number", "知识产权号码"
    FILES = "files", "附件"
    ROWS = "rows", "逐项填写"


class Visibility(LabeledEnum):
    """Who may read a field (§20 column Vis)."""

    PUBLIC = "P", "公开"
    LOGIN = "L", "登录并实名认证后可见"
    REGISTERED = "R", "市科技局和本单位可见"
    SECRET = "S", "保密"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer to `field` is, or contains, one of `values`."""

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether the answers meet the condition."""
        answer = answers.get(self.field, "")
        given = answer if isinstance(answer, list) else [answer]
        return any(value in self.values for value in given)


@dataclass(frozen=True, slots=True)
class FormField:
    """One question.

    `vocabulary` names a code list (or a list that the caller gives, such as
    the open calls); `options` are (value, label) pairs of a closed list.
    `show_when` hides the question, `required_when` makes it required, `demand`
    is the only answer with which the form may be submitted. `is_sealed` marks
    personal data, which is encrypted at rest (CC-09). `columns` are the fields
    of one row; `checked_when` limits the check of the format; `limit` is the
    largest number of characters, rows or files.
    """

    code: str
    label: str
    type: FieldType = FieldType.TEXT
    visibility: Visibility = Visibility.REGISTERED
    required: bool = False
    help: str = ""
    minimum: int = 0
    limit: int = 0
    vocabulary: str = ""
    options: tuple[tuple[str, str], ...] = ()
    show_when: Condition | None = None
    required_when: Condition | None = None
    checked_when: Condition | None = None
    demand: str = ""
    is_sealed: bool = False
    may_be_public: bool = False
    columns: tuple["FormField", ...] = ()
    row_label: str = ""
    default: str = ""

    def is_shown(self, answers: Answers) -> bool:
        """Whether the question is asked."""
        return self.show_when is None or self.show_when.holds(answers)

    def is_required(self, answers: Answers) -> bool:
        """Whether the question must be answered."""
        if not self.is_shown(answers):
            return False
        if self.required_when is not None and self.required_when.holds(answers):
            return True
        return self.required


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the form."""

    code: str
    title: str
    fields: tuple[FormField, ...]
    hint: str = ""
    show_when: Condition | None = None

    def is_shown(self, answers: Answers) -> bool:
        """Whether the page is asked for."""
        if self.show_when is not None and not self.show_when.holds(answers):
            return False
        return any(field.is_shown(answers) for field in self.fields)

    def shown_fields(self, answers: Answers) -> list[FormField]:
        """Return the questions that are asked."""
        return [field for field in self.fields if field.is_shown(answers)]


@dataclass(frozen=True, slots=True)
class Section:
    """A task of the task list; `needs` are fields to be answered before it."""

    code: str
    title: str
    topics: tuple[Topic, ...]
    needs: tuple[str, ...] = ()

    def shown_topics(self, answers: Answers) -> list[Topic]:
        """Return the pages that are asked for."""
        return [topic for topic in self.topics if topic.is_shown(answers)]


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A version of a form."""

    version: str
    title: str
    sections: tuple[Section, ...]
    declarations: tuple[FormField, ...] = ()
    """What is declared at hand-in, on the page where the answers are checked."""

    def topics(self) -> Iterator[Topic]:
        """Yield all pages in order."""
        for section in self.sections:
            yield from section.topics

    def fields(self) -> Iterator[FormField]:
        """Yield all questions in order."""
        for topic in self.topics():
            yield from topic.fields

    def shown_fields(self, answers: Answers) -> Iterator[FormField]:
        """Yield the questions that are asked, page by page."""
        for topic in self.topics():
            if topic.is_shown(answers):
                yield from topic.shown_fields(answers)

    def topic(self, code: str) -> Topic | None:
        """Return the page with this code, or None."""
        return next((topic for topic in self.topics() if topic.code == code), None)

    def field(self, code: str) -> FormField | None:
        """Return the question with this code, or None."""
        return next((field for field in self.fields() if field.code == code), None)

    def topic_of(self, field_code: str) -> Topic | None:
        """Return the page on which a question stands, or None."""
        for topic in self.topics():
            if any(field.code == field_code for field in topic.fields):
                return topic
        return None

    def section_of(self, topic_code: str) -> Section | None:
        """Return the task to which a page belongs, or None."""
        for section in self.sections:
            if any(topic.code == topic_code for topic in section.topics):
                return section
        return None
