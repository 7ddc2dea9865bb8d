"""The interview: what to ask, in order, only when it matters; and why clauses stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assembly.expressions.references import read_paths
from assembly.fields.binder import Answers, Binder
from assembly.filters import FilterError, printed
from assembly.manifest import Clause
from assembly.needs import Need, Needs
from assembly.wording import condition_in_words, guards_in_words

ALWAYS = "本文书的固定条款"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: a field of the data, or a table with its columns."""

    path: str
    label: str
    type: str
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    multiple: bool = False
    personal: bool = False
    when: str = ""
    columns: tuple["Question", ...] = ()
    min_rows: int = 0
    max_rows: int = 0
    max_length: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return the question as plain data, empty attributes left out."""
        data = {name: getattr(self, name) for name in self.__slots__}
        data["columns"] = [column.as_data() for column in self.columns]
        data["choices"] = [{"code": c, "label": label} for c, label in self.choices]
        return {name: value for name, value in data.items() if value}


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions of one record, such as those on the unit, under its group."""

    name: str
    label: str
    group: str
    questions: tuple[Question, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the group as plain data."""
        questions = [question.as_data() for question in self.questions]
        return {
            "name": self.name,
            "label": self.label,
            "group": self.group,
            "questions": questions,
        }


@dataclass(frozen=True, slots=True)
class MissingValue:
    """A value that is still to be filled, and the papers that wait for it."""

    path: str
    label: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseReason:
    """Why a clause stands in a paper or not: condition, answers, article.

    `paths` are those of `answers`, in the same order.
    """

    name: str
    title: str
    is_on: bool | None
    condition: str
    answers: tuple[tuple[str, str], ...]
    why: str
    article: str
    rule: str
    mandatory: bool
    paths: tuple[str, ...] = ()


def questions_of(needs: Needs) -> list[QuestionGroup]:
    """Return all questions of a template in the order of its interview."""
    return _grouped({path: (one, needs) for path, one in _asked(needs).items()})


def _asked(needs: Needs) -> dict[str, Question]:
    """Return the questions by path, columns gathered under their tables."""
    columns: dict[str, list[Need]] = {}
    tops: list[Need] = []
    for need in needs.needs.values():
        table, mark, _ = need.path.rpartition("[].")
        if mark:
            columns.setdefault(table, []).append(need)
        elif not need.variable.record or need.variable.type == "table":
            tops.append(need)
    return {
        need.path: _question(need, columns, needs)
        for need in tops
        if "[]" not in need.path
    }


def _question(
    need: Need, columns: Mapping[str, Sequence[Need]], needs: Needs
) -> Question:
    variable = need.variable
    inner = [_question(one, columns, needs) for one in columns.get(need.path, ())]
    is_table = variable.type == "table"
    return Question(
        path=need.path,
        label=variable.label,
        type=variable.type,
        help=variable.help,
        required=variable.required,
        choices=variable.choices,
        multiple=variable.multiple,
        personal=variable.personal,
        when=_when(need, needs),
        columns=tuple(inner),
        min_rows=variable.min_rows if is_table else 0,
        max_rows=variable.max_rows if is_table else 0,
        max_length=variable.max_length if variable.type.endswith("text") else 0,
    )


def _when(need: Need, needs: Needs) -> str:
    """Return when a question matters, in words; empty when it always does."""
    worded = [guards_in_words(guards, needs) for guards in need.places]
    if not all(worded):
        return ""
    return "；或".join(dict.fromkeys(worded))


def _grouped(asked: Mapping[str, tuple[Question, Needs]]) -> list[QuestionGroup]:
    members: dict[str, list[Question]] = {}
    labels: dict[str, tuple[str, str]] = {}
    for path, (question, needs) in asked.items():
        home = _home(path, question)
        members.setdefault(home, []).append(question)
        top = needs.dictionary.variables[home.split(".")[0]]
        group = needs.dictionary.groups.get(top.group, "")
        labels.setdefault(home, (needs.label(home), group))
    return [
        QuestionGroup(home, *labels[home], tuple(questions))
        for home, questions in members.items()
    ]


def _home(path: str, question: Question) -> str:
    """Return the record a question belongs to; a table is a group of its own."""
    if question.type == "table" or "." not in path:
        return path
    return path.rpartition(".")[0]


def next_questions(
    papers: Sequence[tuple[Needs, Binder]], answers: Mapping[str, Any]
) -> list[QuestionGroup]:
    """Return what is still to be asked for papers, each question once.

    A question is asked when it matters on the present answers and is not answered;
    while none of those is left, questions whose conditions are still open follow.
    """
    certain: dict[str, tuple[Question, Needs]] = {}
    open_ones: dict[str, tuple[Question, Needs]] = {}
    for needs, binder in papers:
        context, _ = binder.read(answers)
        given = binder.answers(without_unanswered(context, answers))
        for path, question in _asked(needs).items():
            if path in certain or _is_answered(path, answers):
                continue
            truth = binder.truth(path, (), given)
            if truth:
                certain[path] = question, needs
            elif truth is None:
                open_ones.setdefault(path, (question, needs))
    return _grouped(certain or open_ones)


def without_unanswered(
    context: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the context without what nobody answered, so conditions stay open."""
    kept: dict[str, Any] = {}
    for name, value in context.items():
        raw = answers.get(name)
        if isinstance(value, dict):
            inner = raw if isinstance(raw, Mapping) else {}
            kept[name] = without_unanswered(value, inner)
        elif raw is not None and raw != "":
            kept[name] = value
    return kept


def _is_answered(path: str, answers: Mapping[str, Any]) -> bool:
    value: Any = answers
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return True


def missing_values(
    papers: Sequence[tuple[Needs, Binder]], data: Mapping[str, Any]
) -> list[MissingValue]:
    """Return the required values that papers still wait for, each once."""
    found: dict[str, MissingValue] = {}
    for needs, binder in papers:
        context, session = binder.read(data)
        for one in binder.certain(session.missing, context):
            known = found.get(one.path, MissingValue(one.path, one.label))
            papers_waiting = (*known.papers, needs.title)
            found[one.path] = MissingValue(one.path, one.label, papers_waiting)
    return list(found.values())


def explain(
    needs: Needs, binder: Binder, data: Mapping[str, Any]
) -> list[ClauseReason]:
    """Return for each clause of the manifest whether and why it stands.

    `is_on` is None while an answer it depends on is missing.
    """
    context, _ = binder.read(data)
    given = binder.answers(context)
    clauses = needs.manifest.clauses if needs.manifest is not None else ()
    return [_reason(clause, needs, given) for clause in clauses]


def _reason(clause: Clause, needs: Needs, given: Answers) -> ClauseReason:
    is_on: bool | None = True
    condition = ALWAYS
    used: tuple[tuple[str, str], ...] = ()
    paths: tuple[str, ...] = ()
    if clause.when is not None:
        is_on = clause.when.truth(given.values)
        condition = condition_in_words(clause.when, needs).strip("（）")
        paths = tuple(dict.fromkeys(read_paths(clause.when.node, {})))
        used = tuple((needs.label(path), _answer(path, given)) for path in paths)
    return ClauseReason(
        clause.name,
        clause.title,
        is_on,
        condition,
        used,
        clause.why,
        clause.article,
        clause.rule,
        clause.mandatory,
        paths,
    )


def _answer(path: str, given: Answers) -> str:
    values: list[Any] = [given.values]
    for name in path.split("."):
        key, is_table = name.removesuffix("[]"), name.endswith("[]")
        values = [v.get(key) for v in values if isinstance(v, Mapping)]
        if is_table:
            values = [row for table in values for row in table or ()]
    try:
        words = [printed(value) for value in values]
    except FilterError:
        return f"{sum(len(v) for v in values if isinstance(v, list))}行"
    return "、".join(dict.fromkeys(words)) or "无"
