"""Lines of the self-test about one truth: the last comparison, and what parts this PC from the province."""

from __future__ import annotations

from typing import Protocol

from counter_app.services.exchange.equality import last_proof
from counter_app.services.exchange.standing import APART, REVOKED, STOPPED, troubles
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, CheckRow
from counter_app.services.workplace import Workplace


class HasWork(Protocol):
    """What these lines need of the bench."""

    @property
    def work(self) -> Workplace:
        """The open store and the clock."""
        ...


def equality(bench: HasWork) -> CheckRow:
    """The last comparison with the province, entry by entry."""
    with bench.work.store.read() as connection:
        proof = last_proof(bench.work, connection)
    title = say("Đối chiếu với tỉnh", "Comparison with the province")
    if proof.bad:
        return CheckRow("equality", "alert-triangle", title, BROKEN, proof.words, proof.remedy)
    return CheckRow("equality", "shield-check", title, GOOD if proof.at else LOOK, proof.words, proof.remedy)


def standing(bench: HasWork) -> CheckRow:
    """Whether anything parts this PC from the others: revoked, stopped, a fork, stray acts …"""
    with bench.work.store.read() as connection:
        found = [one for one in troubles(bench.work, connection) if one.code != APART]
    title = say("Chung một sự thật", "One truth")
    if not found:
        fine = say("Không bản sao, không thu hồi, không việc lạc", "No copy, no revocation, no stray acts")
        return CheckRow("standing", "shield-check", title, GOOD, fine)
    words = " ".join(one.title for one in found)
    verdict = BROKEN if found[0].code in (REVOKED, STOPPED) else LOOK
    return CheckRow("standing", "alert-triangle", title, verdict, words, found[0].remedy)
