"""A real site on a port of its own, a real Chromium, and axe in Chinese words."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.programs import need

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Chengzhuan-2026"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1800):
        if server.poll() is not None:
            raise RuntimeError(f"the site ended with code {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  loopback
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site did not answer within six minutes")


def site_environment(folder: Path) -> dict[str, str]:
    """Return the environment of the served site and of programs beside it."""
    return os.environ | {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": "",
    }


@pytest.fixture(scope="package")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the served site."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def site(site_folder: Path) -> Iterator[str]:
    """Address of a served demo office, prepared as `make run` prepares it."""
    need("chromium")
    port = _free_port()
    env = site_environment(site_folder)
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=env) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/", server)
            yield address
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests of this worker.

    It ends with them: Django refuses its database while Playwright's loop runs.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=need("chromium"), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


Open = Callable[..., Page]
# axe puts a style of its own into the page, which the policy rightly refuses.
_audited: set[Page] = set()


@pytest.fixture(scope="package")
def signed_in(site: str, chromium: Browser) -> Callable[[str], Any]:
    """Return what a browser keeps of a person signed in; the form is filled once."""

    @cache
    def state(login: str) -> Any:
        context = chromium.new_context(base_url=site)
        sign_in(context.new_page(), login)
        kept = context.storage_state()
        context.close()
        return kept

    return state


@pytest.fixture
def open_page(
    site: str, chromium: Browser, signed_in: Callable[[str], Any]
) -> Iterator[Open]:
    """Return `open_page(path, login="", width=1280, script=True)`.

    A console error, a failed request or a policy violation fails the test.
    """
    contexts = []
    faults: list[str] = []

    def visit(
        path: str, *, login: str = "", width: int = 1280, script: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            storage_state=signed_in(login) if login else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type == "error" and page not in _audited
                else None
            ),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    unexpected = [fault for fault in faults if "status of 4" not in fault]
    assert unexpected == []


def sign_in(page: Page, login: str) -> None:
    """Sign a demo person in through the form."""
    page.goto("/account/login/")
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def faults_of(page: Page) -> list[str]:
    """Return axe's WCAG 2.1 A and AA faults as lines: rule, place, markup."""
    _audited.add(page)
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "resultTypes": ["violations"],
    }
    results = Axe().run(page, options=options).response
    return [
        f"{violation['id']}: {json.dumps(node['target'])} {node['html'][:120]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
