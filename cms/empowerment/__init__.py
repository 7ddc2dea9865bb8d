"""赋权 (empowerment): cases of the six modes from team agreement to performance."""
