"""What the province asks about entries, and the unit's answers (``sync.md`` 3, ``ux.md`` 3.3)."""
