"""HTTP over the standard library: bounded threads, bodies and waiting."""

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import BoundedSemaphore
from typing import Any

from assembly.library import Library
from assembly.service import Answer, Service, refuse

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
_WAITING_PER_THREAD = 8
_SECONDS = 15
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; "
    b"charset=utf-8\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: "
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the service takes on: threads, and bytes of a request's body."""

    threads: int = 4
    body: int = 20_000_000


class Server(HTTPServer):
    """Answers requests in a fixed number of threads; too many are told so."""

    request_queue_size = 64

    def __init__(
        self, address: tuple[str, int], library: Library, limits: Limits | None = None
    ) -> None:
        """Bind to an address; port 0 takes a free one."""
        self.limits = limits or Limits()
        self.service = Service(library)
        self.is_local = address[0] in LOOPBACK
        self._pool = ThreadPoolExecutor(self.limits.threads, "assembly")
        self._slots = BoundedSemaphore(self.limits.threads * _WAITING_PER_THREAD)
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand a connection to a thread, or refuse it when all are taken."""
        if not self._slots.acquire(blocking=False):
            self._refuse(request)
            return
        self._pool.submit(self._process, request, client_address)

    def server_close(self) -> None:
        """Stop listening and let running requests finish."""
        super().server_close()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell the kind of an error only: data must not reach the log."""
        kind = sys.exc_info()[0]
        sys.stderr.write(f"连接中断：{kind.__name__ if kind else ''}\n")

    def _process(self, request: Any, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)
            self._slots.release()

    def _refuse(self, request: socket.socket) -> None:
        body = refuse(503, "E-AS-59", reason="请求过多，请稍后再试").body
        try:
            request.settimeout(1)
            request.sendall(_BUSY + str(len(body)).encode() + b"\r\n\r\n" + body)
        except OSError:
            pass
        finally:
            self.shutdown_request(request)


class Handler(BaseHTTPRequestHandler):
    """One connection; every answer closes it."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "assembly"
    sys_version = ""
    timeout = _SECONDS

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(lambda: self.server.service.read(self.path))

    def do_POST(self) -> None:
        """Answer a POST."""
        self._answer(self._post)

    def _post(self) -> Answer:
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not _is_length(length):
            return refuse(411, "E-AS-59", reason="须写明 Content-Length")
        if int(length) > self.server.limits.body:
            limit = self.server.limits.body // 1_000_000
            return refuse(413, "E-AS-59", reason=f"请求超过 {limit} MB")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return refuse(400, "E-AS-59", reason="请求没有传完")
        return self.server.service.write(self.path, body)

    def _answer(self, action: Any) -> None:
        self.close_connection = True
        if not self._is_own_host():
            self._send(refuse(421, "E-AS-59", reason="主机名不对"))
            return
        try:
            answer = action()
        except TimeoutError:
            answer = refuse(408, "E-AS-59", reason="等待请求超时")
        except Exception as error:
            sys.stderr.write(f"处理出错：{type(error).__name__}\n")
            answer = refuse(500, "E-AS-58")
        self._send(answer)

    def _is_own_host(self) -> bool:
        """Refuse foreign names on the loopback, so that no web page can reach it."""
        host = self.headers.get("Host", "")
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        return not self.server.is_local or name in LOOPBACK

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        """Answer what http.server refuses by itself in the same form."""
        self.close_connection = True
        self._send(refuse(code, "E-AS-59", reason=f"HTTP {code}"))

    def log_message(self, format: str, *arguments: Any) -> None:
        """Log method, path without query, and status; never data."""
        path = getattr(self, "path", "").partition("?")[0]
        status = arguments[1] if len(arguments) > 1 else ""
        sys.stderr.write(f"{getattr(self, 'command', '')} {path} {status}\n")


def _is_length(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
