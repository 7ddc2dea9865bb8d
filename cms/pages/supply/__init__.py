"""Supply pages (供给清单): offers, and the application form (申请表)."""
