"""Copies are handed over by scan, paid, once, to somebody named (``ux.md`` 4.6)."""
