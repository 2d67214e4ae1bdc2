"""Look-ups at the counter: asked with the act that takes a dossier in, answered later on the paper's row."""
