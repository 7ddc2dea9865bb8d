"""The author's desk for hostile uploads: each task in a limited process of its own.

What comes back is plain data and files that our own engine wrote. A task ends with
AssemblyError: every fault that it found, or E-AS-37 when it was stopped at a limit.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assembly.authoring.process import DEEP, Limits, answers_of
from assembly.errors import Fault

__all__ = [
    "Judgment",
    "Limits",
    "Source",
    "commented",
    "deepened",
    "differences",
    "filled",
    "judged",
    "outlined",
    "tracked",
]
Changes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A template as it was given: Word file, manifest and dictionary as texts."""

    content: bytes
    manifest: str
    dictionary: str

    def as_request(self) -> dict[str, Any]:
        """Return the source as the child reads it."""
        return {
            "content": b64encode(self.content).decode(),
            "manifest": self.manifest,
            "dictionary": self.dictionary,
        }


@dataclass(frozen=True, slots=True)
class Judgment:
    """All faults of an upload and what is known of it.

    `is_readable`: it is a safe Word file, so that a commented copy can be made.
    `facts`: instrument, title, version, valid_from of a manifest that is right; sha256
    and path of a template that compiles. `changes`: of such a template against the
    version in use, see `assembly.template_changes`.
    """

    faults: tuple[Fault, ...]
    is_readable: bool
    facts: Mapping[str, str]
    changes: Changes


def judged(source: Source, in_use: Source | None, limits: Limits) -> Judgment:
    """Lint and compile an upload; a fault of the manifest is a fault like others.

    Raises:
        AssemblyError: E-AS-37, it was stopped.
    """
    (answer,) = answers_of("judge", _pair(source, in_use), limits)
    faults = tuple(Fault(**one) for one in answer["faults"])
    is_readable = bool(answer["is_readable"])
    return Judgment(
        faults, is_readable, answer.get("facts", {}), answer.get("changes", {})
    )


def deepened(source: Source, limits: Limits = DEEP) -> Iterator[Mapping[str, Any]]:
    """Yield `done` and `total`, last `rendered`, `is_complete` and `faults`."""
    yield from answers_of("deepen", source.as_request(), limits)


def commented(source: Source, faults: Iterable[Fault], limits: Limits) -> bytes:
    """Return the Word file with the faults as comments."""
    more = [one.as_data() for one in faults]
    return _file("comment", source.as_request() | {"faults": more}, limits)


def filled(source: Source, limits: Limits) -> bytes:
    """Return the paper of invented data."""
    return _file("fill", source.as_request(), limits)


def outlined(source: Source, limits: Limits) -> str:
    """Return the outline of the template."""
    (answer,) = answers_of("tell", source.as_request(), limits)
    return str(answer["outline"])


def differences(older: Source, newer: Source, limits: Limits) -> Changes:
    """Return what a version changes in the one before it."""
    (answer,) = answers_of("differ", _pair(newer, older), limits)
    return answer


def tracked(
    older: Source, newer: Source, *, author: str, at: datetime, limits: Limits
) -> bytes:
    """Return the newer template with tracked changes against the older."""
    request = _pair(newer, older) | {"author": author, "at": at.isoformat()}
    return _file("track", request, limits)


def _pair(source: Source, in_use: Source | None) -> dict[str, Any]:
    older = in_use.as_request() if in_use is not None else None
    return source.as_request() | {"in_use": older}


def _file(task: str, request: Mapping[str, Any], limits: Limits) -> bytes:
    (answer,) = answers_of(task, request, limits)
    return b64decode(answer["file"])
