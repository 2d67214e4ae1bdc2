"""Tickets of a counter to the province's technicians, and what these ask of one PC from afar."""
