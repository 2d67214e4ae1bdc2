"""The file as a carrier: ``*.mcx`` on a stick, a share, or in parts by official e-mail; out and in.

A parcel is verified whole before the first entry is applied, in one transaction. Entries whose predecessors
are neither here nor in it cannot be taken yet: the answer names them, and the same files may come again. What
a parcel's sender lacks goes back as a parcel of our own (``answer_files``), which tells it what we hold.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sync import flushing
from sync.protocol.carrying.bundle import MAX_BUNDLE_BYTES, Bundle
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.store_port import Ingested, StorePort
from sync.protocol.carrying.vector import SignedVector, Vector, lacking
from sync.protocol.meeting.parcel import (
    NOTHING,
    PART_BYTES,
    Giver,
    ParcelKeys,
    Part,
    PartMissing,
    join_parts,
    open_part,
    order_parts,
    write_parcel,
)
from sync.protocol.meeting.sealing import peek_file
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import ChainBroken, Refusal, TooLarge

SUFFIX = ".mcx"
WRITTEN = "written"
APPLIED = "applied"
PARTLY = "partly"
INCOMPLETE = "incomplete"
NOTHING_NEW = "nothing-new"
UNREADABLE = "unreadable"
NO_ROOM = "no-room"
READ_ONLY = "read-only"
UNWRITABLE = "unwritable"
FORBIDDEN = "forbidden"
PULLED_OUT = "pulled-out"
LARGEST_FILE = MAX_BUNDLE_BYTES + 64 * 1024
_NUMBERED = re.compile(r"(?P<stem>.+)-(?P<part>\d{1,4})-of-(?P<parts>\d{1,4})\.mcx", re.IGNORECASE)
_WRITE_CODES = {
    errno.ENOSPC: NO_ROOM, errno.EDQUOT: NO_ROOM, errno.EFBIG: NO_ROOM,
    errno.EROFS: READ_ONLY, errno.EACCES: FORBIDDEN, errno.EPERM: FORBIDDEN,
    errno.EIO: PULLED_OUT, errno.ENODEV: PULLED_OUT, errno.ENXIO: PULLED_OUT, errno.ENOENT: PULLED_OUT,
    errno.ESTALE: PULLED_OUT, errno.ENOTCONN: PULLED_OUT,
}  # fmt: skip
"""Why a place takes no file: full, locked, kept from us by a rule of the PC, or no longer there."""


class Exported(NamedTuple):
    """What was written: ``code`` WRITTEN, or NO_ROOM, READ_ONLY, FORBIDDEN, PULLED_OUT, UNWRITABLE.

    With any but WRITTEN no file is left under its name (on a stick that was pulled out, none that counts).

    ``entries`` the receiver lacked (0: the files only tell what we hold), ``size`` in bytes over all parts.
    """

    code: str
    paths: tuple[Path, ...] = ()
    entries: int = 0
    size: int = 0


class Stretch(NamedTuple):
    """Entries ``first`` .. ``last`` of ``journal``."""

    journal: int
    first: int
    last: int

    @property
    def entries(self) -> int:
        """How many."""
        return self.last - self.first + 1


class Imported(NamedTuple):
    """What became of a parcel: ``code`` APPLIED, PARTLY, INCOMPLETE, NOTHING_NEW, UNREADABLE or a refusal.

    PARTLY and INCOMPLETE (nothing taken): entries wait for ``gaps``, which neither we nor the parcel hold;
    once somebody brought those, the same files bring the rest. ``taken`` are the stretches that are new here.
    With the other codes but APPLIED nothing changed, save, with NOTHING_NEW or INCOMPLETE, a hub word that
    it may have brought (``acknowledged``). ``file`` is the one refused, ``missing`` the numbers of absent
    parts, ``vector`` what the sender holds.
    """

    code: str
    file: str = ""
    missing: tuple[int, ...] = ()
    sender: int = 0
    applied: int = 0
    parked: tuple[tuple[EntryId, str], ...] = ()
    forked: tuple[int, ...] = ()
    acknowledged: bool = False
    vector: Vector | None = None
    taken: tuple[Stretch, ...] = ()
    gaps: tuple[Stretch, ...] = ()


class Contents(NamedTuple):
    """What a parcel would bring, told before it is taken: ``code`` APPLIED .. as of ``Imported``.

    ``brings`` are the stretches that could be taken now, ``gaps`` what is missing in front of others,
    ``word`` that it carries a newer word of the hub, ``newest`` the moment of the newest entry in it, ms, 0
    without any (the format tells no moment of writing), ``oldest`` of the oldest new here. Nothing was
    changed.
    """

    code: str
    file: str = ""
    missing: tuple[int, ...] = ()
    sender: int = 0
    brings: tuple[Stretch, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    word: bool = False
    newest: int = 0
    oldest: int = 0


def export_files(
    store: StorePort,
    giver: Giver,
    folder: Path,
    stem: str,
    at: int,
    theirs: Vector = NOTHING,
    part_bytes: int = PART_BYTES,
) -> Exported:
    """Write what a holder of ``theirs`` lacks to ``folder``: ``stem.mcx``, or ``stem-1-of-3.mcx`` ..

    ``at`` is our clock in ms. Files appear under their names only when all of them are on the disk.
    Raises TooLarge beyond 9,999 parts.
    """
    parts = write_parcel(store, giver, at, theirs, store.last_word(), part_bytes)
    held = store.vector()
    needed = lacking(held, theirs)
    entries = sum(held.positions[journal] - first + 1 for journal, first in needed.items())
    try:
        paths = _write_all(folder, stem, parts)
    except OSError as error:
        return Exported(_WRITE_CODES.get(error.errno or 0, UNWRITABLE))
    return Exported(WRITTEN, paths, entries, sum(map(len, parts)))


def answer_files(
    store: StorePort, giver: Giver, folder: Path, stem: str, at: int, imported: Imported
) -> Exported:
    """The way back: what the sender of a parcel just imported lacks of ours."""
    return export_files(store, giver, folder, stem, at, imported.vector or NOTHING)


def import_files(store: StorePort, keys: ParcelKeys, paths: Sequence[Path]) -> Imported:
    """Take the parcel whose parts are ``paths``. Never raises for what the files are or hold."""
    try:
        whole, word = _opened(store, keys, paths)
        return _apply(store, whole, word)
    except _NotOpened as stopped:
        return Imported(stopped.code, stopped.file, stopped.missing)
    except Refusal as refusal:
        return Imported(refusal.code)


def inspect_files(store: StorePort, keys: ParcelKeys, paths: Sequence[Path]) -> Contents:
    """What ``import_files`` would take now; every part is opened and verified, nothing is changed."""
    try:
        whole, word = _opened(store, keys, paths)
    except _NotOpened as stopped:
        return Contents(stopped.code, stopped.file, stopped.missing)
    held = dict(store.vector().positions)
    brings: list[Stretch] = []
    gaps: list[Stretch] = []
    for run in sorted(whole.runs, key=lambda run: (run.journal, run.first_seq)):
        have = held.get(run.journal, 0)
        if run.first_seq > have + 1:
            gaps.append(Stretch(run.journal, have + 1, run.first_seq - 1))
        elif run.covered_seq > have:
            brings.append(Stretch(run.journal, have + 1, run.covered_seq))
            held[run.journal] = run.covered_seq
    newer = _is_newer(store, word)
    return Contents(
        _code(bool(brings), bool(gaps), False), sender=whole.sender, brings=tuple(_joined(brings)),
        gaps=tuple(_first_of_each(gaps)), word=newer,
        newest=max((run.entries[-1].facts.at for run in whole.runs if run.entries), default=0),
        oldest=min(_moments(whole, brings), default=0),
    )  # fmt: skip


def _moments(whole: Bundle, brings: Sequence[Stretch]) -> list[int]:
    """When the entries that are new here were written."""
    new = {one.journal: one.first for one in reversed(brings)}
    return [
        entry.facts.at
        for run in whole.runs
        if run.journal in new
        for entry in run.entries
        if new[run.journal] <= entry.id.seq <= run.covered_seq
    ]


class _NotOpened(Exception):
    """Why a parcel was not even opened: code, the file, numbers of absent parts."""

    def __init__(self, code: str, file: str, missing: tuple[int, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.file, self.missing = code, file, missing


def _opened(store: StorePort, keys: ParcelKeys, paths: Sequence[Path]) -> tuple[Bundle, SignedVector | None]:
    """All parts as one bundle, every seal and signature verified. Raises _NotOpened."""
    name = ""
    try:
        datas, headers = [], []
        for path in paths:
            name = path.name
            datas.append(_read(path))
            headers.append(peek_file(datas[-1]))
        name = ""
        parts: list[Part] = []
        openings: list[Run] = []
        for place in order_parts(headers):
            name = paths[place].name
            parts.append(open_part(datas[place], store, keys, openings))
            openings += [run for run in parts[-1].bundle.runs if run.first_seq == 1]
        name = ""
        return join_parts(parts), parts[0].word
    except OSError as error:
        forbidden = error.errno in (errno.EACCES, errno.EPERM)
        raise _NotOpened(FORBIDDEN if forbidden else UNREADABLE, name) from error
    except Refusal as refusal:
        missing = refusal.numbers if isinstance(refusal, PartMissing) else ()
        raise _NotOpened(refusal.code, name, missing) from refusal


def _apply(store: StorePort, whole: Bundle, word: SignedVector | None) -> Imported:
    before = store.vector().positions
    ingested = store.ingest(whole) if whole.runs else Ingested()
    acknowledged = _keep_word(store, word)
    after = store.vector().positions
    gaps = [
        Stretch(entry.journal, after.get(entry.journal, 0) + 1, entry.seq - 1)
        for entry, code in ingested.parked
        if code == ChainBroken.code and entry.seq > after.get(entry.journal, 0) + 1
    ]
    others = len(ingested.parked) > len(gaps) or bool(ingested.forked)
    return Imported(
        _code(bool(ingested.applied), bool(gaps), others),
        sender=whole.sender,
        applied=ingested.applied,
        parked=ingested.parked,
        forked=ingested.forked,
        acknowledged=acknowledged,
        vector=whole.vector,
        taken=tuple(
            Stretch(journal, before.get(journal, 0) + 1, seq)
            for journal, seq in after.items()
            if seq > before.get(journal, 0)
        ),
        gaps=tuple(_first_of_each(gaps)),
    )


def _code(some_taken: bool, some_wait: bool, others: bool) -> str:
    """``others``: entries were kept apart for a technician, or branches were found."""
    if some_wait:
        return PARTLY if some_taken else INCOMPLETE
    return APPLIED if some_taken or others else NOTHING_NEW


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours of one journal, in order, as one."""
    found: list[Stretch] = []
    for one in stretches:
        if found and found[-1].journal == one.journal and found[-1].last + 1 == one.first:
            found[-1] = found[-1]._replace(last=one.last)
        else:
            found.append(one)
    return found


