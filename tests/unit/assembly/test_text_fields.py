"""Texts of one line do not double the full stop of their sentence."""

import pytest

from assembly.dictionary import Variable
from assembly.fields.readers import reader_for


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("text", "团队成员未参加审核。", "团队成员未参加审核"),
        ("text", " 无需回避 ", "无需回避"),
        ("text", "见附件。。", "见附件"),
        ("long_text", "第一项。\n第二项。", "第一项。\n第二项。"),
    ],
)
def test_text_is_read(kind, value, read):
    assert reader_for(Variable(name="x", type=kind, label="示例"))(value) == read
