"""Widgets in which something is typed or chosen."""
