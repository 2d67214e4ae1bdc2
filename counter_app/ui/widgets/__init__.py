"""Reusable widgets. They paint with ``theme.current()``; none knows a rule or a service."""
