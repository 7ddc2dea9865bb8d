"""On a phone the filters stay closed above the list; on a wide screen they are open."""

import pytest

from tests.browser.conftest import Open, faults_of

pytestmark = pytest.mark.browser

LISTS = ["/achievements/", "/supply/", "/demands/", "/notices/"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("path", LISTS)
def test_filters_stay_closed_on_a_phone_until_asked_for(
    open_page: Open, path: str, script: bool
):
    page = open_page(path, width=360, script=script)
    group = page.locator(".filters summary").first

    assert not group.is_visible()
    page.locator(".facets > summary").press("Enter")
    assert group.is_visible()
    if script:
        assert faults_of(page) == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("path", LISTS)
def test_filters_are_open_on_a_wide_screen(open_page: Open, path: str, script: bool):
    page = open_page(path, script=script)

    assert page.locator(".filters summary").first.is_visible()
    assert not page.locator(".facets > summary").is_visible()
