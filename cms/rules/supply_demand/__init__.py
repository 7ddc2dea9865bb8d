"""Supply and demand (先使用后付费): states, labels, gates (附件6; FP-01…FP-14)."""
