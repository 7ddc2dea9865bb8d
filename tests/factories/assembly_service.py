"""The assembly service as a process of its own, and servers that misbehave."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from django.conf import settings

from assembly import Library
from assembly.server import Limits, Server


@contextmanager
def service_process() -> Iterator[str]:
    """Run `python -m assembly serve` on a free port; yield its address."""
    command = [sys.executable, "-m", "assembly", "serve", "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=settings.ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.partition("：")[2].strip().removesuffix("/openapi.json")
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def service_that(first: Callable[[], object]) -> Iterator[str]:
    """Run the service in a thread; before each answer it does something else."""
    library = Library(settings.TEMPLATES_DOCX)
    server = Server(("127.0.0.1", 0), library, Limits(threads=1))
    answer = server.service.write

    def meanwhile(path: str, body: bytes) -> object:
        first()
        return answer(path, body)

    server.service.write = meanwhile  # type: ignore[method-assign,assignment]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def server_saying(reply: bytes, *, holds_on: bool = False) -> Iterator[str]:
    """Answer each connection with the same bytes; hold the line afterwards or not."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                _read_request(connection)
                connection.sendall(reply)
                while holds_on and connection.recv(65536):
                    pass

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _read_request(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    while len(body) < length:
        body += connection.recv(65536)
