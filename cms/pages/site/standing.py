"""Standing pages: site map, accessibility, protection of personal data, robots."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SITE_MAP = (
    (
        "成果与供需",
        (
            ("/achievements/", "成果目录"),
            ("/supply/", "先使用后付费供给清单"),
            ("/demands/", "企业需求清单"),
            ("/calls/", "征集"),
            ("/events/", "对接活动"),
            ("/units/", "试点单位"),
        ),
    ),
    (
        "公示与政策",
        (
            ("/notices/", "公示公告"),
            ("/notices/feed.atom", "公示公告订阅（Atom）"),
            ("/policies/", "政策"),
            ("/statistics/", "统计"),
        ),
    ),
    (
        "办事",
        (
            ("/deadline/", "期限计算"),
            ("/verify/", "核验"),
            ("/evidence/", "存证检查点"),
            ("/account/login/", "登录"),
            ("/account/register/", "企业注册"),
            ("/my/", "我的工作台"),
        ),
    ),
    (
        "关于",
        (
            ("/accessibility/", "无障碍说明"),
            ("/privacy/", "个人信息保护"),
        ),
    ),
)
ROBOTS = """User-agent: *
Disallow: /my/
Disallow: /desk/
Disallow: /admin/
Disallow: /account/
Sitemap: {origin}/sitemap.xml
"""


def site_map(request: HttpRequest) -> HttpResponse:
    """Show every public column."""
    context = {"groups": SITE_MAP, "trail": [("网站地图", "")]}
    return render(request, "site/site_map.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how the site can be used without sight, mouse or script."""
    return render(request, "site/accessibility.html", {"trail": [("无障碍说明", "")]})


def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what personal data is kept, why and how (CC-09)."""
    return render(request, "site/privacy.html", {"trail": [("个人信息保护", "")]})


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the rooms."""
    origin = f"{request.scheme}://{request.get_host()}"
    return HttpResponse(ROBOTS.format(origin=origin), content_type="text/plain")
