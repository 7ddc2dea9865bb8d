"""What the tests of the room share: times, cases in a state, what a page shows."""

from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.core import due
from cms.empowerment.models import EmpowermentCase
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.factories.empowerment import (
    clear_for_signing as clear,
)
from tests.factories.empowerment import (
    make_approved_case,
    open_notice_of,
    sign,
)
from tests.factories.notices import at, word_file

WHEN = at("2026-11-01 09:00")
OPENED = at("2026-11-02 10:00")
CLOSED = at("2026-11-18 00:00")
AFTER = at("2026-11-18 09:00")
M1, M2, M4, M5 = (EmpowermentMode(name) for name in ("M1", "M2", "M4", "M5"))
EDITOR_ACTS = ["关联成员账户", "关联关系声明"]


def text_of(response) -> str:
    return unescape(response.content.decode())


def buttons_of(response) -> list[str]:
    return [offer["title"] for offer in response.context["offers"]]


def page_of(case: EmpowermentCase, act: str = "") -> str:
    return f"/my/grants/{case.pk}/{act}/" if act else f"/my/grants/{case.pk}/"


def fresh(case: EmpowermentCase) -> EmpowermentCase:
    return EmpowermentCase.objects.get(pk=case.pk)


def paper(name: str = "声明.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, word_file("放弃优先受让权"))


def open_case_of(cast: Cast, mode: EmpowermentMode = M1) -> EmpowermentCase:
    return open_notice_of(cast, make_approved_case(cast, mode, when=WHEN), when=OPENED)


def closed_case(cast: Cast, mode: EmpowermentMode = M1) -> EmpowermentCase:
    case = open_case_of(cast, mode)
    due.sweep(until=CLOSED)
    return fresh(case)


def signed_case(cast: Cast, mode: EmpowermentMode = M5) -> EmpowermentCase:
    case = closed_case(cast, mode)
    clear(cast, case, when=AFTER)
    return sign(cast, case, when=AFTER)
