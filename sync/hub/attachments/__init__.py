"""Files that entries name: taken in parts (tus 1.0.0), opened once, given in ranges, swept."""
