"""Links from the product to the articles of the plan that it rests on."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.rules.articles import article_path, is_law, parse_citations
from cms.rules.messages import MESSAGES, Message
from cms.rules.violations import RuleViolation, RuleViolations

register = template.Library()


@register.simple_tag
def article_link(citation: str, text: str = "") -> SafeString:
    """Return a link to the cited article; a law is named without a link."""
    if is_law(citation):
        return format_html("{}", text or parse_citations(citation)[0].label)
    path, label = article_path(citation), text or citation
    if not path:
        return format_html("{}", label)
    return format_html('<a class="article-link" href="{}">{}</a>', path, label)


@register.simple_tag
def article_links(citations: tuple[str, ...] | list[str]) -> SafeString:
    """Return the links to several cited articles, with 、 between them."""
    links = ((article_link(citation),) for citation in citations)
    return format_html_join("、", "{}", links)


@register.simple_tag
def cited(text: str) -> SafeString:
    """Return what a paper rests on: places of the plan linked, laws as they stand."""
    parts = [part.strip() for part in text.split("；") if part.strip()]
    return format_html_join("；", "{}", ((_cited(part),) for part in parts))


def _cited(part: str) -> SafeString:
    try:
        return article_link(part)
    except ValueError:  # several articles of one law, or a rule of the register
        return format_html("{}", part)


@register.simple_tag
def refusal(violation: RuleViolation | RuleViolations | Message) -> SafeString:
    """Return the text, code and articles of a refusal, or of several in a list."""
    if isinstance(violation, RuleViolations):
        rows = ((_refusal(one),) for one in violation.violations)
        items = format_html_join("", "<li>{}</li>", rows)
        return format_html('<ul class="refusals">{}</ul>', items)
    return _refusal(violation)


@register.simple_tag
def error_code(code: str) -> SafeString:
    """Return a refusal's code with the articles behind it, for a text told apart."""
    entry = MESSAGES.get(code)
    return format_html(
        '<span class="error-code">{}</span>{}',
        code,
        _basis(entry.articles) if entry else "",
    )


def _refusal(violation: RuleViolation | Message) -> SafeString:
    if isinstance(violation, RuleViolation):
        entry, text = violation.register_entry, violation.message
    else:
        entry, text = violation, violation.text
    return format_html(
        '<span class="refusal">{} {}</span>', text, error_code(entry.code)
    )


def _basis(articles: tuple[str, ...]) -> SafeString:
    if not articles:
        return SafeString("")
    return format_html(
        ' <span class="refusal-basis">依据：{}</span>', article_links(articles)
    )
