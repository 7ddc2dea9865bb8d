"""Every write holds the write lock: `writing()` is the one door to a transaction.

On PostgreSQL, a transaction that locks a row and then waits for the write lock
closes a circle with one that holds the write lock and waits for that row.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.sources import ROOT, python_files

DOORS = ("writing", "take_write_lock")
WRITES = {
    *("save", "create", "bulk_create", "bulk_update", "delete", "add_child"),
    *("get_or_create", "update_or_create", "select_for_update"),
}
OF_ROWS = ("objects", "filter(", "exclude(", ".all()", "_manager")
# Renames rows of Django and Wagtail within `migrate`, before anybody is served.
EXEMPT = {"cms/staff/chinese_names.py": {"name_in_chinese"}}


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "update":
        return any(word in ast.unparse(call.func.value) for word in OF_ROWS)
    # Only files and workbooks are saved to, or deleted at, a place that is named.
    is_file = call.func.attr in ("save", "delete") and call.args
    return call.func.attr in WRITES and not is_file


def _is_door(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and (
        ast.unparse(node.func).rpartition(".")[2] in DOORS
    )


def _open_calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that are not inside `with writing()`."""
    if isinstance(node, ast.With) and any(
        _is_door(item.context_expr) for item in node.items
    ):
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _open_calls(child)


def _calls_before_the_lock(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """Yield the calls that a function makes before it takes the lock itself."""
    if any(map(_is_door, function.decorator_list)):
        return
    for statement in function.body:
        if isinstance(statement, ast.Expr) and _is_door(statement.value):
            return
        yield from _open_calls(statement)


def unlocked_writers(source: str) -> set[str]:
    """Return the functions of a module that may write before they hold the lock.

    A private function may, when the module calls it with the lock held.
    """
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    callers: dict[str, set[str]] = defaultdict(set)
    writers = set()
    for function in functions:
        for call in _calls_before_the_lock(function):
            callers[ast.unparse(call.func)].add(function.name)
            if _is_write(call):
                writers.add(function.name)
    while more := {caller for name in writers for caller in callers[name]} - writers:
        writers |= more
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return {name for name in writers if not name.startswith("_") or name not in used}


def test_nothing_writes_before_it_holds_the_lock():
    found = {
        str(path.relative_to(ROOT)): writers
        for path in python_files("cms")
        if path.parent.name != "models"
        and (writers := unlocked_writers(path.read_text("utf-8")))
    }

    assert found == EXEMPT


def test_only_the_lock_opens_a_transaction():
    found = [
        str(path.relative_to(ROOT))
        for path in python_files("cms")
        if "transaction.atomic(" in (text := path.read_text("utf-8"))
        or "@transaction.atomic" in text
    ]

    assert found == ["cms/core/locks.py"]


def test_writes_without_the_lock_are_recognized():
    source = """
def guarded(row):
    with writing():
        row.save()

@writing()
def decorated(row):
    _helper(row)

def step(row):
    if row.pk is None:
        raise ValueError
    take_write_lock()
    row.delete()

def early(row):
    row.save()
    with writing():
        record(row)

def locks_a_row(rows):
    rows.select_for_update().get()

def through_a_helper(row):
    _helper(row)

def _helper(row):
    Row.objects.filter(pk=row.pk).update(name="")

def _of_nobody(row):
    row.save()

def writes_a_file(book, stream, texts):
    book.save(stream)
    storage.delete("name")
    texts.update(a=1)
"""

    assert unlocked_writers(source) == {
        "early",
        "locks_a_row",
        "through_a_helper",
        "_of_nobody",
    }
