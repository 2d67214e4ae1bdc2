"""Lines of the self-test about one truth: the last comparison, and what parts this PC from the province."""

from __future__ import annotations

from counter_app.services.exchange.equality import last_proof
from counter_app.services.exchange.standing import APART, REVOKED, STOPPED, troubles
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK
from counter_app.services.technician.doctor.bench import Bench, Found


def equality(bench: Bench) -> Found:
    """The last comparison with the province, entry by entry."""
    with bench.work.store.read() as connection:
        proof = last_proof(bench.work, connection)
    if proof.bad:
        return Found(BROKEN, proof.words, proof.remedy)
    return Found(GOOD if proof.at else LOOK, proof.words, proof.remedy)


def standing(bench: Bench) -> Found:
    """Whether anything parts this PC from the others: revoked, stopped, a fork, stray acts …"""
    with bench.work.store.read() as connection:
        found = [one for one in troubles(bench.work, connection) if one.code != APART]
    if not found:
        fine = say("Không bản sao, không thu hồi, không việc lạc", "No copy, no revocation, no stray acts")
        return Found(GOOD, fine)
    words = " ".join(one.title for one in found)
    verdict = BROKEN if found[0].code in (REVOKED, STOPPED) else LOOK
    return Found(verdict, words, found[0].remedy)
