"""What every use case stands on: the open store, the clock, this PC's place, the tables, who listens.

One ``Workplace`` a program. Moments are ms since 1970-01-01 UTC, days ``yyyymmdd`` of Viet Nam.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from counter_app.clock import Clock
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.certification.taking_in.own_words import own_words
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.photocopy_price import PhotocopyPrice, photocopy_prices
from counter_app.domain.organisation.state import UnitState, unit_subject
from counter_app.printing.model import Letterhead, Marks
from counter_app.services.rules import Rules
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.queries.desk import KnownCounter, known_counters
from counter_app.storage.store import Store
from counter_app.storage.this_pc import device, files_key
from counter_app.storage.this_pc.kept_files import KeptFiles
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.ids import EntryId, device_of
from sync.protocol.naming.officials import Cost

CLOCK_OFFSET = "clock.offset"
CLOCK_DOUBTED = "clock.doubted"
"""The province's clock minus the PC's (ms) while it is not believed and nobody has answered yet; else ""."""
CLOCK_PROVED = "clock.proved"
PHOTOCOPY_PRICE = "price.photocopy"
FEES = "fees"

Listener = Callable[[frozenset[str]], None]
_RulesKey = tuple[str, bytes, tuple[tuple[str, str], ...], tuple[PhotocopyPrice, ...]]
"""What the tables in force were made of."""


@dataclass(frozen=True, slots=True)
class Place:
    """This PC among the unit's: names as screens and papers show them.

    ``unit`` five digits, ``title`` "Xã Bình Lư", ``superior`` and ``issuing`` the lines of a paper's head,
    ``town`` stands before dates, ``received_at`` chooses the wording of texts (``one_stop`` or ``seat``).
    """

    unit: str
    title: str
    superior: str
    issuing: str
    town: str
    counter_name: str
    counter_number: int
    practice: bool = False
    tax_code: str = ""
    received_at: str = "one_stop"

    @property
    def head(self) -> Letterhead:
        """The head of every paper."""
        return Letterhead(superior=self.superior, unit=self.issuing, place=self.town)

    def marks(self, copy_number: int = 1) -> Marks:
        """Practice and reprint marks of a paper."""
        return Marks(practice=self.practice, copy_number=copy_number)


@dataclass
class Workplace:
    """The open store of an enrolled counter and what belongs to it.

    ``device_secret`` (32 bytes, from the OS store) binds passwords to this PC, ``cost`` is argon2id's work.
    ``back_up`` is called after a day's closing, ``export`` writes an ``.mcx`` file into a folder and returns
    its name. ``heard`` is set by the exchange once another holder answered since the start.
    """

    store: Store
    clock: Clock
    place: Place
    shipped: Rules
    device_secret: bytes
    papers_folder: Path
    cost: Cost = field(default_factory=Cost)
    hub_keys: HubKeys = field(default_factory=dict)
    back_up: Callable[[], None] | None = None
    export: Callable[[str], str] | None = None
    heard: bool = False
    _listeners: list[Listener] = field(default_factory=list)
    _files_keys: tuple[bytes, ...] = ()
    _rules: tuple[_RulesKey, Rules] | None = None

    @property
    def journal(self) -> int:
        """This PC's journal. Raises ``StoreError`` when it may not write."""
        return self.store.author.journal

    def now(self) -> int:
        """The program's time: the PC's clock, corrected by the last confirmed date."""
        with self.store.read() as connection:
            return self.clock.now() + int(device.setting(connection, CLOCK_OFFSET, "0"))

    def today(self) -> date:
        """Local date."""
        return vn_date(self.now())

    def day(self) -> int:
        """Local date as ``yyyymmdd``."""
        return day_of(self.now())

    def rules(self, connection: Connection) -> Rules:
        """The tables in force: the province's fees, the unit's prices and words come first.

        A price of photocopies that was once typed at this PC holds for the days before the unit's own.
        """
        price = device.setting(connection, PHOTOCOPY_PRICE)
        sets = unit_queries.data_sets(connection, FEES)
        unit = unit_queries.policies_of(connection, unit_subject(self.place.unit))
        words, prices = own_words(unit), photocopy_prices(unit)
        key = (price, sets[-1].content if sets else b"", tuple(words.items()), prices)
        if self._rules is None or self._rules[0] != key:
            rules = self.shipped.with_fees(key[1]) if key[1] else self.shipped
            rules = rules.with_words(words)
            rules = rules.with_photocopy_price(int(price)) if price else rules
            self._rules = (key, rules.with_photocopy_prices(prices))
        return self._rules[1]

    def forget_rules(self) -> None:
        """The tables in force are made anew at the next question."""
        self._rules = None

    def kept_files(self, folder: str) -> KeptFiles:
        """Sealed files below the program's home, in ``folder`` (``scans``, ``acts``, ``signed`` …).

        The secret is the store's; what earlier versions sealed under the PC's own is read too.
        """
        current, *older = self.files_keys()
        return KeptFiles(self.papers_folder.with_name(folder), current, (*older, self.device_secret))

    def files_keys(self) -> tuple[bytes, ...]:
        """Secrets of kept files, the one in use first; made at the first asking. Raises ``StoreError``."""
        if not self._files_keys:
            self._files_keys = files_key.ensure(self.store)
        return self._files_keys

    def policies(self, connection: Connection) -> UnitState:
        """Settings of the unit."""
        found = self.state(connection, unit_subject(self.place.unit), required=False)
        return found if isinstance(found, UnitState) else UnitState(unit_subject(self.place.unit))

    def state(self, connection: Connection, subject: EntryId, *, required: bool = True) -> Any:
        """State of a subject as committed.

        Raises DomainError ``subject.unknown`` (not held, or its beginning is missing) and ``subject.frozen``
        (needs a newer program).
        """
        folded = self.store.readings.state(connection, subject)
        if required and folded.state is None:
            raise DomainError(
                "Chưa đủ dữ liệu của mục này trên máy.", "Phần đầu của mục chưa về đến máy này.",
                "Nhận thêm dữ liệu (mạng hoặc tệp) rồi làm lại.", code="subject.unknown",
                title_en="This PC does not hold enough of this item.",
                meaning_en="Its beginning has not arrived.", remedy_en="Receive more data, then try again.",
            )  # fmt: skip
        if required and folded.frozen:
            raise DomainError(
                "Chỉ xem: cần bản mới để xử lý tiếp.", "Máy khác đã ghi bằng bản mới hơn.",
                "Cập nhật chương trình trên máy này.", code="subject.frozen",
                title_en="Read only: a newer version is needed.",
                meaning_en="Another PC wrote with a newer version.", remedy_en="Update the program here.",
            )  # fmt: skip
        return folded.state

    def counters(self, connection: Connection) -> list[KnownCounter]:
        """Counters of the unit as far as they are known here, by number; of each its latest life."""
        return known_counters(connection, self.hub_keys)

    def counter_name(self, connection: Connection, journal: int) -> str:
        """Name of the counter that writes a journal, "" when it is not known here."""
        names = {device_of(known.journal): known.name for known in self.counters(connection)}
        return names.get(device_of(journal), "")

    def on_change(self, listener: Listener) -> None:
        """``listener`` is called after each committed change, from the worker's thread."""
        self._listeners.append(listener)

    def changed(self, *areas: str) -> None:
        """Tell the listeners which areas changed."""
        for listener in tuple(self._listeners):
            listener(frozenset(areas))


def salt() -> bytes:
    """Four random bytes that keep the digest of a body with personal data from being guessed."""
    return secrets.token_bytes(4)
