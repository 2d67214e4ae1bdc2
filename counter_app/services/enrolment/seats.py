"""Which counter of a unit's file this PC becomes: a person says it, the notes beside the file are asked.

The notes name PCs that used this very folder. A second copy of the folder has none of them: then the first
meeting of the two PCs, or of one with the province, finds the double use (``proof`` on the LAN).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.services.ports.enrolment import SeatView
from counter_app.services.ports.saying import say
from sync.flushing import flush_folder
from sync.protocol.meeting.provision import Provision, UnitProvision
from sync.protocol.meeting.seat_note import (
    FOLDER,
    MAX_BYTES,
    SUFFIX,
    SeatNote,
    note_name,
    read_note,
    write_note,
)
from sync.protocol.refusals import Refusal

MOST_NOTES = 200


def seat_for(whole: UnitProvision, counter: int) -> Provision:
    """The seat of counter ``counter``; 0 where the file has one alone.

    Raises DomainError ``enrol.which-counter`` or ``enrol.no-such-counter``, which name the numbers there are.
    """
    granted = whole.granted()
    if counter == 0 and len(granted) == 1:
        return whole.seat(granted[0].counter)
    there = ", ".join(f"{one.counter} ({one.name})" for one in granted)
    if counter == 0:
        raise DomainError(
            "Chưa biết máy này là quầy số mấy.", f"Trong tệp có: {there}.",
            "Gõ số quầy của máy này. Mỗi số chỉ dùng cho một máy.", "counter", code="enrol.which-counter",
            title_en="Which counter this PC is was not said.", meaning_en=f"The file has: {there}.",
            remedy_en="Type this PC's counter number. Each number is for one PC only.",
        )  # fmt: skip
    try:
        return whole.seat(counter)
    except KeyError as error:
        raise DomainError(
            f"Trong tệp không có quầy số {counter}.", f"Trong tệp có: {there}.",
            "Gõ một số trong tệp, hoặc xin tỉnh thêm quầy.", "counter", code="enrol.no-such-counter",
            title_en=f"The file has no counter {counter}.", meaning_en=f"The file has: {there}.",
            remedy_en="Type a number of the file, or ask the province for one more counter.",
        ) from error  # fmt: skip


def check_free(note: SeatNote | None) -> None:
    """Raises DomainError ``enrol.seat-taken`` when a note says that another PC has the seat."""
    if note is None:
        return
    since = f"{vn_datetime(note.at):%d/%m/%Y %H:%M}"
    raise DomainError(
        f"Quầy số {note.counter} ({note.name}) đã dùng cho máy khác.",
        f"Máy {note.pc or '?'} lấy số này lúc {since}. Hai máy một số thì không nối được với nhau.",
        "Gõ số khác còn trống. Máy kia đã hỏng và chưa làm việc gì: xóa tệp "
        f"{note_name(note.unit, note.counter)} cạnh tệp cấp phát rồi nhấn F5.",
        "counter", code="enrol.seat-taken", title_en=f"Counter {note.counter} ({note.name}) is another PC's.",
        meaning_en=f"PC {note.pc or '?'} took it at {since}. Two PCs of one number cannot meet.",
        remedy_en="Type a free number. If that PC broke before any work: delete "
        f"{note_name(note.unit, note.counter)} beside the file and press F5.",
    )  # fmt: skip


def seats_of(whole: UnitProvision, notes: dict[int, SeatNote]) -> tuple[SeatView, ...]:
    """The file's counters as people see them, with who has taken which."""
    return tuple(
        SeatView(
            one.counter, one.name, one.device, seat.mobile, one.valid_until, _taken(notes.get(one.counter))
        )
        for one, seat in zip(whole.granted(), whole.seats, strict=True)
    )


def _taken(note: SeatNote | None) -> str:
    if note is None:
        return ""
    day = f"{vn_datetime(note.at):%d/%m/%Y}"
    return say(f"đã dùng: {note.pc or '?'}, {day}", f"taken: {note.pc or '?'}, {day}")


def notes_beside(file: Path, unit: str) -> dict[int, SeatNote]:
    """Notes of taken seats beside a provisioning file, by number; what is no note is passed over."""
    found: dict[int, SeatNote] = {}
    for path in _notes(file.parent / FOLDER):
        with suppress(OSError, Refusal):
            with path.open("rb") as opened:
                note = read_note(opened.read(MAX_BYTES + 1))
            if note.unit == unit:
                found[note.counter] = note
    return found


def notes_near(file: Path, unit: str, sticks: Iterable[Path]) -> dict[int, SeatNote]:
    """Notes beside the file, and those of the folders on sticks from which it may have been copied."""
    found: dict[int, SeatNote] = {}
    for folder in (*on_sticks(sticks), file.parent):
        found |= notes_beside(folder / file.name, unit)
    return found


def on_sticks(sticks: Iterable[Path]) -> list[Path]:
    """Where a provisioning folder may lie: each stick, and what is one folder down."""
    found: list[Path] = []
    for stick in sticks:
        found.append(stick)
        with suppress(OSError):
            found += sorted(path for path in stick.iterdir() if path.is_dir())[:MOST_NOTES]
    return found


def _notes(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(folder.glob(f"*{SUFFIX}"))[:MOST_NOTES]


def leave_note(file: Path, note: SeatNote) -> None:
    """Note beside the file that this PC has the seat; flushed. Raises OSError."""
    place = file.parent / note_name(note.unit, note.counter)
    place.parent.mkdir(exist_ok=True)
    draft = place.with_name(f".{place.name}.draft")
    with draft.open("wb") as opened:
        opened.write(write_note(note))
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(place)
    flush_folder(place.parent)
    flush_folder(file.parent)
