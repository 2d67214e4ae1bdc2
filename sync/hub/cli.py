"""``commune-hub``: the province's administration from a terminal.

Exit codes: 0 done, 1 something is wrong (``verify``), 2 usage, 3 refused, 4 not possible here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.exc import DatabaseError

from counter_app.domain.errors import DomainError
from sync.hub import (
    account_commands,
    bundle_commands,
    clock_commands,
    commands,
    doctor_commands,
    dossier_commands,
    recovery_commands,
    sealing,
)
from sync.hub.attachments import commands as file_commands
from sync.hub.backup import BackupBad
from sync.hub.checking import commands as list_commands
from sync.hub.enrol import NotForThisProvince
from sync.hub.hub import WrongHub
from sync.hub.lookups import commands as lookup_commands
from sync.hub.portal import commands as portal_commands
from sync.hub.provision import commands as provision_commands
from sync.hub.serving import commands as tls_commands
from sync.hub.telling import lines_of
from sync.hub.tickets import commands as ticket_commands
from sync.protocol.refusals import Refusal

OK, WRONG, USAGE, REFUSED, IMPOSSIBLE = 0, 1, 2, 3, 4
FOLDER_VARIABLE = "COMMUNE_HUB_FOLDER"


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line."""
    parser = argparse.ArgumentParser(
        "commune-hub",
        description="The province's hub: units, grants, exchange, backups.",
        epilog="Example: commune-hub --folder /srv/hub unit add 03390 'Xã Bình Lư'."
        " Exit codes: 0 done, 1 something is wrong, 2 usage, 3 refused, 4 not possible here.",
    )
    parser.add_argument("--folder", help=f"the hub's folder (or {FOLDER_VARIABLE})")
    parser.add_argument("--json", action="store_true", help="print one JSON value, for programs")
    topics = parser.add_subparsers(dest="topic", required=True, metavar="command")
    commands.declare(topics)
    bundle_commands.declare(topics)
    dossier_commands.declare(topics)
    doctor_commands.declare(topics)
    account_commands.declare(topics)
    clock_commands.declare(topics)
    file_commands.declare(topics)
    list_commands.declare(topics)
    lookup_commands.declare(topics)
    portal_commands.declare(topics)
    provision_commands.declare(topics)
    recovery_commands.declare(topics)
    sealing.declare(topics)
    tls_commands.declare(topics)
    ticket_commands.declare(topics)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    folder = options.folder or os.environ.get(FOLDER_VARIABLE, "")
    if not folder:
        parser.error(f"--folder or {FOLDER_VARIABLE} says where the hub is")
    try:
        code, result = options.run(Path(folder), options)
    except DomainError as error:
        _complain(options, error.code, error.words("vi").sentence)
        return REFUSED
    except EOFError:
        _complain(options, "secret.nobody", "nobody typed the password: type it, or --password-stdin")
        return IMPOSSIBLE
    except (Refusal, NotForThisProvince, WrongHub, BackupBad, KeyError, ValueError) as error:
        words = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
        _complain(options, getattr(error, "code", "refused"), words or type(error).__name__)
        return REFUSED
    except DatabaseError as error:  # full, failing or foreign disk under the database
        _complain(options, "database", str(error.orig))
        return IMPOSSIBLE
    except OSError as error:
        _complain(options, "system", f"{error.strerror or error}: {error.filename or folder}")
        return IMPOSSIBLE
    _show(options, result)
    return int(code)


def _show(options: argparse.Namespace, result: Any) -> None:
    if result is None:
        return
    plain = msgspec.to_builtins(result, builtin_types=(), enc_hook=str)
    if options.json:
        print(json.dumps(plain, ensure_ascii=False))
        return
    for line in lines_of(plain):
        print(line)


def _complain(options: argparse.Namespace, code: str, words: str) -> None:
    if options.json:
        print(json.dumps({"code": code, "detail": words}, ensure_ascii=False))
    else:
        print(f"commune-hub: {words} ({code})", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
