"""Dossiers of any procedure: intake, page and acts, queues, online, return (``ux.md`` 4.2-4.6)."""
