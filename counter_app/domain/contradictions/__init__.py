"""What two counters said of one thing while neither knew of the other, and a person's decision about it."""
