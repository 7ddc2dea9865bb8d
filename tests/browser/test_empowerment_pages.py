"""The room of empowerment cases on a phone: no fault of axe, nothing sticks out."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, faults_of

pytestmark = pytest.mark.browser


def assert_sound(page: Page) -> None:
    """Hold the open page against axe and the width of a phone."""
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("login", "mode", "act"),
    [
        ("demo-tto", "M2", "签约前复核不可赋权情形"),
        ("demo-apv", "M1", "审批"),
        ("demo-fin", "M1", ""),
        ("demo-tto2", "M5", "上传签署的协议"),
        ("demo-tto2", "M6", "核实关联关系声明"),
        ("demo-res2", "M3", "提交赋权申请"),
        ("demo-res", "M4", "申请延长使用权"),
    ],
)
def test_list_case_and_act_fit_a_phone(open_page: Open, login, mode, act):
    page = open_page(f"/my/grants/?mode={mode}", login=login, width=360)
    assert_sound(page)

    page.click(".entry-list a")
    for fold in page.query_selector_all("main details:not([open]) > summary"):
        fold.click()
    assert_sound(page)
    if act:
        page.click(f"main .row a:text-is('{act}')")
        assert_sound(page)


def test_new_case_fits_a_phone_and_works_without_script(open_page: Open):
    page = open_page("/my/grants/new/", login="demo-res", width=360)
    assert_sound(page)
    page = open_page("/my/grants/new/", login="demo-res", width=360, script=False)
    page.fill("input[name=title]", "示例成果")
    page.click("main form[method=post] button")

    assert page.inner_text("#id_mode_error .error-text") == "错误：\n此项必须填写。"
    assert page.input_value("input[name=title]") == "示例成果"
