"""Shows a refusal of the rules, in forms and messages: text, code, its articles."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.rules.articles import article_path, is_law
from cms.rules.violations import RuleViolation, RuleViolations

Refusal = RuleViolation | RuleViolations


def add_refusal(form: BaseForm, error: Refusal) -> None:
    """Add each refusal to the field at fault, or to the form as a whole."""
    for violation in violations_of(error):
        field = violation.field if violation.field in form.fields else None
        form.add_error(field, refusal_html(violation))


def tell_refusal(request: HttpRequest, error: Refusal) -> None:
    """Tell each refusal at the head of the next page, with its articles."""
    for violation in violations_of(error):
        messages.error(request, refusal_html(violation), "stop")


def violations_of(error: Refusal) -> list[RuleViolation]:
    """Return the single refusals of either exception."""
    return error.violations if isinstance(error, RuleViolations) else [error]


def refusal_html(violation: RuleViolation) -> SafeString:
    """Return text, code and the articles that the refusal rests on."""
    links = [
        (path, citation)
        for citation in violation.register_entry.articles
        if not is_law(citation) and (path := article_path(citation))
    ]
    basis = format_html_join("、", '<a class="article-link" href="{}">{}</a>', links)
    return format_html(
        '{} <span class="error-code">{}</span>{}',
        violation.message,
        violation.code,
        format_html(" 依据：{}", basis) if links else "",
    )
