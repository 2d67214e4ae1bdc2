"""Registers, books, numbers and the pen (``sync.md`` 4)."""
