"""One HTTP exchange with a service of ours: bounded in time and size, no detours."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Timer

from cms.rules.violations import RuleViolation

MOST_SECONDS = 30.0
MOST_BYTES = 20_000_000
"""As much as the service itself takes; a paper has some thirty thousand bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back whole; the names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """An address and the limits of an exchange with it."""

    host: str
    port: int
    seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES

    @property
    def address(self) -> str:
        """Return the address as people write it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def get(self, path: str) -> Reply:
        """Ask for a page; see `post`."""
        return self._take("GET", path, None)

    def post(self, path: str, body: bytes) -> Reply:
        """Send JSON and return the reply, whatever its status.

        Raises:
            RuleViolation: E-CD-11, there is no whole reply in time; E-CD-12, what
                came is no HTTP, or too much.
        """
        return self._take("POST", path, body)

    def _take(self, method: str, path: str, body: bytes | None) -> Reply:
        # http.client goes to the host it was given: no proxy, no redirect, no login.
        connection = HTTPConnection(self.host, self.port, timeout=self.seconds)
        late = Event()
        watch: Timer | None = None
        try:
            connection.connect()
            # The time-out above counts each read; a slow drip would outlast it.
            watch = Timer(self.seconds, _cut, [connection.sock, late])
            watch.start()
            connection.request(method, path, body, _headers_of(body))
            return self._whole(connection.getresponse())
        except (OSError, HTTPException, RuleViolation) as error:
            raise _refusal(error, is_late=late.is_set()) from None
        finally:
            if watch is not None:
                watch.cancel()
            connection.close()

    def _whole(self, response: HTTPResponse) -> Reply:
        length = response.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            raise RuleViolation("E-CD-12", reason="没有写明长度")
        if int(length) > self.most_bytes:
            raise RuleViolation("E-CD-12", reason="内容过大")
        content = response.read(int(length))
        if len(content) != int(length):
            raise ConnectionResetError
        headers = {name.lower(): text for name, text in response.headers.items()}
        return Reply(response.status, headers, content)


def _headers_of(body: bytes | None) -> dict[str, str]:
    return {} if body is None else {"Content-Type": "application/json; charset=utf-8"}


def _cut(connected: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):  # it may have ended by itself meanwhile
        connected.shutdown(socket.SHUT_RDWR)


def _refusal(error: Exception, *, is_late: bool) -> RuleViolation:
    """Return what went wrong in words; a cut line looks like many other faults."""
    if is_late or isinstance(error, TimeoutError):
        return RuleViolation("E-CD-11", reason="等待超时")
    if isinstance(error, RuleViolation):
        return error
    if isinstance(error, ConnectionRefusedError | socket.gaierror):
        return RuleViolation("E-CD-11", reason="连接不上")
    if isinstance(error, OSError):
        return RuleViolation("E-CD-11", reason="连接中断")
    return RuleViolation("E-CD-12", reason="不是 HTTP 应答")
