"""The day's dossiers: taken in, asked for, accepted offline, worked on, handed over, the same at the hub."""
