"""``python -m installers.updates``: keygen, make, sign, show.

``make`` runs on the building machine and knows no key; ``sign`` runs where a key lies, on a machine without
a line, and
adds one signature to the file that was carried there. Two of three are needed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from counter_app.updates import delta, manifest
from counter_app.updates.manifest import DAY_MS, Manifest, Piece, Ring
from counter_app.updates.sources import MANIFEST
from counter_app.updates.words import UpdateError
from sync.protocol.naming.keys import SigningKey


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = build_parser().parse_args(arguments)
    try:
        for line in options.run(options):
            print(line)
    except (UpdateError, OSError, ValueError) as error:
        print(f"updates: {error}", file=sys.stderr)
        return 1
    return 0


def build_parser() -> argparse.ArgumentParser:
    """The grammar."""
    parser = argparse.ArgumentParser(
        "installers.updates", description="Versions for the counters, signed offline."
    )
    acts = parser.add_subparsers(required=True, metavar="command")
    keys = acts.add_parser("keygen", help="three keys: each .seed belongs to one person and a safe")
    keys.add_argument("folder", type=Path)
    keys.set_defaults(run=keygen)
    make = acts.add_parser("make", help="manifest and differences of a new application")
    make.add_argument("application", type=Path, help="the new app-<version>.zip")
    make.add_argument(
        "--from", dest="bases", type=Path, action="append", default=[], help="an older application"
    )
    make.add_argument("--runtime", required=True, help="runtime-<hash> it runs in")
    make.add_argument("--serial", type=int, required=True, help="higher than any before, also of a pause")
    make.add_argument("--days", type=int, default=180, help="how long the manifest counts: 90 to 400")
    make.add_argument("--unit", dest="units", action="append", default=[], help="a unit that takes it first")
    make.add_argument("--percent", type=int, default=0, help="of all other PCs: 0, 10, 100")
    make.add_argument("--paused", action="store_true", help="nobody takes it for now")
    make.add_argument("--to", type=Path, required=True, help="folder for the hub, a stick or a share")
    make.set_defaults(run=make_version)
    sign = acts.add_parser("sign", help="add the signature of one key to a manifest")
    sign.add_argument("manifest", type=Path)
    sign.add_argument("--seed", type=Path, required=True)
    sign.set_defaults(run=sign_manifest)
    show = acts.add_parser("show", help="what a manifest says and whether its signatures hold")
    show.add_argument("manifest", type=Path)
    show.add_argument("--keys", type=Path, required=True)
    show.set_defaults(run=show_manifest)
    return parser


def keygen(options: argparse.Namespace) -> list[str]:
    """Three seeds and the public file that goes into the installers."""
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    keys = [SigningKey.fresh() for _ in range(3)]
    for number, key in enumerate(keys, 1):
        file = folder / f"update-{number}.seed"
        with file.open("x", encoding="ascii") as out:
            file.chmod(0o600)
            out.write(key.seed.hex() + "\n")
    (folder / "update-keys.json").write_text(json.dumps([key.public.hex() for key in keys]) + "\n", "ascii")
    return [
        f"{folder / 'update-keys.json'}: for the installers; each .seed to its holder, then away from here"
    ]


def make_version(options: argparse.Namespace) -> list[str]:
    """The folder that a hub serves: manifest without signatures, application, differences."""
    new = options.application.read_bytes()
    options.to.mkdir(parents=True, exist_ok=True)
    version = options.application.name.removeprefix("app-").removesuffix(".zip")
    deltas = [_difference(base, new, version, options.to) for base in options.bases]
    (options.to / options.application.name).write_bytes(new)
    now = int(time.time() * 1000)
    made = Manifest(
        manifest.FORMAT,
        options.serial,
        version,
        now,
        now + options.days * DAY_MS,
        options.runtime,
        _piece(options.application.name, new),
        tuple(deltas),
        Ring(tuple(options.units), options.percent),
        options.paused,
    )
    if not manifest.SHORTEST_MS <= made.expires - made.made <= manifest.LONGEST_MS:
        raise ValueError("a manifest counts for 90 to 400 days")
    msgspec.json.decode(msgspec.json.encode(made), type=Manifest)
    (options.to / MANIFEST).write_bytes(manifest.write(made))
    return [f"{one.name}: {one.size} bytes" for one in (made.application, *deltas)]


def sign_manifest(options: argparse.Namespace) -> list[str]:
    """One more signature."""
    key = SigningKey(bytes.fromhex(options.seed.read_text("ascii").strip()))
    options.manifest.write_bytes(manifest.sign(options.manifest.read_bytes(), key))
    return [f"signed by {key.public.hex()[:16]}…"]


def show_manifest(options: argparse.Namespace) -> list[str]:
    """The body, once two signatures hold."""
    from counter_app.updates.installation import read_keys

    found = manifest.read(options.manifest.read_bytes(), read_keys(options.keys))
    return [msgspec.json.format(msgspec.json.encode(found.manifest)).decode()]


def _difference(base: Path, new: bytes, version: str, folder: Path) -> Piece:
    old = base.read_bytes()
    data = delta.make(old, new)
    if delta.apply(old, data, len(new)) != new:
        raise ValueError(f"the difference from {base.name} does not lead to the new application")
    before = base.name.removeprefix("app-").removesuffix(".zip")
    piece = _piece(f"{before}-to-{version}.zst", data, sha256(old).hexdigest())
    (folder / piece.name).write_bytes(data)
    return piece


def _piece(name: str, data: bytes, base: str | None = None) -> Piece:
    return Piece(name, len(data), sha256(data).hexdigest(), base)


if __name__ == "__main__":
    sys.exit(main())
