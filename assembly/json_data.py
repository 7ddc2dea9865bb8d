"""Data from JSON: numbers exact, keys once, depth bounded."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from assembly.errors import AssemblyError, fault

_DEEPEST = 40


def read_json(content: bytes | str) -> dict[str, Any]:
    """Return a JSON object; numbers with a point become Decimal.

    Raises:
        AssemblyError: E-AS-59, it is no JSON object, or a key stands twice.
    """
    try:
        data = json.loads(
            content,
            parse_float=_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_once,
        )
    except RecursionError:
        raise _refused("JSON 嵌套过深") from None
    except UnicodeDecodeError:
        raise _refused("数据不是 UTF-8 文字") from None
    except json.JSONDecodeError as error:
        raise _refused(f"JSON 第{error.lineno}行第{error.colno}列写错了") from None
    except ValueError as error:
        raise _refused(str(error)) from None
    if not isinstance(data, dict):
        raise _refused("数据应为 JSON 对象")
    if _depth(data) > _DEEPEST:
        raise _refused("JSON 嵌套过深")
    return data


def _refused(reason: str) -> AssemblyError:
    return AssemblyError(fault("E-AS-59", reason=reason))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("数字写错了") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"不接受 {name}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("同一个键写了两次")
    return found


def _depth(value: object) -> int:
    deepest, level = 0, [value]
    while level:
        deepest += 1
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        level = inner
    return deepest
