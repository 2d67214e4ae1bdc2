"""The provisioning file before it is used: found, read, shown; a wrong one refused in words."""

from __future__ import annotations

import os
import ssl
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from counter_app.domain.errors import DomainError
from counter_app.domain.places import parse_places
from counter_app.paths import APPLICATION
from counter_app.services.enrolment.seats import notes_near, seats_of
from counter_app.services.enrolment.words import authority_unreadable, refused_words
from counter_app.services.exchange.places import plugged_in
from counter_app.services.ports.enrolment import FoundFile, ProvisionView
from resources import load
from sync.flushing import flush_folder
from sync.protocol.meeting.provision import MAX_BYTES, SUFFIX, UnitProvision, read_unit_provision
from sync.protocol.naming.grants import check_usable
from sync.protocol.refusals import Refusal

MOST_FILES = 20
SETUPS_COPY = "provision.mcp"
"""The name that ``installers/windows/setup.nsi`` gives it."""


def find_files(
    beside: Iterable[Path], sticks: Iterable[Path] | None = None, suffixes: tuple[str, ...] = (SUFFIX,)
) -> tuple[FoundFile, ...]:
    """Files with ``suffixes`` on sticks (also one folder down) and in the folders ``beside`` the program.

    ``sticks`` None asks the system. A stick that is pulled out meanwhile shows none; nothing raises.
    """
    found: list[FoundFile] = []
    for stick in plugged_in() if sticks is None else sticks:
        found += [
            FoundFile(str(path), path.name, f"USB {stick.name or stick}", True)
            for path in _files(stick, suffixes, deep=True)
        ]
    for folder in dict.fromkeys(beside):
        found += [FoundFile(str(path), path.name, str(folder), False) for path in _files(folder, suffixes)]
    once = {file.path: file for file in found}
    return tuple(once.values())[:MOST_FILES]


def beside_program(home: Path) -> tuple[Path, ...]:
    """Folders beside the program: its data, where it was started, where its executable lies, the setup's."""
    return home, home.parent, Path.cwd(), Path(sys.executable).parent, *setups_folder()


def setups_folder() -> tuple[Path, ...]:
    """Where the Windows setup puts the file named after ``/CONFIG=``; nowhere on other systems."""
    common = os.environ.get("PROGRAMDATA")
    return (Path(common) / APPLICATION,) if common else ()


def drop_setups_copy(data: bytes, folders: Iterable[Path]) -> bool:
    """Delete what the setup brought of a file that is used: it holds grants. Was there one? Raises OSError.

    ``folders`` are those beside the program, ``data`` the bytes of the file; another file stays.
    """
    dropped = False
    for folder in folders:
        copy = folder / SETUPS_COPY
        if copy.is_file() and read_file(copy) == data:
            copy.unlink()
            flush_folder(folder)
            dropped = True
    return dropped


def _files(folder: Path, suffixes: tuple[str, ...], *, deep: bool = False) -> Iterator[Path]:
    patterns = [f"{place}*{suffix}" for suffix in suffixes for place in (("", "*/") if deep else ("",))]
    for pattern in patterns:
        try:
            yield from sorted(path for path in folder.glob(pattern) if path.is_file())
        except OSError:
            return


def read_file(path: Path) -> bytes:
    """The bytes of a provisioning file. Raises DomainError ``enrol.unreadable``."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DomainError(
            "Không đọc được tệp cấp phát.", f"{path.name}: {error.strerror}", "Kiểm tra đường dẫn hoặc USB.",
            "file", code="enrol.unreadable", title_en="The provisioning file cannot be read.",
            meaning_en=f"{path.name}: {error.strerror}", remedy_en="Check the path or the stick.",
        ) from error  # fmt: skip


def checked(data: bytes, at: int, practice: bool | None = None, unit: str = "") -> UnitProvision:
    """The provisioning in ``data``, one counter's or a unit's, usable here at ``at`` (ms).

    ``practice`` is what this program is, None asks nothing; ``unit`` the one it must be for, "" for any.
    Raises DomainError ``enrol.*``.
    """
    try:
        provision = read_unit_provision(data)
        granted = max(provision.granted(), key=lambda one: one.valid_until)
        check_usable(granted, provision.unit, at)
    except Refusal as refusal:
        raise refused_words(refusal) from refusal
    if practice is not None and granted.practice != practice:
        raise _other_world(practice)
    if unit and provision.unit != unit:
        raise _other_unit(provision.unit, unit)
    if provision.hub_url.startswith("https:") and not _is_authority(provision.authority_pem):
        raise authority_unreadable()
    return provision


def _is_authority(pem: str) -> bool:
    """Whether the line will be able to pin it: found out now, not at the first exchange in the village."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError):
        return False
    return True


def view_of(path: Path, provision: UnitProvision, sticks: Iterable[Path] = ()) -> ProvisionView:
    """What people see of a provisioning that was checked; names from the shipped list of communes."""
    granted, place = provision.granted(), parse_places(load.places()).unit(provision.unit)
    alone = granted[0] if len(granted) == 1 else None
    return ProvisionView(
        path=str(path), unit=provision.unit, unit_name="" if place is None else place.name,
        province="" if place is None else place.province, counter_name="" if alone is None else alone.name,
        counter_number=0 if alone is None else alone.counter, device=0 if alone is None else alone.device,
        hub_url=provision.hub_url, proxy=provision.proxy, valid_until=max(one.valid_until for one in granted),
        spares=min(len(seat.grants) for seat in provision.seats) - 1,
        printers=len(provision.printers), practice=granted[0].practice,
        sticks_ready=bool(provision.unit_key_version),
        seats=seats_of(provision, notes_near(path, provision.unit, sticks)),
    )  # fmt: skip


def _other_world(practice: bool) -> DomainError:
    if practice:
        return DomainError(
            "Tệp cấp phát này của tỉnh thật.", "Chương trình đang chạy ở chế độ tập huấn.",
            "Mở chương trình không có --practice, hoặc chọn tệp của tỉnh tập huấn.", "file",
            code="enrol.real-file", title_en="The file is of a real province.",
            meaning_en="This program runs for practice.",
            remedy_en="Start it without --practice, or choose a practice province's file.",
        )  # fmt: skip
    return DomainError(
        "Tệp cấp phát này của tỉnh tập huấn.", "Máy thật không bao giờ vào tỉnh tập huấn. Máy chưa đổi gì.",
        "Chọn tệp tỉnh thật đã giao; muốn tập huấn thì mở chương trình với --practice.", "file",
        code="enrol.practice-file", title_en="The file is of a practice province.",
        meaning_en="A real PC never joins a practice province. Nothing was changed.",
        remedy_en="Choose the real province's file; to practise, start with --practice.",
    )  # fmt: skip


def _other_unit(given: str, wanted: str) -> DomainError:
    return DomainError(
        "Tệp cấp phát của đơn vị khác.", f"Tệp cho đơn vị {given}, cần đơn vị {wanted}. Máy chưa đổi gì.",
        "Chọn tệp của đúng đơn vị.", "file", code="enrol.other-unit",
        title_en="The file is another unit's.",
        meaning_en=f"It is for unit {given}, wanted is {wanted}. Nothing was changed.",
        remedy_en="Choose this unit's file.",
    )  # fmt: skip
