"""All faults of a template in one list, in the order of the document."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assembly.dictionary import Dictionary
from assembly.errors import AssemblyError, Fault
from assembly.lint.articles import wrong_articles
from assembly.lint.branches import empty_branches, unreachable_branches
from assembly.lint.clauses import missing_clauses
from assembly.lint.document import Document, read_document
from assembly.lint.language import unmarked_language
from assembly.lint.names import wrong_names
from assembly.lint.tags import broken_tags, refused_tags
from assembly.lint.wording import loose_punctuation, wrong_words
from assembly.manifest import Manifest
from assembly.package import LIMITS, read_package
from assembly.template import Template


@dataclass(frozen=True)
class Examination:
    """What the desk says of an upload: its faults, and the template if it compiles.

    `is_readable`: it is a safe Word file, so that a commented copy can be made.
    """

    faults: tuple[Fault, ...]
    template: Template | None = None
    is_readable: bool = True


def lint(
    source: str | Path | bytes | BinaryIO,
    manifest: Manifest | None = None,
    dictionary: Dictionary | None = None,
) -> list[Fault]:
    """Return every fault of a template; empty when it may be approved."""
    return list(examine(source, manifest, dictionary).faults)


def examine(
    source: str | Path | bytes | BinaryIO,
    manifest: Manifest | None = None,
    dictionary: Dictionary | None = None,
) -> Examination:
    """Judge an upload and compile it, so that nothing is read twice.

    Without a manifest the clauses are not judged, without a dictionary only the names
    that the manifest declares. An upload that is refused as a file has only those
    faults: nothing else is read.
    """
    content = _content(source)
    try:
        package = read_package(content)
    except AssemblyError as refusal:
        return Examination(refusal.faults, is_readable=False)
    document = read_document(package)
    faults = _judge(document, manifest, dictionary)
    if faults:
        return Examination(_in_order(faults, document))
    try:  # the compiler alone sees, for one, a condition across two cells
        is_judged = manifest is not None and dictionary is not None
        known = (manifest, dictionary) if is_judged else ()
        template = Template(content, "模板", *known)
    except AssemblyError as refusal:
        return Examination(_in_order(refusal.faults, document))
    return Examination(_in_order(template.reasons, document), template)


def _judge(
    document: Document, manifest: Manifest | None, dictionary: Dictionary | None
) -> list[Fault]:
    instrument = manifest.instrument if manifest is not None else ""
    faults = [
        *broken_tags(document),
        *refused_tags(document),
        *wrong_names(document, manifest, dictionary),
        *unmarked_language(document),
        *wrong_articles(document),
        *wrong_words(document, instrument),
        *loose_punctuation(document),
        *unreachable_branches(document, manifest, dictionary),
        *empty_branches(document),
    ]
    if manifest is not None:
        faults += missing_clauses(document, manifest)
    return faults


_MOST = LIMITS.file_size + 1


def _content(source: str | Path | bytes | BinaryIO) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, (str, Path)):
        with Path(source).open("rb") as stream:
            return stream.read(_MOST)
    source.seek(0)
    return source.read(_MOST)


def _in_order(faults: Iterable[Fault], document: Document) -> tuple[Fault, ...]:
    """Sort by place: the body first; faults of no place come last."""
    places = {part.name: number for number, part in enumerate(document.parts)}
    last = len(places)
    unique = list(dict.fromkeys(faults))
    return tuple(
        sorted(unique, key=lambda one: (places.get(one.part, last), one.paragraph))
    )
