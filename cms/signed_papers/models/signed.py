"""What came back signed: the scan, its text, how it differs, and its filing (AS-09)."""

import json
from typing import Any

from django.conf import settings
from django.db import models

from cms.case_documents.models import Paper
from cms.core.encryption import EncryptedTextField
from cms.core.models import Case
from cms.parties.models import Organization
from cms.rules.signed_papers import (
    OPEN,
    SIGNED_PAPER,
    Conclusion,
    ReadingMethod,
    SignedPaperState,
)


class SignedPaper(Case):
    """One signed copy of one assembled paper; `signed_papers.actions` write it.

    The file lies under its SHA-256 in private storage, encrypted (`storage`).
    `text` is a list of pages {number, text, is_ocr, is_tried}; `comparison` the
    machine's list of changes, `changes` the person's; `new_values` maps the path of
    an answer to {label, old, new}; `answers` are the case's whole answers at filing.
    All of these print personal data and are encrypted.
    """

    state_table = SIGNED_PAPER

    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="signed_copies"
    )
    case = models.CharField("案件", max_length=80, db_index=True)
    case_title = models.CharField("项目名称", max_length=120)
    case_number = models.CharField("案号", max_length=40, blank=True)
    mode = models.CharField("方式", max_length=16)
    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="signed_papers"
    )
    instrument = models.CharField("文书编号", max_length=8)
    title = models.CharField("文书名称", max_length=120)
    status = models.CharField(
        "状态",
        max_length=12,
        choices=SignedPaperState.choices(),
        default=SignedPaperState.UPLOADED.value,
        db_index=True,
    )
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("字节数")
    pages = models.PositiveSmallIntegerField("页数", default=0)
    pages_unread = models.PositiveSmallIntegerField("没有文字的页数", default=0)
    pages_tried = models.PositiveSmallIntegerField("已识别页数", default=0)
    method = models.CharField(
        "读取方式",
        max_length=8,
        choices=ReadingMethod.choices(),
        default=ReadingMethod.NONE.value,
    )
    unread_reason = models.CharField("未读出的原因", max_length=20, blank=True)
    text = EncryptedTextField("逐页文字", default="[]")
    comparison = EncryptedTextField("比对结果", default="[]")
    conclusion = models.CharField(
        "核对结论", max_length=16, choices=Conclusion.choices(), blank=True
    )
    is_confirmed = models.BooleanField("已人工逐项核对", default=False)
    changes = EncryptedTextField("列明的修改", default="[]")
    new_values = EncryptedTextField("新的值", default="{}")
    answers = EncryptedTextField("归档时的全部答案", default="{}")
    salt = models.CharField("随机数", max_length=32, blank=True)
    signed_on = models.DateField("签订日期", null=True)
    effective_on = models.DateField("生效日期", null=True)
    ends_on = models.DateField("终止日期", null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField("归档时间", null=True, db_index=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    replacement_reason = models.CharField("替换理由", max_length=300, blank=True)
    closing_reason = models.CharField("撤回理由", max_length=300, blank=True)

    class Meta:
        """Newest first; one open and one filed copy of an instrument of a case."""

        verbose_name = verbose_name_plural = "签署文本"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instrument"],
                condition=models.Q(status=SignedPaperState.FILED.value),
                name="signed_paper_filed_once",
            ),
            models.UniqueConstraint(
                fields=["case", "instrument"],
                condition=models.Q(status__in=[state.value for state in OPEN]),
                name="signed_paper_open_once",
            ),
        ]

    def __str__(self) -> str:
        """Return instrument, title and state."""
        return f"{self.instrument} {self.title}（{self.status_label}）"

    @property
    def file_name(self) -> str:
        """The name under which the file is downloaded."""
        return f"{self.instrument} {self.title}（签署件）.pdf"

    @property
    def is_open(self) -> bool:
        """Whether the office still works on it."""
        return self.status in OPEN

    @property
    def page_texts(self) -> list[dict[str, Any]]:
        """The pages as read."""
        return list(json.loads(self.text))

    @property
    def found_changes(self) -> list[dict[str, Any]]:
        """The differences that the machine found."""
        return list(json.loads(self.comparison))

    @property
    def listed_changes(self) -> list[dict[str, Any]]:
        """The changes that the person listed."""
        return list(json.loads(self.changes))

    @property
    def changed_values(self) -> dict[str, dict[str, Any]]:
        """The new values by path, each with its label and the old one."""
        return dict(json.loads(self.new_values))
