"""A unit fills the form on a phone without JavaScript; the bureau publishes it."""

import re

import pytest

from tests.browser.conftest import Open
from tests.browser.form_filling import fill_application

pytestmark = pytest.mark.browser
NAME = "分区控温温热冲压成形技术"


def test_application_from_draft_to_publication_without_script(open_page: Open):
    unit = open_page(
        "/my/applications/start/", login="demo-tto", width=360, script=False
    )
    unit.click("text=开始填写")

    headings = fill_application(unit)
    unit.check("input[name=truthful]")
    unit.click("text=提交申请")

    assert len(headings) >= 15
    receipt = unit.inner_text("main")
    number = re.search(r"SQ-\d{4}-\d{4}", receipt)
    assert number
    assert re.search(r"SHA-256 [0-9a-f]{64}", receipt)

    bureau = open_page(
        f"/desk/applications/?q={number.group()}", login="demo-stb", script=False
    )
    bureau.click(f"text={number.group()}")
    for passed in bureau.query_selector_all("input[type=radio][value=passed]"):
        passed.check()
    bureau.fill("textarea[name=opinion]", "材料齐全，同意发布。")
    bureau.click("button[value=publish]")

    assert "已发布" in bureau.inner_text("main")
    public = open_page("/supply/", script=False)
    public.click(f"text={NAME} >> nth=0")
    page = public.inner_text("main")
    assert "先使用后付费" in page
    assert "0772-2660002" not in page
    assert "王联系" not in page
