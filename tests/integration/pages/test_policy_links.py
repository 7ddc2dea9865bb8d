"""Tags that lead from a refusal to the article it rests on."""

import pytest
from django.template import Context, Template

from cms.rules.messages import MESSAGES
from cms.rules.violations import RuleViolation, RuleViolations


def rendered(source: str, **context: object) -> str:
    return Template("{% load policy_links %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '{% article_link "附件4七(三)" %}',
            '<a class="article-link" href="/policies/guideline-4/#art-7-3">附件4七(三)</a>',
        ),
        (
            '{% article_link "附件6六(一)" "怎样申请" %}',
            '<a class="article-link" href="/policies/guideline-6/#art-6-1">怎样申请</a>',
        ),
        ('{% article_link "民法典203" %}', "民法典第203条"),
        ('{% article_link "民法典203;专利法10" %}', "民法典203;专利法10"),
    ],
)
def test_article_link(source: str, expected: str) -> None:
    assert rendered(source) == expected


def test_refusal_shows_text_code_and_articles() -> None:
    html = rendered("{% refusal it %}", it=RuleViolation("E-FP-06", fields="<成熟度>"))

    assert html == (
        '<span class="refusal">申请表缺少：&lt;成熟度&gt;。 '
        '<span class="error-code">E-FP-06</span> <span class="refusal-basis">依据：'
        '<a class="article-link" href="/policies/guideline-6/#art-6-1">附件6六(一)</a>'
        "</span></span>"
    )


def test_refusal_without_articles_shows_no_basis() -> None:
    assert rendered("{% refusal it %}", it=MESSAGES["E-ST-04"]) == (
        '<span class="refusal">已被他人更新，请刷新后重试。 '
        '<span class="error-code">E-ST-04</span></span>'
    )


def test_several_refusals_are_a_list() -> None:
    both = RuleViolations([RuleViolation("E-ST-04"), RuleViolation("E-OB-09")])

    html = rendered("{% refusal it %}", it=both)

    assert html.startswith(
        '<ul class="refusals"><li><span class="refusal">已被他人更新'
    )
    assert html.count("<li>") == 2
    assert 'href="/policies/guideline-4/#art-11-5"' in html
