"""Every scene by the name it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults.harness import Scene
from tests.faults.scenes import accounts, carrying, day, dossiers, exchange, keeping

SCENES: dict[str, Callable[[Path], Scene]] = {
    "day": day.Day,
    "dossier": dossiers.DossierDay,
    "exchange": exchange.Exchange,
    "exchange-hub": exchange.ExchangeHub,
    "bundle-out": carrying.BundleOut,
    "bundle-in": carrying.BundleIn,
    "backup": keeping.BackingUp,
    "hub-backup": keeping.HubBackingUp,
    "restore": keeping.Restoring,
    "rebuild": keeping.Rebuilding,
    "migration": keeping.Migrating,
    "passphrase": accounts.NewPassphrase,
    "password": accounts.NewPassword,
    "enrolment": accounts.Enrolling,
    "next-life": accounts.NextLife,
}
