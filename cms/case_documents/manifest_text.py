"""The text of a manifest with another version and another first day."""

import json
import re
from datetime import date

from assembly.errors import AssemblyError
from cms.case_documents.templates_in_use import parsed_manifest
from cms.rules.violations import RuleViolation

_SECTION = re.compile(r"^\s*\[", re.MULTILINE)


def with_version(manifest: str, version: str, valid_from: date) -> str:
    """Return the manifest with these two values; all else stays as it is written.

    Raises:
        RuleViolation: E-CD-08, they do not stand on lines of their own.
    """
    section = _SECTION.search(manifest)
    end = section.start() if section else len(manifest)
    head, rest = manifest[:end], manifest[end:]
    lines = {
        "version": f"version = {json.dumps(version, ensure_ascii=False)}",
        "valid_from": f"valid_from = {valid_from.isoformat()}",
    }
    for name, line in lines.items():
        written = line.replace("\\", r"\\")
        head = re.sub(rf"(?m)^{name}\s*=.*$", written, head, count=1)
    changed = head + rest
    try:
        told, _ = parsed_manifest(changed, "清单")
    except AssemblyError:
        raise RuleViolation("E-CD-08") from None
    if (told.version, told.valid_from) != (version, valid_from):
        raise RuleViolation("E-CD-08")
    return changed
