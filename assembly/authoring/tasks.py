"""What the author's desk does with a template, inside the limited process."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from assembly.coverage import Coverage, Situations, covering
from assembly.dictionary import Dictionary, parse_dictionary
from assembly.errors import AssemblyError, Fault, fault
from assembly.lint import Examination, commented_copy, examine
from assembly.manifest import Manifest, parse_manifest
from assembly.outline import outline, read_outline
from assembly.package import read_package
from assembly.redline import BODY, redline
from assembly.template import Template
from assembly.template_changes import compare_templates
from assembly.toml_file import parse_toml

Answer = dict[str, Any]
Request = Mapping[str, Any]
_MOST_TRIED = 200
_OFTEN = 25


def judge(request: Request) -> Iterator[Answer]:
    """Tell all faults; what the template is, and what it changes, if it compiles."""
    content = b64decode(request["content"])
    dictionary = _dictionary(request)
    try:
        manifest = _manifest(request, dictionary)
    except AssemblyError as refusal:  # of the Word file tell what can be told
        found = examine(content, None, dictionary=None)
        yield _told(refusal.faults + found.faults, found)
        return
    found = _usual(examine(content, manifest, dictionary), content)
    answer = _told(found.faults, found) | {"facts": _facts(found, manifest)}
    if found.template is not None and request.get("in_use"):
        files = b64decode(request["in_use"]["content"]), content
        older = _template(request["in_use"])
        answer["changes"] = compare_templates(older, found.template, files).as_data()
    yield answer


def _usual(found: Examination, content: bytes) -> Examination:
    """Return what was found; a template whose body has another name is refused."""
    if found.template is None:
        return found
    name = read_package(content).main
    if name == BODY:
        return found
    return Examination((*found.faults, fault("E-AS-38", name=name, usual=BODY)))


def _told(faults: Iterable[Fault], found: Examination) -> Answer:
    told = [one.as_data() for one in faults]
    return {"faults": told, "is_readable": found.is_readable}


def _facts(found: Examination, manifest: Manifest) -> Answer:
    facts = {
        "instrument": manifest.instrument,
        "title": manifest.title,
        "version": manifest.version,
        "valid_from": manifest.valid_from.isoformat(),
    }
    if found.template is None:
        return facts
    own = {"sha256": found.template.version, "path": found.template.path}
    return {**facts, **own}


def deepen(request: Request) -> Iterator[Answer]:
    """Render every combination; tell how far it is, then what was found."""
    dictionary = _dictionary(request)
    content, manifest = b64decode(request["content"]), _manifest(request, dictionary)
    result = yield from _progress(covering(content, manifest, dictionary))
    yield {
        "rendered": result.rendered,
        "is_complete": result.is_complete,
        "faults": [one.as_data() for one in result.faults],
    }


def _progress(
    steps: Generator[tuple[int, int], None, Coverage],
) -> Generator[Answer, None, Coverage]:
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            result: Coverage = end.value
            return result
        if done % _OFTEN == 0:
            yield {"done": done, "total": total}


def comment(request: Request) -> Iterator[Answer]:
    """Give the Word file with each of the `faults` that were found as a comment."""
    faults = [Fault(**one) for one in request["faults"]]
    yield {"file": _text(commented_copy(b64decode(request["content"]), faults))}


def fill(request: Request) -> Iterator[Answer]:
    """Give the paper of the first situation that is a case."""
    template = _template(request)
    assert template.guide is not None  # noqa: S101 - there is a manifest
    read = [one for part in template.parts for one in part.references]
    refusal: AssemblyError | None = None
    for tried, situation in enumerate(Situations(template.guide.needs, read)):
        try:
            paper = template.render(situation.data)
        except AssemblyError as refused:
            refusal = refusal or refused
            if tried < _MOST_TRIED:
                continue
            break
        read_outline(BytesIO(paper))  # as who shows it will
        yield {"file": _text(paper)}
        return
    if refusal is not None:
        raise refusal


def tell(request: Request) -> Iterator[Answer]:
    """Give the outline of the template, its tags as they are written."""
    yield {"outline": outline(BytesIO(b64decode(request["content"])))}


def differ(request: Request) -> Iterator[Answer]:
    """Tell what changed from the version in use to this one."""
    files = b64decode(request["in_use"]["content"]), b64decode(request["content"])
    changes = compare_templates(_template(request["in_use"]), _template(request), files)
    yield changes.as_data()


def track(request: Request) -> Iterator[Answer]:
    """Give the Word file with tracked changes against the version in use."""
    content = redline(
        b64decode(request["in_use"]["content"]),
        b64decode(request["content"]),
        author=request["author"],
        at=datetime.fromisoformat(request["at"]),
    )
    yield {"file": _text(content)}


def _dictionary(request: Request) -> Dictionary:
    return parse_dictionary(parse_toml(request["dictionary"], "variables.toml"))


def _manifest(request: Request, dictionary: Dictionary) -> Manifest:
    return parse_manifest(parse_toml(request["manifest"], "清单"), dictionary)


def _template(request: Request) -> Template:
    dictionary = _dictionary(request)
    content, manifest = b64decode(request["content"]), _manifest(request, dictionary)
    return Template(content, "模板", manifest, dictionary)


def _text(content: bytes) -> str:
    return b64encode(content).decode()


TASKS: Mapping[str, Callable[[Request], Iterator[Answer]]] = {
    "judge": judge,
    "deepen": deepen,
    "comment": comment,
    "fill": fill,
    "differ": differ,
    "tell": tell,
    "track": track,
}
