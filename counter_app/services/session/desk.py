"""The person at the counter and the keys that passwords opened; memory only, gone with the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.seconds import Second
from counter_app.services.session import secrets, tries, uses
from counter_app.services.session.reads import Looks
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import Purpose, SigningKey


class OpenedKey:
    """An official's opened key: seals entries under his name."""

    def __init__(self, key: SigningKey, day: int) -> None:
        self.key = key
        self.day = day

    def seal(self, entry: Entry) -> bytes:
        """His signature over the entry's header hash."""
        return self.key.sign(Purpose.OFFICIAL, entry.header_hash)

    def sign(self, message: bytes) -> bytes:
        """His signature over the message of an act of two persons."""
        return self.key.sign(Purpose.OFFICIAL, message)


@dataclass
class Desk:
    """Who works here now; ``session`` is the number of the running session, 0 for none."""

    work: Workplace
    person: OfficialState | None = None
    session: int = 0
    proved: bool = False
    """The person at the counter gave his password for this session: he may set a PIN."""

    def __post_init__(self) -> None:
        """Nobody's key is open yet."""
        self._looks = Looks(self.work)
        self._open: dict[EntryId, OpenedKey] = {}

    def saw(self, what: str, subjects: Iterable[EntryId | None], *, shown: int = 0, reason: str = "") -> None:
        """The person at the counter was shown personal data: one row of the read log (``ports.reads.WAYS``).

        ``shown`` counts what has no id of its own too. Nothing shown, nothing noted.
        """
        seen = [subject for subject in subjects if subject is not None]
        if seen or shown:
            self._looks.note(self.person, what, seen, shown, reason)

    def seat(self, person: OfficialState | None, session: int, *, proved: bool = False) -> None:
        """Somebody takes the seat, or (None, 0) leaves it; ``proved`` when his password opened it."""
        self.person, self.session, self.proved = person, session, proved
        self._looks.forget()

    def require(self) -> OfficialState:
        """The person at the counter. Raises DomainError ``session.none``."""
        if self.person is None:
            raise DomainError(
                "Chưa có người đăng nhập.", remedy="Đăng nhập rồi làm lại.", code="session.none",
                title_en="Nobody is signed in.", remedy_en="Sign in and try again.",
            )  # fmt: skip
        with self.work.store.read() as connection:
            state: OfficialState = self.work.state(connection, self.person.id)
        self.person = state
        return state

    def opened(self, official: EntryId) -> OpenedKey | None:
        """His key while it is open: since today's password, until the day's closing."""
        key = self._open.get(official)
        return key if key is not None and key.day == self.work.day() else None

    def open(self, official: EntryId, key: SigningKey) -> OpenedKey:
        """Keep an opened key for the rest of the day."""
        opened = self._open[official] = OpenedKey(key, self.work.day())
        return opened

    def close_key(self, official: EntryId) -> None:
        """Forget one key: signing out asks for the password again."""
        self._open.pop(official, None)

    def end_pins(self) -> None:
        """The day is closed: every PIN ends until the next password."""
        self._open.clear()

    def act(self, *, sealed: bool = False) -> Act:
        """Circumstances of an act of the person at the counter; ``sealed`` when his signature is needed.

        Raises DomainError ``session.none``, ``session.key_closed``.
        """
        person = self.require()
        key = self.opened(person.id)
        if sealed and key is None:
            raise _key_closed()
        return Act(self.work.now(), person.id, None, key)

    def check_pin(self, secret: str) -> None:
        """Confirm a lot by PIN; the password does as well. Raises DomainError ``pin.*``, ``password.*``."""
        person = self.require()
        if self.opened(person.id) is None:
            raise _key_closed()
        if len(secret) == secrets.PIN_DIGITS and secret.isdigit():
            self.compare(person, secret)
        else:
            self.unlock(person, secret)

    def second(self, official: EntryId, secret: str) -> Second:
        """The second person by password, or by PIN while his key is open here.

        Raises DomainError ``pin.*``, ``password.*``, ``account.unknown``.
        """
        with self.work.store.read() as connection:
            state: OfficialState = self.work.state(connection, official)
        key = self.opened(official)
        if key is not None and len(secret) == secrets.PIN_DIGITS and secret.isdigit():
            self.compare(state, secret)
            return Second(state, key.sign)
        opened = self.unlock(state, secret)
        return Second(state, OpenedKey(opened, self.work.day()).sign)

    def unlock(self, official: OfficialState, password: str) -> SigningKey:
        """The official's key by his password. Raises DomainError ``account.*``, ``password.*``."""
        now = self.work.now()
        with self.work.store.read() as connection:
            kept = secrets.kept_key(connection, official.id)
            until = tries.locked_until(connection, official.login, now)
            idle = uses.closed(connection, now)
        if kept is None:
            raise unknown_account()
        if not secrets.is_of(kept, official.public_key):
            raise _replaced()
        if until:
            raise tries.locked_words(until)
        if official.id in idle:
            raise uses.idle_words(idle[official.id])
        key = secrets.unlock_key(kept, password, self.work.device_secret)
        if key is None:
            self._refuse(official, tries.failed_password)
        with self.work.store.write() as connection:
            tries.forgive(connection, official.login)
            uses.note_use(connection, official.id, now)
        assert key is not None
        return key

    def compare(self, official: OfficialState, pin: str) -> None:
        """The PIN of an official whose key is open; a wrong one is counted and committed first."""
        with self.work.store.read() as connection:
            left = tries.pin_left(connection, official.login)
            known = secrets.has_pin(connection, official.id)
            fits = left > 0 and secrets.pin_fits(
                connection, official.id, pin, self.work.device_secret, self.work.cost
            )
        if not known:
            raise _no_pin()
        if not fits:
            self._refuse(official, tries.failed_pin)
        elif left < tries.MOST_TRIES:
            with self.work.store.write() as connection:
                tries.forgive(connection, official.login, password=False)

    def _refuse(self, official: OfficialState, count: Callable[[Connection, str, int], DomainError]) -> None:
        """Commit the counter, then raise its words."""
        now = self.work.now()
        with self.work.store.write() as connection:
            words = count(connection, official.login, now)
            uses.note_failure(connection, official.login, now)
        raise words


