"""Exchange with the province over the line and by file: what waits, what came, what the province asks."""
