"""Files that entries name, between this PC and the province: what waits, what is wanted, whose turn it is."""
