"""The questionnaire of several papers: each question once, with what is answered."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assembly.dictionary import Dictionary, Variable
from assembly.fields.binder import Binder
from assembly.interview import (
    Question,
    QuestionGroup,
    missing_values,
    questions_of,
    without_unanswered,
)
from assembly.needs import Needs

Papers = Sequence[tuple[Needs, Binder]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the interview: the questions on one variable of the data set."""

    name: str
    label: str
    group: str
    sections: tuple[QuestionGroup, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of the page in order."""
        return tuple(one for part in self.sections for one in part.questions)

    def without(self, paths: Container[str]) -> "Sheet":
        """Return the page without some questions, and without empty sections."""
        parts = [
            replace(part, questions=kept)
            for part in self.sections
            if (kept := tuple(q for q in part.questions if q.path not in paths))
        ]
        return replace(self, sections=tuple(parts))


def sheets_of(
    papers: Papers, answers: Mapping[str, Any], dictionary: Dictionary
) -> list[Sheet]:
    """Return the pages of the interview, answered questions too.

    A question is there when it matters on the present answers to one of the papers;
    a table has the columns that any of them reads.
    """
    asked: dict[str, Question] = {}
    labels: dict[str, tuple[str, str]] = {}
    waiting = {one.path for one in missing_values(papers, answers)}
    for needs, binder in papers:
        context, _ = binder.read(answers)
        given = binder.answers(without_unanswered(context, answers))
        for group in questions_of(needs):
            labels.setdefault(group.name, (group.label, group.group))
            for question in group.questions:
                truth = binder.truth(question.path, (), given)
                if truth or (truth is None and question.path in waiting):
                    known = asked.get(question.path)
                    asked[question.path] = _united(known, question)
    ordered = sorted(asked.values(), key=lambda one: _place(one.path, dictionary))
    return _sheets([_in_order(one, dictionary) for one in ordered], labels, dictionary)


def _united(known: Question | None, question: Question) -> Question:
    """Return one question for several papers: stricter, with all columns."""
    if known is None:
        return question
    columns = {one.path: one for one in known.columns}
    for column in question.columns:
        columns[column.path] = _united(columns.get(column.path), column)
    when = known.when if known.when == question.when else ""
    return replace(
        known,
        required=known.required or question.required,
        help=known.help or question.help,
        columns=tuple(columns.values()),
        min_rows=max(known.min_rows, question.min_rows),
        when=when,
    )


def _in_order(question: Question, dictionary: Dictionary) -> Question:
    columns = sorted(question.columns, key=lambda one: _place(one.path, dictionary))
    return replace(question, columns=tuple(columns)) if columns else question


def _place(path: str, dictionary: Dictionary) -> list[int]:
    names = path.replace("[]", "").split(".")
    place = [dictionary.order[names[0]]]
    known: Mapping[str, Variable] = dictionary.variables
    for name in names:
        place.append(list(known).index(name))
        known = dictionary.records.get(known[name].record, {})
    return place


def _sheets(
    questions: Sequence[Question],
    labels: Mapping[str, tuple[str, str]],
    dictionary: Dictionary,
) -> list[Sheet]:
    pages: dict[str, dict[str, list[Question]]] = {}
    for question in questions:
        is_table = question.type == "table"
        home = question.path if is_table else question.path.rpartition(".")[0]
        home = home or question.path
        page = pages.setdefault(question.path.split(".")[0], {})
        page.setdefault(home, []).append(question)
    return [
        Sheet(
            name,
            dictionary.variables[name].label,
            dictionary.groups.get(dictionary.variables[name].group, ""),
            tuple(
                QuestionGroup(home, *labels.get(home, ("", "")), tuple(inside))
                for home, inside in sections.items()
            ),
        )
        for name, sections in pages.items()
    ]
