"""What the province keeps of PCs' recovery keys, also when one PC of the unit wrote nonsense."""

from __future__ import annotations

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.organisation.entries import KeyEscrowed
from counter_app.domain.organisation.state import unit_subject
from counter_app.domain.recovery_key import RecoveredKeys, write_recovery_key
from sync.hub import cli
from sync.hub.hub import Hub
from sync.hub.recovery_commands import kept_keys
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.escrow import ESCROW_BYTES, wrap_recovery
from tests.unit.hub.commune import Commune
from tests.unit.hub.conftest import NewCommune
from tests.unit.storage.world import NOON

UNIT = "00000"
KEYS = RecoveredKeys(bytes(range(32)), bytes(range(32, 64)))


def kept(hub: Hub, counter: Commune) -> Draft:
    """A PC's keys, sealed for this hub."""
    public = hub.keys.exchange.public
    journal = counter.store.author.journal
    wrapped = wrap_recovery(KEYS.store_key + KEYS.device_secret, public, journal)
    return draft(KeyEscrowed(public, wrapped), unit_subject(UNIT))


@pytest.mark.parametrize("body", [b"\x90", b"\x92\xc4\x01\x00\xc4\x01\x00", b"\x01"])
def test_nonsense_of_one_pc_hides_no_key_of_another(hub: Hub, counters: NewCommune, body: bytes) -> None:
    one, two = counters(), counters()
    number = BY_BODY[KeyEscrowed].number
    one.act([Draft(number, (unit_subject(UNIT),), body, 1, 0, False)])
    one.sync()
    two.act([kept(hub, two)])
    two.sync()
    assert kept_keys(hub, UNIT) == {two.granted.device: write_recovery_key(KEYS)}


def test_what_is_sealed_for_nobody_leaves_the_key_before_it(hub: Hub, counter: Commune) -> None:
    counter.act([kept(hub, counter)])
    counter.act([draft(KeyEscrowed(hub.keys.exchange.public, bytes(ESCROW_BYTES)), unit_subject(UNIT))])
    counter.sync()
    assert kept_keys(hub, UNIT) == {counter.granted.device: write_recovery_key(KEYS)}


@pytest.mark.parametrize(
    ("until", "told"),
    [("20261399", "--until"), ("20261119", "--until"), ("30112026", "--until"), ("20261130", "no head")],
)
def test_a_permit_ends_on_a_day_that_is_one_and_has_not_passed(
    hub: Hub, capsys: pytest.CaptureFixture[str], until: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a slip the head would wait for an act that serves on no day."""
    monkeypatch.setattr(Hub, "now", lambda _: NOON)
    words = ["recovery", "allow", UNIT, "ai", "--ground", "CV 12", "--until", until]
    assert cli.main(["--folder", str(hub.folder), *words]) == cli.REFUSED
    assert told in capsys.readouterr().err
