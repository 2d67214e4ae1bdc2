"""The province: takes journals in, reads them, answers by entries of its own (``sync.md`` 3).

``hub`` is the whole as one object without sockets; ``exchange`` answers one request; ``tables`` keeps the
journals, ``reading`` folds them and asks questions, ``serving`` puts the hub behind TLS.
"""
