"""Room of payments (付款): what is to be paid, told, confirmed, paid (PS-07)."""
