"""Turns the source of a part into a function that yields its pieces."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from jinja2 import Environment, Template, TemplateError, TemplateSyntaxError, nodes

from assembly.engine.gate import admit
from assembly.engine.places import locate, syntax_fault
from assembly.engine.reading import Misplaced, Reason
from assembly.engine.sources import PartSource
from assembly.engine.stitching import prepare
from assembly.engine.values import Fragment
from assembly.engine.wellformed import Walk
from assembly.errors import AssemblyError, fault
from assembly.expressions import Reference, references

_SHORT = 1024


@dataclass(frozen=True)
class CompiledPart:
    """A part of a template, compiled; `statics` are its texts, each a piece."""

    source: PartSource
    template: Template
    statics: tuple[bytes, ...]
    has_marks: bool
    reasons: tuple[Reason, ...] = ()
    references: tuple[Reference, ...] = ()
    clauses: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Return the name of the part in the Word file."""
        return self.source.name

    @property
    def is_short(self) -> bool:
        """Whether deflating the part would cost more time than it saves room."""
        return len(self.source.source) < _SHORT

    @cached_property
    def stretches(self) -> dict[bytes, bytes]:
        """Return the static texts compressed, for stitching."""
        return prepare(self.statics)

    def pieces(self, context: dict[str, Any]) -> list[bytes | Fragment]:
        """Return the pieces of the part filled with `context`.

        Raises:
            AssemblyError: a value is missing or cannot be printed, with its place.
        """
        template = self.template
        try:
            filled: Iterator[Any] = template.root_render_func(
                template.new_context(context, shared=True)
            )
            return list(filled)
        except AssemblyError as refusal:
            raise locate(refusal, self, context) from refusal
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise locate(error, self, context) from error


def parse(source: PartSource, environment: Environment) -> nodes.Template:
    """Return the syntax tree of a part.

    Raises:
        AssemblyError: E-AS-05, a tag is not written as Jinja wants it.
    """
    try:
        return environment.parse(source.source, source.name, source.name)
    except TemplateSyntaxError as error:
        raise AssemblyError(syntax_fault(source, error)) from error
    except RecursionError as error:
        reason = "括号或条件嵌套过深"
        raise AssemblyError(
            fault("E-AS-05", part=source.name, reason=reason)
        ) from error


def compile_part(
    source: PartSource, tree: nodes.Template, environment: Environment
) -> CompiledPart:
    """Return a part compiled; its `reasons` say why it is not proven well-formed.

    Raises:
        AssemblyError: E-AS-20, the dialect refuses an expression; E-AS-10, a value
            stands where none may.
    """
    admit(source, tree)
    read = tuple(
        replace(one, article=source.articles[one.line - 1]) for one in references(tree)
    )
    walk = Walk()
    try:
        walk.whole(tree)
    except Misplaced as error:
        number = source.paragraph_at(error.line)
        quote = source.quote(number)
        raise AssemblyError(
            fault("E-AS-10", tag=quote, reason=error.reason).at(
                source.name, number, quote
            )
        ) from error
    template = compile_tree(source.name, tree, environment)
    statics = tuple(text.encode() for text in _texts(tree))
    marks = _has_marks(tree)
    reasons, clauses = tuple(walk.reasons), _clauses(tree)
    return CompiledPart(source, template, statics, marks, reasons, read, clauses)


def compile_tree(name: str, tree: nodes.Template, environment: Environment) -> Template:
    """Return the Jinja template of a syntax tree."""
    code = environment.compile(tree, name, f"<{name}>")
    return Template.from_code(environment, code, environment.globals)


def _texts(tree: nodes.Template) -> Iterator[str]:
    """Yield the texts as the generated code yields them: neighbours joined."""
    for output in tree.find_all(nodes.Output):
        run: list[str] = []
        for piece in output.nodes:
            if isinstance(piece, nodes.TemplateData):
                run.append(piece.data)
                continue
            if run:
                yield "".join(run)
            run = []
        if run:
            yield "".join(run)


def _clauses(tree: nodes.Template) -> frozenset[str]:
    """Return the names of the clauses that stand in a part or are referred to."""
    return frozenset(
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name in ("article", "ref")
    )


def _has_marks(tree: nodes.Template) -> bool:
    names = {"article", "ref", "picture_id", "subdoc"}
    return any(name.name in names for name in tree.find_all(nodes.Name))
