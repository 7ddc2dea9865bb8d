"""Every public surface, found by following links as an anonymous reader does."""

import html
import io
import re
import zipfile
from collections import deque
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

HOST = "http://testserver"
START = ("/", "/sitemap.xml", "/robots.txt", "/healthz", "/evidence/checkpoints.json")
MOST_PAGES = 1500


@dataclass(frozen=True)
class Surface:
    """One answer to an anonymous GET; `text` holds unzipped workbooks too."""

    path: str
    status: int
    media_type: str
    size: int
    text: str


def _text_of(content: bytes) -> str:
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(
            book.read(name).decode("utf-8", "replace") for name in book.namelist()
        )


def links_in(text: str, base: str) -> set[str]:
    """Return the paths on this site that a page links to or loads."""
    found = set()
    patterns = (r'(?:href|src)="([^"]+)"', r"<loc>([^<]+)</loc>")
    for pattern in patterns:
        for raw in re.findall(pattern, text):
            target = urldefrag(urljoin(HOST + base, html.unescape(raw)))[0]
            parts = urlsplit(target)
            if parts.scheme in {"http", "https"} and parts.netloc in {
                "testserver",
                "localhost",
                "127.0.0.1:8000",
            }:
                found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def crawl(client: Client, *, skip: str = r"^/static/") -> dict[str, Surface]:
    """GET every surface reachable from the home page; return them by path.

    A list's many combinations of filters are followed one step deep only:
    paths with more than one query parameter are not followed.
    """
    queue = deque(START)
    seen: dict[str, Surface] = {}
    while queue and len(seen) < MOST_PAGES:
        path = queue.popleft()
        if path in seen or re.search(skip, path) or path.count("&") >= 1:
            continue
        response = client.get(path)
        content = (
            b"".join(response.streaming_content)
            if response.streaming
            else response.content
        )
        kind = response.headers.get("Content-Type", "")
        surface = Surface(
            path, response.status_code, kind, len(content), _text_of(content)
        )
        seen[path] = surface
        if response.status_code == 200 and ("html" in kind or "xml" in kind):
            queue.extend(sorted(links_in(surface.text, path)))
        elif response.status_code in {301, 302}:
            queue.extend(links_in(f'href="{response["Location"]}"', path))
    return seen
