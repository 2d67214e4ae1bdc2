"""Finding: what a scan means, what was typed, which copy a QR speaks of."""
