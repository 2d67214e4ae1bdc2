"""Pure rules of the counter: no clock, no database, no I/O; common ground of counter and hub."""
