"""Names that Django and Wagtail write into the database in English, in Chinese."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail.sites.views import IndexView

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
# Columns that Wagtail heads with the name of the field, past its catalogs.
SITE_COLUMNS = {"port": "端口", "site_name": "网站名称", "root_page": "根页面"}
GROUPS = {"Editors": "编辑人员", "Moderators": "审核人员"}


def name_in_chinese(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Rename permissions, Wagtail's groups and the root page after a migration.

    Runs once, after the last app, when every permission has been created.
    """
    migrated = [config for config in apps.get_app_configs() if config.models_module]
    if sender != migrated[-1]:
        return
    create_permissions(sender, verbosity=0, using=using)  # the last app's own
    with translation.override("zh-hans"):
        permissions = Permission.objects.using(using).select_related("content_type")
        english = list(permissions.filter(name__startswith="Can "))
        for permission in english:
            permission.name = chinese_name(permission)
        Permission.objects.using(using).bulk_update(english, ["name"])
    for old, new in GROUPS.items():
        Group.objects.using(using).filter(name=old).update(name=new)
    Page.objects.using(using).filter(depth=1, title="Root").update(
        title="根页面", draft_title="根页面"
    )


def chinese_name(permission: Permission) -> str:
    """Return the permission's name in Chinese: 可以修改用户组."""
    verb, _, model_name = permission.codename.partition("_")
    model = permission.content_type.model_class()
    if verb in VERBS and model and model_name == model._meta.model_name:
        return f"可以{VERBS[verb]}{model._meta.verbose_name}"
    return gettext(permission.name)


def head_site_columns() -> None:
    """Head the columns of the admin's list of sites in Chinese."""
    for column in IndexView.columns:
        column.label = SITE_COLUMNS.get(column.name, column.label)
