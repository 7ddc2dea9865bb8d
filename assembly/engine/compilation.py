"""Compiles a Word file: finds its parts with tags and lays down all the rest."""

from collections.abc import Mapping

from jinja2 import nodes
from lxml import etree

from assembly.engine.compiler import CompiledPart, compile_part, parse
from assembly.engine.document import CompiledDocument
from assembly.engine.pictures import Slot, find_slots, number_pictures
from assembly.engine.sandbox import workshop
from assembly.engine.sources import (
    PartSource,
    parse_xml,
    part_kinds,
    read_source,
)
from assembly.engine.tidying import tidy
from assembly.errors import AssemblyError, Fault
from assembly.zip_writer import Member


def compile_document(members: Mapping[str, Member]) -> CompiledDocument:
    """Return a Word file compiled.

    Raises:
        AssemblyError: the faults of all its tags.
    """
    sources, slots = _sources(members)
    parts, annexes = _compile(sources)
    return CompiledDocument(parts, slots, annexes)


def _sources(
    members: Mapping[str, Member],
) -> tuple[list[PartSource], tuple[Slot, ...]]:
    sources: list[PartSource] = []
    slots: list[Slot] = []
    for name, kind in part_kinds(members).items():
        root = parse_xml(members[name].content(), name)
        tidy(root)
        slots += find_slots(name, root, len(slots) + 1)
        source = read_source(name, kind, root)
        if source is not None and kind == "body" and _has_pictures(root):
            number_pictures(root)
            source = read_source(name, kind, root)
        if source is not None:
            sources.append(source)
    return sources, tuple(slots)


def _has_pictures(root: etree._Element) -> bool:
    return next(root.iter("{*}docPr"), None) is not None


def _compile(
    sources: list[PartSource],
) -> tuple[tuple[CompiledPart, ...], frozenset[str]]:
    environment = workshop()
    parts: list[CompiledPart] = []
    annexes: set[str] = set()
    faults: list[Fault] = []
    for source in sources:
        try:
            tree = parse(source, environment)
            if source.kind == "body":
                annexes |= _annex_names(tree)
            parts.append(compile_part(source, tree, environment))
        except AssemblyError as refusal:
            faults += refusal.faults
    if faults:
        raise AssemblyError(faults)
    return tuple(parts), frozenset(annexes)


def _annex_names(tree: nodes.Template) -> set[str]:
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "subdoc"
    }
