"""What the hub keeps: tables, the database engine, entries and positions of journals."""
