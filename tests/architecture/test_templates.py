"""Templates: strict policy, no foreign hosts, no unescaped text."""

import re

from tests.architecture.sources import ROOT, templates

# `|safe` prints markup of ours only: help texts written in code, SVG drawn by us.
SAFE_PLACES = {
    "cms/pages/templates/components/field.html",
}


def offenders(pattern: str) -> list[str]:
    expression = re.compile(pattern, re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if expression.search(line)
    ]


def test_no_template_has_inline_style_or_handlers():
    assert offenders(r"\sstyle=|<style|\son(click|load|change|submit|error)=") == []


def test_every_script_carries_a_nonce():
    assert offenders(r"<script(?![^>]*nonce=)") == []


def test_no_template_loads_from_another_host():
    assert offenders(r"(src|href)=\"(https?:)?//") == []


def test_no_template_prints_unescaped_text():
    places = {place.rsplit(":", 1)[0] for place in offenders(r"\|\s*safe|autoescape")}

    assert places - SAFE_PLACES == set()


def test_every_post_form_carries_the_token():
    bare = [
        str(path.relative_to(ROOT))
        for path in templates()
        for form in re.findall(
            r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.S | re.I
        )
        if "csrf_token" not in form
    ]

    assert bare == []
