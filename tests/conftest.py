"""What holds for every test: sealed key files are cheap, so that a store opens without long work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from counter_app.devices import secrets

# How fast examples are made says something of the machine and who else works on it, nothing of the product.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def full_key_cost() -> tuple[int, int, int]:
    """Argon2id's passes, KiB and lanes of a key file as the product makes one."""
    return secrets._COST


@pytest.fixture(scope="session", autouse=True)
def cheap_key_files(full_key_cost: tuple[int, int, int]) -> Iterator[None]:
    """Each file says in its head what it cost: programs that tests start open it as cheaply.

    ``tests/unit/devices/test_secrets.py`` makes one at full cost.
    """
    assert full_key_cost[1] > 64
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "_COST", (1, 64, 1))
        yield
