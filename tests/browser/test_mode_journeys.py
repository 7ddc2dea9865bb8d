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
DATES = ("empowered_on", "signed_on", "effective_on")


def sound(page: Page, *words: str) -> None:
    """Hold the page against axe; it must say the words."""
    text = page.inner_text("main")
    assert [word for word in words if word not in text] == []
    assert faults_of(page) == []


def answer_the_dates(page: Page, day: str) -> None:
    """Fill the days of the contracts in the interview."""
    page.click('main a[href$="/ask/dates/"]')
    sound(page, "同一案件的文书共用这些答案")
    for name in DATES:
        page.fill(f'input[name="dates.{name}"]', day)
    page.click("main button:text-is('保存，稍后再填')")
    sound(page, "文书清单")


def assemble_all(page: Page) -> None:
    """Assemble whatever can be."""
    page.click("main button:has-text('组装全部可组装的文书')")
    sound(page, "份文书。", "本案需要的文书已经齐备。")


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
    answer_the_dates(page, day)
    assemble_all(page)
    for instrument in contracts:
        file_contract(page, instrument, day, ends_on, folder)
        page.goto(overview)
        sound(page, "已归档")
    page.goto(overview.replace("/my/papers/grant/", "/my/grants/"))
    sound(page, "已签约")
    assert page.query_selector(".label-pay") is None


def test_m5_from_interview_to_filed_papers(open_page: Open, tmp_path: Path):
    page = open_page("/my/grants/?mode=M5", login="demo-tto2")
    sound(page, "公示届满")

    run(page, ("D-11", "D-23"), "2036-11-01", tmp_path)


def test_m2_from_interview_to_filed_papers(
    open_page: Open, site_folder: Path, tmp_path: Path
):
    command = [sys.executable, "-m", "tests.browser.closed_case", "M2", "2"]
    subprocess.run(command, cwd=ROOT, env=site_environment(site_folder), check=True)
    page = open_page("/my/grants/?mode=M2", login="demo-tto2")
    sound(page, "公示届满")

    run(page, ("D-09", "D-16", "D-17"), "", tmp_path)
