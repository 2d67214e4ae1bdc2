"""Exchange of journals: the format (``protocol``), the counter (``client``), the province (``hub``)."""
