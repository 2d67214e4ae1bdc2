"""Enrolment: a provisioning file or a grant makes this PC a counter, offline; later lives follow from it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.printing.jobs import PrinterRole
from counter_app.services.enrolment.arriving import remember
from counter_app.services.enrolment.device_keys import DeviceKeys, keep_keys, keep_unit_key, kept_keys
from counter_app.services.enrolment.opening import OpenedStore
from counter_app.services.enrolment.provisioning import checked
from counter_app.services.enrolment.seats import seat_for
from counter_app.services.enrolment.words import refused_words
from counter_app.services.registers.place import ON_THE_MOVE
from counter_app.storage.journals.appending import Author
from counter_app.storage.keeping import copy_guard, lives
from counter_app.storage.this_pc import device
from sync.protocol.meeting.provision import Provision, UnitProvision
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import device_of, journal_of
from sync.protocol.naming.keys import SigningKey, key_id
from sync.protocol.naming.unit_keys import UnitKey
from sync.protocol.refusals import Refusal

HUB_URL = "hub.url"
HUB_AUTHORITY = "hub.authority"
HUB_KEY = "hub.key"
HUB_PROXY = "hub.proxy"
GRANT = "grant."
SPARES_USED = "grant-spares-used"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who this PC is for its province. ``hub_keys`` maps key id to key, as readers of grants want it."""

    unit: str
    journal: int
    hub_url: str
    authority_pem: str
    hub_key: bytes
    proxy: str
    spare_grants: int

    @property
    def hub_keys(self) -> dict[bytes, bytes]:
        """The pinned hub key."""
        return {key_id(self.hub_key): self.hub_key}


