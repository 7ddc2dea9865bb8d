"""Exports the log with a verifier that needs nothing but Python."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

from cms.core.evidence import entries, heads, offline_verifier
from cms.core.evidence.checkpoints import published
from cms.core.models import Checkpoint, EvidenceEntry

_README = """存证导出
========
entries.jsonl      每行一条存证：leaf 为参与哈希的规范文本，sha256、sm3 为叶哈希
checkpoints.jsonl  签名检查点：条数、两种根、时间、公钥、签名
verify.py          独立核验程序，只需 Python 3.9 以上；装有 cryptography 时核验签名

核验：python verify.py [另行取得的检查点文件]
导出时间：{at}　条数：{size}
导出不含办理人姓名；需要时凭系统提供的姓名与盐值核对承诺值。
"""


def export(path: Path, *, at: datetime) -> int:
    """Write the log to a zip file at `path`; return the number of entries."""
    size = 0
    previous: EvidenceEntry | None = None
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("entries.jsonl", "w", force_zip64=True) as stream:
            for entry in EvidenceEntry.objects.order_by("sequence").iterator(2_000):
                leaf = entries.leaf_bytes(entry, previous).decode()
                line = {"leaf": leaf, "sha256": entry.sha256, "sm3": entry.sm3}
                stream.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                previous, size = entry, size + 1
        archive.writestr("checkpoints.jsonl", _checkpoints())
        archive.writestr("verify.py", Path(offline_verifier.__file__).read_bytes())
        archive.writestr("说明.txt", _README.format(at=f"{at:%F %T %z}", size=size))
    return size


def _checkpoints() -> str:
    lines = heads.kept_checkpoints()
    lines += [
        one
        for one in map(published, Checkpoint.objects.order_by("id"))
        if one not in lines
    ]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)
