"""Data the province sends in its ``common`` journal: fees, calendar, texts, valid from a date."""
