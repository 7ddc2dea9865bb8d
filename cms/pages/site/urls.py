"""URLs of the site pages."""

from django.urls import URLPattern, URLResolver, path
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps import views as sitemap_views

from cms.pages.site import standing
from cms.pages.site.deadline import deadline_page
from cms.pages.site.preferences import preferences
from cms.pages.site.statistics import statistics

SITEMAPS = {"pages": Sitemap}

urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/", preferences, name="preferences"),
    path("deadline/", deadline_page, name="deadline"),
    path("statistics/", statistics, name="statistics"),
    path("site-map/", standing.site_map, name="site_map"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path("privacy/", standing.privacy, name="privacy"),
    path("robots.txt", standing.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
]
