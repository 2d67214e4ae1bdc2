"""What the province asks about an entry: pure checks, used by ``sync.hub``, never a refusal of the fact."""
