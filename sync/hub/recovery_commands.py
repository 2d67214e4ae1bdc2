"""``commune-hub recovery``: the province lets a unit open its only head's account again (decision 058)."""

from __future__ import annotations

import argparse
import datetime
from contextlib import suppress
from pathlib import Path
from typing import Any

from counter_app.domain.dates import vn_date
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import KeyEscrowed, OfficialRecorded
from counter_app.domain.organisation.recovering import allow_recovery
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.recovery_key import RecoveredKeys, write_recovery_key
from sync.hub.commands import Done, existing, new_topic
from sync.hub.hub import Hub
from sync.hub.reading.folded import fold_whole
from sync.hub.tables import journals
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.escrow import unwrap_recovery
from sync.protocol.naming.ids import device_of
from sync.protocol.refusals import Refusal


def declare(topics: Any) -> None:
    """Add the topic with its two acts."""
    parser = new_topic(topics, "recovery", "a head's lost account", "recovery list 03390", list_heads)
    acts = parser.add_subparsers(dest="act", required=True)
    allow = new_topic(
        acts, "allow", "one official of the unit may witness a new password of its head",
        "recovery allow 03390 chien --ground 'Công văn 12/SNV' --until 20261130", allow_one,
    )  # fmt: skip
    allow.add_argument("unit")
    allow.add_argument("login", help="the head's account name, as recovery list shows it")
    allow.add_argument("--ground", required=True, help="number of the letter that the unit sent")
    allow.add_argument("--until", type=int, required=True, help="yyyymmdd, the last day it serves")
    key = new_topic(
        acts, "key", "what opens the store or a backup of one PC", "recovery key 03390 7", show_key
    )  # fmt: skip
    key.add_argument("unit")
    key.add_argument("device", type=int, help="its number in the province, as device list shows it")
    listed = new_topic(
        acts, "list", "heads of a unit and acts not used yet", "recovery list 03390", list_heads
    )
    listed.add_argument("unit")


def kept_keys(hub: Hub, unit: str) -> dict[int, str]:
    """Recovery keys of the unit's PCs by device number, as ``commune-counter recover`` asks for them.

    Of each PC the last that this province can open. Raises KeyError for a unit that is not served.
    """
    if unit not in hub.units():
        raise KeyError(f"unit {unit} is not served here")
    with hub.database.read() as connection:
        held = journals.entries_of_kinds(connection, unit, (BY_BODY[KeyEscrowed].number,))
    found: dict[int, str] = {}
    for entry in held:
        with suppress(Refusal):  # nonsense, or sealed by somebody for nobody: the next one may open
            body = decode_body(KeyEscrowed, entry.body or b"")
            if body.recipient != hub.keys.exchange.public:
                continue
            secret = unwrap_recovery(body.wrapped, hub.keys.exchange, entry.id.journal)
            found[device_of(entry.id.journal)] = write_recovery_key(RecoveredKeys(secret[:32], secret[32:]))
    return found


def show_key(folder: Path, options: argparse.Namespace) -> Done:
    """The recovery key of one PC; exit code 1 while the province keeps none."""
    with existing(folder) as hub:
        key = kept_keys(hub, options.unit).get(options.device)
    if key is None:
        return 1, {"problems": [f"no recovery key of device {options.device} is kept here"]}
    return 0, {"unit": options.unit, "device": options.device, "recovery_key": key}


def heads_of_unit(hub: Hub, unit: str) -> list[OfficialState]:
    """Active officials of ``unit`` who manage its accounts. Raises KeyError for a unit that is not served."""
    if unit not in hub.units():
        raise KeyError(f"unit {unit} is not served here")
    hub.read(unit)
    with hub.database.read() as connection:
        recorded = journals.entries_of_kinds(connection, unit, (BY_BODY[OfficialRecorded].number,))
        states = [one.state for one in fold_whole(connection, [entry.id for entry in recorded]).values()]
    officials = [state for state in states if isinstance(state, OfficialState) and state.active]
    return [one for one in officials if roles.grade(one.roles, roles.MANAGE_PEOPLE)]


def allow_one(folder: Path, options: argparse.Namespace) -> Done:
    """Write the act into the unit's journal; the unit hears it by line, LAN or file. Raises ValueError for a
    day that is none or has passed, KeyError.
    """
    with existing(folder) as hub:
        _check_day(options.until, vn_date(hub.now()))
        found = next((one for one in heads_of_unit(hub, options.unit) if one.login == options.login), None)
        if found is None:
            raise KeyError(f"unit {options.unit} has no head {options.login}")
        (entry,) = hub.append(options.unit, *allow_recovery(found, options.ground, options.until))
        return 0, {"unit": options.unit, "head": found.name, "journal": entry.id.journal, "seq": entry.id.seq}


def _check_day(until: int, today: datetime.date) -> None:
    try:
        over = datetime.date(until // 10_000, until // 100 % 100, until % 100) < today
    except ValueError:
        over = True
    if over:
        raise ValueError(f"--until: a day yyyymmdd from today on, not {until}")


def list_heads(folder: Path, options: argparse.Namespace) -> Done:
    """Heads with their account names and the acts that wait to be used."""
    with existing(folder) as hub:
        return 0, [
            {"login": one.login, "name": one.name, "allowed_until": [permit.until for permit in one.allowed]}
            for one in heads_of_unit(hub, options.unit)
        ]
