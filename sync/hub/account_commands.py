"""``commune-hub account``: officials who read the province's pages."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from sync.hub import accounts
from sync.hub.commands import Done, existing, new_topic


def declare(topics: Any) -> None:
    """Add the topic with its acts."""
    example = "account add 'so-noi-vu' --role province"
    parser = new_topic(topics, "account", "officials who read the pages", example, show)
    acts = parser.add_subparsers(dest="act", required=True)
    add = new_topic(acts, "add", "a new account, or a new password for one", example, add_one)
    add.add_argument("name", help="what its holder types")
    add.add_argument("--role", choices=accounts.ROLES, required=True, help="all units, or one")
    add.add_argument("--unit", default="", help="five digits, with --role unit")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    disable = new_topic(acts, "disable", "it signs in no more", "account disable so-noi-vu", disable_one)
    disable.add_argument("name")
    new_topic(acts, "list", "accounts and their roles", "account list", show)
    reads = new_topic(acts, "reads", "who looked at rows", "account reads --unit 03390", show_reads)
    reads.add_argument("--unit", default="")


def add_one(folder: Path, options: argparse.Namespace) -> Done:
    """Make an account; the password is asked for, never an argument that others could see."""
    if options.password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass.getpass("Mật khẩu / password: ")
    with existing(folder) as hub:
        if options.unit and options.unit not in hub.units():
            raise KeyError(f"unit {options.unit} is not served here")
        with hub.database.write() as connection:
            given = (options.name, password, options.role, options.unit, hub.now())
            return 0, accounts.add_account(connection, *given)


def disable_one(folder: Path, options: argparse.Namespace) -> Done:
    """Disable an account; its sessions end at once."""
    with existing(folder) as hub, hub.database.write() as connection:
        accounts.disable(connection, options.name)
    return 0, {"disabled": options.name}


def show(folder: Path, options: argparse.Namespace) -> Done:
    """Accounts, without their secrets."""
    with existing(folder) as hub, hub.database.read() as connection:
        return 0, accounts.listed(connection)


def show_reads(folder: Path, options: argparse.Namespace) -> Done:
    """The last looks at rows."""
    with existing(folder) as hub, hub.database.read() as connection:
        return 0, accounts.reads(connection, options.unit)
