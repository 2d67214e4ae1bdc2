"""The office LAN as a carrier: counters of one unit meet without the Internet (``docs/format.md`` 11b).

``handshake``, ``proof``, ``channel`` and ``beacon`` are bytes, ``talk`` is the exchange of two counters
without any socket, ``session`` and ``node`` bring threads and sockets to it.
"""
