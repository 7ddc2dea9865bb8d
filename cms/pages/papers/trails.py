"""Where a page of papers stands."""

from django.db.models import Model
from django.urls import reverse

_ROOMS = {
    "grant": ("赋权案件", "/my/grants/", "grant_case"),
    "agreement": ("合同", "/my/agreements/", "agreement"),
}


def trail_of(kind: str, case: Model) -> list[tuple[str, str]]:
    """Return the way from my room to the papers of a case."""
    label, url, _ = _ROOMS[kind]
    title = case.title or "未命名案件"  # type: ignore[attr-defined]
    papers = reverse("papers", args=[kind, case.pk])
    return [("我的工作台", "/my/"), (label, url), (f"{title}的文书", papers)]


def room_of(kind: str, case: Model) -> dict[str, str]:
    """Return the name and the address of the page of a case itself."""
    label, _, name = _ROOMS[kind]
    return {"room_label": label, "room_url": reverse(name, args=[case.pk])}
