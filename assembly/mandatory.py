"""Clauses that an empowerment agreement must have (主方案一(一)1–2, EM-07, EM-08)."""

from collections.abc import Mapping

from assembly.manifest import Clause, Manifest

Item = tuple[str, tuple[str, ...]]

# What the clause is called in messages, and words of which its text must hold one.
_OWNERSHIP: tuple[Item, ...] = (
    ("收益分配比例", ("收益分配",)),
    ("转化决策机制", ("决策",)),
    ("转化费用分担", ("费用分担", "费用承担", "费用的分担", "费用的承担")),
    ("知识产权维持费用", ("维持费", "年费")),
    ("各方权利义务", ("权利和义务", "权利义务", "的权利", "的义务")),
)
_USE_RIGHT: tuple[Item, ...] = (
    ("收益分配", ("收益",)),
    ("使用权期限", ("期限",)),
    ("使用权范围", ("范围",)),
    ("分许可", ("分许可",)),
    ("报告", ("报告",)),
    ("期满处理", ("期满",)),
)
AGREEMENT_ITEMS: Mapping[str, tuple[Item, ...]] = {
    "D-09": _OWNERSHIP,
    "D-10": _OWNERSHIP,
    "D-11": _USE_RIGHT,
}
_RULES = frozenset({"EM-07", "EM-08"})


def statutory_clauses(manifest: Manifest) -> dict[str, Clause]:
    """Return by name the clauses of an agreement that the plan demands of it.

    Those are the mandatory ones whose rule is EM-07 or EM-08; another paper has none.
    """
    if manifest.instrument not in AGREEMENT_ITEMS:
        return {}
    return {
        clause.name: clause
        for clause in manifest.clauses
        if clause.mandatory and not _RULES.isdisjoint(clause.rule.split("、"))
    }
