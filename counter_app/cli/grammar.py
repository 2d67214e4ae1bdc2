"""The grammar of ``commune-counter``: every command with its words and an example."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from counter_app.cli import diagnosing, sealing, updating

EXIT_CODES = (
    "Exit codes: 0 done, 1 something is wrong (verify, exchange; doctor has its own), 2 usage,"
    " 3 refused with words, 4 not possible here (no store, program busy, disk)."
)
_Topics = Any


def build_parser(version: str) -> argparse.ArgumentParser:
    """The whole grammar."""
    parser = argparse.ArgumentParser(
        "commune-counter",
        description="Technician's commands for one counter PC, with the program running or not.",
        epilog=f"Example: commune-counter doctor --json. {EXIT_CODES}",
    )
    parser.add_argument("--version", action="version", version=f"commune-counter {version}")
    parser.add_argument("--home", type=Path, help="the program's folder (default: this user's)")
    parser.add_argument("--english", action="store_true", help="errors in English")
    topics = parser.add_subparsers(dest="command", required=True, metavar="command")
    for declare in _COMMANDS:
        declare(topics)
    return parser


def _new(topics: _Topics, name: str, words: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = topics.add_parser(
        name, help=words, description=words, epilog=f"Example: commune-counter {example}. {EXIT_CODES}"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON value, for programs")
    return parser


def _enrol(topics: _Topics) -> None:
    parser = _new(topics, "enrol", "make this PC a counter with the province's file", "enrol QUAY-01.mcp")
    parser.add_argument("file", type=Path, nargs="?", help="the province's provisioning file (.mcp)")
    parser.add_argument("--look", action="store_true", help="only show what the file holds")
    parser.add_argument("--unit", default="", help="refuse a file of any other unit: 03390")
    parser.add_argument("--practice", action="store_true", help="this PC practises: a practice file only")
    parser.add_argument("--keep-file", action="store_true", help="do not delete the file afterwards")
    parser.add_argument("--counter", type=int, default=0, help="which counter of a unit's file this PC is")
    parser.add_argument(
        "--set-aside", action="store_true",
        help="another PC has this PC's number: its store is kept apart, it begins again as --counter N",
    )  # fmt: skip
    parser.add_argument(
        "--next-life", choices=("copy", "replaced", "reimaged", "fork"),
        help="go on in a new life of the journal, after a copy was found, a change of PC or disk, a fork",
    )  # fmt: skip


def _found(topics: _Topics) -> None:
    example = (
        "found --head 'Giàng A Chiến' --head-title 'Chủ tịch' --technician 'Lê Quốc Hùng' --act 12/QĐ-UBND"
        " --act-date 01/07/2026"
    )
    parser = _new(topics, "found", "the unit's first two officials, on its first PC, both present", example)
    parser.add_argument("--head", required=True, help="name of the Chairman or director")
    parser.add_argument("--head-title", required=True, help="title below the signature")
    parser.add_argument("--head-role", choices=("chairman", "director"), default="chairman")
    parser.add_argument("--head-login", default="", help="account name (default: made from the name)")
    parser.add_argument("--technician", required=True, help="name of the technician")
    parser.add_argument("--technician-title", default="Kỹ thuật viên")
    parser.add_argument("--technician-login", default="", help="account name (default: made from the name)")
    parser.add_argument("--act", required=True, help="number of the decision that both rest on")
    parser.add_argument("--act-date", required=True, help="its date: 01/07/2026")
    parser.add_argument(
        "--passwords-from-stdin", action="store_true",
        help="two lines, the head's password and the technician's, instead of hidden prompts",
    )  # fmt: skip


def _accounts(topics: _Topics) -> None:
    parser = _new(topics, "accounts", "accounts for another PC of the unit", "accounts out --to /media/usb")
    acts = parser.add_subparsers(dest="act_of", required=True)
    out = _new(acts, "out", "write the accounts of this PC, sealed", "accounts out --to /media/usb")
    out.add_argument("--to", type=Path, required=True, help="folder for the file")
    take = _new(acts, "in", "take accounts that another PC wrote", "accounts in /media/usb/03390.mca")
    take.add_argument("file", type=Path)


def _status(topics: _Topics) -> None:
    _new(topics, "status", "who this PC is and what waits for the province", "status --json")


def _exchange(topics: _Topics) -> None:
    _new(topics, "exchange", "one exchange with the province now", "exchange")


def _bundle(topics: _Topics) -> None:
    parser = _new(topics, "bundle", "bundle files for a stick or e-mail", "bundle out --to /media/usb")
    acts = parser.add_subparsers(dest="act", required=True)
    out = _new(acts, "out", "write sealed parts for the province and siblings", "bundle out --to /media/usb")
    out.add_argument("--to", type=Path, required=True, help="folder for the files")
    take = _new(acts, "in", "take files of the province or of a sibling", "bundle in /media/usb/tinh.mcx")
    take.add_argument("files", type=Path, nargs="+")
    take.add_argument("--look", action="store_true", help="only show what the files hold; changes nothing")


def _backup(topics: _Topics) -> None:
    _new(topics, "backup", "backup now, opened and checked", "backup --json")


def _restore(topics: _Topics) -> None:
    parser = _new(
        topics,
        "restore",
        "a backup becomes the store again, in a new life",
        "restore 03390-quay01-20261120-104103-250.mcbak",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--try", dest="trial", action="store_true", help="into a copy; changes nothing")
    parser.add_argument(
        "--recover", action="store_true", help="on a new PC: asks the recovery key of the PC that is gone"
    )
    parser.add_argument("--key-from-stdin", action="store_true", help="the recovery key from a script")


def _restore_drill(topics: _Topics) -> None:
    parser = _new(
        topics,
        "restore-drill",
        "rehearse a whole restore, store and files, time it and remove it again",
        "restore-drill 03390-quay01-20261120-104103-250.mcbak",
    )
    parser.add_argument("file", type=Path)


def _recover(topics: _Topics) -> None:
    words = "the system's secrets are gone, the store is whole: asks the recovery key, begins a new life"
    parser = _new(topics, "recover", words, "recover")
    parser.add_argument("--key-from-stdin", action="store_true", help="the recovery key from a script")


def _escrow(topics: _Topics) -> None:
    words = "let the province keep this PC's recovery key, sealed to its own (done by itself too)"
    _new(topics, "escrow", words, "escrow")


def _recovery_key(topics: _Topics) -> None:
    _new(
        topics,
        "recovery-key",
        "print what opens this PC's backups on another PC: for paper and a safe",
        "recovery-key",
    )


def _passphrase(topics: _Topics) -> None:
    words = "another passphrase for the keys of this PC (a system without a secret store); program closed"
    parser = _new(topics, "passphrase", words, "passphrase")
    parser.add_argument(
        "--passphrase-from-stdin", action="store_true", help="the new one as a line instead of the prompt"
    )


def _rebuild(topics: _Topics) -> None:
    parser = _new(topics, "rebuild", "make all readings again from the journals", "rebuild")
    parser.add_argument(
        "--damaged", action="store_true", help="the store has damaged pages: make it anew from what is whole"
    )


def _verify(topics: _Topics) -> None:
    parser = _new(
        topics,
        "verify",
        "check pages, chains and signatures",
        "verify 03390-quay01-20261120-104103-250.mcbak",
    )
    parser.add_argument("file", type=Path, nargs="?", help="a backup; without it the store itself")
    parser.add_argument(
        "--with-hub",
        action="store_true",
        help="compare with the province entry by entry; the first apart is named",
    )
    parser.add_argument(
        "--heads", type=Path, help="the province's file of heads, for --with-hub without a line"
    )


def _stray(topics: _Topics) -> None:
    _new(topics, "stray", "acts of a copied PC that lie apart, in no register", "stray --json")


def _doctor(topics: _Topics) -> None:
    parser = _new(
        topics, "doctor",
        "the self-test, without personal data; exit code 0 well, 1 something to look at, 2 something broken",
        "doctor --json --out /media/stick",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, help="also write doctor/<unit>-quay<nn>-<date>.json below it")
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help="of the words (default: vi)")


def _export(topics: _Topics) -> None:
    parser = _new(topics, "export", "a month of the copies register as PDF and Excel", "export 2026-11")
    parser.add_argument("month", help="year and month: 2026-11")
    parser.add_argument(
        "--login", default="", help="who exports, when nobody is signed in; asks the password"
    )
    parser.add_argument("--password-from-stdin", action="store_true", help="a line instead of the prompt")


def _export_all(topics: _Topics) -> None:
    parser = _new(
        topics, "export-all",
        "everything as Excel and PDF: registers, dossiers, receipts, officials, delegations, acts",
        "export-all --login chienga --out /media/usb",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="a folder that is there; gets a new one")
    parser.add_argument(
        "--login", default="", help="who exports, when nobody is signed in; asks the password"
    )
    parser.add_argument("--password-from-stdin", action="store_true", help="a line instead of the prompt")


def _check(topics: _Topics) -> None:
    example = "check --list tinh.mcl --key 8a88e3dd… --picture ban-sao.png"
    parser = _new(topics, "check", "pictures of copies against the province's list, without a store", example)
    parser.add_argument("--list", type=Path, required=True, help="the province's list (*.mcl)")
    parser.add_argument("--key", required=True, help="the province's public key, 64 hex digits")
    parser.add_argument("--picture", type=Path, nargs="+", required=True, help="PNG, JPEG … of a copy")


def _diagnostics(topics: _Topics) -> None:
    diagnosing.declare(topics, _new)


def _update(topics: _Topics) -> None:
    updating.declare(topics, _new)


def _seal(topics: _Topics) -> None:
    sealing.declare(topics, _new)


_COMMANDS = (
    _enrol, _found, _accounts, _status, _exchange, _bundle, _backup, _restore, _restore_drill, _recovery_key,
    _recover,
    _escrow,
    _passphrase,
    _rebuild, _verify, _stray, _doctor, _diagnostics, _export, _export_all, _check, _update,
    _seal,
)  # fmt: skip
