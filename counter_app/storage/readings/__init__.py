"""Readings: tables computed from journals, versioned, dropped and rebuilt, never migrated.

``reading`` says what one is; ``requests``, ``register_lines``, ``money``, ``unit``, ``found`` and ``acts``
are the readings; ``upkeep`` keeps them true.
"""
