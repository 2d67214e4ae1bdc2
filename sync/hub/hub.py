"""The whole hub as one object: no sockets, no clock of its own, any number of units.

``exchange`` is all a device ever calls; ``read`` makes readings, questions and carried entries of what came.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy import Engine

from counter_app.domain.certification.taking_in.intake import day_of
from sync.hub import dossiers, enrol, province
from sync.hub.contacts import ContactBook
from sync.hub.dossiers import OnlineDossier
from sync.hub.exchange import Answered, Exchanger, signed_word
from sync.hub.keys import FILE_NAME, Entropy, ProvinceKeys, fresh_keys, read_keys, write_keys
from sync.hub.reading import dossiers as dossier_views
from sync.hub.reading import reader, routing, views
from sync.hub.reading.reader import Read, Reader
from sync.hub.tables import attachments as _files  # noqa: F401 - its tables are made with the others
from sync.hub.tables import journals, place, versions
from sync.hub.tables.engine import Database
from sync.hub.tables.locks import free_readers, lock_readers
from sync.hub.tables.postgres import make_years
from sync.protocol.carrying.vector import SignedVector
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import UnitDescribed
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import UnitKey

DATABASE_NAME = place.DATABASE_NAME
_MOST_TURNS = 100_000


class WrongHub(ValueError):
    """The folder holds another kind of hub (practice or real) than was asked for, or a later one's tables."""


def wall_clock() -> int:
    """This computer's clock, ms since 1970."""
    return time.time_ns() // 1_000_000


