"""What lies with each person who may sign, in words, and whom to propose."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from counter_app.domain.organisation.delegations import delegation_notices
from counter_app.domain.organisation.load import SignerLoad, least_loaded
from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.saying import counted, noticed, say
from counter_app.services.registers import held
from counter_app.services.signing.pile import waited
from counter_app.services.signing.presence import on_duty, presence_words
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import signers
from sync.protocol.naming.ids import EntryId


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


def choices(connection: Connection, work: Workplace, kind: str) -> tuple[SignatoryChoice, ...]:
    """Everybody who may sign papers of ``kind`` now, the one to propose first."""
    day, now = work.day(), work.now()
    found = {signer.official.id: signer for signer in held.signers(connection, work, kind, day)}
    return tuple(
        _choice(found[one.official], one, day, now, presence_words(connection, work, one.official))
        for one in loads(connection, work, found)
    )


def _choice(signer: held.Signer, load: SignerLoad, day: int, now: int, where: str) -> SignatoryChoice:
    official, act = signer
    warning = " ".join(noticed(notice) for notice in delegation_notices(act, official, day))
    label = f"{official.name} — {official.title_line}"
    return SignatoryChoice(official.id, act.id, label, load.requests, warning, words(load, now, where))


def words(load: SignerLoad, now: int, where: str = "") -> str:
    """``Đang làm việc tại QUẦY-02 từ 07:58 · 3 phiếu chờ, lâu nhất 2 giờ · 8 số chưa ký``"""
    seen = say("có mặt", "on duty") if load.on_duty else say("chưa thấy hôm nay", "not seen today")
    parts = [where or seen, say("không có phiếu chờ", "no slip waits")]
    if load.requests:
        age = waited((now - load.oldest) // 60_000)
        slips = counted(load.requests, "slip waits", "slips wait")
        parts[1] = say(f"{load.requests} phiếu chờ, lâu nhất {age}", f"{slips}, the oldest {age}")
    if load.unsigned:
        numbers = counted(load.unsigned, "number", "numbers")
        parts.append(say(f"{load.unsigned} số chưa ký", f"{numbers} not signed yet"))
    return " · ".join(parts)
