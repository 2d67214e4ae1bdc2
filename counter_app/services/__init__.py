"""Use cases: load, decide, append and read in one transaction, tell what changed."""
