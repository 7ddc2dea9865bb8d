"""What a person posts on the way from a new application to its receipt."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.rules.application_form import get_form
from cms.rules.forms import FieldType, Topic
from cms.supply_demand.models import Application
from tests.conftest import Cast
from tests.factories import supply

FORM = get_form("2026-1")


def start(client: Client, actors: Cast) -> Application:
    """Open a new application of the unit."""
    answer = client.post(
        "/my/applications/start/", {"owner": actors.unit.pk, "source": ""}
    )
    application = Application.objects.order_by("-pk").first()
    assert application is not None
    assert answer.url == f"/my/applications/{application.pk}/form/"
    return application


def posted(topic: Topic, answers: dict[str, Any], version: int) -> dict[str, Any]:
    """Return the POST of a page that a browser would send."""
    data: dict[str, Any] = {"version": version, "action": "continue"}
    for field in topic.fields:
        data[f"{field.code}-sent"] = "1"
        value = answers.get(field.code, "")
        if field.type == FieldType.ROWS:
            rows = value or [{}]
            data[f"{field.code}-count"] = len(rows)
            for place, row in enumerate(rows):
                for column in field.columns:
                    name = f"{field.code}-{place}-{column.code}"
                    data[name] = row.get(column.code, "")
        elif field.type == FieldType.FILES:
            if field.required:
                data[f"{field.code}-upload"] = SimpleUploadedFile(
                    "证明.png", supply.picture_bytes()
                )
        else:
            data[field.code] = value
    return data


def version_of(application: Application) -> int:
    """Return the version that the next post must name."""
    application.refresh_from_db()
    return application.version


def text_of(answer: Any) -> str:
    """Return the text of an answer."""
    text = re.sub(r"<[^>]+>", "", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def hand_in(client: Client, application: Application) -> Any:
    """Declare the truth and hand in."""
    return client.post(
        f"/my/applications/{application.pk}/check/",
        {"version": version_of(application), "truthful": "yes"},
    )
