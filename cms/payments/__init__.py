"""付款 (payments): the rows of signed contracts, from trigger to paid (PS-07)."""
