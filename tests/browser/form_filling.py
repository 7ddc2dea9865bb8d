"""Fills the application form as a person does, page by page, without script."""

from typing import Any

from playwright.sync_api import Page

from tests.factories.supply import complete_answers, picture_bytes

MOST_PAGES = 60
FILES = {"consent_files", "title_proof", "unit_opinion"}


def flat_answers(**changes: Any) -> dict[str, Any]:
    """Return the complete answers by control name, rows as `name-0-part`."""
    flat: dict[str, Any] = {}
    for code, value in complete_answers(**changes).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for place, row in enumerate(value):
                flat |= {f"{code}-{place}-{part}": cell for part, cell in row.items()}
        else:
            flat[code] = value
    return flat


def row_counts(**changes: Any) -> dict[str, int]:
    """Return how many rows each repeated group needs."""
    return {
        code: len(value)
        for code, value in complete_answers(**changes).items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    }


def fill_topic(page: Page, answers: dict[str, Any], rows: dict[str, int]) -> None:
    """Fill every control of the page that has an answer; add rows where needed."""
    for group, wanted in rows.items():
        while page.locator(f"input[name='{group}-count']").count():
            present = int(page.locator(f"input[name='{group}-count']").input_value())
            if present >= wanted:
                break
            fill_controls(page, answers)
            page.click(f"button[value='add:{group}']")
    fill_controls(page, answers)


def fill_controls(page: Page, answers: dict[str, Any]) -> None:
    """Fill what the page shows now."""
    for control in page.query_selector_all("main [name]"):
        name = control.get_attribute("name") or ""
        kind = control.get_attribute("type") or control.evaluate(
            "element => element.tagName.toLowerCase()"
        )
        if kind in {"hidden", "button", "submit"} or name == "action":
            continue
        if kind == "file":
            if name.removesuffix("-upload") in FILES:
                control.set_input_files(
                    {
                        "name": "证明.png",
                        "mimeType": "image/png",
                        "buffer": picture_bytes(),
                    }
                )
        elif name in answers and control.is_visible():
            fill_control(control, kind, answers[name])


def fill_control(control: Any, kind: str, answer: Any) -> None:
    """Fill one control with its answer."""
    if kind in {"radio", "checkbox"}:
        wanted = answer if isinstance(answer, list) else [answer]
        if control.get_attribute("value") in wanted:
            control.check()
    elif kind == "select":
        control.select_option(answer)
    elif answer:
        control.fill(str(answer))


def pass_topic(page: Page, answers: dict[str, Any], rows: dict[str, int]) -> None:
    """Fill and send one page; what an answer uncovers is filled at the next try."""
    before = page.url
    for _ in range(3):
        fill_topic(page, answers, rows)
        page.locator("button[value='continue']").last.click()
        if page.url != before or not page.locator(".error-summary").count():
            return
    raise AssertionError(f"{before} {page.inner_text('.error-summary')}")


def fill_application(page: Page, **changes: Any) -> list[str]:
    """Fill the form from its first page to the check page; return the headings."""
    answers, rows = flat_answers(**changes), row_counts(**changes)
    headings = []
    for _ in range(MOST_PAGES):
        if page.url.rstrip("/").endswith("/form"):
            open_tasks = page.locator(".tasks > li", has_not_text="已完成")
            links = open_tasks.locator("a")
            if not links.count():
                page.click("main >> text=检查并提交 >> nth=-1")
                return headings
            links.first.click()
        elif "/check" in page.url:
            return headings
        else:
            headings.append(page.inner_text("h1"))
            pass_topic(page, answers, rows)
    raise AssertionError(f"the form did not end: {headings}")
