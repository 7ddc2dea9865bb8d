"""Who may open what: the statuses seen, and the table they are held against."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from cms.achievements.models import Achievement, AchievementPage, PublishedPicture
from cms.case_documents.models import Paper, TemplateDraft, TemplateVersion
from cms.core.models import PrivateFile
from cms.empowerment.models import EmpowermentCase
from cms.notices.models import Announcement, Notice, NoticePage
from cms.parties.models import Membership, Organization, User, VerificationCase
from cms.payments.models import Payment
from cms.recordal.models import RecordalTask
from cms.signed_papers.models import SignedPaper
from cms.supply_demand.models import (
    Application,
    Call,
    Demand,
    Event,
    EventPage,
    Match,
    OfferPage,
    Submission,
)

TABLE = Path(__file__).with_name("access_matrix.toml")
READERS = (
    "anonymous",
    "demo-ent",
    "demo-ent2",
    "demo-ent3",
    "demo-tto",
    "demo-apv",
    "demo-res",
    "demo-tto2",
    "demo-stb",
    "demo-pla",
    "demo-amr",
    "demo-admin",
    "demo-auditor",
)


def _person(login: str) -> User:
    return User.objects.get(username=login)


def _owner(login: str) -> Organization:
    return Membership.objects.filter(user__username=login).earliest("pk").organization


def _first(rows: Any) -> Any:
    return rows.earliest("pk")


def _entry() -> Achievement:
    return _first(Achievement.objects.filter(owner=_owner("demo-tto")))


def _submitted_entry() -> Achievement:
    return _first(Achievement.objects.filter(status="submitted"))


def _grant() -> int:
    rows = EmpowermentCase.objects.filter(owner=_owner("demo-tto"), mode="M1")
    return _first(rows).pk


def _signed_grant() -> int:
    rows = EmpowermentCase.objects.filter(owner=_owner("demo-tto"), mode="M4")
    return _first(rows).pk


# What a URL's arguments name: rows of the demo unit (demo-tto's) and of the
# demo enterprise (demo-ent's), so that every other organization is foreign.
OBJECTS: dict[str, Callable[[], Any]] = {
    "application": lambda: (
        _first(
            Application.objects.filter(owner=_owner("demo-tto"), status="published")
        ).pk
    ),
    "draft application": lambda: (
        _first(Application.objects.filter(owner=_owner("demo-tto"), status="draft")).pk
    ),
    "submitted application": lambda: (
        _first(
            Application.objects.filter(owner=_owner("demo-tto"), status="submitted")
        ).pk
    ),
    "receipt code": lambda: Submission.objects.earliest("pk").receipt_code,
    "offer": lambda: _first(OfferPage.objects.all()).number,
    "achievement": lambda: _first(AchievementPage.objects.all()).number,
    "entry": lambda: _entry().pk,
    "picture": lambda: _first(_entry().pictures.all()).pk,
    "submitted entry": lambda: _submitted_entry().pk,
    "submitted picture": lambda: _first(_submitted_entry().pictures.all()).pk,
    "published picture": lambda: _first(PublishedPicture.objects.all()).pk,
    "demand": lambda: (
        _first(
            Demand.objects.filter(organization=_owner("demo-ent"), status="published")
        ).pk
    ),
    "match": lambda: (
        _first(
            Match.objects.filter(enterprise=_owner("demo-ent"), unit=_owner("demo-tto"))
        ).pk
    ),
    "paper": lambda: (
        _first(Paper.objects.filter(case=f"empowerment.EmpowermentCase:{_grant()}")).pk
    ),
    "proposed template": lambda: TemplateVersion.objects.get(status="proposed").pk,
    "template before": lambda: (
        TemplateVersion.objects.get(instrument="D-22", status="approved").pk
    ),
    "template draft": lambda: TemplateDraft.objects.get(instrument="D-23").pk,
    "grant case": _grant,
    "recordal task": lambda: (
        _first(
            RecordalTask.objects.filter(
                contract__owner=_owner("demo-tto"),
                contract__instrument="D-22",
                kind="license_recordal",
            )
        ).pk
    ),
    "payment": lambda: _first(Payment.objects.filter(status="triggered")).pk,
    "income": lambda: _first(Payment.objects.filter(trigger="income")).pk,
    "signed grant case": _signed_grant,
    "signed grant paper": lambda: (
        _first(
            Paper.objects.filter(case=f"empowerment.EmpowermentCase:{_signed_grant()}")
        ).pk
    ),
    "signed copy": lambda: _first(SignedPaper.objects.filter(status="to_compare")).pk,
    "filed contract": lambda: (
        _first(SignedPaper.objects.filter(status="filed", instrument="D-11")).pk
    ),
    "call": lambda: _first(Call.objects.all()).pk,
    "event": lambda: _first(Event.objects.all()).pk,
    "event page": lambda: _first(EventPage.objects.all()).pk,
    "notice": lambda: (
        _first(Notice.objects.filter(owner=_owner("demo-tto"), status="open")).pk
    ),
    "notice number": lambda: _first(NoticePage.objects.all()).number,
    "notice code": lambda: _first(NoticePage.objects.all()).code,
    "unit notice": lambda: (
        _first(
            Notice.objects.filter(
                owner=_owner("demo-tto"), status="open", venues__venue="unit"
            )
        ).pk
    ),
    "certified notice": lambda: (
        _first(Notice.objects.filter(certificate__isnull=False)).pk
    ),
    "announcement": lambda: _first(Announcement.objects.all()).pk,
    "verification case": lambda: (
        _first(VerificationCase.objects.filter(status="unverified")).pk
    ),
    "unit": lambda: _owner("demo-tto").pk,
    "colleague": lambda: _person("demo-res").pk,
    "colleague's role": lambda: (
        _first(Membership.objects.filter(user__username="demo-res")).pk
    ),
    "application file": lambda: (
        _first(PrivateFile.objects.filter(owner=_owner("demo-tto"))).pk
    ),
    # A file that is there but belongs to none of the rows above.
    "another file": lambda: (
        _first(PrivateFile.objects.filter(owner=_owner("demo-tto2"))).pk
    ),
    "no row": lambda: 0,
}


def expected() -> dict[str, dict[str, Any]]:
    """Return the table: URL name → arguments, and the readers of each status."""
    return tomllib.loads(TABLE.read_text())


def path_of(name: str, arguments: dict[str, Any]) -> str:
    """Return the path of a URL; an argument that names an object is looked up."""
    return reverse(
        name,
        kwargs={
            key: OBJECTS[value]() if value in OBJECTS else value
            for key, value in arguments.items()
        },
    )


def client_of(reader: str) -> Client:
    """Return a client of a demo person, or of the anonymous public."""
    client = Client()
    if reader != "anonymous":
        client.force_login(_person(reader), "django.contrib.auth.backends.ModelBackend")
    return client


def statuses(
    path: str, method: str, clients: dict[str, Client]
) -> dict[str, list[str]]:
    """Ask for a path as every reader; return the readers by status."""
    seen: dict[str, list[str]] = {}
    for reader, client in clients.items():
        # One reader's act must not change what the next one finds.
        with transaction.atomic():
            answer = getattr(client, method)(path)
            transaction.set_rollback(True)
        seen.setdefault(str(answer.status_code), []).append(reader)
    return dict(sorted(seen.items()))
