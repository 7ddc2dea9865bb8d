"""Every URL pattern of the product, by name and route."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Wagtail's own admin and page tree have tests of their own.
FOREIGN = ("admin/", "_util/")


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(FOREIGN):
            continue
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield pattern.name or "", route


def own_urls() -> dict[str, str]:
    """Return route by name of every view of ours; Wagtail's page routes left out."""
    return {
        name or route: route
        for name, route in _walk(get_resolver().url_patterns, "")
        if not name.startswith("wagtail_")
    }
