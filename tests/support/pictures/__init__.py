"""Pictures of every screen in every state and theme, from made-up ports: the same on every machine."""
