"""The publisher's side of updates: keys, differences, manifests (decision 050)."""
