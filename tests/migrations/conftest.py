"""Migrations are tried on the counters of the store's tests."""

from tests.unit.storage.conftest import counter, counters, province

__all__ = ["counter", "counters", "province"]
