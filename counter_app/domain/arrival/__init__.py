"""Arrival in a living office: opening figures, and what old books hold of the year (decision 055)."""
