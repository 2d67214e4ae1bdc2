"""The local store: an encrypted SQLite holding journals, what is read from them, and this PC's own tables.

Rows never leave this package: queries return frozen dataclasses, entries are those of ``sync.protocol``.
"""
