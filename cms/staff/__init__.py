"""Staff rooms (工作人员后台): review desk, Wagtail admin menu, code lists."""
