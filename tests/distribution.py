"""How the tests are spread over the workers: whole files, the longest first."""

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

# What takes minutes starts first, so that no worker is left with it at the end.
LONGEST = (
    "tests/browser",
    "tests/integration/signed_papers/test_kills.py",
    "tests/documents",
    "tests/journeys",
    "tests/integration",
)
# These share a served site: they stay on one worker.
TOGETHER = ("tests/browser",)


def unit_of(nodeid: str) -> str:
    """Return the tests that stay together with this one: its file, or its folder."""
    path = nodeid.split("::", 1)[0]
    folder = str(PurePosixPath(path).parent)
    return folder if folder in TOGETHER else path


def rank(nodeid: str) -> int:
    """Return the place of a test's unit in the queue; equal ranks keep their order."""
    starts = (n for n, prefix in enumerate(LONGEST) if nodeid.startswith(prefix))
    return next(starts, len(LONGEST))


class ByFile(LoadScopeScheduling):
    """Gives whole files to workers: what a module's fixture made is made once."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
