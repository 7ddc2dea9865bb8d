"""A subject is named `app.Model:pk` in the evidence log and in due rows."""

from django.apps import apps
from django.db import models


def subject_of(instance: models.Model) -> str:
    """Return the name of a saved row, for example `notices.Notice:12`."""
    return f"{instance._meta.label}:{instance.pk}"


def model_and_pk(subject: str) -> tuple[type[models.Model], str]:
    """Return the model class and primary key behind a subject's name."""
    label, _, pk = subject.partition(":")
    return apps.get_model(label), pk
