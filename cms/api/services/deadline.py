"""`GET /++api++/@deadline`: the deadline calculator for programs."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.api.errors import answers_refusals, as_json
from cms.core.working_calendar import compute_answer
from cms.rules.deadline_calculator import as_data, question_from


@require_safe
@answers_refusals
def deadline(request: HttpRequest) -> HttpResponse:
    """Answer `rule`, `opened_at`, `suspend=FROM..TO` and `extend=DAYS`."""
    return as_json(as_data(compute_answer(question_from(request.GET.lists()))))
