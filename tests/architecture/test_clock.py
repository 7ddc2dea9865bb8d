"""Only `cms/core/clock.py` reads the clock (T-01)."""

import ast

from tests.architecture.sources import ROOT

CLOCK = ROOT / "cms" / "core" / "clock.py"
READERS = {
    *(("datetime", name) for name in ("now", "utcnow", "today")),
    ("date", "today"),
    ("timezone", "now"),
    *(("time", name) for name in ("time", "time_ns")),
}
READERS_WITHOUT_ARGUMENT = {"localtime", "localdate", "gmtime", "ctime"}
FIELD_OPTIONS = {"auto_now", "auto_now_add"}
BARE = {"Now", "utcnow"}


def clock_reads(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = getattr(owner, "attr", getattr(owner, "id", ""))
            if (name, node.attr) in READERS:
                found.append(f"{node.lineno} {name}.{node.attr}")
        elif isinstance(node, ast.keyword) and node.arg in FIELD_OPTIONS:
            found.append(f"{node.value.lineno} {node.arg}")
        elif isinstance(node, ast.Call):
            found += [f"{node.lineno} {name}()" for name in _reading_calls(node)]
    return found


def _reading_calls(call: ast.Call) -> list[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    reads = name in BARE or (name in READERS_WITHOUT_ARGUMENT and not call.args)
    return [name] if reads else []


def test_nothing_but_the_clock_reads_the_clock():
    found = {
        str(path.relative_to(ROOT)): reads
        for path in (ROOT / "cms").rglob("*.py")
        # Django's own `date_joined` stands in a migration; rows get theirs passed in.
        if path != CLOCK
        and "migrations" not in path.parts
        and (reads := clock_reads(path.read_text("utf-8")))
    }

    assert found == {}


def test_reads_are_recognized():
    source = """
from datetime import datetime, date
from django.utils import timezone
import time
datetime.now()
datetime.datetime.today()
date.today()
timezone.now()
created = DateTimeField(default=timezone.now, auto_now_add=True)
time.time()
update(at=Now())
timezone.localtime()
timezone.localtime(value)
clock.now()
time.monotonic()
"""

    assert sorted(clock_reads(source)) == [
        "10 time.time",
        "11 Now()",
        "12 localtime()",
        "5 datetime.now",
        "6 datetime.today",
        "7 date.today",
        "8 timezone.now",
        "9 auto_now_add",
        "9 timezone.now",
    ]
