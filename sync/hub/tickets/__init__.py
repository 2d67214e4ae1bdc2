"""Tickets of the counters, what is asked of a PC from afar, how each PC says that it stands."""
