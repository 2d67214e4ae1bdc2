"""The hub behind TLS: the exchange route, JSON views, certificates, a process of its own."""
