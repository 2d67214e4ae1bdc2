"""What is asked and taken in: rows, kinds of papers, checks, fees, time limits, grounds."""
