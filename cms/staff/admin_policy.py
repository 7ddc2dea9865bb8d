"""The content security policy of the Wagtail admin, beside that of the site."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN = "/admin/"


class PolicyMiddleware(CSPMiddleware):
    """Sends the site's policy, and under `/admin/` what Wagtail's editor needs."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        """Return the policy of a response; a view's own replacement goes first."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN) and not report_only:
            parts.replace = settings.ADMIN_POLICY | (parts.replace or {})
        return parts
