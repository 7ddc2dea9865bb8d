"""Who may open the Wagtail admin: editors of the bureau and the administrator."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from cms.core.locks import writing
from cms.parties.models import User
from cms.rules.parties import EDITOR_ROLES
from cms.rules.roles import Role

GROUPS = {Role.BUREAU: "网站编辑", Role.ADMINISTRATOR: "系统管理"}
# The admin's door, and the sponsor and record numbers in the footer.
GENERAL_PERMISSIONS = (
    ("wagtailadmin", "access_admin"),
    ("pages", "change_siteidentity"),
)
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
MEDIA_PERMISSIONS = ("add_image", "change_image", "choose_image", "view_image")


@writing()
def sync_admin_access(user: User) -> None:
    """Bring `is_staff` and the admin groups in line with the active roles.

    Nobody becomes a superuser: page types that actions write stay closed to
    editors, whatever their groups.
    """
    codes = user.memberships.filter(is_active=True).values_list("role", flat=True)
    roles = frozenset(Role(code) for code in codes) & EDITOR_ROLES
    groups = [_group(role) for role in sorted(roles)]
    others = Group.objects.filter(name__in=GROUPS.values())
    user.groups.remove(*others.exclude(pk__in=[group.pk for group in groups]))
    user.groups.add(*groups)
    if user.is_staff is not bool(roles):
        user.is_staff = bool(roles)
        user.save(update_fields=["is_staff"])


def _group(role: Role) -> Group:
    group, is_new = Group.objects.get_or_create(name=GROUPS[role])
    if is_new:
        _set_up(group, role)
    return group


def _set_up(group: Group, role: Role) -> None:
    for app, codename in GENERAL_PERMISSIONS:
        permissions = Permission.objects.filter(
            content_type__app_label=app, codename=codename
        )
        group.permissions.add(*permissions)
    if role is not Role.BUREAU:
        return
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission
        )
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=MEDIA_PERMISSIONS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
