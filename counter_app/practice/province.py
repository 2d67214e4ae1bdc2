"""The practice province: a hub's folder, the practice unit, provisioning files for its counters."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.drafting import draft
from counter_app.domain.province.entries import DataPut
from resources import load
from sync.hub.hub import Hub
from sync.hub.tables.journals import COMMON
from sync.protocol.journals.system_kinds import UnitDescribed
from sync.protocol.meeting.provision import Provision, write_provision
from sync.protocol.naming.grants import MAX_SPARES
from sync.protocol.naming.ids import PRACTICE_UNIT, SELF

TITLE = "Xã Bình Lư (tập huấn)"
DESCRIBED = UnitDescribed(
    PRACTICE_UNIT, TITLE, "UBND XÃ BÌNH LƯ (TẬP HUẤN)", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    "Tỉnh tập huấn", "Bình Lư", "", "", True,
)  # fmt: skip
COUNTER_NAMES = ("QUẦY-01", "BÀN KÝ", "QUẦY-02", "QUẦY-03")
FEES_FROM = 20260101


def found(folder: Path) -> None:
    """Make the practice province in ``folder``: its keys, its unit, its fee table. Made already: nothing."""
    with Hub.open(folder, practice=True) as hub:
        if PRACTICE_UNIT in hub.units():
            return
        hub.add_unit(PRACTICE_UNIT, TITLE, DESCRIBED)
        body = DataPut("fees", FEES_FROM, load.fee_table(), "Biểu phí kèm chương trình (tập huấn)")
        hub.append(COMMON, draft(body, SELF))


def provision(folder: Path, name: str, url: str, authority_pem: str) -> bytes:
    """A provisioning file for a new counter called ``name``."""
    with Hub.open(folder, practice=True) as hub:
        device = hub.add_grant(PRACTICE_UNIT, name).device
        grants = tuple(hub.grant_bytes(device, spare) for spare in range(MAX_SPARES + 1))
        key = hub.unit_key(PRACTICE_UNIT)
        assert key is not None  # every unit has one from its first day
        made = Provision(
            PRACTICE_UNIT, url, authority_pem, hub.public_key, grants, unit_key=key.key,
            unit_key_version=key.version,
        )  # fmt: skip
        return write_provision(made, hub.keys.signing)
