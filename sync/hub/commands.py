"""What each command of ``commune-hub`` does: a function from folder and options to exit code and result."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from counter_app.domain.drafting import draft
from counter_app.domain.province.entries import DataPut
from sync.hub import backup, provisioning
from sync.hub.heads import heads_file, unit_standing
from sync.hub.hub import Hub
from sync.hub.tables import place
from sync.hub.tables.journals import COMMON
from sync.hub.verify import problems
from sync.protocol.meeting.provision import SUFFIX, Provision, write_provision
from sync.protocol.naming.ids import SELF

Done = tuple[int, Any]
Command = Callable[[Path, argparse.Namespace], Done]
_Topics = Any
MOST_WORKERS = 64


def declare(topics: _Topics) -> None:
    """Add every command, each with an example."""
    for add in (
        _serve,
        _unit,
        _device,
        _grant,
        _catalogue,
        _verify,
        _backup,
        _restore,
        _token,
        _status,
    ):
        add(topics)


def new_topic(topics: _Topics, name: str, words: str, example: str, run: Command) -> argparse.ArgumentParser:
    """A topic or act of the command line, with its example."""
    parser: argparse.ArgumentParser = topics.add_parser(
        name, help=words, description=words, epilog=f"Example: commune-hub --folder hub {example}"
    )
    parser.set_defaults(run=run)
    return parser


def existing(folder: Path) -> Hub:
    """The hub that must be there. Raises FileNotFoundError."""
    if not place.is_there(folder):
        raise FileNotFoundError(2, "no hub here", str(folder))
    return Hub.open(folder)


def _serve(topics: _Topics) -> None:
    parser = new_topic(
        topics, "serve", "serve exchanges and JSON over TLS", "serve --host 0.0.0.0 --port 8443", serve
    )
    parser.add_argument(
        "--database",
        default="",
        help="postgresql://… instead of a file, remembered in the folder; its password stands in PGPASSFILE",
    )
    parser.add_argument("--workers", type=int, default=1, help="processes; more than one need PostgreSQL")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8443, help="0 takes a free one and tells it")
    parser.add_argument("--name", action="append", help="host name or address in the certificate; repeatable")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--practice", action="store_const", const=True, default=None, help="a practice province"
    )
    kind.add_argument("--real", dest="practice", action="store_const", const=False, help="a real province")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the program that started it"
    )


def serve(folder: Path, options: argparse.Namespace) -> Done:
    """Serve until told to end."""
    from sync.hub.serving.ca import LOCAL_NAMES  # the web parts cost half a second
    from sync.hub.serving.server import serve as serve_hub
    from sync.hub.serving.workers import serve_many

    names = options.name or LOCAL_NAMES
    with Hub.open(folder, practice=options.practice, database=options.database) as hub:
        run = serve_hub
        if options.workers != 1:
            if hub.database.is_sqlite or not 1 < options.workers <= MOST_WORKERS:
                raise ValueError(f"1 worker on a file, up to {MOST_WORKERS} on PostgreSQL")
            run = partial(serve_many, workers=options.workers)
        run(
            hub,
            folder,
            options.host,
            options.port,
            names,
            until_stdin_closes=options.until_stdin_closes,
            as_json=options.json,
        )
    return 0, None


def _unit(topics: _Topics) -> None:
    parser = new_topic(topics, "unit", "units served", "unit add 03390 'Xã Bình Lư'", list_units)
    acts = parser.add_subparsers(dest="act")
    add = new_topic(acts, "add", "serve a unit", "unit add 03390 'Xã Bình Lư'", add_unit)
    add.add_argument("unit", help="five digits; 00000 is the practice commune")
    add.add_argument("name", help="as its papers name it")
    add.add_argument(
        "--practice", action="store_true", default=None, help="make a practice province if none is there"
    )
    new_topic(acts, "list", "units served", "unit list", list_units)


def add_unit(folder: Path, options: argparse.Namespace) -> Done:
    """Serve a unit; makes the hub when there is none."""
    with Hub.open(folder, practice=options.practice) as hub:
        hub.add_unit(options.unit, options.name)
        return 0, {"unit": options.unit, "practice": hub.is_practice, "public_key": hub.public_key.hex()}


def list_units(folder: Path, options: argparse.Namespace) -> Done:
    """Codes of the units served."""
    with existing(folder) as hub:
        return 0, [{"unit": unit, "devices": len(hub.devices(unit))} for unit in hub.units()]


def _device(topics: _Topics) -> None:
    parser = new_topic(topics, "device", "devices and their revocation", "device list 03390", list_devices)
    acts = parser.add_subparsers(dest="act", required=True)
    listing = new_topic(acts, "list", "devices of a unit", "device list 03390", list_devices)
    listing.add_argument("unit")
    revoke = new_topic(
        acts, "revoke", "later entries are not read", "device revoke 1025 --reason 'mất máy'", revoke_device
    )
    revoke.add_argument("journal", type=int)
    revoke.add_argument("--last-seq", type=int, help="last entry that counts (default: what is held)")
    revoke.add_argument("--reason", default="")


def list_devices(folder: Path, options: argparse.Namespace) -> Done:
    """Devices of a unit with a grant."""
    with existing(folder) as hub:
        return 0, [device._asdict() for device in hub.devices(options.unit)]


def revoke_device(folder: Path, options: argparse.Namespace) -> Done:
    """Revoke a device's journal."""
    with existing(folder) as hub:
        hub.revoke(options.journal, options.last_seq, options.reason)
        return 0, {"revoked": options.journal}


