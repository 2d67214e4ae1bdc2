"""Dossiers of any commune procedure: intake, hands, supplements, deadlines, result (``law.md`` 1, 2, 6)."""
