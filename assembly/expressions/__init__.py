"""Expressions of templates: the allow-list, what they read, and their conditions."""

from assembly.expressions.checking import check
from assembly.expressions.conditions import (
    UNKNOWN,
    Condition,
    Truth,
    compile_condition,
)
from assembly.expressions.dialect import (
    ENGINE_NAMES,
    RESERVED_NAMES,
    Sandbox,
    environment,
)
from assembly.expressions.references import Guard, Reference, possible, references

__all__ = [
    "ENGINE_NAMES",
    "RESERVED_NAMES",
    "UNKNOWN",
    "Condition",
    "Guard",
    "Reference",
    "Sandbox",
    "Truth",
    "check",
    "compile_condition",
    "environment",
    "possible",
    "references",
]
