"""Room of registration and recordal (登记备案): tasks of signed contracts."""
