"""Edges to things outside the program: printers, scanners, secrets. Their faults come out as words."""
