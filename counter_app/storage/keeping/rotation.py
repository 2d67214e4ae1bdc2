"""Which backups stay: the newest ones, then one a day, then one a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.dates import vn_datetime


@dataclass(frozen=True, slots=True)
class Rotation:
    """``latest`` backups of any moment, the newest of each of the last ``days`` and ``months`` that have one.

    Days and months are those of Viet Nam. The figures of the program are data (``resources/backup``).
    """

    latest: int = 24
    days: int = 14
    months: int = 12


def kept(taken: Sequence[tuple[int, Path]], rotation: Rotation) -> frozenset[Path]:
    """Which of the backups ``(ms, file)``, newest first, stay; one whose moment is not known (0) stays."""
    stay = {path for at, path in taken if at == 0}
    known = [(at, path) for at, path in taken if at]
    stay.update(path for _, path in known[: rotation.latest])
    stay.update(_newest_of_each(known, "%Y%m%d", rotation.days))
    stay.update(_newest_of_each(known, "%Y%m", rotation.months))
    return frozenset(stay)


def _newest_of_each(taken: Sequence[tuple[int, Path]], span: str, count: int) -> list[Path]:
    newest: dict[str, Path] = {}
    for at, path in taken:
        newest.setdefault(format(vn_datetime(at), span), path)
    return list(newest.values())[:count]
