"""Look-ups in national systems: asked by a counter without a line, answered later by the province."""
