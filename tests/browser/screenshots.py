"""Draws docs/screenshots: ten pages at 360 and 1280 pixels.

Run against a served demo office: `python -m tests.browser.screenshots ADDRESS`.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM_ARGUMENTS, sign_in
from tests.programs import NAMES

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDTHS = (360, 1280)
HEIGHT = 900
# name, path, login, link to follow
SHOTS = (
    ("home", "/", "", ""),
    ("catalog", "/achievements/", "", ""),
    ("supply", "/supply/", "", ""),
    ("offer", "/supply/", "", ".entry-list h2 a, .entry-list h3 a"),
    ("demands", "/demands/", "", ""),
    ("notice", "/notices/", "", ".entry-list h2 a, .entry-list h3 a, main table a"),
    ("policy", "/policies/guideline-6/", "", ""),
    ("statistics", "/statistics/", "", ""),
    (
        "deadline",
        "/deadline/?rule=NOTICE_LISTING&opened_at=2026-09-25T10:00:00%2B08:00",
        "",
        "",
    ),
    ("application", "/my/applications/", "demo-tto", ""),
    ("desk", "/desk/", "demo-stb", ""),
)


def draw(browser: Browser, address: str, width: int) -> None:
    """Draw every page at one width."""
    for name, path, login, link in SHOTS:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        page = context.new_page()
        if login:
            sign_in(page, login)
        page.goto(path)
        if link:
            page.click(f"{link} >> nth=0")
        target = FOLDER / f"{name}-{width}.png"
        page.screenshot(path=target)
        context.close()


def main(address: str) -> None:
    """Draw all widths into docs/screenshots."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=f"/usr/bin/{NAMES['chromium'][0]}", args=CHROMIUM_ARGUMENTS
        )
        for width in WIDTHS:
            draw(browser, address, width)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
