"""Where a page of papers stands."""

from django.db.models import Model
from django.urls import reverse


def trail_of(kind: str, case: Model) -> list[tuple[str, str]]:
    """Return the way from my room to the papers of a case."""
    room = ("合同", "/my/agreements/") if kind == "agreement" else ("赋权案件", "")
    url = reverse("papers", args=[kind, case.pk])
    title = case.title or "未命名案件"  # type: ignore[attr-defined]
    return [("我的工作台", "/my/"), room, (f"{title}的文书", url)]
