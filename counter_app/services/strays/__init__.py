"""Stray acts in words, and two persons who write them anew (decision 052)."""
