"""Measures the time engine: `python -m benches.deadline`.

Computes a notice that was stopped for 1,000 days, day by day, and the usual
15 days; prints the median of each in milliseconds, and ends with 1 where the
long one is above the limit of 5 ms.
"""

import statistics
import sys
import time
from datetime import datetime, timedelta

from cms.core.calendar_files import SHIPPED_SOURCE, shipped_years
from cms.rules.deadlines import Deadline, compute
from cms.rules.shanghai_time import SHANGHAI
from cms.rules.suspensions import Suspension
from cms.rules.working_days import Calendar, calendar_year

LIMIT_MS = 5.0
ROUNDS = 300
OPENED = datetime(2023, 1, 6, 10, tzinfo=SHANGHAI)


def median_of(stops: tuple[Suspension, ...], calendar: Calendar) -> float:
    """Return the median time of one computation in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found: Deadline = compute("NOTICE_LISTING", OPENED, calendar, stops)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{len(found.derivation):>5} 日：中位数 {statistics.median(times):.3f} 毫秒")
    return statistics.median(times)


def main() -> int:
    """Measure both; return 1 where the long one is too slow."""
    calendar = Calendar(
        {
            year: calendar_year(year, days, source=SHIPPED_SOURCE)
            for year, days in shipped_years().items()
        }
    )
    begin = OPENED + timedelta(days=3)
    median_of((), calendar)
    long = median_of((Suspension(begin, begin + timedelta(days=1000)),), calendar)
    print(f"上限 {LIMIT_MS} 毫秒：{'通过' if long < LIMIT_MS else '超过'}")
    return 0 if long < LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
