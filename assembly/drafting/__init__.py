"""Drafting 起草: from readable outlines to Word files in house style."""

from assembly.drafting.markup import parse, serialize
from assembly.drafting.parts import package

__all__ = ["draft", "normalize"]


def draft(text: str) -> bytes:
    """Return the .docx of an outline; AssemblyError E-AS-60 names a bad line."""
    return package(parse(text))


def normalize(text: str) -> str:
    """Return the normal form of an outline: what reading its .docx gives back."""
    return serialize(parse(text))
