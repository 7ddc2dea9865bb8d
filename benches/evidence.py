"""Measures `verify_evidence`: `python -m benches.evidence [--entries N]`.

Writes a log of 100,000 entries into a temporary database and verifies it. The
time per entry does not depend on the length (the log is read once, in order), so
what a million would take is told by proportion, and said to be so. Ends with 1
where that is above the limit of 60 seconds.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

LIMIT_SECONDS = 60.0
MILLION = 1_000_000
START = datetime(2026, 1, 5, 1, tzinfo=UTC)


def set_up(folder: str) -> None:
    """Point Django at an empty database in the folder."""
    os.environ |= {
        "DATA_DIR": folder,
        "DATABASE_URL": "",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def make_entries(count: int) -> Iterator[Any]:
    """Yield entries as `record` writes them, each with its hashes and seal."""
    from cms.core.encryption import commitment, new_salt
    from cms.core.evidence.entries import DIGESTS, leaf_bytes, seal_of
    from cms.core.models import EvidenceEntry
    from cms.rules import merkle

    previous = None
    for number in range(1, count + 1):
        salt, at = new_salt(), START + timedelta(seconds=number)
        entry = EvidenceEntry(
            sequence=number,
            kind="application.submitted",
            subject=f"supply_demand.Application:{number}",
            actor_name="系统",
            actor_salt=salt,
            actor_commitment=commitment("系统", salt),
            legal_at=at,
            recorded_at=at,
            payload={"number": f"SQ-2026-{number:04d}", "sha256": "ab" * 32, "n": 1},
        )
        leaf = leaf_bytes(entry, previous)
        for name, digest in DIGESTS.items():
            setattr(entry, name, merkle.leaf_hash(digest, leaf).hex())
        entry.seal = seal_of(entry)
        yield entry
        previous = entry


def write(count: int) -> None:
    """Write the log, its tiles included."""
    from cms.core.evidence.entries import TILE, tile_roots
    from cms.core.models import EvidenceEntry, EvidenceTile

    rows = list(make_entries(count))
    EvidenceEntry.objects.bulk_create(rows, batch_size=500)
    EvidenceTile.objects.bulk_create(
        EvidenceTile(
            position=position,
            **tile_roots(
                (row.sha256, row.sm3)
                for row in rows[position * TILE : (position + 1) * TILE]
            ),
        )
        for position in range(count // TILE)
    )


def main() -> int:
    """Write, verify, print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    count = parser.parse_args().entries
    with tempfile.TemporaryDirectory(prefix="chengzhuan-bench-") as folder:
        set_up(folder)
        write(count)
        from cms.core.evidence.verification import verify

        start = time.perf_counter()
        report = verify()
        taken = time.perf_counter() - start
    if report.findings or report.size != count:
        print(f"核验结果不对：{report.first}")
        return 1
    million = taken / count * MILLION
    print(f"{count:,} 条：{taken:.2f} 秒，每条 {taken / count * 1e6:.1f} 微秒")
    print(f"按比例推算一百万条：{million:.0f} 秒（上限 {LIMIT_SECONDS:.0f} 秒）")
    return int(million > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
