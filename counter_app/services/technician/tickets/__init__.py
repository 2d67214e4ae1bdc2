"""Tickets ("Báo sự cố") and what the province asks of this PC from afar (decision 057)."""
