"""Certified copies from originals: requests, originals, lots, lines (NĐ 23/2015, NĐ 280/2025)."""
