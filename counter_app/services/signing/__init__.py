"""The signing desk: the pile, numbers, ink and seal, the pen (``ux.md`` 4.5, ``sync.md`` 4)."""
