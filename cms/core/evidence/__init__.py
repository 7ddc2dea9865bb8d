"""Evidence log (存证, CC-07): append-only entries, one chain, one Merkle tree."""

from cms.core.evidence.entries import record

__all__ = ["record"]
