"""Exchange of journals: the format (``protocol``), the counter's side (``client``), the province's (``hub``)."""
