"""The exchange format: ids, entries, chain, checkpoints, bundles, sealing, grants.

The lowest layer: it knows bytes, hashes and signatures, and nothing of communes, tables or networks.
``docs/format.md`` describes the same bytes in words, with examples a test keeps true.
"""
