"""Separate ledger (单列管理台账): states, stage marks, asset values (附件2)."""
