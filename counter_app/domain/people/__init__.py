"""Persons as subjects: recorded once, joined or parted by entries, candidates by identity number."""
