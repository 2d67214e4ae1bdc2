"""Scans of originals for electronic copies: read in a child process of limited time and memory."""
