"""A head's recovered key: who may witness, what the seals cover, what is read of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.organisation import decisions as d
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import (
    KeyEscrowed,
    KeyRecovered,
    OfficialRecorded,
    RecoveryAllowed,
)
from counter_app.domain.organisation.readable import NO_SEAL, NOT_THEIRS, Judge
from counter_app.domain.organisation.recovering import allow_recovery, first_message, permit_on, recover_key
from counter_app.domain.organisation.state import OfficialState, Permit
from counter_app.domain.seconds import Second, second_message, signed_second
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.naming.ids import EntryId, Journal, Seq, unit_journal
from sync.protocol.naming.officials import sign_entry
from tests.unit.domain.folding.writing import Counter, key_of, official, second

HEAD = official(1, roles.CHAIRMAN)
REGISTRAR = official(2, roles.REGISTRAR)
TECHNICIAN = official(3, roles.TECHNICIAN)
CLERK = official(4, roles.INTAKE)
OTHER_TECHNICIAN = official(5, roles.TECHNICIAN)
NEW = key_of(9)
DAY = 20261120
PERMIT = Permit(EntryId(unit_journal("00000"), 7), 20261130)
ALLOWED = msgspec.structs.replace(HEAD, allowed=(PERMIT,))


def body_of(head: OfficialState, first: Second, other: Second | None) -> KeyRecovered:
    (draft,) = recover_key(head, NEW.public, "quên", first, other, DAY)
    return decode_body(KeyRecovered, draft.body)


@pytest.mark.parametrize(
    ("head", "first", "other", "code"),
    [
        (HEAD, REGISTRAR, TECHNICIAN, None),
        (HEAD, TECHNICIAN, REGISTRAR, None),
        (ALLOWED, REGISTRAR, None, None),
        (HEAD, REGISTRAR, None, "recovery.alone"),
        (ALLOWED, TECHNICIAN, None, "recovery.technicians"),
        (HEAD, TECHNICIAN, OTHER_TECHNICIAN, "recovery.technicians"),
        (HEAD, REGISTRAR, CLERK, "recovery.witness"),
        (HEAD, REGISTRAR, REGISTRAR, "second.same_person"),
        (HEAD, HEAD, REGISTRAR, "second.same_person"),
        (CLERK, REGISTRAR, TECHNICIAN, "recovery.head"),
        (msgspec.structs.replace(HEAD, active=False), REGISTRAR, TECHNICIAN, "recovery.stopped"),
        (HEAD, msgspec.structs.replace(REGISTRAR, active=False), TECHNICIAN, "recovery.witness"),
    ],
)
def test_who_may_witness_for_whom(
    head: OfficialState, first: OfficialState, other: OfficialState | None, code: str | None
) -> None:
    seconds = {1: second(HEAD, 1), 2: second(REGISTRAR, 2), 3: second(TECHNICIAN, 3)}
    given = Second(first, seconds.get(first.id.seq, second(first, 4)).sign)
    more = None if other is None else Second(other, second(other, 4).sign)
    if code is None:
        assert body_of(head, given, more).allowed == (None if other else PERMIT.entry)
        return
    with pytest.raises(DomainError) as refused:
        recover_key(head, NEW.public, "quên", given, more, DAY)
    assert refused.value.code == code


@pytest.mark.parametrize(("day", "found"), [(20261130, PERMIT), (20261201, None)])
def test_the_provinces_act_serves_until_its_day(day: int, found: Permit | None) -> None:
    assert permit_on(ALLOWED, day) == found


def test_each_seal_covers_every_field_and_the_second_the_first() -> None:
    body = body_of(HEAD, second(REGISTRAR, 2), second(TECHNICIAN, 3))
    assert signed_second(key_of(2).public, first_message(body, HEAD.id), body.first_seal)
    assert signed_second(key_of(3).public, second_message(body, HEAD.id), body.second_seal)
    changes: list[dict[str, Any]] = [
        {"public_key": key_of(8).public}, {"ground": "khác"}, {"first": CLERK.id}, {"second": CLERK.id},
        {"allowed": PERMIT.entry},
    ]  # fmt: skip
    for change in changes:
        bent = msgspec.structs.replace(body, **change)
        assert not signed_second(key_of(2).public, first_message(bent, HEAD.id), body.first_seal)
        assert not signed_second(key_of(3).public, second_message(bent, HEAD.id), body.second_seal)
    other_first = msgspec.structs.replace(body, first_seal=bytes(64))
    assert not signed_second(key_of(3).public, second_message(other_first, HEAD.id), body.second_seal)
    assert not signed_second(key_of(2).public, first_message(body, CLERK.id), body.first_seal)


def entry(body: Any, subject: EntryId, seq: int, journal: int = 257) -> Entry:
    facts = Facts(1_000, BY_BODY[type(body)].number, 1, 0, subject, None, (subject,), ())
    return write_entry(EntryId(Journal(journal), Seq(seq)), facts, encode_body(body))


def recorded(person: OfficialState, number: int) -> Entry:
    body = OfficialRecorded(person.name, "x", person.roles, key_of(number).public, "x")
    facts = Facts(1_000, BY_BODY[OfficialRecorded].number, 1, 0, None, None, (person.id,), ())
    return write_entry(person.id, facts, encode_body(body))


def judged(body: KeyRecovered, *more: Entry) -> str | None:
    """What a reader who knows head, registrar and technician says of the new key's own entry."""
    judge = Judge({})
    taken = sign_entry(entry(body, HEAD.id, 40), NEW)
    judge.learn([taken, *more])
    judge.learn([recorded(HEAD, 1), recorded(REGISTRAR, 2), recorded(TECHNICIAN, 3)])
    return judge.judge(taken)


