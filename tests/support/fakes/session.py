"""A door with five practice people behind it: what sign-in is tested and drawn with."""

from __future__ import annotations

from counter_app.domain.errors import DomainError
from counter_app.services.ports.exchange import OFFLINE, Pill, SyncStatus
from counter_app.services.ports.session import (
    LOCKED,
    NEEDS_PASSWORD,
    NEEDS_PIN,
    PasswordForm,
    PersonChoice,
    PinForm,
    RecoveryForm,
    Session,
)
from sync.protocol.naming.ids import EntryId

MORNING = 1_795_146_060_000
PIN, PASSWORD = "246810", "mat khau tap huan"
_PEOPLE = (
    ("Lù Thị Mai", "Công chức một cửa", NEEDS_PIN),
    ("Đỗ Hải", "Tư pháp - hộ tịch", NEEDS_PIN),
    ("Vàng Văn Thăng", "Phó Chủ tịch", NEEDS_PASSWORD),
    ("Lò Thị Nấng", "Thủ quỹ, biên lai", NEEDS_PASSWORD),
    ("Giàng A Phử", "Nhân viên bưu chính", LOCKED),
)


class FakeSession:
    """Takes one PIN and one password; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[EntryId, str]] = []
        self.opened: list[tuple[EntryId, EntryId, str, str]] = []
        self.dates: list[int] = []
        self.recovered: list[RecoveryForm] = []
        self.left = 4
        self.offers_pin = False
        self.before = ""
        self.pins: list[tuple[str, ...]] = []
        self.refuse: Exception | None = None
        self._locked = {EntryId(1, 5)}

    def people(self) -> tuple[PersonChoice, ...]:
        """The five, the last one locked until a supervisor opens him."""
        return tuple(self._choice(EntryId(1, place), *one) for place, one in enumerate(_PEOPLE, 1))

    def _choice(self, official: EntryId, name: str, title: str, needs: str) -> PersonChoice:
        if needs == LOCKED and official not in self._locked:
            needs = NEEDS_PASSWORD
        until = MORNING + 9 * 3_600_000 if needs == LOCKED else 0
        head = official.seq == 3
        return PersonChoice(
            official, name, title, needs, until, is_head=head, may_witness=head or official.seq in (2, 4)
        )

    def sign_in(self, official: EntryId, secret: str) -> Session:
        """Refuses anything but the PIN or password, counting down."""
        self.asked.append((official, secret))
        if secret not in (PIN, PASSWORD):
            words = f"PIN chưa đúng. Còn {self.left} lần, sau đó cần mật khẩu."
            self.left -= 1
            raise DomainError(words, code="pin.wrong", title_en="wrong")
        name = next(one.name for one in self.people() if one.official == official)
        offers = self.offers_pin
        return Session(official, name, "", (), frozenset(), MORNING, 10, not offers, offers, self.before)

    def lock(self) -> None:
        """Notes it."""
        self._note("lock")

    def set_pin(self, pin: str, repeated: str) -> None:
        """Notes it."""
        self._note("pin", pin, repeated)

    def change_pin(self, form: PinForm) -> None:
        """Notes it."""
        self._note("pin", form.password, form.pin, form.repeated)

    def change_password(self, form: PasswordForm) -> None:
        """Notes it."""
        self._note("password", form.password, form.new, form.repeated)

    def _note(self, *asked: str) -> None:
        self.pins.append(asked)
        if self.refuse is not None:
            raise self.refuse

    def open_locked(self, locked: EntryId, supervisor: EntryId, secret: str, reason: str) -> None:
        """Notes who opened whom and why."""
        self.opened.append((locked, supervisor, secret, reason))
        self._locked.discard(locked)

    def recover(self, form: RecoveryForm) -> None:
        """Notes it."""
        self.recovered.append(form)
        if self.refuse is not None:
            raise self.refuse

    def confirm_date(self, at: int) -> None:
        """Notes the answer."""
        self.dates.append(at)


class OfflineLine:
    """The exchange as sign-in sees it: offline since 08:27."""

    def status(self) -> SyncStatus:
        """Fourteen items wait."""
        pill = Pill(OFFLINE, "Ngoại tuyến · 14 chưa ở tỉnh", 0)
        since = MORNING - 8_040_000
        return SyncStatus(100, 86, 14, 80, 0, pill, since, 0, 0, 0, 0, 0, "QUẦY-01, lúc 10:24")
