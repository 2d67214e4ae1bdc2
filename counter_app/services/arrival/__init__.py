"""Arrival in a living office: opening figures, files of old books, everything out again (decision 055)."""
