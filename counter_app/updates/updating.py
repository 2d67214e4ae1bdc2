"""An update step by step; each step may be cut off by the power and is begun again, or was done.

look (signatures, order, term) → fetch (difference or whole) → make and verify the zip → self-test →
rehearsal on a copy
of the store → switch. Only the last changes what starts next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from counter_app.updates import delta, manifest
from counter_app.updates.installation import Installation
from counter_app.updates.manifest import Manifest, Piece, Read, Seen
from counter_app.updates.program_folder import CURRENT, Named
from counter_app.updates.sources import MANIFEST, CountingSource, Source, fetch, forget, manifest_bytes
from counter_app.updates.words import UpdateError

Trial = Callable[[Path], None]
"""Tries an application's zip on this PC. Raises UpdateError."""


class State(StrEnum):
    """What a look found."""

    NONE = "none"
    """This PC has that version or a newer one."""
    NOT_YET = "not_yet"
    """There is one, for other PCs first."""
    PAUSED = "paused"
    """The publisher or somebody at this PC said: not now."""
    OFFERED = "offered"
    READY = "ready"
    """It is in place; the next start takes it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the source offers this PC: ``bytes`` would have to be fetched for ``version``."""

    state: State
    version: str
    bytes: int = 0
    manifest: Manifest | None = None


@dataclass(frozen=True, slots=True)
class Updater:
    """The updates of one installation, for the PC ``device`` of ``unit``."""

    installed: Installation
    unit: str
    device: int

    def look(self, source: Source, now: int, *, asked: bool = False) -> Look:
        """Read the manifest; ``asked``: a technician wants it, whatever the ring says. Raises UpdateError.

        ``now`` in ms. What was seen is kept, so that nothing older counts from then on.
        """
        return self.judge(manifest_bytes(source), now, asked=asked)

    def judge(self, data: bytes, now: int, *, asked: bool = False) -> Look:
        """As ``look``, of a manifest's bytes, wherever they came from. Raises UpdateError."""
        folder = self.installed.folder
        found = manifest.read(data, self.installed.keys)
        seen = folder.seen()
        manifest.check(found, seen, now)
        _note(self, found, seen, data)
        offered = found.manifest
        if self.in_place() == offered.version:
            return Look(State.READY, offered.version)
        if manifest.order_of(offered.version) <= manifest.order_of(self.newest()):
            return Look(State.NONE, self.newest())
        if offered.paused or (folder.paused and not asked):
            return Look(State.PAUSED, offered.version)
        if folder.is_refused(offered.version):
            raise UpdateError("update.refused", offered.version)
        if not self.installed.has_runtime(offered.runtime):
            raise UpdateError("update.runtime", offered.runtime)
        if not asked and not offered.ring.holds(self.unit, self.device, offered.version):
            return Look(State.NOT_YET, offered.version)
        return Look(State.OFFERED, offered.version, self.wanted(offered).size, offered)

    def take(self, source: Source, look: Look, *, self_test: Trial, rehearsal: Trial) -> int:
        """Fetch, verify, try and switch; returns the bytes that came. Raises UpdateError, then nothing
        changed."""
        offered = look.manifest
        if offered is None:
            raise UpdateError("update.missing", look.state.value)
        counting = CountingSource(source)
        new = self.fetched(counting, offered)
        self_test(new)
        rehearsal(new)
        self.installed.folder.switch(self.installed.running, Named(offered.version, offered.runtime))
        self.installed.folder.prune(frozenset({self.installed.running.version}))
        return counting.bytes

    def fetched(self, source: Source, offered: Manifest) -> Path:
        """The new zip in its place, whole and with the digest the manifest tells. Raises UpdateError."""
        folder, whole = self.installed.folder, offered.application
        place = folder.application(offered.version)
        if place.is_file() and _digest(place) == whole.sha256:
            return place
        wanted = self.wanted(offered)
        data = fetch(source, wanted, folder)
        if wanted.base is not None:
            data = delta.apply(self.installed.zip.read_bytes(), data, whole.size)
        if hashlib.sha256(data).hexdigest() != whole.sha256:
            raise UpdateError("update.mixed", whole.name)
        folder.keep(place.name, data)
        forget(wanted, folder)
        return place

    def newest(self) -> str:
        """The newest version of this PC: the running one, or one in place for the next start."""
        return max(self.installed.running.version, self.in_place(), key=manifest.order_of)

    def in_place(self) -> str:
        """The version the next start takes, if it is not the running one; else empty."""
        named = self.installed.folder.named(CURRENT)
        if named is None or self.installed.folder.is_refused(named.version):
            return ""
        newer = manifest.order_of(named.version) > manifest.order_of(self.installed.running.version)
        return named.version if newer else ""

    def wanted(self, offered: Manifest) -> Piece:
        """What has to be fetched: the difference from what runs, or the whole. Raises OSError."""
        return offered.delta_from(_digest(self.installed.zip)) or offered.application


def _note(updater: Updater, found: Read, seen: Seen, data: bytes) -> None:
    """The moment kept is the manifest's own: it is past for certain, whatever the PC's clock says.

    The manifest itself is kept for siblings, and for a day without any line.
    """
    newer = Seen(found.manifest.serial, found.digest, max(seen.moment, found.manifest.made))
    if newer != seen:
        updater.installed.folder.note_seen(newer)
    if updater.installed.folder.kept(MANIFEST) != data:
        updater.installed.folder.keep(MANIFEST, data)


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
