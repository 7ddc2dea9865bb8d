"""Assembly 文书组装: Word papers from templates and plain data. Knows no Django."""

from assembly.docx_template import DocxTemplate
from assembly.errors import AssemblyError, Fault
from assembly.library import Library
from assembly.template import Paper, Template, load_template

__all__ = [
    "AssemblyError",
    "DocxTemplate",
    "Fault",
    "Library",
    "Paper",
    "Template",
    "load_template",
]
