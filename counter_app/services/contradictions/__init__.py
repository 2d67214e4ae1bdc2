"""The desk for contradictions: found (``finding``), said (``words``), decided (``deciding``), the port."""
