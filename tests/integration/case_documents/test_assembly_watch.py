"""What the doctor says about the assembly of papers."""

import pytest

from cms.case_documents.assembly_watch import TOPIC, is_on_this_machine
from cms.core.doctor import Severity, examine
from cms.settings.environment import http_origin
from tests.factories.assembly_service import server_saying, service_process
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")


def said() -> list[tuple[Severity, str]]:
    found = [one for one in examine(at=WHEN) if one.topic == TOPIC]
    return [(one.severity, one.text) for one in found]


def test_without_a_service_papers_are_assembled_here(templates):
    assert said() == [(Severity.GOOD, "在网站进程内组装。")]


def test_service_that_answers_is_told_with_its_address(templates, settings):
    with service_process() as url:
        settings.ASSEMBLY_URL = url
        text = f"服务 {url} 可用，有使用中的全部模板。"

        assert said() == [(Severity.GOOD, text)]


def test_service_that_is_down_is_a_fault(templates, settings):
    with server_saying(b"") as url:
        settings.ASSEMBLY_URL = url

    ((severity, text),) = said()

    assert severity is Severity.FAULT
    assert text.startswith("文书组装服务没有应答（连接不上）。")


@pytest.mark.parametrize("rows", [b"[]", b"[3]"])
def test_service_without_the_templates_in_use_is_a_fault(rows, templates, settings):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
    length = b"Content-Length: %d\r\n\r\n" % len(rows)
    with server_saying(head + length + rows) as url:
        settings.ASSEMBLY_URL = url
        ((severity, text),) = said()

    assert severity is Severity.FAULT
    assert text.startswith("文书组装服务没有D-01、D-02、")
    assert text.endswith("请系统管理员更新该服务的模板库。")


def test_list_that_cannot_be_read_is_a_fault(templates, settings):
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
    with server_saying(reply) as url:
        settings.ASSEMBLY_URL = url
        ((severity, text),) = said()

    assert severity is Severity.FAULT
    assert "（模板一览读不出来）" in text


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("", True),
        ("http://127.0.0.1:8020", True),
        ("http://[::1]:8020", True),
        ("http://localhost:8020", True),
        ("http://assembly.internal:8020", False),
        ("http://10.0.0.8:8020", False),
    ],
)
def test_address_of_another_machine_is_known(url, is_here):
    assert is_on_this_machine(url) is is_here


def test_service_on_another_machine_is_hinted_at(templates, settings, monkeypatch):
    monkeypatch.setattr(
        "cms.case_documents.remote.Remote.stand", lambda remote, versions: "可用。"
    )
    settings.ASSEMBLY_URL = "http://assembly.internal:8020"

    assert said() == [
        (Severity.GOOD, "可用。"),
        (
            Severity.HINT,
            "服务不在本机，答案以明文传送，只能用于内部网络或加密隧道。",
        ),
    ]


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:8020", "http://[::1]:8020"])
def test_address_of_the_settings_is_taken(url):
    assert http_origin(url) == url


def test_slash_at_the_end_of_the_address_is_dropped():
    assert http_origin("http://127.0.0.1:8020/") == "http://127.0.0.1:8020"


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8020",
        "https://127.0.0.1:8020",
        "file:///etc/passwd",
        "http://",
        "http://me:secret@127.0.0.1:8020",
        "http://127.0.0.1:8020/render",
        "http://127.0.0.1:8020?x=1",
        "http://127.0.0.1:port",
        "http://127.0.0.1:99999",
    ],
)
def test_address_that_is_more_than_host_and_port_is_refused(url):
    with pytest.raises(ValueError):
        http_origin(url)
