"""Home of the clerk: what to do next in three seconds (``ux.md`` 4.2)."""
