"""`manage.py rotate_evidence_key`: replaces the key that signs the log."""

from typing import Any

from django.core.management import BaseCommand

from cms.core import clock
from cms.core.actors import SYSTEM
from cms.core.evidence.rotation import rotate
from cms.core.models.evidence import key_id


class Command(BaseCommand):
    """Replace the key; checkpoints of the old one stay verifiable."""

    help = "更换存证密钥；旧检查点仍可核验"

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate and tell both keys."""
        change = rotate(by=SYSTEM, at=clock.now())
        self.stdout.write(
            f"旧公钥 {key_id(change.old)}　{change.old}\n"
            f"新公钥 {key_id(change.new)}　{change.new}\n"
            "请备份 keys 目录，并把新公钥告知保存检查点的单位。"
        )
