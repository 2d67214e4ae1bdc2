"""A school's people taken in together: lists read, checked, written in pieces (``ux.md`` 4.4)."""
