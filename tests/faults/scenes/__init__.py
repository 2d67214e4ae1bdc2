"""What is killed, filled up and damaged: one module a matter, each a few scenes."""