def _first_of_each(gaps: Sequence[Stretch]) -> list[Stretch]:
    """One gap a journal: what is missing in front of the first run that waits."""
    found: dict[int, Stretch] = {}
    for gap in sorted(gaps):
        if gap.journal not in found or gap.last < found[gap.journal].last:
            found[gap.journal] = gap
    return list(found.values())


def _is_newer(store: StorePort, word: SignedVector | None) -> bool:
    last = store.last_word()
    return word is not None and (last is None or (last.life, last.at) < (word.life, word.at))


def _keep_word(store: StorePort, word: SignedVector | None) -> bool:
    """Keep the hub's word from a parcel; True when it is newer than the one held."""
    if word is None or not _is_newer(store, word):
        return False
    store.keep_word(word)
    return True


def lacked_by_any(vectors: Sequence[Vector]) -> Vector:
    """The vector to make a parcel for when several may take it: of each journal, what all of them hold."""
    if not vectors:
        return NOTHING
    shared = set(vectors[0].positions).intersection(*(one.positions for one in vectors[1:]))
    return Vector(
        {journal: min(one.positions[journal] for one in vectors) for journal in sorted(shared)}, b""
    )


def parts_beside(path: Path) -> list[Path]:
    """All parts of the parcel of which a person chose one, as far as they lie beside it, in order."""
    chosen = _NUMBERED.fullmatch(path.name)
    if chosen is None:
        return [path]
    found: dict[int, Path] = {}
    with suppress(OSError):
        for other in sorted(path.parent.iterdir()):
            match = _NUMBERED.fullmatch(other.name)
            if match and (match["stem"], match["parts"]) == (chosen["stem"], chosen["parts"]):
                found[int(match["part"])] = other
    return [found[number] for number in sorted(found)] or [path]


