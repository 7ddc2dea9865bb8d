"""Clauses that an instrument must have (主方案一(一)1–2, 民法典845)."""

from collections.abc import Iterator

from assembly.errors import Fault, fault
from assembly.lint.document import Document
from assembly.mandatory import AGREEMENT_ITEMS, Item
from assembly.manifest import Manifest

_TECHNOLOGY_CONTRACT: tuple[Item, ...] = (  # 民法典845, AS-06
    ("项目名称", ("项目名称",)),
    ("标的的内容、范围和要求", ("范围和要求", "内容、范围", "内容和要求")),
    ("履行的计划、地点和方式", ("履行的计划", "履行计划", "地点和方式")),
    ("技术信息和资料的保密", ("保密",)),
    ("技术成果的归属和收益的分配", ("归属",)),
    ("验收标准和方法", ("验收",)),
    ("名词和术语的解释", ("名词", "术语")),
)
_PATENT: tuple[Item, ...] = (
    ("申请日", ("申请日",)),
    ("申请号", ("申请号",)),
    ("专利号", ("专利号",)),
    ("授权公告日", ("授权公告",)),
    ("有效期限", ("有效期", "届满日", "期限届满")),
)
REQUIRED: dict[str, tuple[Item, ...]] = {
    **AGREEMENT_ITEMS,
    **dict.fromkeys(
        ("D-13", "D-16", "D-19", "D-22", "D-23", "D-31", "D-32"),
        _TECHNOLOGY_CONTRACT + _PATENT,
    ),
}


def missing_clauses(document: Document, manifest: Manifest) -> Iterator[Fault]:
    """Yield mandatory clauses without a place, and items the law demands."""
    text = "\n".join(one.text for one in document.paragraphs())
    words = "\n".join([text, *(clause.title for clause in manifest.clauses)])
    missing = [
        clause.title
        for clause in manifest.clauses
        if clause.mandatory
        and f"clause.{clause.name}" not in text
        and f"article.{clause.name}" not in text
    ]
    for name, wanted in REQUIRED.get(manifest.instrument, ()):
        if not any(word in words for word in wanted):
            missing.append(name)
    if missing:
        yield fault("E-EM-06", clauses="、".join(dict.fromkeys(missing)))
