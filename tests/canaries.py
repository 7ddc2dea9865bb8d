"""Plants a word that must never be seen in every field that is not public."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
from django.db.utils import DatabaseError
from wagtail.models import Page

CANARY = "金丝雀"
APPS = (
    "core",
    "parties",
    "achievements",
    "notices",
    "supply_demand",
    "empowerment",
)
# Public by design: what a unit or the code lists put on public pages.
PUBLIC_FIELDS = {
    "parties.Organization.name",
    "parties.Organization.short_name",
    "parties.Organization.pilot_batch",
    "parties.Organization.pilot_document",
}
# Public pictures and the log of public entries hang from pages.
PUBLIC_MODELS = {
    "achievements.PublishedPicture",
    "achievements.CatalogChange",
    "supply_demand.OfferRevision",
    "supply_demand.DemandRevision",
    "core.Checkpoint",
    "notices.Certificate",
}


def secret_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Yield each text or JSON column of ours that no public surface may show."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if issubclass(model, Page) or model._meta.label in PUBLIC_MODELS:
                continue
            for field in model._meta.concrete_fields:
                kinds = models.CharField | models.TextField | models.JSONField
                if not isinstance(field, kinds) or field.choices or field.primary_key:
                    continue
                if f"{model._meta.label}.{field.name}" not in PUBLIC_FIELDS:
                    yield model, field


def _marked(value: object, word: str) -> object:
    """Return JSON data of the same shape with every text replaced."""
    if isinstance(value, dict):
        return {key: _marked(inner, word) for key, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner, word) for inner in value]
    return word if isinstance(value, str) else value


def plant(model: type[models.Model], field: models.Field) -> int:
    """Put the canary into every row of a column; return how many rows took it."""
    planted = 0
    for row in model._base_manager.all():
        word = f"{CANARY}{row.pk}"
        if isinstance(field, models.JSONField):
            value: object = _marked(getattr(row, field.attname), word)
        elif field.max_length and len(word) > field.max_length:
            continue
        else:
            value = word
        try:
            with transaction.atomic():
                planted += model._base_manager.filter(pk=row.pk).update(
                    **{field.attname: value}
                )
        except DatabaseError:
            # Sealed by a trigger or a constraint: cannot be changed, nor marked.
            continue
    return planted
