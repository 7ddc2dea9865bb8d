"""axe finds no WCAG 2.1 A or AA fault, in the standard and in the elder version."""

import pytest

from tests.browser.conftest import Open, faults_of

pytestmark = pytest.mark.browser

# A4 less its margins, and the wide tables that do not fit it: paper cannot scroll.
PAPER = {"width": 642, "height": 971}
CUT_OFF = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"
PUBLIC = [
    "/",
    "/achievements/",
    "/supply/",
    "/demands/",
    "/calls/",
    "/events/",
    "/notices/",
    "/policies/",
    "/policies/plan/",
    "/policies/guideline-4/",
    "/units/",
    "/statistics/",
    "/deadline/",
    "/deadline/?rule=NOTICE_LISTING&opened_at=2026-09-25T10:00:00%2B08:00",
    "/deadline/?rule=NOTICE_LISTING&opened_at=nonsense",
    "/verify/",
    "/evidence/",
    "/site-map/",
    "/accessibility/",
    "/privacy/",
    "/account/login/",
    "/account/register/",
    "/account/recovery/",
    "/account/recovery/sent/",
    "/no-such-page/",
    "/achievements/?colour=red",
]
ROOMS = [
    ("demo-tto", "/my/"),
    ("demo-tto", "/my/applications/"),
    ("demo-tto", "/my/achievements/"),
    ("demo-tto", "/my/notices/"),
    ("demo-tto", "/my/matches/"),
    ("demo-tto", "/my/signed/"),
    ("demo-tto", "/my/organization/"),
    ("demo-tto", "/my/organization/members/"),
    ("demo-ent3", "/my/organization/real-name/"),
    ("demo-tto", "/account/"),
    ("demo-tto", "/account/password/"),
    ("demo-tto", "/account/second-factor/"),
    ("demo-stb", "/desk/parties/units/"),
    ("demo-stb", "/desk/parties/units/new/"),
    ("demo-ent", "/my/"),
    ("demo-ent", "/my/demands/"),
    ("demo-stb", "/desk/"),
    ("demo-stb", "/desk/applications/"),
    ("demo-stb", "/desk/demands/"),
    ("demo-stb", "/desk/filed/"),
    ("demo-pla", "/desk/notices/"),
    ("demo-pla", "/desk/achievements/"),
    ("demo-pla", "/desk/parties/"),
    ("demo-stb", "/desk/calendar/"),
    ("demo-tto", "/desk/templates/"),
    ("demo-tto", "/desk/templates/upload/"),
    ("demo-tto", "/desk/templates/D-22/"),
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_has_no_fault_and_fits_phone_and_paper(open_page: Open, path: str):
    page = open_page(path)
    assert faults_of(page) == []

    page.set_viewport_size({"width": 360, "height": 900})
    page.reload()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert page.eval_on_selector_all(".scroll", CUT_OFF) == []


@pytest.mark.parametrize(("login", "path"), ROOMS)
def test_room_has_no_fault(open_page: Open, login: str, path: str):
    page = open_page(path, login=login)

    assert page.url.endswith(path)
    assert faults_of(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_of_a_changed_template_have_no_fault(open_page: Open, width: int):
    page = open_page("/desk/templates/", login="demo-tto", width=width)
    places = ("/drafts/", "/versions/")
    links = [page.locator(f"a[href*='{one}']").first for one in places]
    version = links[1].get_attribute("href")
    paths = [one.get_attribute("href") for one in links]

    for path in (*paths, f"{version}impact/", f"{version}sample/"):
        page.goto(page.url.split("/desk/")[0] + path)
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("login", "path"), [("demo-tto", "/my/signed/"), ("demo-stb", "/desk/filed/")]
)
def test_signed_copies_have_no_fault_and_fit_a_phone(
    open_page: Open, login: str, path: str
):
    listed = open_page(path, login=login)
    links = listed.eval_on_selector_all(
        ".entry-list h2 a", "links => links.map(link => link.getAttribute('href'))"
    )

    assert links
    for link in links:
        page = open_page(link, login=login, width=360)
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_payments_have_no_fault_and_fit_a_phone(open_page: Open):
    page = open_page("/my/payments/", login="demo-tto", width=360)
    links = page.eval_on_selector_all(
        ".entry-list h2 a", "links => links.map(link => link.getAttribute('href'))"
    )
    site = page.url.removesuffix("/my/payments/")
    told, _, income = sorted(links)

    for path in ("/my/payments/", told, f"{told}paper/", f"{income}statement/"):
        page.goto(f"{site}{path}")
        assert faults_of(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize(
    "path", ["/", "/achievements/", "/notices/", "/policies/plan/"]
)
def test_elder_version_has_no_fault(open_page: Open, path: str):
    page = open_page(path)
    page.click("text=长辈版")
    page.wait_for_selector("html.elder")

    assert faults_of(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_papers_of_a_case_have_no_fault(open_page: Open, width: int):
    page = open_page("/my/grants/?mode=M1", login="demo-tto", width=width)
    page.click(".entry-list a")
    page.click("main a[href^='/my/papers/']")
    overview = page.url
    for rest in ("", "ask/team/", "ask/terms/", "own/D-13/", "rows/team.members/"):
        page.goto(f"{overview}{rest}")
        for fold in page.query_selector_all("main details:not([open]) > summary"):
            fold.click()

        assert faults_of(page) == [], rest
        assert page.evaluate("document.documentElement.scrollWidth") <= width, rest


@pytest.mark.parametrize("width", [360, 1280])
def test_preview_and_reasons_of_clauses_have_no_fault(open_page: Open, width: int):
    page = open_page("/my/grants/?mode=M1", login="demo-tto", width=width)
    page.click(".entry-list a")
    page.click("main a[href^='/my/papers/']")
    page.click("text=D-09 职务科技成果赋权协议")
    assert faults_of(page) == []

    clause = page.locator("#clause-maintenance")
    clause.locator("summary").focus()
    page.keyboard.press("Enter")

    assert "必备条款，不得删除" in clause.inner_text()
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clause.locator("a", has_text="维持费承担").click()
    assert page.url.endswith("/ask/empowerment/#id_empowerment.maintenance")