class Hub:
    """An open hub. ``keys`` are the province's; ``database`` its tables. Safe to use from several threads."""

    def __init__(
        self,
        database: Database,
        keys: ProvinceKeys,
        now: Callable[[], int] = wall_clock,
        entropy: Entropy = secrets.token_bytes,
    ) -> None:
        self.database = database
        self.keys = keys
        self._now = now
        self._entropy = entropy
        self._exchanger = Exchanger(database, keys, now)
        self.contacts: ContactBook = self._exchanger.contacts
        self.folder: Path | None = None  # where files lie, when the hub has a folder

    @classmethod
    def open(
        cls,
        home: Path | str,
        *,
        practice: bool | None = None,
        keys: ProvinceKeys | None = None,
        now: Callable[[], int] = wall_clock,
        entropy: Entropy = secrets.token_bytes,
        durable: bool = True,
        database: str = "",
    ) -> Hub:
        """The hub in folder ``home``, made when there is none.

        ``practice`` says which kind is meant (a new one is real unless told otherwise); ``keys`` replaces the
        folder's key file; ``durable=False`` is for simulations; ``database`` is the address of a PostgreSQL
        database, which the folder remembers. Raises ``WrongHub``, Malformed (key file), ValueError (address).
        """
        folder = Path(home)
        folder.mkdir(parents=True, exist_ok=True)
        keys = keys or _keys_in(folder, bool(practice), entropy)
        if practice is not None and keys.practice != practice:
            raise WrongHub(f"a {'practice' if keys.practice else 'real'} hub lives in {folder.name}")
        address = database or place.named(folder)
        engine = place.open_engine(folder, keys.database_key, address, durable=durable)
        hub = cls(Database(engine), keys, now, entropy)
        hub.folder = folder
        try:
            hub._prepare()
        except BaseException:
            hub.close()
            raise
        if address and address != place.remembered(folder):
            place.remember(folder, address)
        return hub

    @classmethod
    def over(cls, engine: Engine, keys: ProvinceKeys, now: Callable[[], int] = wall_clock) -> Hub:
        """A hub on an engine that somebody else opened (PostgreSQL's place)."""
        hub = cls(Database(engine), keys, now)
        hub._prepare()
        return hub

    def _prepare(self) -> None:
        with self.database.write(alone=True) as connection:
            try:
                before = versions.bring_forward(connection, self._now())
                if versions.is_half_restored(connection):
                    raise WrongHub("a restore was cut off here: restore again, into an empty database")
            except versions.LaterTables as error:
                raise WrongHub(str(error)) from error
            if before is None:
                province.set_setting(connection, "key-id", self.keys.signing.key_id.hex())
                province.open_journal(connection, self.keys, journals.COMMON, self._now())
            elif province.setting(connection, "key-id") != self.keys.signing.key_id.hex():
                raise WrongHub("the database of another province")
            reader.forget_older(connection)

    def new_year(self) -> None:
        """Make room for entries of this year and the next where they lie apart; cheap when that is done."""
        if not self.database.is_sqlite:
            with self.database.write(alone=True) as connection:
                make_years(connection, self._now())

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Hub:
        """The hub itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes."""
        self.close()

    @property
    def public_key(self) -> bytes:
        """The Ed25519 key every device pins, 32 bytes."""
        return self.keys.signing.public

    @property
    def is_practice(self) -> bool:
        """True for a practice province, whose papers are never real."""
        return self.keys.practice

    def exchange(self, data: bytes) -> bytes:
        """The answer to one exchange request. Never raises for what ``data`` holds."""
        return self._exchanger.answer(data).data

    def exchange_for(self, data: bytes) -> Answered:
        """As ``exchange``, with the unit whose reader now has work ("" for none)."""
        return self._exchanger.answer(data)

    def word(self, unit: str) -> SignedVector:
        """The hub's signed word about ``unit`` as it stands."""
        with self.database.read() as connection:
            received = journals.vector_of(connection, unit)
            return signed_word(connection, self.keys, unit, received, self._now())

    def now(self) -> int:
        """The hub's clock, ms."""
        return self._now()

    @property
    def life(self) -> int:
        """Which life the hub is in; one more after each restore."""
        with self.database.read() as connection:
            return province.hub_life(connection)

    def add_unit(self, unit: str, name: str = "", described: UnitDescribed | None = None) -> None:
        """Serve ``unit``. Known already: nothing changes. Raises ``enrol.NotForThisProvince``, ValueError."""
        with self.database.write(alone=True) as connection:
            enrol.add_unit(connection, self.keys, unit, name or unit, self._now(), self._entropy, described)

    def units(self) -> list[str]:
        """Codes of the units served."""
        with self.database.read() as connection:
            return province.unit_codes(connection)

    def add_grant(
        self, unit: str, name: str, counter: int = 0, valid_until: int = enrol.FOREVER
    ) -> enrol.Device:
        """A new device of ``unit``: its numbers; ``grant_bytes`` gives the grant and its two spares."""
        with self.database.write(alone=True) as connection:
            return enrol.add_grant(connection, self.keys, unit, name, self._now(), counter, valid_until)

    def grant_bytes(self, device: int, spare: int = 0) -> bytes:
        """The signed grant of ``device`` (``spare`` 1-2: a spare). Raises KeyError, ``GrantWithdrawn``."""
        with self.database.read() as connection:
            return enrol.grant_bytes(connection, device, spare)

    def unit_key(self, unit: str) -> UnitKey | None:
        """The newest key of ``unit``, for its provisioning files; None while it has none."""
        with self.database.read() as connection:
            versions = enrol.unit_keys(connection, self.keys, unit)
        return versions[max(versions)] if versions else None

    def devices(self, unit: str) -> list[enrol.Device]:
        """Devices of ``unit``."""
        with self.database.read() as connection:
            return enrol.devices(connection, unit)

    def revoke(self, journal: int, last_seq: int | None = None, reason: str = "") -> None:
        """Entries of ``journal`` after ``last_seq`` (default: what is held now) are kept, not read.

        Its grants end and the unit's key changes. Raises KeyError for a journal that is not held.
        """
        with self.database.write(alone=True) as connection:
            held = journals.position(connection, journal)
            upto = last_seq if last_seq is not None else (held.seq if held else 0)
            enrol.revoke(connection, self.keys, journal, upto, reason, self._now(), self._entropy)

    def withdraw(self, unit: str, devices: Iterable[int]) -> None:
        """Grants that nobody used are lost: they end, and the unit's key changes."""
        with self.database.write(alone=True) as connection:
            enrol.withdraw(connection, devices, self._now())
            enrol.change_unit_key(connection, self.keys, unit, self._now(), self._entropy)

    def append(self, unit: str, *drafts: Draft) -> list[Entry]:
        """Write into the province's journal of ``unit`` (``common`` for the empty unit)."""
        with self.database.write(alone=unit == journals.COMMON) as connection:
            lock_readers(connection, [unit])
            return province.append(connection, self.keys, unit, drafts, self._now())

    def share(self, subject: EntryId, unit: str) -> None:
        """``subject`` concerns ``unit`` too: its entries are carried there, earlier and later ones."""
        with self.database.write() as connection:
            routing.share(connection, subject, unit)

    def end_sharing(self, subject: EntryId, unit: str) -> None:
        """Later entries on ``subject`` are not carried to ``unit`` any more."""
        with self.database.write() as connection:
            routing.end_sharing(connection, subject, unit)

    def add_token(self, name: str) -> str:
        """A new secret for an integrator who reads the JSON views; only its digest is kept."""
        token = self._entropy(32).hex()
        with self.database.write() as connection:
            province.set_setting(connection, _token_name(token), name)
        return token

    def knows_token(self, token: str) -> bool:
        """True for a token that ``add_token`` gave out."""
        return name_of_token(self, token) is not None

    def online_arrived(self, unit: str, online: OnlineDossier) -> EntryId:
        """An online dossier, written into the province's journal of ``unit``; the same one twice is one.

        Raises DomainError ``procedure.*``, ValueError for a paper that the procedure does not have.
        """
        self.read(unit)
        with self.database.read() as connection:
            known = dossier_views.find(connection, unit, online.portal_code)
        if known is not None:
            return known
        with self.database.read() as connection:
            catalogue = dossiers.catalogue_on(connection, day_of(online.submitted_at))
        (entry,) = self.append(unit, dossiers.arrival(online, self._entropy(4), catalogue))
        return entry.id

    def give_official_code(self, unit: str, dossier_code: str, official: str) -> None:
        """The official code of a dossier named by any of its codes. Raises KeyError when there is none."""
        with self.database.read() as connection:
            dossier = dossier_views.find(connection, unit, dossier_code)
        if dossier is None:
            raise KeyError(f"no dossier {dossier_code} in unit {unit}")
        self.append(unit, dossiers.official_code(dossier, official))

    def read(self, unit: str | None = None) -> Read:
        """Fold what is new, of one unit or of all; ask, and carry between units. Returns what was done."""
        done = Read()
        for _ in range(_MOST_TURNS):
            free, busy = _with_work(self.database) if unit is None else ([unit], [])
            turned = self._turns(free)
            if not turned.left:  # who reads the others may have looked too early: wait for him
                turned = turned.plus(self._turns(busy))
            done = done.plus(turned)
            if not turned.left:
                break
        return done._replace(left=False)

    def _turns(self, units: Sequence[str]) -> Read:
        done = Read()
        for unit in units:
            done = done.plus(self._turn(unit))
        return done

    def _turn(self, unit: str) -> Read:
        with self.database.write() as connection:
            return Reader(connection, self.keys, unit, self._now(), self._entropy).turn()

    def rebuild(self, unit: str) -> Read:
        """Drop the readings of ``unit`` and make them again from the journals."""
        with self.database.write() as connection:
            lock_readers(connection, [unit])
            reader.forget_readings(connection, unit)
        return self.read(unit)

    def register_month(self, unit: str, register: str, year: int, month: int) -> views.RegisterMonth | None:
        """A register's month with its lines, None when there is no such register-year."""
        with self.database.read() as connection:
            return views.register_month(connection, unit, register, year, month)

    def dossier(self, unit: str, code: str) -> dossier_views.DossierView | None:
        """A dossier with its steps, by any of its codes; None when ``unit`` has none."""
        with self.database.read() as connection:
            found = dossier_views.find(connection, unit, code)
            return None if found is None else dossier_views.view(connection, unit, found)

    def dossiers(self, unit: str, day: int = 0) -> tuple[dossier_views.DossierRow, ...]:
        """Dossiers of a day (``yyyymmdd``), or the open ones."""
        with self.database.read() as connection:
            return dossier_views.rows(connection, unit, day)

    def kpi(self, unit: str, day: int) -> views.DayFigures:
        """Figures of ``unit`` on ``day`` (``yyyymmdd``)."""
        with self.database.read() as connection:
            return views.day_figures(connection, unit, day)

    def questions(self, unit: str, status: str = "open") -> tuple[views.QuestionView, ...]:
        """The province's questions to ``unit`` in one status."""
        with self.database.read() as connection:
            return views.questions(connection, unit, status)

    def journals_held(self, unit: str) -> tuple[views.JournalView, ...]:
        """How far the journals of ``unit`` are held."""
        with self.database.read() as connection:
            return views.journals_held(connection, unit)

    def unread(self) -> int:
        """How many entries wait for a reader."""
        with self.database.read() as connection:
            return views.unread(connection)

    def trouble(self, unit: str) -> views.Trouble:
        """What of ``unit`` was refused or kept apart."""
        with self.database.read() as connection:
            return views.trouble(connection, unit)


def name_of_token(hub: Hub, token: str) -> str | None:
    """Who was given ``token``; None for a token of nobody."""
    with hub.database.read() as connection:
        return province.setting(connection, _token_name(token))


def _token_name(token: str) -> str:
    return "token:" + hashlib.sha256(token.encode()).hexdigest()


def _keys_in(folder: Path, practice: bool, entropy: Entropy) -> ProvinceKeys:
    path = folder / FILE_NAME
    if not path.exists():
        write_keys(path, fresh_keys(practice, entropy))
    return read_keys(path)


def _with_work(database: Database) -> tuple[list[str], list[str]]:
    """Units with something to read: those that nobody reads now, and those that another worker does."""
    with database.read() as connection:
        work = reader.units_with_work(connection)
        free = free_readers(connection, work)
    return free, [unit for unit in work if unit not in free]
