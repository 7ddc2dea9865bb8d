"""The whole menu of the Wagtail admin: what staff keep there, and nothing else."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# Case files never enter Wagtail's documents (decision 9), and public pictures
# are encoded anew by the catalogue; neither library has a use here.
HIDDEN = {"documents", "images", "help"}


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what the product does not use."""
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("insert_global_admin_js")
def start_choosers() -> SafeString:
    """Start the choosers without the inline scripts that the policy refuses."""
    return format_html('<script src="{}"></script>', static("staff/choosers.js"))


@hooks.register("register_admin_menu_item")
def link_to_desk() -> MenuItem:
    """Lead to the desk, where cases are decided."""
    return MenuItem("审核台", reverse("desk"), icon_name="tasks", order=1)


@hooks.register("register_admin_menu_item")
def link_to_calendar() -> MenuItem:
    """Lead to the working-day calendar."""
    return MenuItem("工作日历", "/desk/calendar/", icon_name="calendar", order=2)


@hooks.register("register_admin_menu_item")
def link_to_site() -> MenuItem:
    """Lead back to the public site."""
    return MenuItem("查看网站", "/", icon_name="site", order=3)
