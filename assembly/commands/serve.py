"""Serve the library over HTTP: render, bundle, lint, schema, questions."""

import argparse
import sys
from pathlib import Path

from assembly.library import Library
from assembly.server import Limits, Server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--library", type=Path, default=Path("templates_docx"))
    parser.add_argument("--host", default="127.0.0.1", help="缺省只在本机可用")
    parser.add_argument("--port", type=int, default=8020)
    parser.add_argument("--threads", type=int, default=4, help="同时处理的请求数")
    parser.add_argument("--body", type=int, default=20, help="请求上限（MB）")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    limits = Limits(options.threads, options.body * 1_000_000)
    server = Server((options.host, options.port), Library(options.library), limits)
    host, port = server.server_address[:2]
    sys.stdout.write(f"文书组装服务：http://{host!s}:{port}/openapi.json\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
    return 0
