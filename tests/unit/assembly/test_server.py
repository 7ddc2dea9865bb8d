"""The HTTP service: answers, refusals in Chinese with codes, limits."""

import argparse
import io
import json
import socket
import threading
import zipfile
from decimal import Decimal
from http.client import HTTPConnection

import pytest

from assembly import Library
from assembly.commands import serve
from assembly.openapi import description
from assembly.server import Limits, Server
from assembly.service import Service
from tests.factories.cases import LIBRARY, case_data


@pytest.fixture(scope="module")
def library():
    return Library(LIBRARY)


@pytest.fixture(scope="module")
def server(library):
    running = Server(("127.0.0.1", 0), library, Limits(threads=2, body=200_000))
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


def ask(server, method, path, body=None, headers=None):
    connection = HTTPConnection(*server.server_address[:2], timeout=20)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def errors(content):
    return [(one["code"], one["message"]) for one in json.loads(content)["errors"]]


def raw(server, request):
    with socket.create_connection(server.server_address[:2], timeout=20) as connection:
        connection.sendall(request)
        return connection.makefile("rb").read()


@pytest.fixture(scope="module")
def case():
    data = case_data(
        {
            "intention.manner": "license",
            "unit.department": "成果转化部",
            "unit.pilot_status": "pilot",
            "achievement.projects": [{}],
            "notice.price_formula": "净销售额的3%",
            "approval.price_formula": "净销售额的3%",
        }
    )
    return json.loads(json.dumps(data, default=as_typed))


def as_typed(value):
    return format(value, "f") if isinstance(value, Decimal) else value.isoformat()


def test_templates_are_listed(server):
    response, content = ask(server, "GET", "/templates")

    assert response.status == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    listed = {one["instrument"]: one for one in json.loads(content)}
    assert listed["D-22"]["title"] == "一次性许可合同"
    assert listed["D-22"]["name"] == "use_right/one_time_license"
    assert next(iter(listed)) == "D-01"


def test_description_names_every_address(server):
    response, content = ask(server, "GET", "/openapi.json?x=1")

    assert (response.status, json.loads(content)) == (200, description())
    assert json.loads(content)["openapi"].startswith("3.1")
    assert set(description()["paths"]) == {
        "/templates",
        "/schema/{name}",
        "/questions/{name}",
        "/render/{name}",
        "/bundle/{mode}",
        "/lint",
        "/lint/{name}",
    }


def test_schema_and_questions_are_given(server):
    _, schema = ask(server, "GET", "/schema/D-22")
    _, questions = ask(server, "GET", "/questions/use_right%2Fone_time_license")

    assert json.loads(schema)["title"] == "一次性许可合同"
    assert json.loads(questions)[0]["name"] == "unit"


def test_paper_is_rendered_with_its_receipt(server, library, case):
    body = json.dumps({"data": case, "salt": "盐"})
    response, content = ask(server, "POST", "/render/D-63", body)

    assert response.status == 200, content
    paper = library.template("D-63").assemble(case, salt="盐")
    assert content == paper.content
    assert response.headers["X-Template"] == paper.receipt.template
    assert response.headers["X-Data"] == paper.receipt.data
    assert response.headers["ETag"] == f'"{paper.sha256}"'


def test_bundle_comes_as_one_archive(server, case):
    body = json.dumps({"data": case})
    response, content = ask(server, "POST", "/bundle/USE_THEN_PAY", body)

    assert response.status == 200, content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name.split(" ")[1] for name in names] == [
        "D-27",
        "D-28",
        "D-30",
        "D-05",
        "D-98",
        "D-04b",
        "D-06b",
        "D-37",
        "D-08",
        "D-31",
        "D-63",
    ]
    assert names[9] == "10 D-31 先使用后付费技术许可合同.docx"
    assert response.headers["X-Papers"] == "11"
    assert ask(server, "POST", "/bundle/USE_THEN_PAY", body)[1] == content


