"""`manage.py rotate_field_keys`: seals SEC values and files with the first key."""

from typing import Any

from django.apps import apps
from django.core.management import BaseCommand
from django.db import models
from django.db.models.functions import Cast

from cms.core import sealed_files
from cms.core.encryption import EncryptedTextField, is_current
from cms.core.locks import writing


class Command(BaseCommand):
    """Rewrite every value that an older key encrypted; safe to run again."""

    help = "用 FIELD_KEYS 的第一把密钥重新加密旧值和签署件"

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all models with encrypted fields, then the encrypted files."""
        count = 0
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    count += rotate(model, field)
        files = sealed_files.reseal_all()
        self.stdout.write(f"已重新加密{count}个值、{files}个文件。")


def rotate(model: type[models.Model], field: EncryptedTextField) -> int:
    """Re-encrypt one column; return how many values changed."""
    count = 0
    for pk in model._base_manager.order_by("pk").values_list("pk", flat=True):
        with writing():
            row = model._base_manager.select_for_update().filter(pk=pk)
            stored = row.annotate(
                stored=Cast(field.attname, models.TextField())
            ).values_list("stored", flat=True)
            text = stored.first()
            if text and not is_current(text):
                value = row.values_list(field.attname, flat=True).get()
                count += row.update(**{field.attname: value})
    return count
