"""The province's list for the check of copies: made of the readings, signed, published."""
