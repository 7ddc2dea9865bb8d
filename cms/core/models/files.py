"""Private files (`core.private_files`): case papers, never public media."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models


def private_storage() -> Storage:
    """Return the storage that no web server serves."""
    return storages["private"]


class PrivateFile(models.Model):
    """One uploaded paper; read through a view that checks rights and logs."""

    file = models.FileField("文件", storage=private_storage, max_length=160)
    name = models.CharField("文件名", max_length=120)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField("类型", max_length=80)
    purpose = models.CharField("用途", max_length=40)
    owner = models.ForeignKey(
        "parties.Organization",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="所属主体",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="上传人",
    )
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        """Ordered as uploaded."""

        verbose_name = verbose_name_plural = "非公开文件"
        ordering = ["id"]

    def __str__(self) -> str:
        """Return the name that the uploader gave."""
        return self.name
