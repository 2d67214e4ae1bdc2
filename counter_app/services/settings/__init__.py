"""Settings of this PC, kept in its store; settings of the unit, read from the journal."""
