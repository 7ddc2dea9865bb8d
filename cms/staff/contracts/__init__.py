"""Contracts that units have reported (合同报备), at the desk (PS-05)."""
