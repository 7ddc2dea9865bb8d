"""The answer to a form that the server cannot trust: expired, or without cookies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

REASON = (
    "页面已过期，或者浏览器没有启用 Cookie，内容没有保存。"
    "请返回上一页，刷新后再提交；所填内容请先复制备用。"
)


@requires_csrf_token
def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say in plain words that the form was not taken, and what to do (403)."""
    context = {"heading": "页面已过期", "reason": REASON}
    return render(request, "403.html", context, status=403)
