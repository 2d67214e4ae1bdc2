"""``commune-hub tls``: the authority above the server's certificate, and the change to the next one.

``next`` makes and announces it (an entry in ``common``, signed by the hub's key), ``use`` puts it in service
when the counters had time to hear of it, ``retire`` tells them to believe the old one no longer.
"""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Any

from sync.hub.commands import Done, existing, new_topic
from sync.hub.hub import Hub
from sync.hub.serving import ca
from sync.hub.tables import journals
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import AuthorityAnnounced, SystemKind
from sync.protocol.naming.ids import SELF

LEAST_DAYS = 30
"""How long counters are given to hear of a next authority, those in a cupboard aside."""
_DAY_MS = 86_400_000


def declare(topics: Any) -> None:
    """Add the topic with its three acts."""
    parser = new_topic(topics, "tls", "the authority above this hub's TLS", "tls next", announce)
    acts = parser.add_subparsers(dest="act", required=True)
    new_topic(acts, "next", "make the next authority and announce it", "tls next", announce)
    use = new_topic(acts, "use", "the next authority certifies the server", "tls use", put_in_service)
    use.add_argument("--days", type=int, default=LEAST_DAYS, help="refuse when announced later than this ago")
    gone = new_topic(acts, "retire", "counters believe this one no longer", "tls retire old.pem", retire)
    gone.add_argument("file", type=Path, help="certificate that 'use' left behind (PEM)")


def announce(folder: Path, _: argparse.Namespace) -> Done:
    """Make the next authority, once, and announce it, once."""
    with existing(folder) as hub:
        pem = ca.next_authority(folder / ca.TLS_FOLDER, _moment(hub))
        if _announced(hub, pem) is None:
            _write(hub, AuthorityAnnounced(pem, ()))
        return 0, {"announced": ca.digest_of(pem).hex(), "use after days": LEAST_DAYS}


def put_in_service(folder: Path, options: argparse.Namespace) -> Done:
    """The announced authority takes over at the server's next start. Raises ValueError when too early."""
    place = folder / ca.TLS_FOLDER
    with existing(folder) as hub:
        if not (place / ca.NEXT_NAME).exists():
            raise ValueError("no next authority was made: tls next")
        at = _announced(hub, (place / ca.NEXT_NAME).read_text("ascii"))
        if at is None or hub.now() - at < options.days * _DAY_MS:
            raise ValueError(f"announced less than {options.days} days ago: not all counters know")
        before = ca.put_in_service(place)
    left = place / f"authority-{ca.digest_of(before).hex()[:12]}.pem"
    left.write_text(before, "ascii")
    return 0, {"in service": "from the next start of the server on", "before": str(left)}


def retire(folder: Path, options: argparse.Namespace) -> Done:
    """Give an authority up. Raises ValueError for the one in service."""
    pem = options.file.read_text("ascii")
    with existing(folder) as hub:
        if ca.digest_of(pem) == ca.digest_of((folder / ca.TLS_FOLDER / ca.AUTHORITY_NAME).read_text("ascii")):
            raise ValueError("the server stands under this one: tls use comes first")
        _write(hub, AuthorityAnnounced("", (ca.digest_of(pem),)))
    return 0, {"given up": ca.digest_of(pem).hex()}


def _write(hub: Hub, body: AuthorityAnnounced) -> None:
    hub.append(journals.COMMON, Draft(SystemKind.AUTHORITY_ANNOUNCED, (SELF,), encode_body(body)))


def _announced(hub: Hub, pem: str) -> int | None:
    """When this certificate was first announced, ms."""
    with hub.database.read() as connection:
        told = journals.entries_of_kinds(connection, journals.COMMON, [SystemKind.AUTHORITY_ANNOUNCED])
    found = [
        entry.facts.at
        for entry in told
        if entry.body is not None and decode_body(AuthorityAnnounced, entry.body).certificate == pem
    ]
    return min(found, default=None)


def _moment(hub: Hub) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(hub.now() / 1000, datetime.UTC)
