"""Acts of a lost branch of a journal, written anew by two persons (decision 052)."""