def unknown_account() -> DomainError:
    """No key of this person on this PC."""
    return DomainError(
        "Chưa có tài khoản này.",
        remedy="Lãnh đạo thêm tại máy này, hoặc nối tỉnh (mạng hoặc tệp).", field="official",
        code="account.unknown", title_en="This account is not known here.",
        remedy_en="The supervisor adds it at this PC, or meet the province (line or file).",
    )  # fmt: skip


def _replaced() -> DomainError:
    """What this PC keeps is the account before its password was replaced elsewhere."""
    return DomainError(
        "Mật khẩu của tài khoản này đã được thay ở máy khác.", "Mật khẩu cũ không còn mở được máy nào.",
        "Lãnh đạo nhập tệp tài khoản mới tại máy này (trang Cán bộ), hoặc thay mật khẩu ở đây.", "password",
        code="account.replaced", title_en="The password of this account was replaced on another PC.",
        meaning_en="The old one opens no PC any more.",
        remedy_en="The supervisor reads the new file of accounts here, or replaces the password here.",
    )  # fmt: skip


def _key_closed() -> DomainError:
    return DomainError(
        "Cần mật khẩu để ký tiếp.", "PIN chỉ dùng từ lúc nhập mật khẩu đến khi chốt ngày.",
        "Khóa máy (F12) rồi đăng nhập bằng mật khẩu.", "pin", code="session.key_closed",
        title_en="The password is needed to sign on.",
        meaning_en="A PIN serves from the password until the day's closing.",
        remedy_en="Lock (F12) and sign in with the password.",
    )  # fmt: skip


def _no_pin() -> DomainError:
    return DomainError(
        "Chưa đặt PIN trên máy này.", remedy="Đặt PIN 6 chữ số, hoặc dùng mật khẩu.", field="pin",
        code="pin.none", title_en="No PIN is set on this PC.",
        remedy_en="Set a PIN of six digits, or use the password.",
    )  # fmt: skip
