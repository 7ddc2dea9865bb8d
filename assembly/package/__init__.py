"""Reading an uploaded .docx as hostile input: checked while it is inflated."""

from assembly.package.limits import LIMITS, Limits
from assembly.package.reading import Package, Relationship, read_package

__all__ = ["LIMITS", "Limits", "Package", "Relationship", "read_package"]