def test_a_new_key_is_read_once_both_witnesses_are_proved() -> None:
    good = body_of(HEAD, second(REGISTRAR, 2), second(TECHNICIAN, 3))
    assert judged(good) is None
    for bent in (
        msgspec.structs.replace(good, second_seal=b""),
        msgspec.structs.replace(good, first_seal=bytes(64)),
        msgspec.structs.replace(good, second=HEAD.id),
        msgspec.structs.replace(good, second=REGISTRAR.id, second_seal=good.first_seal),
        msgspec.structs.replace(good, second=None, second_seal=b""),
        msgspec.structs.replace(good, first=HEAD.id),
    ):
        assert judged(bent) == NO_SEAL


def test_one_witness_counts_with_an_act_of_the_province_for_this_head_alone() -> None:
    body = body_of(ALLOWED, second(REGISTRAR, 2), None)
    act = RecoveryAllowed("Công văn 12", 20261130)
    assert judged(body) == NO_SEAL
    assert judged(body, entry(act, HEAD.id, 7, unit_journal("00000"))) is None
    assert judged(body, entry(act, CLERK.id, 7, unit_journal("00000"))) == NO_SEAL
    own = Permit(EntryId(257, 7), 20261130)
    forged = body_of(msgspec.structs.replace(HEAD, allowed=(own,)), second(REGISTRAR, 2), None)
    assert judged(forged, entry(act, HEAD.id, 7)) == NO_SEAL
    assert Judge({}).judge(entry(act, HEAD.id, 7)) == NOT_THEIRS


def test_the_new_key_is_the_heads_and_an_act_serves_once() -> None:
    counter = Counter(1)
    person = counter.append(
        d.record_official(None, "Tập huấn", "x", (roles.CHAIRMAN,), key_of(1).public, "c")
    )[0]
    state = counter.state(person)
    counter.append(allow_recovery(state, "Công văn 12", 20261130), state)
    state = counter.state(person)
    assert [permit.until for permit in state.allowed] == [20261130]
    counter.append(recover_key(state, NEW.public, "quên", second(REGISTRAR, 2), None, DAY), state, NEW)
    after = counter.state(person)
    assert (after.public_key, after.allowed) == (NEW.public, ())
    assert [key for _, key in after.keys] == [key_of(1).public, NEW.public]


def test_the_bytes_of_the_three_kinds_stay() -> None:
    body = KeyRecovered(bytes(32), "quên", EntryId(257, 2), b"\x01" * 64, None, b"", EntryId(513, 3))
    assert encode_body(body).hex() == (
        "97c420" + "00" * 32 + "a57175c3aa6e92cd010102c440" + "01" * 64 + "c0c40092cd020103"
    )
    assert decode_body(KeyRecovered, encode_body(body)) == body
    assert encode_body(RecoveryAllowed("CV 12", 20261130)).hex() == "92a54356203132ce0135290a"
    escrow = KeyEscrowed(b"\x01" * 32, b"\x02" * 112)
    assert encode_body(escrow).hex() == "92c420" + "01" * 32 + "c470" + "02" * 112
    assert decode_body(KeyEscrowed, encode_body(escrow)) == escrow
