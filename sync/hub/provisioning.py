"""What a provisioning file says of the way to this hub: its host, and the authority that counters pin."""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host in ``https://host:port``. Raises ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"counters reach a hub by https://host:port, not {url!r}")
    return parts.hostname


def authority_pem(folder: Path, host: str, now: int) -> str:
    """The certificate that stands above the hub's own, made for ``host`` when it never served before.

    A hub that serves keeps its certificate with all its names. ``now`` in ms. Raises OSError.
    """
    from sync.hub.serving import ca  # only who provisions needs certificates

    place = folder / ca.TLS_FOLDER
    kept = place / ca.AUTHORITY_NAME
    if kept.exists():
        coming = place / ca.NEXT_NAME  # a PC that first connects after the change must believe it too
        return kept.read_text("ascii") + (coming.read_text("ascii") if coming.exists() else "")
    moment = datetime.datetime.fromtimestamp(now / 1000, datetime.UTC)
    return ca.server_files(place, [host], moment).authority_pem
