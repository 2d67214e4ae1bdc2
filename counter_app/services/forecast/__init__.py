"""The supervisor's day: what came, what waits, what is expected, how long the signers need."""
