"""Where one stands in the interview: its pages, how far each is, what it lacks."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cms.case_documents.interview import Interview, Progress


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the interview."""

    label: str
    url: str
    progress: Progress
    is_here: bool

    @property
    def status(self) -> str:
        """How far the page is, in words."""
        if self.progress.lacking:
            return f"缺{self.progress.lacking}项"
        return f"{self.progress.answered}／{self.progress.total}"

    @property
    def tone(self) -> str:
        """How the status looks."""
        return "warn" if self.progress.lacking else "ok"


@dataclass(frozen=True, slots=True)
class Link:
    """A question that still lacks its answer."""

    label: str
    url: str


def pages_of(
    interview: Interview, kind: str, here: str = ""
) -> list[tuple[str, list[Step]]]:
    """Return the pages under their groups; a group of one page has no heading."""
    groups: dict[str, list[Step]] = {}
    for sheet in interview.sheets:
        url = page_url(interview, kind, sheet.name)
        step = Step(sheet.label, url, interview.progress(sheet), sheet.name == here)
        groups.setdefault(sheet.group, []).append(step)
    return _gathered(groups)


def _gathered(groups: dict[str, list[Step]]) -> list[tuple[str, list[Step]]]:
    """Join neighbouring groups of one page each, so that none stands alone."""
    found: list[tuple[str, list[Step]]] = []
    for label, steps in groups.items():
        heading = label if len(steps) > 1 else ""
        if not heading and found and not found[-1][0]:
            found[-1][1].extend(steps)
        else:
            found.append((heading, list(steps)))
    return found


def steps_of(interview: Interview, kind: str, name: str) -> dict[str, Any]:
    """Return what a page of the interview says about its place among the others."""
    names = [sheet.name for sheet in interview.sheets]
    before, after = interview.before(name), interview.after(name)
    return {
        "place": names.index(name) + 1,
        "places": len(names),
        "pages": pages_of(interview, kind, name),
        "progress": interview.progress(interview.sheets[names.index(name)]),
        "total": total_of(interview),
        "lacking": [
            Link(label, f"#id_{input_name(path)}")
            for path, label in interview.lacking.items()
            if top_of(path) == name
        ],
        "previous": before and page_url(interview, kind, before.name),
        "previous_label": before and before.label,
        "following_label": after and after.label,
    }


def total_of(interview: Interview) -> Progress:
    """Return how far the whole interview is."""
    parts = [interview.progress(sheet) for sheet in interview.sheets]
    return Progress(
        sum(one.answered for one in parts),
        sum(one.total for one in parts),
        sum(one.lacking for one in parts),
    )


def page_url(interview: Interview, kind: str, name: str) -> str:
    """Return the address of a page of the interview."""
    return reverse("papers_ask", args=[kind, interview.case.pk, name])


def question_url(kind: str, key: int, path: str) -> str:
    """Return the address of the very field that answers a path."""
    url = reverse("papers_ask", args=[kind, key, top_of(path)])
    return f"{url}#id_{input_name(path)}"


def error_of(fault: Any) -> dict[str, str]:
    """Return a fault of an answer as the error summary links it to its field."""
    anchor = f"id_{input_name(fault.field)}"
    return {"anchor": anchor, "text": fault.message, "code": fault.code}


def input_name(path: str) -> str:
    """Return the name of the input of a path such as `team.members[1].name`."""
    return path.replace("[", "-").replace("].", "-").replace("]", "")


def top_of(path: str) -> str:
    """Return the page of a path."""
    return path.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