def enrolment_of(connection: Connection) -> Enrolment | None:
    """What this PC was enrolled as, None before."""
    own, key = device.own_journal(connection), device.setting(connection, HUB_KEY)
    if own is None or not key:
        return None
    spares = len([name for name in device.settings_of(connection, GRANT) if name != f"{GRANT}0"])
    return Enrolment(
        device.setting(connection, device.UNIT), own, device.setting(connection, HUB_URL),
        device.setting(connection, HUB_AUTHORITY), bytes.fromhex(key), device.setting(connection, HUB_PROXY),
        spares - int(device.setting(connection, SPARES_USED, "0")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes of a provisioning came from, for what is to be done with it afterwards."""

    file: str = ""
    keep: bool = False


NOWHERE = Source()
"""Bytes of which nothing is left to do."""


def enrol(
    opened: OpenedStore,
    file: bytes,
    at: int,
    *,
    practice: bool | None = None,
    unit: str = "",
    counter: int = 0,
    source: Source = NOWHERE,
) -> Enrolment:
    """Open life 1 of the granted journal with fresh keys; needs no line. ``at`` is our clock in ms.

    ``practice`` is what this program is (None asks nothing), ``unit`` the one wanted, "" for any, ``counter``
    the seat of a unit's file, 0 where it has one. Raises DomainError ``enrol.*``: a file that is none, is
    damaged, of another hub or unit, whose grant has ended, a practice file on a real PC or the reverse, a
    seat that is not there, or a PC that is enrolled already.
    """
    with opened.store.read() as connection:
        known = enrolment_of(connection)
    if known is not None:
        raise enrolled_already(known)
    whole = checked(file, at, practice, unit)
    provision = seat_for(whole, counter)
    keys = {key_id(provision.hub_key): provision.hub_key}
    try:
        granted = provision.granted()
        if whole.made and source.file:  # a unit's file has more to give than a journal
            with opened.store.write() as connection:
                remember(connection, source.file, granted.counter, whole, source.keep)
        with opened.store.write() as connection:  # copies get no number in a village before anybody asks
            device.put_setting(connection, ON_THE_MOVE, "1" if _is_mobile(whole, granted.counter) else "")
        _open_life(opened, granted.device, provision.grants[0], keys, at, OpenReason.ENROLLED, provision)
    except Refusal as refusal:
        raise refused_words(refusal) from refusal
    with opened.store.read() as connection:
        enrolled = enrolment_of(connection)
    assert enrolled is not None
    return enrolled


def _is_mobile(whole: UnitProvision, counter: int) -> bool:
    """A seat that goes to the villages begins on the move; who is back says so in the settings."""
    seats = zip(whole.granted(), whole.seats, strict=True)
    return any(seat.mobile for granted, seat in seats if granted.counter == counter)


def begin_next_life(opened: OpenedStore, at: int, reason: OpenReason) -> Enrolment:
    """The next life after a restore, a copy that was found, or a fork; at once and offline.

    Certified by the last life's key where it opens here, else under a spare grant. The machine is the store's
    home from now on. Raises DomainError ``enrol.none``, ``enrol.no_spare``, ``enrol.*``.
    """
    with opened.store.read() as connection:
        known = enrolment_of(connection)
        if known is None:
            raise _not_enrolled()
        previous = kept_keys(connection, known.journal, opened.device_secret)
        grants = device.settings_of(connection, GRANT)
        used = int(device.setting(connection, SPARES_USED, "0"))
    number = 0 if previous is not None else used + 1
    text = grants.get(f"{GRANT}{number}")
    if text is None:
        raise _no_spare()
    try:
        _open_life(
            opened, device_of(known.journal), bytes.fromhex(text), known.hub_keys, at, reason,
            previous=None if previous is None else previous.signing,
        )  # fmt: skip
    except Refusal as refusal:
        raise refused_words(refusal) from refusal
    with opened.store.write() as connection:
        if previous is None:
            device.put_setting(connection, SPARES_USED, str(number))
    copy_guard.accept(opened.store, opened.secrets)
    with opened.store.read() as connection:
        again = enrolment_of(connection)
    assert again is not None
    return again


def move_hub(opened: OpenedStore, url: str) -> None:
    """The province's address changed while no program runs; its key and its authority stay the same.

    In the program a technician keeps it on the page of the line (``technician/line_settings.py``).
    """
    with opened.store.write() as connection:
        device.put_setting(connection, HUB_URL, url)


def resume(opened: OpenedStore) -> Enrolment | None:
    """Write on in the journal this PC has; None before enrolment. Raises ``SecretError``.

    A store that is stopped (copy, fork, restore) is read and may not write; ``Store.author`` says why.
    """
    with opened.store.read() as connection:
        known = enrolment_of(connection)
        keys = None if known is None else kept_keys(connection, known.journal, opened.device_secret)
    if known is not None and keys is not None:
        opened.store.enrolled(Author(known.journal, keys.signing))
    return known


def _open_life(
    opened: OpenedStore,
    number: int,
    grant: bytes,
    hub_keys: dict[bytes, bytes],
    at: int,
    reason: OpenReason,
    provision: Provision | None = None,
    previous: SigningKey | None = None,
) -> None:
    """Keys are kept before the life that needs them begins: a kill in between costs only the keys."""
    store, keys = opened.store, DeviceKeys.fresh()
    with store.write() as connection:
        journal = journal_of(number, lives.last_life(connection, number) + 1)
        keep_keys(connection, journal, keys, opened.device_secret, at)
        if provision is not None:
            _remember(connection, provision)
            if provision.unit_key_version:
                keep_unit_key(connection, _unit_key(provision), opened.device_secret, at)
    lives.open_life(
        store, grant, hub_keys, keys.signing, keys.exchange.public, at, reason=reason, previous=previous
    )


def _remember(connection: Connection, provision: Provision) -> None:
    """What the provisioning said, in this PC's settings."""
    told = {
        HUB_URL: provision.hub_url,
        HUB_AUTHORITY: provision.authority_pem,
        HUB_KEY: provision.hub_key.hex(),
        HUB_PROXY: provision.proxy,
        **{f"{GRANT}{place}": grant.hex() for place, grant in enumerate(provision.grants)},
        **{f"printer.{role}": name for role, name in provision.printers if role in _ROLES},
    }
    for name, value in told.items():
        device.put_setting(connection, name, value)


def _unit_key(provision: Provision) -> UnitKey:
    return UnitKey(provision.unit, provision.unit_key_version, provision.unit_key)


_ROLES = frozenset(role.value for role in PrinterRole)


def enrolled_already(known: Enrolment) -> DomainError:
    """What an enrolled PC answers to a second file; ``enrol.again``."""
    return DomainError(
        "Máy này đã được ghi danh.", f"Máy đang thuộc đơn vị {known.unit}, nhật ký số {known.journal}.",
        "Đổi máy, đổi ổ đĩa: commune-counter enrol --next-life replaced.", code="enrol.again",
        title_en="This PC is enrolled already.",
        meaning_en=f"It belongs to unit {known.unit}, journal {known.journal}.",
        remedy_en="Another PC or disk: commune-counter enrol --next-life replaced.",
    )  # fmt: skip


def _not_enrolled() -> DomainError:
    return DomainError(
        "Máy này chưa được ghi danh.", remedy="Ghi danh bằng tệp cấp phát của tỉnh.", code="enrol.none",
        title_en="This PC is not enrolled yet.", remedy_en="Enrol it with the province's file.",
    )  # fmt: skip


def _no_spare() -> DomainError:
    return DomainError(
        "Không còn giấy cấp phát dự phòng.", "Khóa cũ của máy không mở được nên cần giấy cấp phát khác.",
        "Xin tỉnh tệp cấp phát mới.", code="enrol.no_spare", title_en="No spare grant is left.",
        meaning_en="The PC's earlier key does not open, so another grant is needed.",
        remedy_en="Ask the province for a new provisioning file.",
    )  # fmt: skip
