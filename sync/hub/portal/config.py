"""How a hub reaches its portal: ``portal.json`` in its folder, for its owner's eyes only.

The secret of the account stands in it, so the file is 0600 like the province's keys, never in a table, a log
or a list of processes.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from resources import load
from sync.hub.portal.legacy import LegacyPortal
from sync.hub.portal.line import SECONDS, Line
from sync.hub.portal.mapping import PortalMap, parse_map
from sync.hub.portal.newer import NewerPortal
from sync.hub.portal.port import PortalPort

FILE_NAME = "portal.json"
LEGACY, NEWER = "legacy", "2026"


class PortalConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``offices``: a unit's code to the portal's code of it; units without one are not sent.

    ``asks_codes``: official codes are asked of the portal (else they come by ``commune-hub dossier code``);
    ``takes_online``: dossiers filed online are fetched. ``mapping``: a file instead of the shipped one.
    ``practice`` must be the hub's kind: a practice province never speaks to a real portal.
    """

    generation: str
    address: str
    user: str
    secret: str
    offices: dict[str, str]
    practice: bool = False
    asks_codes: bool = True
    takes_online: bool = True
    mapping: str = ""
    authority: str = ""
    seconds: float = SECONDS

    def __repr__(self) -> str:
        """Without the secret."""
        return f"PortalConfig({self.generation}, {self.address}, {len(self.offices)} offices)"


def read_config(raw: bytes) -> PortalConfig:
    """A configuration from its JSON. Raises ValueError with what is wrong."""
    found = msgspec.json.decode(raw, type=PortalConfig)
    if found.generation not in (LEGACY, NEWER):
        raise ValueError(f"generation is {LEGACY} or {NEWER}")
    if not found.user or not found.secret:
        raise ValueError("user and secret of the account are missing")
    if not 0 < found.seconds <= 300:
        raise ValueError("seconds: at most 300")
    mapping_of(found)
    Line(found.address, authority=found.authority)
    return found


def config_in(folder: Path) -> PortalConfig | None:
    """The configuration in a hub's folder, None without one.

    Raises ValueError, also when others may read it.
    """
    path = folder / FILE_NAME
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise ValueError(f"{FILE_NAME} holds a secret and may be read by others: chmod 600")
    return read_config(raw)


def keep_config(folder: Path, raw: bytes) -> PortalConfig:
    """Check ``raw`` and put it into the folder, flushed. Raises ValueError, OSError; then nothing changed."""
    config = read_config(raw)
    draft = folder / f".{FILE_NAME}.part"
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / FILE_NAME)
    return config


def mapping_of(config: PortalConfig) -> PortalMap:
    """The mapping a configuration names, or the shipped one. Raises ValueError, OSError."""
    raw = Path(config.mapping).read_bytes() if config.mapping else load.portal_map(config.generation)
    mapping = parse_map(raw)
    if mapping.generation != config.generation:
        raise ValueError(f"the mapping is of generation {mapping.generation}")
    return mapping


def portal_of(config: PortalConfig) -> PortalPort:
    """The adapter for a configuration."""
    line = Line(config.address, authority=config.authority, seconds=config.seconds)
    kind = LegacyPortal if config.generation == LEGACY else NewerPortal
    return kind(line, mapping_of(config), config.user, config.secret)
