"""Papers filled by the assembly service: the same bytes, or a clear refusal."""

import hashlib
import json

import pytest
from django.db import connection

from assembly import AssemblyError
from cms.case_documents import actions
from cms.case_documents.actions.papers import document_of
from cms.case_documents.assembler import InProcess, open_assembler
from cms.case_documents.exchange import Exchange
from cms.case_documents.models import Paper, TemplateVersion
from cms.case_documents.queries.overview import overview_of
from cms.case_documents.remote import Remote
from cms.case_documents.templates_in_use import template_of, version_in_use
from cms.core import answers as sheets
from cms.rules.empowerment import EmpowermentMode
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.assembly_service import (
    server_saying,
    service_process,
    service_that,
)
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
SALT = "5a" * 16
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def service():
    with service_process() as url:
        yield url


def assemble(cast: Cast, case, *instruments: str) -> list[Paper]:
    return actions.assemble_bundle(
        case,
        instruments,
        salts=[SALT] * len(instruments),
        by=cast.actor("tto"),
        at=WHEN,
    )


def license_of(url: str, **changes):
    """Fill D-22 of the demo answers by what an address names."""
    answers = {**full_answers("M4"), **changes}
    version = version_in_use("D-22")
    return open_assembler(url).assemble(version, answers, salt=SALT)


def refusal_of(url: str, **limits) -> RuleViolation:
    host, _, port = url.removeprefix("http://").partition(":")
    remote = Remote(Exchange(host, int(port), **limits))
    with pytest.raises(RuleViolation) as refused:
        remote.assemble(version_in_use("D-22"), full_answers("M4"), salt=SALT)
    return refused.value


@pytest.mark.parametrize("mode", list(EmpowermentMode))
def test_bundle_from_the_service_has_the_same_bytes(
    mode, service, templates, actors: Cast, settings
):
    case = make_full_case(actors, mode, when=WHEN)
    ready = [row.instrument for row in overview_of(case, at=WHEN).ready]
    settings.ASSEMBLY_URL = service

    papers = assemble(actors, case, *ready)

    assert [paper.instrument for paper in papers] == ready
    for paper in papers:
        data = json.loads(paper.answers)
        here = InProcess().assemble(paper.template, data, salt=SALT)
        assert document_of(paper) == here.content, paper
        assert (paper.sha256, paper.data_hash) == (here.sha256, here.receipt.data)


def test_faults_are_told_as_they_are_without_the_service(service, templates):
    license_terms = {**full_answers("M4")["license"], "fee": "1.005"}
    found = []
    for url in ("", service):
        with pytest.raises(AssemblyError) as refused:
            license_of(url, license=license_terms)
        found.append(refused.value.faults)

    assert found[0] == found[1]
    assert [(one.code, one.field) for one in found[0]] == [("E-AS-03", "license.fee")]


def test_data_at_fault_do_not_leave_the_site(templates):
    license_terms = {**full_answers("M4")["license"], "fee": "1.005"}

    with pytest.raises(AssemblyError):
        license_of("http://127.0.0.1:9", license=license_terms)


def test_service_without_this_version_of_a_template_is_told(
    service, templates, monkeypatch
):
    version = version_in_use("D-22")
    template = template_of(version)
    monkeypatch.setattr(template, "version", "0" * 64)

    with pytest.raises(RuleViolation) as refused:
        license_of(service)

    assert (refused.value.code, refused.value.message) == (
        "E-CD-13",
        "文书组装服务没有D-22正在使用的这一版模板，文书尚未生成，"
        "请系统管理员更新该服务的模板库。",
    )


def test_service_that_is_down_refuses_in_words_and_keeps_nothing(
    templates, actors: Cast, client_as, settings
):
    case = make_full_case(actors, when=WHEN)
    with server_saying(b"") as url:
        settings.ASSEMBLY_URL = url
    office = client_as(actors.people["tto"])

    answer = office.post(
        f"/my/papers/grant/{case.pk}/assemble/", {"instrument": ["D-22"]}
    )

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "文书组装服务没有应答（连接不上）。答案已保存，文书尚未生成" in text
    assert "E-CD-11" in text
    assert Paper.objects.count() == 0


def reply(status: str, *headers: bytes, body: bytes = b"") -> bytes:
    lines = [f"HTTP/1.1 {status}".encode(), *headers]
    if not any(line.lower().startswith(b"content-length") for line in headers):
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"", body])


AS_JSON = b"Content-Type: application/json; charset=utf-8"
AS_WORD = b"Content-Type: " + WORD
ELSEWHERE = b"Location: http://127.0.0.1:1/"
ERRORS = json.dumps({"errors": [{"code": "E-AS-01", "message": 7}, 3]}).encode()
STRANGE = json.dumps({"errors": [{"code": "<b>", "message": "x"}]}).encode()


