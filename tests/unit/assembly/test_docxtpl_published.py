"""docxtpl's own published test templates give the same text and structure here.

They are in docxtpl's repository only (no package carries them), so the folder is given:
DOCXTPL_TEMPLATES=<repository>/tests/templates.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from assembly import AssemblyError, Template
from tests.unit.assembly.docxtpl_comparison import differences, text_differs

FOLDER = os.environ.get("DOCXTPL_TEMPLATES", "")
# Beyond the dialect (calls, lists, unknown filters), or wrong on purpose.
REFUSED = {
    "custom_jinja_filters_tpl.docx",
    "escape_tpl_auto.docx",
    "header_footer_entities_tpl.docx",
    "horizontal_merge_tpl.docx",
    "less_cells_after_loop_tpl.docx",
    "module_execute_tpl.docx",
    "template_error_tpl.docx",
    "vertical_merge_nested_tpl.docx",
}
# They print rich text or pictures between runs, where we make a run of plain data.
TEXT_ONLY = {
    "cellbg_tpl.docx",
    "escape_tpl.docx",
    "header_footer_tpl.docx",
    "header_footer_tpl_utf8.docx",
    "merge_docx_master_tpl.docx",
    "richtext_and_if_tpl.docx",
    "richtext_eastAsia_tpl.docx",
    "richtext_paragraph_tpl.docx",
    "richtext_tpl.docx",
    "subdoc_tpl.docx",
    "word2016_tpl.docx",
}
LEAF = "AABBCC"


def published() -> list[Any]:
    if not FOLDER:
        mark = pytest.mark.skip(reason="没有给出 docxtpl 的模板（DOCXTPL_TEMPLATES）")
        return [pytest.param(Path(), marks=mark, id="absent")]
    return [pytest.param(path, id=path.name) for path in Path(FOLDER).glob("*.docx")]


def answers(template: Template) -> dict[str, Any]:
    """Return data for whatever the template reads: two rows to each table."""
    data: dict[str, Any] = {}
    for part in template.parts:
        for reference in part.references:
            place(data, reference.path, reference.use == "loop")
    return data


def place(data: dict[str, Any], path: str, is_table: bool) -> None:
    names = re.findall(r"[^.\[\]]+|\[\]", path) + (["[]"] if is_table else [])
    holders: list[Any] = [data]
    for name, following in zip(names, [*names[1:], ""], strict=True):
        empty: Any = [] if following == "[]" else {} if following else LEAF
        inner = []
        for holder in holders:
            if name == "[]":
                if not holder:
                    holder.extend(type(empty)(empty) for _ in range(2))
                if following and not isinstance(holder[0], type(empty)):
                    holder[:] = [type(empty)(empty) for _ in range(2)]
                inner += holder
            elif isinstance(holder, dict):
                if following and not isinstance(holder.get(name), type(empty)):
                    holder[name] = empty
                inner.append(holder.setdefault(name, empty))
        holders = inner


@pytest.mark.parametrize("path", published())
def test_published_template_equals_docxtpl_s(path):
    content = path.read_bytes()
    if path.name in REFUSED:
        with pytest.raises(AssemblyError):
            Template(content, path.name)
        return

    data = answers(Template(content, path.name))

    if path.name in TEXT_ONLY:
        assert not text_differs(content, data)
    else:
        assert differences(content, data) == []
