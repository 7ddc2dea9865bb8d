"""The page of a payment and its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.case_documents import pdf
from cms.case_documents.pdf import Making, can_convert
from cms.core import clock, private_files
from cms.core.actors import Actor
from cms.core.downloads import attachment
from cms.pages.act_forms import is_done
from cms.pages.empowerment.access import actor_of, room_view
from cms.pages.papers.files import PDF
from cms.pages.payments.access import PEOPLE, TRAIL, find_payment
from cms.pages.payments.act_base import PaymentForm
from cms.pages.payments.acts import ACTS
from cms.pages.payments.contracts import contracts_behind
from cms.pages.payments.history import list_history
from cms.pages.payments.texts import (
    days_of,
    is_past_long_stop,
    row_of,
    tone_of,
)
from cms.payments.models import Payment
from cms.payments.queries import OFFICE


@room_view(*PEOPLE)
@require_safe
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a payment: its terms, what the reader may do, vouchers, what happened."""
    row, at, actor = find_payment(request, pk), clock.now(), actor_of(request)
    is_office = bool(actor.roles_in(row.owner_id) & set(OFFICE))
    context: dict[str, Any] = {
        "payment": row,
        "contract": contracts_behind([row.contract]).get(row.contract),
        "tone": tone_of(row),
        "days": days_of(row, at),
        "is_past_long_stop": is_past_long_stop(row, at),
        "vouchers": row.vouchers.select_related("file", "recorded_by"),
        "papers": row.papers.select_related("file", "made_by"),
        "periods": [
            row_of(one, at) for one in row.periods.select_related("owner", "payer")
        ],
        "offers": _offers(row, actor),
        "is_office": is_office,
        "history": list_history(row) if is_office else [],
        "trail": [*TRAIL, (str(row), "")],
    }
    return render(request, "payments/payment.html", context)


@room_view(*PEOPLE)
@require_safe
@never_cache
def paper_pdf(request: HttpRequest, pk: int, paper_id: int) -> HttpResponse:
    """Send a paper of the row as PDF; where there is none yet, say so on its page."""
    paper = get_object_or_404(find_payment(request, pk).papers, pk=paper_id)
    at = clock.now()
    file = private_files.open_for(actor_of(request), paper.file_id, at=at)
    with file.file.open("rb") as stream:
        document = stream.read()
    making = Making.FAILED
    if can_convert():
        making = pdf.obtain(
            file.sha256, lambda: pdf.converter().convert(document), at=at
        )
    content = pdf.kept(file.sha256) if making is Making.READY else None
    if content is not None:
        return attachment(content, PDF, f"{paper}.pdf")
    messages.info(request, _NO_PDF[making], "warn")
    return redirect("payment", pk)


_NO_PDF = {
    Making.WAITING: "PDF 正在生成，请过几秒再下载。",
    Making.READY: "PDF 需要重新生成，请再下载一次。",
    Making.FAILED: "本服务器没有能转换 PDF 的 LibreOffice，或者转换没有成功。"
    "请下载 Word 文件，用 Word 或 WPS 另存为 PDF。",
}


def payment_act_view(act: type[PaymentForm]) -> Callable[..., HttpResponse]:
    """Return the view of an act on a payment."""

    @room_view(*PEOPLE)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row, actor = find_payment(request, pk), actor_of(request)
        is_sent = request.method == "POST"
        if not is_sent and not act.is_offered(row, actor):
            return redirect("payment", pk)
        given = (request.POST, request.FILES) if is_sent else (None, None)
        form = act(*given, subject=row, actor=actor, at=clock.now())
        if is_sent and is_done(request, form):
            return redirect("payment", pk)
        url = reverse("payment", args=[pk])
        context = {
            "form": form,
            "payment": row,
            "contract": contracts_behind([row.contract]).get(row.contract),
            "is_upload": "paper" in form.fields,
            "has_errors": bool(form.errors),
            "trail": [*TRAIL, (str(row), url), (form.title, "")],
        }
        return render(request, "payments/act.html", context)

    return view


def _offers(row: Payment, actor: Actor) -> list[dict[str, str]]:
    """Return the acts that the reader may take now, as buttons."""
    return [
        {
            "title": act.title,
            "url": reverse(f"payment_{name}", args=[row.pk]),
            "tone": "danger" if act.is_danger else "",
        }
        for name, act in ACTS.items()
        if act.is_offered(row, actor)
    ]