@pytest.mark.parametrize(
    ("said", "code", "reason"),
    [
        pytest.param(b"", "E-CD-11", "连接中断", id="silence"),
        pytest.param(b"SSH-2.0\r\n", "E-CD-12", "不是 HTTP 应答", id="no-http"),
        pytest.param(
            reply("302 Found", ELSEWHERE), "E-CD-12", "状态 302", id="redirect"
        ),
        pytest.param(
            reply("200 OK", b"Content-Type: text/html", body=b"<p>"),
            "E-CD-12",
            "不是 Word 文件",
            id="page",
        ),
        pytest.param(
            reply("200 OK", AS_WORD, b"Content-Length: 99", body=b"PK"),
            "E-CD-11",
            "连接中断",
            id="cut-off",
        ),
        pytest.param(
            reply("200 OK", AS_WORD, b"Content-Length: 20000001"),
            "E-CD-12",
            "内容过大",
            id="too-much",
        ),
        pytest.param(
            reply("200 OK", AS_WORD, b"Content-Length: -1"),
            "E-CD-12",
            "没有写明长度",
            id="no-length",
        ),
        pytest.param(
            reply("500 Oops", AS_JSON, body=b"["), "E-CD-12", "状态 500", id="broken"
        ),
        pytest.param(
            reply("422 No", AS_JSON, body=ERRORS), "E-CD-12", "状态 422", id="errors"
        ),
        pytest.param(
            reply("422 No", AS_JSON, body=STRANGE),
            "E-CD-12",
            "不认识的错误编号",
            id="strange-code",
        ),
        pytest.param(
            reply("422 No", AS_JSON, body=b"[" * 99999),
            "E-CD-12",
            "状态 422",
            id="deep",
        ),
    ],
)
def test_nonsense_is_refused(said, code, reason, templates):
    with server_saying(said) as url:
        refused = refusal_of(url)

    assert refused.code == code
    assert f"（{reason}）" in refused.message


def test_silence_on_an_open_line_ends_in_time(templates):
    with server_saying(b"HTTP/1.1 200 OK\r\n", holds_on=True) as url:
        refused = refusal_of(url, seconds=0.3)

    assert refused.code == "E-CD-11"
    assert "（等待超时）" in refused.message


def test_busy_service_is_told_with_its_own_words(templates):
    body = {"errors": [{"code": "E-AS-59", "message": "请求有误：请求过多。"}]}
    said = reply("503 Busy", AS_JSON, body=json.dumps(body).encode())

    with server_saying(said) as url:
        refused = refusal_of(url)

    assert refused.code == "E-CD-11"
    assert "（请求有误：请求过多）" in refused.message


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ("etag", "文件与其哈希不符"),
        ("content", "文件没有回执"),
        ("answers", "文件的回执与所据答案不符"),
    ],
)
def test_document_that_is_not_the_one_asked_for_is_refused(changed, reason, templates):
    made = license_of("")
    content = b"PK" if changed == "content" else made.content
    digest = "0" if changed == "etag" else hashlib.sha256(content).hexdigest()
    if changed == "answers":
        content = license_of("", **{"document": {"number": "别的案件"}}).content
        digest = hashlib.sha256(content).hexdigest()
    headers = (
        AS_WORD,
        b"X-Template: " + made.receipt.template.encode(),
        f'ETag: "{digest}"'.encode(),
    )

    with server_saying(reply("200 OK", *headers, body=content)) as url:
        refused = refusal_of(url)

    assert refused.code == "E-CD-12"
    assert f"（{reason}）" in refused.message


@pytest.mark.django_db(transaction=True)
def test_answers_changed_while_the_service_works_are_refused(
    templates, actors: Cast, settings
):
    """The writer gets through at once: the lock is not held over the network."""
    case = make_full_case(actors, when=WHEN)
    by = actors.actor("tto")
    sheet = sheets.get_sheet(case)

    def save_meanwhile() -> None:
        try:
            answers = {**sheets.read(sheet), "license": {}}
            sheets.write(case, answers, version=sheet.version, by=by, at=WHEN)
        finally:
            connection.close()

    with service_that(save_meanwhile) as url:
        settings.ASSEMBLY_URL = url
        with pytest.raises(RuleViolation) as refused:
            assemble(actors, case, "D-22")

    assert refused.value.code == "E-ST-04"
    assert refused.value.message == "已被他人更新，请刷新后重试。"
    assert sheets.get_sheet(case).version == sheet.version + 1
    assert Paper.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_template_replaced_while_the_service_works_is_refused(
    templates, actors: Cast, settings
):
    case = make_full_case(actors, when=WHEN)
    shipped = version_in_use("D-22")

    def retire_meanwhile() -> None:
        try:
            TemplateVersion.objects.filter(pk=shipped.pk).update(status="retired")
            shipped.pk, shipped.sha256 = None, "1" * 64
            shipped.save(force_insert=True)
        finally:
            connection.close()

    with service_that(retire_meanwhile) as url:
        settings.ASSEMBLY_URL = url
        with pytest.raises(RuleViolation) as refused:
            assemble(actors, case, "D-22")

    assert refused.value.code == "E-ST-04"
    assert Paper.objects.count() == 0
