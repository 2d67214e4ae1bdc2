"""Reading what came back for a request: believed only from the hub we know, and only without a hole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sync.client.transport import Garbled, NotTheHub
from sync.protocol.carrying.bundle import Bundle, Dictionaries, unpack_bundle
from sync.protocol.meeting.exchange import ExchangeAnswer, ExchangeRequest, unpack_answer
from sync.protocol.refusals import Malformed, NotOurs, Refusal


class HubIdentity(NamedTuple):
    """The hub we believe: its Ed25519 key, and a trained dictionary for sending (or none)."""

    public_key: bytes
    dictionary: bytes | None = None
    dictionaries: Dictionaries = lambda _: None


def read_answer(
    reply: bytes, request: ExchangeRequest, hub: HubIdentity
) -> tuple[ExchangeAnswer, Bundle | Refusal | None]:
    """The answer and its bundle, or why we cannot read that one. Raises LineFault for no answer."""
    try:
        since = request.at if request.brief else None
        answer = unpack_answer(reply, request.unit, request.vector, since)
        if answer.word is not None:
            answer.word.verify(hub.public_key)
    except NotOurs as refusal:
        raise NotTheHub(str(refusal)) from refusal
    except Refusal as refusal:
        raise Garbled(f"{refusal.code}: {refusal}") from refusal
    if not answer.bundle:
        return answer, None
    try:
        return answer, unpack_bundle(answer.bundle, hub.dictionaries)
    except Malformed as refusal:
        raise Garbled(f"{refusal.code}: {refusal}") from refusal
    except Refusal as refusal:
        return answer, refusal


def begins_late(bundle: Bundle, held: Mapping[int, int]) -> bool:
    """Whether a run leaves a hole behind what is ``held``: the answer it goes on from did not come."""
    reached = dict(held)
    for run in bundle.runs:
        if run.first_seq > reached.get(run.journal, 0) + 1:
            return True
        reached[run.journal] = max(reached.get(run.journal, 0), run.last_seq)
    return False
