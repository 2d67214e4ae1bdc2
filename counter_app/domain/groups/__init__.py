"""A school's (or another body's) people who come in one go: a group of requests (``ux.md`` 4.4)."""
