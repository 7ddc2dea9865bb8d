"""案件文书 (case documents): which papers a case needs; the only caller of assembly."""
