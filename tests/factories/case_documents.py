"""Cases with complete answers, for tests of papers."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings

from cms.empowerment.models import EmpowermentCase
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.factories.empowerment import make_case

ANSWERS = settings.ROOT / "fixtures" / "demo" / "answers"


def full_answers(mode: str) -> dict[str, Any]:
    """Return the demo answers of a mode."""
    return json.loads((ANSWERS / f"{mode}.json").read_text("utf-8"))


def make_full_case(
    cast: Cast,
    mode: EmpowermentMode = EmpowermentMode.M4,
    *,
    when: datetime,
    without: tuple[str, ...] = (),
) -> EmpowermentCase:
    """Open a draft whose answers are complete, but for some top-level names."""
    answers = {**full_answers(mode), **{name: {} for name in without}}
    return make_case(cast, mode, when=when, answers=answers)
