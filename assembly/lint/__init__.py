"""The author's desk: what is wrong with a template, all at once, in Chinese."""

from assembly.lint.comments import commented_copy
from assembly.lint.linting import Examination, examine, lint

__all__ = ["Examination", "commented_copy", "examine", "lint"]
