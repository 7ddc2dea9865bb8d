"""System programs that some tests need: absent ones skip, or fail if required."""

import os
import shutil

import pytest

NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "libreoffice": ("soffice", "libreoffice"),
    "java": ("java",),
    "pdftotext": ("pdftotext",),
    "tesseract": ("tesseract",),
}


def need(program: str) -> str:
    """Return the path of a program; skip the test, or fail under REQUIRE_ALL=1."""
    for name in NAMES[program]:
        if found := shutil.which(name):
            return found
    reason = f"本机没有安装 {program}"
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)
