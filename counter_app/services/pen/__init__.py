"""The pen of a lost PC, unknown and double numbers, paper sheets, annulment, receipts undone."""
