"""Who is at the counter: passwords, PINs, lock-outs, opened keys (``ux.md`` 4.1, ``quality.md`` Security)."""
