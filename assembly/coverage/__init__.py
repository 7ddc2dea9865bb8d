"""Coverage: every reachable combination of a template's conditions, rendered."""

from assembly.coverage.covering import Coverage, cover, covering
from assembly.coverage.situations import Situation, Situations

__all__ = ["Coverage", "Situation", "Situations", "cover", "covering"]
