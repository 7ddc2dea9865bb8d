"""Turns the references inside the plan's text into links."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# 附件4、5 in （附件4、5）; a bare 附件 in 附件1 is its negative list.
_REFERENCE = re.compile(r"附件(?P<number>[1-7])|(?<=附件4、)(?P<second>5)(?=）)")
_OWN_ANNEX = {
    "guideline-1": ("内容参见附件", "#negative-list"),
    "guideline-4": ("附录A", "#appendix-a"),
}


@register.simple_tag
def provision_text(text: str, document: str) -> SafeString:
    """Return the text, escaped, with the annexes it names as links."""
    linked = _REFERENCE.sub(_link, conditional_escape(text))
    if document in _OWN_ANNEX:
        words, target = _OWN_ANNEX[document]
        linked = linked.replace(words, f'<a href="{target}">{words}</a>')
    return mark_safe(linked)  # noqa: S308  escaped above, links are our own


def _link(found: re.Match[str]) -> str:
    number = found["number"] or found["second"]
    return f'<a href="/policies/guideline-{number}/">{found[0]}</a>'
