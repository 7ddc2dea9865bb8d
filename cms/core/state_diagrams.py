"""State tables as documents: a Mermaid diagram and a table in Chinese."""

from pathlib import Path

from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition
from cms.rules.tables import TABLES

_INTRODUCTION = "由 `manage.py state_diagrams` 从 `cms/rules/` 的状态表生成，请勿手改。"


def documents() -> dict[str, str]:
    """Return file name → content for every table and the index."""
    pages = {f"{table.name}.md": page_of(table) for table in TABLES}
    index = ["# 状态表", "", _INTRODUCTION, ""]
    index += [f"- [{table.label}]({table.name}.md)" for table in TABLES]
    return {"README.md": "\n".join(index) + "\n", **pages}


def page_of(table: StateTable) -> str:
    """Return the document of one table."""
    lines = [f"# {table.label}（`{table.name}`）", "", _INTRODUCTION, ""]
    lines += ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {state.value}' for state in table.states]
    lines += [
        f"    {row.source} --> {row.target}: {table.events(row.event).label}"
        for row in table.transitions
    ]
    lines += ["```", ""]
    lines += ["| 状态 | 事件 | 办理人 | 条件 | 转为 | 期限 | 文书 |"]
    lines += ["|---|---|---|---|---|---|---|"]
    lines += [_line(table, row) for row in table.transitions]
    return "\n".join(lines) + "\n"


def _line(table: StateTable, row: Transition) -> str:
    # In the order of the register's actors, since a set has none.
    actors = "、".join(role.label for role in Role if role in row.roles)
    guard = "；".join(
        part for part in (row.guard, "提交人回避" if row.four_eyes else "") if part
    )
    cells = (
        table.states(row.source).label,
        table.events(row.event).label,
        actors,
        guard or "–",
        table.states(row.target).label,
        row.timer or "–",
        row.document or "–",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def write(folder: Path) -> list[str]:
    """Write all documents, remove those of tables that are gone; return names."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = documents()
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(pages)
