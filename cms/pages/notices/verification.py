"""Verification (核验): by code, and of a text or file against the published hash."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import new as new_hash

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.core import clock
from cms.notices.models import AnnouncementPage, Certificate, NoticePage
from cms.notices.queries import get_certificate
from cms.pages.notices.presenting import line_of
from cms.rules.notices import AnnouncementKind, Venue, normalized, read_code

MAX_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Verified:
    """What a code stands for; a unit's own certificate names no title (LG-14)."""

    kind: str
    number: str
    status: str
    tone: str
    issued_at: datetime
    code: str
    title: str = ""
    url: str = ""
    sha256: str = ""
    sm3: str = ""
    close: str = ""
    text: str = ""


class CodeForm(forms.Form):
    """A typed verification code."""

    code = forms.CharField(
        label="核验码",
        max_length=20,
        help_text="10位字母和数字，不分大小写，印在公示页面、公示证明和二维码旁。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Bring the code into its stored form; refuse what nobody issued."""
        code = read_code(self.cleaned_data["code"])
        if find(code, clock.now()) is None:
            raise forms.ValidationError("没有找到这个核验码，请核对后重新输入。")
        return code


class CompareForm(forms.Form):
    """A text, a hash or a file to compare with what was published."""

    text = forms.CharField(
        label="粘贴公示文本或哈希值",
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    file = forms.FileField(label="或选择文件", required=False)

    def clean_file(self) -> UploadedFile | None:
        """Refuse what is too large to hash here."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError("文件超过25MB。")
        return file

    def clean(self) -> dict[str, object]:
        """Ask for one of the two."""
        values = super().clean() or {}
        if not self.errors and not values.get("text") and not values.get("file"):
            self.add_error("text", "请粘贴文本、哈希值，或选择文件。")
        return values


def verify_index(request: HttpRequest) -> HttpResponse:
    """Ask for a code; lead to what it stands for."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verify", code=form.cleaned_data["code"])
    status = 400 if form.is_bound else 200
    context = {"form": form, "trail": [("核验", "")], "has_errors": status == 400}
    return render(request, "notices/verify_index.html", context, status=status)


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a code stands for; compare a text or a file with it."""
    found = find(read_code(code), clock.now())
    if found is None:
        raise Http404
    form = CompareForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and found.sha256 and form.is_valid():
        outcome = matches(found, form.cleaned_data["text"], form.cleaned_data["file"])
    trail = [("核验", "/verify/"), (found.number, "")]
    context = {"found": found, "form": form, "outcome": outcome, "trail": trail}
    return render(request, "notices/verify.html", context)


def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the short address in the QR code to the verification page."""
    return redirect("verify", code=read_code(code))


def matches(found: Verified, text: str, file: UploadedFile | None) -> bool:
    """Whether a text, a hash or a file is what was published.

    An attachment's hash is not asked here: the fixed text names each file with
    its SHA-256, so one check leads to the other.
    """
    if file is not None:
        content = file.read()
        digest = new_hash("sha256", content).hexdigest()
        if digest == found.sha256 or digest in found.text:
            return True
        text = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
    typed = text.strip().lower()
    if typed in {found.sha256, found.sm3}:
        return True
    return new_hash("sha256", normalized(text).encode()).hexdigest() == found.sha256


def find(code: str, at: datetime) -> Verified | None:
    """Return what a code stands for, or None."""
    notice = NoticePage.objects.live().filter(code=code).first()
    if notice is not None:
        return _notice(notice, at)
    announcement = AnnouncementPage.objects.live().filter(code=code).first()
    if announcement is not None:
        return _announcement(announcement)
    certificate = get_certificate(code)
    return _certificate(certificate) if certificate else None


def _notice(page: NoticePage, at: datetime) -> Verified:
    line = line_of(page, at)
    return Verified(
        kind=line.kind,
        number=page.number,
        status=line.state,
        tone=line.tone,
        issued_at=page.published_at,
        code=page.code,
        title=page.title,
        url=line.url,
        sha256=page.sha256,
        sm3=page.sm3,
        close=line.close,
        text=page.text,
    )


def _announcement(page: AnnouncementPage) -> Verified:
    return Verified(
        kind=AnnouncementKind(page.kind).label,
        number=page.number,
        status="已更正" if page.corrected_by else "已发布",
        tone="warn" if page.corrected_by else "ok",
        issued_at=page.published_at,
        code=page.code,
        title=page.title,
        url=f"/notices/{page.number}/",
        sha256=page.sha256,
        sm3=page.sm3,
        text=page.text,
    )


def _certificate(certificate: Certificate) -> Verified:
    notice = certificate.notice
    is_public = notice.venues.filter(venue=Venue.PLATFORM.value).exists()
    return Verified(
        kind="公示证明",
        number=certificate.number,
        status="有效",
        tone="ok",
        issued_at=certificate.issued_at,
        code=certificate.code,
        title=notice.title if is_public else "",
        url=f"/notices/{notice.number}/" if is_public else "",
        sha256=certificate.sha256,
        sm3=certificate.sm3,
        text=certificate.text,
    )
