"""The hub under bent requests: the small size of ``make test``; ``make fuzz`` sends 200,000."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.hub.exchange import Exchanger
from sync.protocol.meeting.exchange import SignedRequest
from tests.fuzz.hub_requests import HubUnderFire

REQUESTS = 700


@pytest.fixture
def fire(tmp_path: Path) -> Iterator[HubUnderFire]:
    made = HubUnderFire(tmp_path)
    yield made
    made.close()


def test_no_request_breaks_the_hub_or_passes_it_by(fire: HubUnderFire) -> None:
    for _ in range(REQUESTS):
        fire.one()
    assert fire.faults() == []
    fire.still_serves()
    kinds = {told.partition(" ")[0] for told in fire.statuses}
    assert kinds == {"bent", "in_anothers_name", "signed", "file", "view", "act"}


def test_a_hub_that_asks_for_no_tag_is_found_out(fire: HubUnderFire, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: whoever names a device is believed."""
    monkeypatch.setattr(SignedRequest, "verify", lambda *_: None)
    monkeypatch.setattr(HubUnderFire, "_authentic", lambda *_: False)
    with pytest.raises(AssertionError, match="the store was written"):
        [fire.one() for _ in range(REQUESTS)]


def test_a_hub_that_dies_of_a_bundle_is_found_out(
    fire: HubUnderFire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyError("journal")

    monkeypatch.setattr(Exchanger, "_opened", dies)
    with pytest.raises(KeyError):
        [fire.one() for _ in range(REQUESTS)]
