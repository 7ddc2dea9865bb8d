"""Why the clauses of a paper stand there: condition, answers, article."""

from typing import Any

from cms.case_documents.models import Paper
from cms.case_documents.templates_in_use import template_of


def reasons_of(paper: Paper) -> list[dict[str, Any]]:
    """Return the reasons kept with a paper, clause by clause.

    `answers` are (label, answer, path) of the condition, the path empty for papers
    that were kept before paths were; `filled` are (label, path) of the answers that
    the clause prints.
    """
    guide = template_of(paper.template).guide
    told = []
    for reason in paper.reasons:
        paths = [*reason.get("paths", ()), *[""] * len(reason["answers"])]
        answers = [
            (label, value, path)
            for (label, value), path in zip(reason["answers"], paths, strict=False)
        ]
        filled = []
        if guide is not None:
            paths = guide.effects.paths_of(reason["name"])
            filled = [(guide.needs.label(path), path) for path in paths]
        told.append({**reason, "answers": answers, "filled": filled})
    return told
