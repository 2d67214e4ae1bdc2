"""The certificate of a province's authority for tests that enrol and never meet anybody."""

from __future__ import annotations

from functools import cache

from tests.unit.client.authority import Authority


@cache
def pem() -> str:
    """One self-signed authority of this test run, as a provisioning file carries it."""
    return Authority().pem
