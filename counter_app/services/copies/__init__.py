"""Fast entry of certified copies: rows, fees, notices, one transaction at F9 (``ux.md`` 4.4)."""
