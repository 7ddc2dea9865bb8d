"""Names that Django and Wagtail write in English past their catalogs, in Chinese."""

import re
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Collection, Page
from wagtail.sites.views import IndexView
from wagtail.users.forms import PagePermissionsForm

VERBS = {
    "add": "添加",
    "change": "修改",
    "choose": "选用",
    "delete": "删除",
    "lock": "锁定",
    "publish": "发布",
    "unlock": "解锁",
    "view": "查看",
}
# Permissions that are no verb on a model, and are in no catalog.
OTHER_PERMISSIONS = {"bulk_delete_page": "可以删除带有下级的页面"}
# Columns that Wagtail heads with the name of the field, past its catalogs.
SITE_COLUMNS = {"port": "端口", "site_name": "网站名称", "root_page": "根页面"}
HAN = re.compile(r"[一-鿿]")
GROUPS = {"Editors": "编辑人员", "Moderators": "审核人员"}


def name_in_chinese(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Rename permissions, groups, the root page and collection after a migration.

    Runs once, after the last app, when every permission has been created.
    """
    migrated = [config for config in apps.get_app_configs() if config.models_module]
    if sender != migrated[-1]:
        return
    create_permissions(sender, verbosity=0, using=using)  # the last app's own
    with translation.override("zh-hans"):
        permissions = Permission.objects.using(using).select_related("content_type")
        english = [found for found in permissions if is_english(found.name)]
        for permission in english:
            permission.name = chinese_name(permission)
        Permission.objects.using(using).bulk_update(english, ["name"])
    for old, new in GROUPS.items():
        Group.objects.using(using).filter(name=old).update(name=new)
    Page.objects.using(using).filter(depth=1, title="Root").update(
        title="根页面", draft_title="根页面"
    )
    Collection.objects.using(using).filter(depth=1, name="Root").update(name="根集合")


def is_english(name: str) -> bool:
    """Whether a permission still has Django's or Wagtail's own name."""
    return name.startswith("Can ") or not HAN.search(name)


def chinese_name(permission: Permission) -> str:
    """Return the permission's name in Chinese: 可以修改用户组."""
    if permission.codename in OTHER_PERMISSIONS:
        return OTHER_PERMISSIONS[permission.codename]
    verb, _, model_name = permission.codename.partition("_")
    model = permission.content_type.model_class()
    if verb in VERBS and model and model_name == model._meta.model_name:
        return f"可以{VERBS[verb]}{model._meta.verbose_name}"
    return gettext(permission.name)


def name_parts_of_the_admin() -> None:
    """Name in Chinese what Wagtail's views and forms leave to a field's name."""
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    PagePermissionsForm.base_fields["page"].label = Page._meta.verbose_name
    for column in IndexView.columns:
        column.label = SITE_COLUMNS.get(column.name, column.label)
