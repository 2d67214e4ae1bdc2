"""The national portal (``law.md`` 2.3): a port, two adapters, a queue that loses nothing, mapping as data."""
