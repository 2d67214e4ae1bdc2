"""Decisions about dossiers: each gives entries, or a refusal in words."""
