"""What is read and what is set aside: one judgement for counter and hub."""

from __future__ import annotations

import pytest

from counter_app.domain.kinds import BY_BODY, BY_NUMBER
from counter_app.domain.organisation.entries import OfficialKeySet, OfficialRecorded
from counter_app.domain.organisation.readable import (
    KEY_KINDS,
    NO_SEAL,
    OFFICIAL_UNKNOWN,
    REVOKED,
    Judge,
    changes_verdicts,
)
from counter_app.domain.seconds import second_message
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.ids import EntryId, Journal, Seq, journal_of
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.naming.officials import sign_entry

JOURNAL = journal_of(9, 1)
OFFICIAL = EntryId(JOURNAL, Seq(1))
HEAD = EntryId(JOURNAL, Seq(2))
HEAD_KEY = SigningKey(b"\x03" * 32)
KEY, OTHER = SigningKey(b"\x01" * 32), SigningKey(b"\x02" * 32)
SEALED = next(kind.number for kind in BY_NUMBER.values() if kind.sealed and kind.number not in KEY_KINDS)
PLAIN = next(kind.number for kind in BY_NUMBER.values() if not kind.sealed and kind.number not in KEY_KINDS)


def act(kind: int = SEALED, seq: int = 5, journal: int = JOURNAL, actor: EntryId | None = OFFICIAL) -> Entry:
    facts = Facts(1_000, kind, 1, 0, actor, None, (OFFICIAL,), ())
    return write_entry(EntryId(Journal(journal), Seq(seq)), facts, b"\x90")


def recorded(official: EntryId, key: SigningKey) -> Entry:
    body = encode_body(OfficialRecorded("Tập huấn", "Công chức", ("handler",), key.public, "tap-huan"))
    facts = Facts(1_000, BY_BODY[OfficialRecorded].number, 1, 0, None, None, (official,), ())
    return write_entry(official, facts, body)


def key_entry(key: SigningKey, seq: int, second: EntryId = HEAD, by: SigningKey = HEAD_KEY) -> Entry:
    unsigned = OfficialKeySet(key.public, "quên mật khẩu", second, b"")
    seal = by.sign(Purpose.OFFICIAL, second_message(unsigned, OFFICIAL))
    body = encode_body(OfficialKeySet(key.public, "quên mật khẩu", second, seal))
    facts = Facts(1_000, BY_BODY[OfficialKeySet].number, 1, 0, None, None, (OFFICIAL,), ())
    return write_entry(EntryId(Journal(JOURNAL), Seq(seq)), facts, body)


def judge(*keys: SigningKey, revoked: dict[int, int] | None = None) -> Judge:
    made = Judge(revoked or {})
    made.learn(key_entry(key, 3 + place) for place, key in enumerate(keys))
    made.learn([recorded(HEAD, HEAD_KEY)])
    return made


def test_a_replaced_key_counts_only_under_the_second_persons_signature() -> None:
    """A clerk at his own PC cannot give himself the head's seal: not alone, not with a bent signature."""
    sealed = sign_entry(act(), OTHER)
    alone, bent, strange = Judge({}), Judge({}), Judge({})
    alone.learn([recorded(OFFICIAL, KEY), key_entry(OTHER, 3, OFFICIAL, KEY)])
    bent.learn([recorded(OFFICIAL, KEY), recorded(HEAD, HEAD_KEY), key_entry(OTHER, 3, HEAD, KEY)])
    strange.learn([recorded(OFFICIAL, KEY), key_entry(OTHER, 3)])
    assert [one.judge(sealed) for one in (alone, bent, strange)] == [NO_SEAL] * 3
    strange.learn([recorded(HEAD, HEAD_KEY)])
    assert strange.judge(sealed) is None


def test_an_act_is_read_when_its_own_officials_key_sealed_it() -> None:
    assert judge(KEY).judge(sign_entry(act(), KEY)) is None
    assert judge(KEY).judge(sign_entry(act(), OTHER)) == NO_SEAL
    assert judge(KEY).judge(act()) == NO_SEAL
    assert judge(KEY).judge(sign_entry(act(actor=None), KEY)) == NO_SEAL
    assert judge().judge(sign_entry(act(), KEY)) == OFFICIAL_UNKNOWN


def test_an_old_act_keeps_the_key_of_its_day() -> None:
    both = judge(KEY, OTHER)
    assert both.judge(sign_entry(act(), KEY)) is None
    assert both.judge(sign_entry(act(), OTHER)) is None


def test_a_kind_without_seal_or_not_known_here_needs_none() -> None:
    assert judge().judge(act(PLAIN)) is None
    unknown = max(BY_NUMBER) + 1
    assert judge().judge(act(unknown)) is None


@pytest.mark.parametrize(("seq", "verdict"), [(4, None), (5, None), (6, REVOKED)])
def test_what_a_revoked_device_wrote_later_is_not_read(seq: int, verdict: str | None) -> None:
    assert judge(KEY, revoked={JOURNAL: 5}).judge(sign_entry(act(seq=seq), KEY)) == verdict
    assert judge(KEY, revoked={JOURNAL + 256: 5}).judge(sign_entry(act(seq=seq), KEY)) is None


def test_only_keys_and_revocations_change_what_is_read() -> None:
    assert changes_verdicts([act(PLAIN), key_entry(KEY, 2)])
    assert changes_verdicts([act(SystemKind.DEVICE_REVOKED)])
    assert not changes_verdicts([act(), act(PLAIN)])
    learned = Judge({})
    learned.learn([act(PLAIN)])
    assert learned.judge(sign_entry(act(), KEY)) == OFFICIAL_UNKNOWN
