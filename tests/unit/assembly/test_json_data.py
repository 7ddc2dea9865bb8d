from decimal import Decimal

import pytest

from assembly.errors import AssemblyError
from assembly.json_data import read_json


def test_numbers_stay_exact():
    assert read_json('{"a": 3200000.10, "b": 3}') == {
        "a": Decimal("3200000.10"),
        "b": 3,
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "JSON 第1行第1列写错了"),
        ('{"a": 1,}', "JSON 第1行第9列写错了"),
        ("[1]", "数据应为 JSON 对象"),
        ('{"a": NaN}', "不接受 NaN"),
        ('{"a": -Infinity}', "不接受 -Infinity"),
        ('{"a": 1, "a": 2}', "同一个键写了两次"),
        ('{"a": ' + "[" * 60 + "]" * 60 + "}", "JSON 嵌套过深"),
        ('{"a": ' + "[" * 200_000 + "}", "JSON 嵌套过深"),
        (b"\xff\xfe\xfa", "数据不是 UTF-8 文字"),
        ('{"a": 1e' + "9" * 30 + "}", "数字写错了"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_text_that_is_no_data_is_refused(text, reason):
    with pytest.raises(AssemblyError) as refused:
        read_json(text)

    (fault,) = refused.value.faults
    assert (fault.code, fault.message) == ("E-AS-59", f"请求有误：{reason}。")
