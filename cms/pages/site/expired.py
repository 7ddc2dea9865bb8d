"""The answer to a form that the server cannot trust: expired, or without cookies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

REASON = (
    "页面已过期，或者浏览器没有启用 Cookie，内容没有保存。"
    "请返回上一页，刷新后再提交；所填内容请先复制备用。"
)
# Never shown again, whatever the form.
_SECRET = ("password", "code", "token", "identity")


@requires_csrf_token
def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say in plain words that the form was not taken, and what to do (403).

    What was typed stands below to be copied, if a page of ours sent it: text that
    another site sends must not appear under our name.
    """
    context = {
        "heading": "页面已过期",
        "reason": REASON,
        "typed": _typed(request) if _is_from_here(request) else [],
    }
    return render(request, "403.html", context, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _typed(request: HttpRequest) -> list[str]:
    """Return the texts of more than a few characters, in the order of the form."""
    return [
        value
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in _SECRET)
        for value in values
        if len(value.strip()) > 10
    ]
