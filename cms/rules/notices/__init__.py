"""Public notices (公示): states, kinds, gates of the generic engine (§17.2)."""
