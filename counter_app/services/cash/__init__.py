"""Closing a counter's day (``ux.md`` 4.9)."""
