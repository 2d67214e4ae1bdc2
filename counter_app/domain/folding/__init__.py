"""From entries to states, one way for counter and hub (``architecture.md`` 2, "Decide, evolve").

``fact`` reads an entry, ``aggregate`` says what an aggregate is, ``order`` puts the facts of one subject in
causal order, ``fold`` folds them, ``registry`` knows every aggregate of the product. Import from the modules:
aggregates import ``aggregate`` and ``fact``, only ``registry`` imports aggregates.
"""