def test_template_is_checked(server):
    path = LIBRARY / "notices/notice_result_report.docx"
    _, own = ask(server, "POST", "/lint/D-08", path.read_bytes())
    _, broken = ask(server, "POST", "/lint", b"no word file")

    assert [f for f in json.loads(own)["faults"] if f["code"].startswith("E")] == []
    assert json.loads(broken)["faults"][0]["code"] == "E-AS-22"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/", None, 404, "E-AS-59"),
        ("GET", "/nothing", None, 404, "E-AS-59"),
        ("GET", "/render/D-22", None, 405, "E-AS-59"),
        ("POST", "/schema/D-22", "{}", 405, "E-AS-59"),
        ("POST", "/nothing", "{}", 404, "E-AS-59"),
        ("GET", "/schema/D-999", None, 404, "E-AS-04"),
        ("GET", "/schema/..%2F..%2Fetc%2Fpasswd", None, 404, "E-AS-04"),
        ("POST", "/bundle/M9", '{"data": {}}', 404, "E-AS-04"),
        ("POST", "/render/D-22", "{", 400, "E-AS-59"),
        ("POST", "/render/D-22", "[]", 400, "E-AS-59"),
        ("POST", "/render/D-22", '{"unit": {}}', 400, "E-AS-59"),
        ("POST", "/render/D-22", '{"data": {}, "salt": 1}', 400, "E-AS-59"),
        ("POST", "/render/D-22", '{"data": {}}', 422, "E-AS-01"),
        ("POST", "/render/D-22", "x" * 200_001, 413, "E-AS-59"),
        ("PUT", "/render/D-22", "{}", 501, "E-AS-59"),
    ],
)
def test_refusal_has_a_code_and_chinese_words(server, method, path, body, status, code):
    response, content = ask(server, method, path, body)

    assert response.status == status
    found, message = errors(content)[0]
    assert found == code
    assert message.endswith("。")


def test_foreign_host_name_is_refused_on_the_loopback(server):
    response, content = ask(server, "GET", "/templates", headers={"Host": "a.example"})

    assert (response.status, errors(content)) == (
        421,
        [("E-AS-59", "请求有误：主机名不对。")],
    )


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST /render/D-22 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"411"),
        (
            b"POST /render/D-22 HTTP/1.1\r\nHost: localhost\r\n"
            b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}",
            b"411",
        ),
        (
            b"POST /render/D-22 HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Length: -5\r\n\r\n{}",
            b"411",
        ),
        (b"GARBAGE\r\n\r\n", b"400"),
    ],
)
def test_request_without_a_length_or_sense_is_refused(server, request_bytes, status):
    assert status in raw(server, request_bytes).split(b"\r\n")[0]


def test_request_that_ends_early_is_refused(server):
    with socket.create_connection(server.server_address[:2], timeout=20) as connection:
        connection.sendall(
            b"POST /render/D-22 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
        )
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 400")
    assert "请求没有传完".encode() in answer


def test_connections_beyond_the_limit_are_told_so(library):
    busy = Server(("127.0.0.1", 0), library, Limits(threads=1))
    while busy._slots.acquire(blocking=False):
        pass
    thread = threading.Thread(target=busy.serve_forever, daemon=True)
    thread.start()
    response, content = ask(busy, "GET", "/templates")
    busy.shutdown()
    busy.server_close()
    thread.join()

    assert (response.status, response.headers["Retry-After"]) == (503, "1")
    assert errors(content) == [("E-AS-59", "请求有误：请求过多，请稍后再试。")]


def test_error_of_our_own_tells_nothing_of_the_data(server, monkeypatch, capfd):
    def fail(self, path):
        raise RuntimeError("SECRET")

    monkeypatch.setattr(Service, "read", fail)
    response, content = ask(server, "GET", "/schema/D-22?name=SECRET")

    assert response.status == 500
    assert errors(content) == [("E-AS-58", "服务出错，已记录，请稍后再试。")]
    log = capfd.readouterr().err
    assert "处理出错：RuntimeError" in log
    assert "SECRET" not in log


def test_many_requests_at_once_are_answered(server, case):
    body = json.dumps({"data": case})
    contents = []

    def render():
        contents.append(ask(server, "POST", "/render/D-63", body)[1])

    threads = [threading.Thread(target=render) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(contents) == 8
    assert len(set(contents)) == 1


def test_command_serves_on_the_loopback_by_default(capsys, monkeypatch):
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    options = parser.parse_args(["--library", str(LIBRARY), "--port", "0"])

    def stop(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(Server, "serve_forever", stop)

    assert options.host == "127.0.0.1"
    assert serve.run(options) == 0
    assert capsys.readouterr().out.startswith("文书组装服务：http://127.0.0.1:")
