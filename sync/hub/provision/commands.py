"""``commune-hub provision``: seats, one signed file, what the province knows, installers, a page to go by."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sync.hub import files, provisioning
from sync.hub.commands import Done, existing, new_topic
from sync.hub.enrol import FOREVER
from sync.hub.hub import Hub
from sync.hub.provision import texts
from sync.hub.provision.folder import Draft, notes_in, take_up
from sync.hub.provision.seats import FREE, WITHDRAWN, Placed, check_room, make_room, placed, seat_of
from sync.hub.sealing import kept_seals
from sync.hub.tables import schema
from sync.hub.unit_port import UnitPort
from sync.protocol.carrying.vector import Vector
from sync.protocol.carrying.year_seal import SUFFIX as SEAL_SUFFIX
from sync.protocol.meeting.parcel import NOTHING
from sync.protocol.meeting.provision import (
    MOST_FILES,
    SUFFIX,
    BesideFile,
    UnitProvision,
    read_unit_provision,
    write_unit_provision,
)
from sync.protocol.meeting.seat_note import note_name
from sync.protocol.naming.ids import is_province
from sync.protocol.naming.keys import key_id

DATA = "du-lieu"
SEALS = "niem-nam"
ROLES = ("a4", "copies", "a5", "strip", "labels")
"""Kinds of paper that counters know (``counter_app.printing.jobs.PrinterRole``)."""
_DAY_MS = 86_400_000


def declare(topics: Any) -> None:
    """Add the topic."""
    parser = new_topic(
        topics,
        "provision",
        "a folder that makes all counters of a unit, without a line",
        "provision --unit 03390 --counters 3 --mobile 1 --url https://hub.tinh.example:8443"
        " --installer setup.exe --printer 'a4=HP LaserJet' -o /media/usb",
        provision,
    )
    parser.add_argument("--unit", required=True, help="five digits")
    parser.add_argument("--counters", type=int, default=1, help="fixed counters the unit is to have in all")
    parser.add_argument("--mobile", type=int, default=0, help="counters that go to the villages, in all")
    parser.add_argument("--url", required=True, help="where counters reach this hub (https://host:port)")
    parser.add_argument("--proxy", default="", help="the counters' way out, if they have one")
    parser.add_argument(
        "--printer", action="append", default=[], metavar="ROLE=NAME", help=f"{', '.join(ROLES)}; repeatable"
    )
    parser.add_argument("--installer", type=Path, action="append", default=[], help="goes along; repeatable")
    parser.add_argument(
        "--lost",
        action="store_true",
        help="an earlier folder was lost: seats of which no PC was heard end, the unit's key changes, more"
        " are made. First take the bundles of PCs that were made with it (bundle in)",
    )
    parser.add_argument(
        "--with-entries",
        action="store_true",
        help="what its counters wrote goes along too: whoever has the folder can read it, citizens included",
    )
    parser.add_argument("--days", type=int, default=0, help="how long it may be used (default: no end)")
    parser.add_argument("-o", "--out", type=Path, required=True, help="stick or folder: cap-phat-UNIT in it")


def provision(folder: Path, options: argparse.Namespace) -> Done:
    """Write the folder, whole or not at all; says of every counter whether its seat is free."""
    host, printers = provisioning.host_of(options.url), _printers(options.printer)
    _check_installers(options.installer)
    target = options.out / f"cap-phat-{options.unit}"
    take_up(target)
    with existing(folder) as hub:
        check_room(hub, options.unit, options.counters, options.mobile)
        if options.lost:
            lost = [one.device for one in placed(hub, options.unit) if one.state == FREE]
            hub.withdraw(options.unit, lost)
        make_room(hub, options.unit, options.counters, options.mobile)
        notes = notes_in(target, options.unit)
        seats = [one for one in placed(hub, options.unit, notes) if one.state != WITHDRAWN]
        free = [one for one in seats if one.state == FREE]
        if not free:
            raise ValueError(
                f"every counter has its PC already: {_named(seats)}; a larger --counters adds one"
            )
        until = hub.now() + options.days * _DAY_MS if options.days else 0
        pem = provisioning.authority_pem(folder, host, hub.now())
        draft = Draft(target)
        try:
            beside = _data(hub, options.unit, draft, entries=options.with_entries)
            beside += _seals(hub, options.unit, draft, MOST_FILES - len(beside))
            key = hub.unit_key(options.unit)
            made = UnitProvision(
                options.unit, options.url, pem, hub.public_key,
                tuple(seat_of(hub, one, until or FOREVER) for one in free), options.proxy, printers,
                key.key if key else b"", key.version if key else 0, beside, hub.now(),
            )  # fmt: skip
            file = f"{options.unit}{SUFFIX}"
            data = write_unit_provision(made, hub.keys.signing)
            read_unit_provision(data, hub.public_key)  # what no counter would take never leaves
            draft.put(file, data)
            for number, (_, note) in notes.items():
                draft.put(note_name(options.unit, number), note, summed=False)
            installers = [draft.copy(path) for path in options.installer]
            told = texts.Told(
                options.unit, _title(hub, options.unit), target.name, file, hub.now(), until, seats,
                installers, options.url,
            )  # fmt: skip
            draft.put(texts.NAME, texts.page(told))
            draft.finish()
        except BaseException:
            draft.drop()
            raise
    return 0, _told(options, target, file, seats, {n: pc for n, (pc, _) in notes.items()})


def _told(
    options: argparse.Namespace, target: Path, file: str, seats: Sequence[Placed], pcs: dict[int, str]
) -> Any:
    counters = [{**one._asdict(), "pc": pcs.get(one.counter, "")} for one in seats]
    where = {"folder": str(target), "file": str(target / file)}
    if options.json:
        return {"unit": options.unit, **where, "counters": counters}
    return [where, *counters]


def _named(seats: Sequence[Placed]) -> str:
    return ", ".join(f"{one.counter} {one.name} ({one.state})" for one in seats)


def _data(hub: Hub, unit: str, draft: Draft, *, entries: bool) -> tuple[BesideFile, ...]:
    """What the province says to the unit, as sealed bundles; each named with its digest.

    Sealed under the unit's key, which lies beside them in the file: what counters wrote (``entries``), with
    its citizens, goes along only when it is asked for. A new PC has it from its siblings.
    """
    beside = []
    held = UnitPort(hub, unit).vector().positions
    theirs = Vector({journal: last for journal, last in held.items() if not is_province(journal)}, b"")
    for path in files.give(hub, unit, draft.place / DATA, hub.now(), NOTHING if entries else theirs):
        beside.append(_put(draft, f"{DATA}/{path.name}", path.read_bytes()))  # once more, flushed
    if len(beside) > MOST_FILES:
        raise ValueError(f"the unit's data take {len(beside)} files; {MOST_FILES} go into one folder")
    return tuple(beside)


def _seals(hub: Hub, unit: str, draft: Draft, most: int) -> tuple[BesideFile, ...]:
    """The seals of the unit's years as files, the newest ``most``; each also lies in the bundles.

    They come behind the bundles: a PC of before takes the first file and does not mind the others.
    """
    with hub.database.read() as connection:
        kept = kept_seals(connection, unit, {key_id(hub.public_key): hub.public_key})
    years = sorted(kept)[max(0, len(kept) - most) :]
    return tuple(_put(draft, f"{SEALS}/{unit}-{year}{SEAL_SUFFIX}", kept[year]) for year in years)


def _put(draft: Draft, name: str, data: bytes) -> BesideFile:
    draft.put(name, data)
    return BesideFile(name, len(data), hashlib.sha256(data).digest())


def _printers(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = [(role.strip(), name.strip()) for role, _, name in (one.partition("=") for one in given)]
    if wrong := [
        one for one, (role, name) in zip(given, pairs, strict=True) if role not in ROLES or not name
    ]:
        raise ValueError(f"ROLE=NAME with a role of {', '.join(ROLES)}: {wrong[0]!r}")
    return tuple(dict(pairs).items())


def _check_installers(paths: Sequence[Path]) -> None:
    """Before a grant is made. Raises OSError, ValueError for two of one name."""
    for path in paths:
        with path.open("rb"):
            pass
    if len({path.name for path in paths}) != len(paths):
        raise ValueError("two installers of one name")


def _title(hub: Hub, unit: str) -> str:
    with hub.database.read() as connection:
        return str(
            connection.execute(select(schema.units.c.name).where(schema.units.c.unit == unit)).scalar()
        )
