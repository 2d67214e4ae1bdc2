"""Registers of certifications: opening, the month, its closing, and the words about one line."""
