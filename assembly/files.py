"""Files of the command line: JSON read exactly, results written whole or not."""

import json
import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from assembly.errors import AssemblyError, fault


def read_json(path: Path) -> dict[str, Any]:
    """Return the data of a JSON file; numbers keep every digit that is written.

    Raises:
        AssemblyError: E-AS-19, it cannot be read or holds no names and values.
    """
    return parse_json(read_file(path), path.name)


def parse_json(content: bytes, name: str) -> dict[str, Any]:
    """Return the data of JSON text; `name` is for messages."""
    try:
        data = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except UnicodeDecodeError as error:
        raise _unreadable(name, "不是 UTF-8 编码") from error
    except json.JSONDecodeError as error:
        place = f"第{error.lineno}行第{error.colno}列不是 JSON"
        raise _unreadable(name, place) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, str(error)) from error
    if not isinstance(data, dict):
        raise _unreadable(name, "应是一组名称和值")
    return data


def read_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        AssemblyError: E-AS-19, it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path.name, "文件不存在或没有权限") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file; a reader sees the old one or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def named_files(pairs: Iterable[str]) -> dict[str, Path]:
    """Return files given as NAME=FILE.

    Raises:
        AssemblyError: E-AS-19, an argument is not written so.
    """
    files = {}
    for pair in pairs:
        name, sign, path = pair.partition("=")
        if not sign or not name or not path:
            raise _unreadable(pair, "应写作 名称=文件")
        files[name] = Path(path)
    return files


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} 不是数字")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"名称“{twice}”写了两次")
    return data


def _unreadable(name: str, reason: str) -> AssemblyError:
    return AssemblyError(fault("E-AS-19", name=name, reason=reason))
