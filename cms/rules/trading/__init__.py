"""Public trading (公开交易): states of the three ways and of 先用后转 (附件4)."""
