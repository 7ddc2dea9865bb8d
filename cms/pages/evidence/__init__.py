"""Public evidence pages (存证): checkpoints, proofs, health of the timers."""
