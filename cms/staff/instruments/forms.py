"""Forms of the author's desk: upload and proposal."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from cms.case_documents.actions import Proposal, Upload
from cms.case_documents.authoring import MOST_BYTES
from cms.core.time_inputs import DateInput

MOST_MANIFEST = 256 * 1024
_VERSION = RegexValidator(
    r"^[\w.\-]+\Z", "版本号只用字母、数字、点和连字符，如 2026.2。"
)


class UploadForm(forms.Form):
    """A Word file, and its manifest where that changes as well."""

    instrument = forms.ChoiceField(label="文书")
    document = forms.FileField(
        label="Word 文件",
        help_text="在 Word 或 WPS 中改好的 .docx，不超过10MB；标签的写法不变。",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    manifest = forms.FileField(
        label="清单（选填）",
        required=False,
        help_text="增减条款、条件、本文书自有变量时，连同改过的 .toml 上传；"
        "不上传的，用使用中的清单。",
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def __init__(
        self, *arguments: Any, choices: list[tuple[str, str]], **named: Any
    ) -> None:
        """Take the instruments that have a version in use."""
        super().__init__(*arguments, **named)
        self.fields["instrument"].choices = choices  # type: ignore[attr-defined]

    def clean_manifest(self) -> str:
        """Return the manifest's text."""
        file = self.cleaned_data["manifest"]
        if file is None:
            return ""
        content = file.read(MOST_MANIFEST + 1)
        if len(content) > MOST_MANIFEST:
            raise forms.ValidationError("清单不超过256KB。")
        try:
            text: str = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("清单须为UTF-8编码的文本文件。") from None
        return text.replace("\r\n", "\n")

    def upload(self) -> Upload:
        """Return what was uploaded; of a file too large only what tells that."""
        values = self.cleaned_data
        content = values["document"].read(MOST_BYTES + 1)
        return Upload(values["instrument"], content, values["manifest"])


class ProposalForm(forms.Form):
    """What a draft needs to be put before the second pair of eyes."""

    version = forms.CharField(
        label="版本号",
        max_length=20,
        validators=[_VERSION],
        help_text="与用过的不同，如 2026.2。",
    )
    valid_from = forms.DateField(label="施行日期", widget=DateInput())
    note = forms.CharField(
        label="改动说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="改了什么，为什么改；批准人据此审核。",
    )

    def proposal(self) -> Proposal:
        """Return what was typed."""
        values = self.cleaned_data
        return Proposal(values["version"], values["valid_from"], values["note"])


class DecisionForm(forms.Form):
    """Why a version is not approved."""

    reason = forms.CharField(
        label="不予批准的理由",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="退回时必填，提出人会看到。",
    )
