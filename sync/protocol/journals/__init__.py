"""An entry and the chain it stands in: bytes, hashes, checkpoints, the system's own kinds."""
