"""URL map: each interface's own views, then Wagtail's admin and page tree."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

to_sign_in = RedirectView.as_view(pattern_name="sign_in", query_string=True)

urlpatterns = [
    path("++api++/", include("cms.api.urls")),
    path("desk/", include("cms.staff.desk.urls")),
    path("desk/applications/", include("cms.staff.applications.urls")),
    path("desk/demands/", include("cms.staff.demands.urls")),
    path("desk/calls/", include("cms.staff.demands.call_urls")),
    path("desk/events/", include("cms.staff.demands.event_urls")),
    path("desk/notices/", include("cms.staff.notices.urls")),
    path("desk/contracts/", include("cms.staff.contracts.urls")),
    path("desk/achievements/", include("cms.staff.achievements.urls")),
    path("desk/parties/", include("cms.staff.parties.urls")),
    path("desk/templates/", include("cms.staff.instruments.urls")),
    path("desk/filed/", include("cms.staff.filed.urls")),
    path("desk/calendar/", include("cms.staff.calendar.urls")),
    path("", include("cms.pages.site.urls")),
    path("", include("cms.pages.accounts.urls")),
    path("", include("cms.pages.catalog.urls")),
    path("", include("cms.pages.supply.urls")),
    path("", include("cms.pages.demands.urls")),
    path("", include("cms.pages.notices.urls")),
    path("", include("cms.pages.empowerment.urls")),
    path("", include("cms.pages.papers.urls")),
    path("", include("cms.pages.recordal.urls")),
    path("", include("cms.pages.payments.urls")),
    path("", include("cms.pages.signed.urls")),
    path("", include("cms.pages.room.urls")),
    path("", include("cms.pages.evidence.urls")),
    path("", include("cms.pages.files.urls")),
    # Wagtail's own sign-in pages know nothing of the second factor.
    path("admin/login/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
