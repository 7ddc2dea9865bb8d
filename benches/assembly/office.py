"""PDF and packets: p50 of the warm converter, and 50 files merged into one."""

import os
import statistics
import time
from pathlib import Path

from assembly.drafting import draft
from assembly.packets import Enclosure, build_packet
from assembly.pdf import Warm, find_program
from benches.assembly.contract import OUTLINE

RUNS, FILES = 15, 50


def main() -> None:
    """Print the times; nothing where LibreOffice is not installed."""
    if find_program() is None:
        print("没有安装LibreOffice，不计时。")
        return
    document = draft(Path(OUTLINE).read_text("utf-8"))
    converter = Warm()
    started = time.perf_counter()
    pdf = converter.convert(document)
    first = time.perf_counter() - started
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        converter.convert(document)
        times.append(time.perf_counter() - started)
    print(f"PDF：首次{first:.2f}秒，此后p50 {statistics.median(times):.2f}秒")
    enclosures = [Enclosure(f"D-{n:02d}", "合同", pdf) for n in range(1, FILES + 1)]
    build_packet("汇编", enclosures, converter)
    started, cpu = time.perf_counter(), time.process_time()
    packet = build_packet("汇编", enclosures, converter)
    taken, cpu = time.perf_counter() - started, time.process_time() - cpu
    print(
        f"{FILES}份合并：{taken:.2f}秒（其中本进程{cpu:.2f}秒CPU），{len(packet)}字节"
    )
    print(f"系统负载{os.getloadavg()[0]:.1f}")
    converter.close()


if __name__ == "__main__":
    main()
