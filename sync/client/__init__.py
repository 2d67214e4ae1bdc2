"""The exchange seen from a counter: engine, pace, carriers. Never imports ``counter_app``."""
