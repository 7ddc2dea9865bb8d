"""What migrations write in English is Chinese in the admin."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.models import Collection, Page

from cms.staff.chinese_names import chinese_name
from tests.factories.parties import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("codename", "name"),
    [
        ("change_group", "可以修改组"),
        ("add_site", "可以添加站点"),
        ("view_policypage", "可以查看政策文件"),
        ("access_admin", "可以访问管理后台"),
        ("publish_page", "可以发布页面"),
        ("bulk_delete_page", "可以删除带有下级的页面"),
    ],
)
def test_permission_has_a_chinese_name(codename: str, name: str) -> None:
    assert Permission.objects.get(codename=codename).name == name


def test_permission_of_a_model_that_is_gone_keeps_its_name() -> None:
    gone = ContentType.objects.create(app_label="gone", model="thing")

    assert (
        chinese_name(Permission(codename="add_thing", name="X", content_type=gone))
        == "X"
    )


def test_groups_and_root_page_are_named_in_chinese() -> None:
    names = set(Group.objects.values_list("name", flat=True))

    assert {"编辑人员", "审核人员"} <= names
    assert Page.objects.get(depth=1).title == "根页面"
    assert Collection.objects.get(depth=1).name == "根集合"


def test_no_permission_is_left_in_english() -> None:
    names = Permission.objects.values_list("name", flat=True)

    assert [name for name in names if re.search(r"\bCan\b|^[^一-鿿]*$", name)] == []


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/admin/sites/", ["端口", "网站名称", "根页面"], ["Port", "Site name"]),
        ("/admin/users/", ["是"], ["True"]),
        ("/admin/pages/search/", ["个页面中的第", " - 成转</title>"], ["个None"]),
        ("/admin/groups/new/", ["根集合", "页面<span"], ["Page<span", ">Root<"]),
        ("/admin/pages/", ['aria-label="操作"'], ['aria-label="Actions"']),
    ],
)
def test_lists_of_the_admin_have_no_english_heads_or_cells(
    client: Client, path: str, chinese: list[str], english: list[str]
) -> None:
    client.force_login(make_user(is_superuser=True))

    text = client.get(path, follow=True).text

    assert [word for word in chinese if word not in text] == []
    assert [word for word in english if word in text] == []
