"""A template at its author's desk: uploaded, judged, not yet proposed."""

from django.conf import settings
from django.db import models

from cms.rules.labels import LabeledEnum


class DeepState(LabeledEnum):
    """How far the check of every combination is."""

    WAITING = "waiting", "尚未检查"
    RUNNING = "running", "正在检查"
    DONE = "done", "已检查"
    STOPPED = "stopped", "已中断"


class TemplateDraft(models.Model):
    """What an author uploaded and what the desk says of it.

    `content` is hostile input: only `assembly.authoring` reads it. `faults` and
    `deep_faults` are plain data of `assembly.errors.Fault`; `facts` and `changes` as
    in `assembly.authoring.Judgment`. It is its author's alone, and ends when it is
    proposed or discarded.
    """

    instrument = models.CharField("文书编号", max_length=8)
    content = models.BinaryField("Word 文件")
    manifest = models.TextField("清单")
    is_own_manifest = models.BooleanField("随附清单")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间")
    faults = models.JSONField("问题", default=list)
    is_readable = models.BooleanField("可以读取", default=True)
    facts = models.JSONField("概况", default=dict)
    changes = models.JSONField("改动", default=dict)
    deep_state = models.CharField(
        "全部情形的检查",
        max_length=8,
        choices=DeepState.choices(),
        default=DeepState.WAITING.value,
    )
    deep_started_at = models.DateTimeField("开始检查的时间", null=True)
    deep_done = models.PositiveIntegerField("已组装份数", default=0)
    deep_total = models.PositiveIntegerField("共需组装份数", default=0)
    deep_is_complete = models.BooleanField("全部情形", default=False)
    deep_faults = models.JSONField("各情形中的问题", default=list)

    class Meta:
        """The newest first."""

        verbose_name = verbose_name_plural = "模板草稿"
        ordering = ["-id"]

    def __str__(self) -> str:
        """Return the instrument's number."""
        return f"{self.instrument} 草稿"
