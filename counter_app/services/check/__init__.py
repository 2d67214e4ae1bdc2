"""The province's list for the check of copies, as this PC keeps it."""
