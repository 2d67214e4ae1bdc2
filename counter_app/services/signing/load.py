"""What lies with each person who may sign, in words, and whom to propose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from sqlalchemy import Connection

from counter_app.domain.dates import vn_instant
from counter_app.domain.organisation.delegations import delegation_notices
from counter_app.domain.organisation.load import SignerLoad, least_loaded
from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.saying import counted, noticed, say
from counter_app.services.registers import held
from counter_app.services.signing.pile import waited
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import signers
from counter_app.storage.this_pc import device
from sync.protocol.naming.ids import EntryId

PRESENT = "present."
"""Setting of this PC: who was marked present (``20261120 1``) or absent (``20261120 0``) and on which day."""


def loads(connection: Connection, work: Workplace, officials: Iterable[EntryId]) -> list[SignerLoad]:
    """The load of each, the one to propose first."""
    here = on_duty(connection, work)
    piles, unsigned = signers.piles(connection), signers.unsigned(connection)
    found = []
    for official in officials:
        pile = piles.get(official, signers.PileOf(official, 0, 0, 0))
        found.append(
            SignerLoad(official, pile.requests, pile.originals, pile.oldest, unsigned.get(official, 0),
                       official in here)
        )  # fmt: skip
    return least_loaded(found)


def on_duty(connection: Connection, work: Workplace) -> frozenset[EntryId]:
    """Who is here today: signed in or acted, unless the head marked otherwise at this PC."""
    day = work.day()
    since = vn_instant(datetime.combine(work.today(), time()))
    here = set(signers.at_work_since(connection, since, day))
    for name, value in device.settings_of(connection, PRESENT).items():
        marked, _, present = value.partition(" ")
        if marked == str(day):
            official = EntryId.from_key(int(name.removeprefix(PRESENT)))
            (here.add if present == "1" else here.discard)(official)
    return frozenset(here)


def mark(connection: Connection, work: Workplace, official: EntryId, present: bool) -> None:
    """Somebody is here today, or is not, whatever he did on a PC."""
    device.put_setting(connection, f"{PRESENT}{official.key}", f"{work.day()} {int(present)}")


def choices(connection: Connection, work: Workplace, kind: str) -> tuple[SignatoryChoice, ...]:
    """Everybody who may sign papers of ``kind`` now, the one to propose first."""
    day, now = work.day(), work.now()
    found = {signer.official.id: signer for signer in held.signers(connection, work, kind, day)}
    return tuple(_choice(found[one.official], one, day, now) for one in loads(connection, work, found))


def _choice(signer: held.Signer, load: SignerLoad, day: int, now: int) -> SignatoryChoice:
    official, act = signer
    warning = " ".join(noticed(notice) for notice in delegation_notices(act, official, day))
    label = f"{official.name} — {official.title_line}"
    return SignatoryChoice(official.id, act.id, label, load.requests, warning, words(load, now))


def words(load: SignerLoad, now: int) -> str:
    """``có mặt · 3 phiếu chờ, lâu nhất 2 giờ · 8 số chưa ký``"""
    here = say("có mặt", "on duty") if load.on_duty else say("chưa thấy hôm nay", "not seen today")
    parts = [here, say("không có phiếu chờ", "no slip waits")]
    if load.requests:
        age = waited((now - load.oldest) // 60_000)
        slips = counted(load.requests, "slip waits", "slips wait")
        parts[1] = say(f"{load.requests} phiếu chờ, lâu nhất {age}", f"{slips}, the oldest {age}")
    if load.unsigned:
        numbers = counted(load.unsigned, "number", "numbers")
        parts.append(say(f"{load.unsigned} số chưa ký", f"{numbers} not signed yet"))
    return " · ".join(parts)
