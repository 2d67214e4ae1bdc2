"""Entries under way: runs, bundles, vectors, packing, and the plan by which a store takes them in."""
