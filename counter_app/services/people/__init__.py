"""Persons at the counter: read from a card or typed, found again by number, recorded once."""
