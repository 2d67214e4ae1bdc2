"""The unit's first officials, and accounts that move between its PCs."""
