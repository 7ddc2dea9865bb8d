"""First-use-then-pay (先使用后付费): applications, offers, demands, calls, matches."""
