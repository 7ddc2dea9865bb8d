"""登记备案 (recordal): registration, recordal and reports of signed contracts (§12)."""
