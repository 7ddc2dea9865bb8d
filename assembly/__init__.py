"""Assembly 文书组装: Word papers from templates and plain data. Knows no Django."""

from assembly.errors import AssemblyError, Fault

__all__ = ["AssemblyError", "Fault"]
