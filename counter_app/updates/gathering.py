"""One download for a commune: what siblings have is taken from them, and one of those who lack it fetches.

Nobody is elected. A PC that is about to fetch says so on its shelf, waits a moment, then looks at the others:
it stands back for one that fetches, and for one of lower journal that is about to. Who stands back follows:
it takes over each time what the other has so far, so that it goes on from there should the other stop.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from counter_app.updates.manifest import Manifest, Piece
from counter_app.updates.program_folder import disk_words
from counter_app.updates.sharing import Sharing
from counter_app.updates.sources import PIECE_BYTES, Source, fetch, forget, part_file
from counter_app.updates.updating import Look, Trial, Updater
from counter_app.updates.words import UpdateError
from sync.client.lan.shelf import AT_REST, FETCHING, MEANT, MOST_PART
from sync.client.lan.siblings import Offer, Siblings
from sync.client.transport import LineFault

SETTLE_S = 2.0
"""Between saying that one is about to fetch and looking whether another said so too."""
_log = logging.getLogger(__name__)


class SiblingSource:
    """One file at one sibling (``Source``), whatever name it is asked by."""

    def __init__(self, siblings: Siblings, offer: Offer) -> None:
        self._siblings, self._offer = siblings, offer

    def part(self, name: str, offset: int, most: int) -> bytes:
        """As ``Source``; a sibling that went, or gives by drops, is a file that could not be had."""
        item = self._offer.item
        try:
            data = self._siblings.part(self._offer.journal, item.digest, offset, most)
        except LineFault as fault:
            raise UpdateError("update.missing", f"{name}: {self._offer.name}, {fault.code}") from fault
        if 0 < len(data) < min(most, MOST_PART, item.held - offset):
            raise UpdateError("update.missing", f"{name}: {self._offer.name} gave {len(data)} bytes")
        return data


@dataclass
class Gathering:
    """How this PC (``own``: its journal) comes to the bytes of a version. Kept while the program runs.

    ``settle`` waits some seconds; ``waiting_for`` names the sibling that fetches for all, "" when none does.
    """

    siblings: Siblings
    sharing: Sharing
    own: int
    settle: Callable[[float], object]
    waiting_for: str = ""
    _liars: set[tuple[int, bytes]] = field(default_factory=set)
    _followed: tuple[int, int] = (0, -1)

    def take(
        self, updater: Updater, source: Source, look: Look, trials: tuple[Trial, Trial], *, patient: bool
    ) -> tuple[int, str]:
        """As ``Updater.take``, from siblings where they have it: bytes of ``source``, the giving sibling.

        Raises UpdateError, ``update.later`` where ``patient`` and a sibling is fetching.
        """
        self.waiting_for = ""
        offered = look.manifest
        assert offered is not None
        giver = self.from_siblings(updater, offered)
        wanted = updater.wanted(offered)
        try:
            if not giver:
                self._first(updater, wanted, patient=patient)
            came = self._taken(updater, source, look, trials, wanted)
        finally:
            self.sharing.at()
        return came, giver

    def from_siblings(self, updater: Updater, offered: Manifest) -> str:
        """Put the whole application in place from a sibling that has it; its name, "" when none did.

        Raises UpdateError ``update.disk``.
        """
        whole, folder = offered.application, updater.installed.folder
        for offer in self._offers(whole):
            if offer.item.held == offer.item.size and (data := self._whole(updater, offer, whole)):
                folder.keep(folder.application(offered.version).name, data)
                forget(whole, folder)
                return offer.name
        return ""

    def _whole(self, updater: Updater, offer: Offer, piece: Piece) -> bytes:
        """All of ``piece`` from that sibling, none when it went or lied. Raises UpdateError."""
        folder = updater.installed.folder
        begun = part_file(piece, folder).exists()
        for fresh in (False, True) if begun else (True,):
            try:
                return fetch(SiblingSource(self.siblings, offer), piece, folder)
            except UpdateError as error:
                if error.code == "update.disk":
                    raise
                if error.code != "update.mixed":
                    return b""
                if fresh:  # all of it came from there
                    self._distrust(offer)
        return b""

    def _first(self, updater: Updater, wanted: Piece, *, patient: bool) -> None:
        """This PC fetches, or stands back for who does. Raises UpdateError ``update.later``."""
        self.sharing.at(wanted, MEANT)
        if self.siblings.anybody:
            self.settle(SETTLE_S)
        offers = self._offers(wanted)
        best = max(offers, key=lambda offer: offer.item.held, default=None)
        if best is not None:
            self._follow(updater, best, wanted)
        busy = [
            one for one in offers
            if one.item.state == FETCHING or (one.item.state == MEANT and one.journal < self.own)
        ]  # fmt: skip
        moving = [one for one in busy if (one.journal, one.item.held) != self._followed]
        if patient and moving:
            self._followed = (moving[0].journal, moving[0].item.held)
            self.waiting_for = moving[0].name
            raise UpdateError("update.later", moving[0].name)
        self.sharing.at(wanted, FETCHING)

    def _follow(self, updater: Updater, offer: Offer, wanted: Piece) -> None:
        """Take over what a sibling has of ``wanted`` beyond what is here. Raises UpdateError ``disk``."""
        source, path = SiblingSource(self.siblings, offer), part_file(wanted, updater.installed.folder)
        with disk_words():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                while (held := file.tell()) < min(offer.item.held, wanted.size):
                    try:
                        more = source.part(wanted.name, held, min(PIECE_BYTES, wanted.size - held))
                    except UpdateError:
                        return
                    if not more:
                        return
                    file.write(more)

    def _taken(
        self, updater: Updater, source: Source, look: Look, trials: tuple[Trial, Trial], wanted: Piece
    ) -> int:
        """Fetched, tried, in place. What was followed may have been a lie: then all comes from ``source``."""
        begun = part_file(wanted, updater.installed.folder).exists()
        try:
            return updater.take(source, look, self_test=trials[0], rehearsal=trials[1])
        except UpdateError as error:
            if error.code != "update.mixed" or not begun:
                raise
        for offer in self._offers(wanted):
            self._distrust(offer)
        return updater.take(source, look, self_test=trials[0], rehearsal=trials[1])

    def _offers(self, piece: Piece) -> list[Offer]:
        """Who has something of ``piece``, or is at it, and has not lied about it."""
        digest = bytes.fromhex(piece.sha256)
        return [
            offer for offer in self.siblings.look()
            if offer.item.digest == digest and offer.item.size == piece.size
            and (offer.item.held or offer.item.state != AT_REST)
            and (offer.journal, digest) not in self._liars
        ]  # fmt: skip

    def _distrust(self, offer: Offer) -> None:
        self._liars.add((offer.journal, offer.item.digest))
        _log.warning("%s gave bytes that are not the manifest's", offer.name)
