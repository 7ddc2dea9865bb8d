"""The unit's room of empowerment cases (赋权案件)."""