def _grant(topics: _Topics) -> None:
    parser = new_topic(
        topics,
        "grant",
        "a grant for a new counter, with spares",
        "grant 03390 QUẦY-01 --out stick --url https://hub.tinh.example:8443",
        grant,
    )
    parser.add_argument("unit")
    parser.add_argument("name", help="what screens call it")
    parser.add_argument("--counter", type=int, default=0, help="number within the unit (default: the next)")
    parser.add_argument("--out", type=Path, help="folder for the signed grants")
    parser.add_argument(
        "--url", default="", help="where counters reach this hub: writes the provisioning file (.mcp) too"
    )
    parser.add_argument("--proxy", default="", help="the counter's way out, if it has one")


def grant(folder: Path, options: argparse.Namespace) -> Done:
    """Sign a grant and two spares; with ``--url`` also the file a technician takes to the new PC."""
    if options.url and options.out is None:
        raise ValueError("--url writes a file: --out says into which folder")
    host = provisioning.host_of(options.url) if options.url else ""
    with existing(folder) as hub:
        device = hub.add_grant(options.unit, options.name, options.counter)
        signed = [hub.grant_bytes(device.device, spare) for spare in range(3)]
        written = {f"{device.unit}-{device.device}-{spare}.grant": data for spare, data in enumerate(signed)}
        if host:
            pem = provisioning.authority_pem(folder, host, hub.now())
            key = hub.unit_key(device.unit)
            made = Provision(
                device.unit, options.url, pem, hub.public_key, tuple(signed), options.proxy, (),
                key.key if key else b"", key.version if key else 0,
            )  # fmt: skip
            written[f"{device.unit}-{device.device}{SUFFIX}"] = write_provision(made, hub.keys.signing)
    paths = []
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, data in written.items():
            (options.out / name).write_bytes(data)
            paths.append(str(options.out / name))
    return 0, {**device._asdict(), "grant": signed[0].hex(), "files": paths}


def _catalogue(topics: _Topics) -> None:
    example = "catalogue put fees fees.json --valid-from 20270101 --source 'NQ 12/2026'"
    parser = new_topic(topics, "catalogue", "data of the province: fees, calendar, texts", example, put_data)
    acts = parser.add_subparsers(dest="act", required=True)
    put = new_topic(acts, "put", "put a version of a data set", example, put_data)
    put.add_argument("name", help="fees, calendar, texts, paper_kinds …")
    put.add_argument("file", type=Path, help="canonical JSON, at most 60,000 bytes")
    put.add_argument("--valid-from", type=int, required=True, help="yyyymmdd")
    put.add_argument("--source", default="", help="the act it rests on")


