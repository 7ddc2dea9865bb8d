"""M2 and M5 by real clicks: from the interview to the contracts in the archive."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assembly.plain_text import plain_text
from cms.core.clock import SHANGHAI
from cms.signed_papers.text_pdf import text_pdf
from tests.browser.conftest import ROOT, Open, faults_of, site_environment

pytestmark = pytest.mark.browser
GRANTED_ON = "2026-11-03"
"""The demo answers date the notice before this day and the contracts after it."""


def sound(page: Page, *words: str) -> None:
    """Hold the page against axe; it must say the words."""
    text = page.inner_text("main")
    assert [word for word in words if word not in text] == [], text
    assert faults_of(page) == []


def answer_the_dates(page: Page) -> None:
    """Change the day of the grant in the interview."""
    page.click('main a[href$="/ask/dates/"]')
    sound(page, "全案文书共用，只需填写一次。")
    page.fill('input[name="dates.empowered_on"]', GRANTED_ON)
    page.click("main button:text-is('保存，稍后再填')")
    sound(page, "文书清单")


def assemble_all(page: Page) -> None:
    """Assemble whatever can be; one paper alone is shown at once."""
    overview = page.url
    page.click("main button:has-text('组装全部可组装的文书')")
    sound(page, "份文书。")
    page.goto(overview)
    sound(page, "本案需要的文书已经齐备。")


def signed_copy(page: Page, folder: Path) -> Path:
    """Download the Word file of the open paper; return what comes back from signing."""
    with page.expect_download() as loading:
        page.click("main a:text-is('下载 Word')")
    file = folder / "签署件.pdf"
    file.write_bytes(text_pdf(plain_text(loading.value.path().read_bytes())))
    return file


def file_contract(
    page: Page, instrument: str, day: str, ends_on: str, folder: Path
) -> None:
    """From the paper to its place in the archive."""
    page.click(f".tasks a:has-text('{instrument} ')")
    sound(page, "已组装")
    copy = signed_copy(page, folder)
    page.click("main a:text-is('上传签署件')")
    sound(page, "上传以后")
    page.set_input_files("input[name=files]", copy)
    page.click("main button:text-is('上传并读取')")
    sound(page, "没有差异")
    page.fill("input[name=signed_on]", day)
    page.fill("input[name=effective_on]", day)
    page.fill("input[name=ends_on]", ends_on)
    page.check("input[name=conclusion][value=as_assembled]")
    page.click("main button:text-is('确认并归档')")
    sound(page, "已归档", "与组装文本一致")


def run(page: Page, contracts: tuple[str, ...], ends_on: str, folder: Path) -> None:
    """The office's way through the room, from the list to the filed contracts."""
    day = datetime.now(SHANGHAI).date().isoformat()
    page.click(".entry-list a")
    sound(page, "公示届满")
    page.click("main a:text-is('案件内容和文书')")
    overview = page.url
    sound(page, "文书清单")
    answer_the_dates(page)
    assemble_all(page)
    for instrument in contracts:
        file_contract(page, instrument, day, ends_on, folder)
        page.goto(overview)
        sound(page, "已归档")
    page.goto(overview.replace("/my/papers/grant/", "/my/grants/"))
    sound(page, "已签约")
    assert page.query_selector(".label-pay") is None


def own_case(folder: Path, mode: str, unit: str) -> None:
    """Add a case of our own: what the journeys file is gone for other tests."""
    command = [sys.executable, "-m", "tests.browser.closed_case", mode, unit]
    subprocess.run(command, cwd=ROOT, env=site_environment(folder), check=True)


@pytest.mark.parametrize(
    ("mode", "unit", "contracts", "ends_on"),
    [
        pytest.param("M2", "2", ("D-09", "D-16", "D-17"), "", id="M2"),
        pytest.param("M5", "", ("D-11", "D-23"), "2036-11-01", id="M5"),
    ],
)
def test_mode_from_interview_to_filed_papers(
    open_page: Open, site_folder: Path, tmp_path: Path, mode, unit, contracts, ends_on
):
    own_case(site_folder, mode, unit)
    page = open_page(f"/my/grants/?mode={mode}", login=f"demo-tto{unit}")
    sound(page, "公示届满")

    run(page, contracts, ends_on, tmp_path)
