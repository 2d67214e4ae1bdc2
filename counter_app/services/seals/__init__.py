"""The province's seals of closed years: kept at this PC, compared with what it holds (decision 059)."""