def put_data(folder: Path, options: argparse.Namespace) -> Done:
    """Write a version of a data set into ``common``."""
    body = DataPut(options.name, options.valid_from, options.file.read_bytes(), options.source)
    with existing(folder) as hub:
        (entry,) = hub.append(COMMON, draft(body, SELF))
        return 0, {"journal": entry.id.journal, "seq": entry.id.seq}


def _verify(topics: _Topics) -> None:
    parser = new_topic(
        topics, "verify", "check pages, chains and signatures", "verify --unit 03390 --out 03390.mch", verify
    )
    parser.add_argument("--unit", default="", help="also tell how far it is held and read")
    parser.add_argument("--out", type=Path, help="write its heads, signed, for a counter without a line")


def verify(folder: Path, options: argparse.Namespace) -> Done:
    """Check everything held; exit code 1 when something is wrong. With a unit: how it stands, its heads."""
    with existing(folder) as hub, hub.database.read() as connection:
        found = problems(connection, {hub.keys.signing.key_id: hub.public_key})
        told: dict[str, Any] = {"problems": found}
        if options.unit:
            told |= unit_standing(connection, options.unit)
        elif options.out:
            raise ValueError("--out needs --unit")
        if options.out:
            draft = options.out.with_name(f"{options.out.name}.draft")
            draft.write_bytes(heads_file(connection, hub.keys, options.unit, hub.now()))
            draft.replace(options.out)
            told["written"] = str(options.out)
    return (1 if found else 0), told


def _backup(topics: _Topics) -> None:
    parser = new_topic(
        topics, "backup", "a copy that is opened and checked", "backup /mnt/disk/hub.db", make_backup
    )
    parser.add_argument("file", type=Path)


def make_backup(folder: Path, options: argparse.Namespace) -> Done:
    """Back up; what is in it may be told to counters as safe."""
    with existing(folder) as hub:
        made = backup.back_up(hub, options.file)
    return 0, {"file": str(made.path), "bytes": made.size, "journals": made.journals, "entries": made.entries}


def _restore(topics: _Topics) -> None:
    parser = new_topic(
        topics, "restore", "come back from a backup, in the next life", "restore /mnt/disk/hub.db", restore
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--database", default="", help="an empty postgresql://… for a backup of such a hub")


def restore(folder: Path, options: argparse.Namespace) -> Done:
    """Restore into a folder with the key file and no database."""
    with backup.restore(options.file, folder, database=options.database) as hub:
        return 0, {"life": hub.life, "units": hub.units()}


def _token(topics: _Topics) -> None:
    parser = new_topic(
        topics, "token", "a secret for an integrator's JSON", "token 'bảng KPI của tỉnh'", token
    )
    parser.add_argument("name", help="who gets it")


def token(folder: Path, options: argparse.Namespace) -> Done:
    """Make a token; it is shown once."""
    with existing(folder) as hub:
        return 0, {"token": hub.add_token(options.name)}


def _status(topics: _Topics) -> None:
    parser = new_topic(
        topics, "status", "what a unit sent, what is asked, what was refused", "status 03390", status
    )
    parser.add_argument("unit")


def status(folder: Path, options: argparse.Namespace) -> Done:
    """Positions, open questions and refused runs of a unit."""
    with existing(folder) as hub:
        if options.unit not in hub.units():
            raise KeyError(f"unit {options.unit} is not served here")
        return 0, {
            "unit": options.unit,
            "life": hub.life,
            "unread": hub.unread(),
            "journals": hub.journals_held(options.unit),
            "questions": hub.questions(options.unit),
            "trouble": hub.trouble(options.unit),
        }
