"""The Wagtail admin works under its content security policy, in a real Chromium.

`open_page` fails the test on a console error, and so on each refused script or style.
"""

import pytest

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/images/",
        "/admin/reports/site-history/",
        "/admin/account/",
    ],
)
def test_admin_page_breaks_no_policy(open_page: Open, path: str):
    page = open_page(path, login="demo-stb")
    page.wait_for_load_state("networkidle")

    assert page.url.endswith(path)


def test_home_page_is_edited_with_its_publishing_dates(open_page: Open):
    page = open_page("/admin/pages/3/edit/", login="demo-stb")
    page.wait_for_load_state("networkidle")

    page.locator("#id_go_live_at").wait_for(state="attached")
    assert page.locator("template[data-chooser]").count() == 0
    assert page.locator(".xdsoft_datetimepicker").count() >= 2


def test_page_chooser_opens(open_page: Open):
    page = open_page("/admin/pages/3/move/", login="demo-stb")
    page.wait_for_load_state("networkidle")

    page.locator(".chooser .chosen button").first.click()
    page.locator("button[data-chooser-action-choose]:visible").first.click()

    page.locator(".modal-content .listing").first.wait_for()


def test_picture_is_uploaded(open_page: Open):
    page = open_page("/admin/images/add/", login="demo-stb")
    page.wait_for_load_state("networkidle")

    page.set_input_files(
        "input[type=file]",
        {"name": "dot.png", "mimeType": "image/png", "buffer": PNG},
    )

    page.fill("input[name=title]", "示例图片")
    page.click("main form button[type=submit], main form input[type=submit]")

    page.wait_for_url("**/admin/images/")
    page.locator("img[src*='/media/images/']").first.wait_for()