def _read(path: Path) -> bytes:
    """A file's bytes. Raises OSError, TooLarge before reading what no part can be."""
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise TooLarge(f"a file of more than {LARGEST_FILE} bytes")
    return data


def _write_all(folder: Path, stem: str, parts: Sequence[bytes]) -> tuple[Path, ...]:
    """All parts under temporary names and flushed, then all renamed; on a failure none is left."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = _names(folder, stem, len(parts))
    drafts = [path.with_name(f".{path.name}.part") for path in paths]
    try:
        for draft, data in zip(drafts, parts, strict=True):
            write_flushed(draft, data)
        for draft, path in zip(drafts, paths, strict=True):
            draft.replace(path)
        flush_folder(folder)
    except OSError:
        for left in (*drafts, *paths):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    return paths


def _names(folder: Path, stem: str, parts: int) -> tuple[Path, ...]:
    """Names that are not taken yet: an earlier parcel on the stick may not have been carried."""
    for again in range(1, 1_000):
        name = stem if again == 1 else f"{stem}_{again}"
        numbered = [f"{name}-{number}-of-{parts}{SUFFIX}" for number in range(1, parts + 1)]
        paths = tuple(folder / one for one in (numbered if parts > 1 else [name + SUFFIX]))
        if not any(path.exists() for path in paths):
            return paths
    raise FileExistsError(errno.EEXIST, "a thousand parcels of one name", str(folder / stem))


def write_flushed(path: Path, data: bytes) -> None:
    """``data`` on the disk itself before this returns. Raises OSError."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """The names too survive a stick pulled out; file systems without such a flush are left alone."""
    with suppress(OSError):
        flushing.flush_folder(folder)
