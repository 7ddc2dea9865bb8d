"""Measures the catalogue at scale on one worker: `python benches/catalog.py`.

Seeds a database in a temporary folder, starts one gunicorn worker and asks for
the first page, filtered pages, a deep page and a keyword page of the catalogue
and for pages of the notices, each at least 200 times over one connection.
Prints p50 and p95 in milliseconds; ends with 1 where a p95 of the catalogue is
above 100 ms.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
LIMIT_MS = 100.0
PAGES = {
    "首页": "/achievements/",
    "筛选页": "/achievements/?field=03&region=450200&stage=pilot",
    "多条件": "/achievements/?industry=C&ip=invention&mode=license&trl_min=4",
    "深页": "/achievements/?page={deep}",
    "按价格": "/achievements/?sort=price_asc&page=40",
    "每页100条": "/achievements/?size=100&view=cards",
    "关键词": "/achievements/?q=%E5%8A%A8%E5%8A%9B%E7%94%B5%E6%B1%A0",
    "公示": "/notices/",
    "公示筛选": "/notices/?kind=listing&state=closed",
    "公示深页": "/notices/?page=400",
}


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run a management command."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
    )


def wait_for(port: int) -> None:
    """Wait until the worker answers (it reads the index as it starts)."""
    for _ in range(240):
        try:
            get(http.client.HTTPConnection(HOST, port, timeout=60), "/achievements/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("服务没有启动。")


def ask_at_once(port: int) -> None:
    """Print how long the first request of a worker takes that has just started."""
    start = time.perf_counter()
    wait_for(port)
    print(f"启动到目录首页答出：{time.perf_counter() - start:.1f} 秒")


def get(connection: http.client.HTTPConnection, path: str) -> int:
    """Ask for a path; return the number of bytes.

    Raises:
        SystemExit: the answer is not 200.
    """
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise SystemExit(f"{path}: {response.status}")
    return len(body)


def measure(port: int, path: str, requests: int) -> tuple[list[float], int]:
    """Return the milliseconds of each request and the size of the answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    size = get(connection, path)
    taken = []
    for _ in range(requests):
        start = time.perf_counter()
        get(connection, path)
        taken.append((time.perf_counter() - start) * 1000)
    connection.close()
    return taken, size


def main() -> int:
    """Seed, serve, measure; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--achievements", type=int, default=100_000)
    parser.add_argument("--notices", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--port", type=int, default=8105)
    parser.add_argument("--data-dir", help="已有数据的目录（不再生成数据）")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chengzhuan-bench-") as folder:
        environment = os.environ | {
            "DATA_DIR": options.data_dir or folder,
            "DATABASE_URL": "",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        }
        if not options.data_dir:
            manage(environment, "migrate", "-v0")
            # Notices are seeded for the offices of units that are there.
            manage(environment, "demo_office", "-v0")
            manage(
                environment,
                "seed",
                *("--achievements", str(options.achievements)),
                *("--notices", str(options.notices)),
            )
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "cms.wsgi", "--workers=1"),
                *(f"--bind={HOST}:{options.port}", "--timeout=120"),
                "--log-level=warning",
            ],
            cwd=ROOT,
            env=environment,
        )
        try:
            ask_at_once(options.port)
            print(f"进程内存：{memory_of(server.pid):.0f} MB")
            return report(options)
        finally:
            server.terminate()
            server.wait()


def memory_of(master: int) -> float:
    """Return the resident memory of the master's one worker in MB (Linux)."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    status = Path(f"/proc/{children[0]}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def report(options: argparse.Namespace) -> int:
    """Measure every page and print the table; 1 where one is too slow."""
    deep = options.achievements // 20 - 10
    slow = False
    print(f"{'页面':<10}\tp50 毫秒\tp95 毫秒\t千字节")
    for label, pattern in PAGES.items():
        path = pattern.format(deep=max(1, deep))
        taken, size = measure(options.port, path, options.requests)
        p50 = statistics.median(taken)
        p95 = statistics.quantiles(taken, n=20)[18]
        slow |= p95 > LIMIT_MS and path.startswith("/achievements/")
        print(f"{label:<10}\t{p50:.1f}\t{p95:.1f}\t{size / 1000:.1f}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
