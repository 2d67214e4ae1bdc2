"""A store kept and brought back: backups, restore, lives, copies found out, checks."""
