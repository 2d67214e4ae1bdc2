"""The province keeps a PC's keys: written once, whatever siblings wrote under the same kind."""

from __future__ import annotations

from counter_app.domain.kinds import BY_BODY
from counter_app.domain.organisation.entries import KeyEscrowed
from counter_app.domain.organisation.state import unit_subject
from counter_app.domain.recovery_key import RecoveredKeys
from counter_app.services.technician import escrow
from counter_app.storage.journals.appending import Act
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.unit_keys import ExchangeKey
from tests.support.counter import give

KEYS = RecoveredKeys(bytes(32), bytes(32))


def test_a_siblings_nonsense_keeps_no_pc_from_writing_its_keys(counters, monkeypatch):
    one = counters(1)
    two = counters(2, founder=one)
    key = ExchangeKey.fresh().public
    monkeypatch.setattr(escrow, "province_key", lambda *_: key)
    bent = Draft(BY_BODY[KeyEscrowed].number, (unit_subject(one.work.place.unit),), b"\x90", 1, 0, False)
    one.store.append((bent,), Act(one.work.now()))
    give(one, two)
    assert [escrow.keep_at_province(two.work, KEYS) for _ in range(2)] == [escrow.WRITTEN, escrow.KEPT]
