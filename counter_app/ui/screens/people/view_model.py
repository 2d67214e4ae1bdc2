"""What the page of officials knows and may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from counter_app.domain.dates import vn_datetime
from counter_app.services.ports.exchange import ExchangePort
from counter_app.services.ports.founding import (
    AccountView,
    CarriedAccounts,
    DelegationForm,
    FoundingPort,
    OfficialForm,
)
from counter_app.services.ports.officials import (
    ENDED,
    SUSPENDED,
    WORKING,
    ActView,
    ChangeForm,
    EndActForm,
    NewPasswordForm,
    OfficialsPort,
)
from counter_app.ui.background import Background
from counter_app.ui.i18n import tr
from sync.protocol.naming.ids import EntryId

ACCOUNTS_SUFFIX = ".mca"


class PeopleModel(QObject):
    """Officials read; one added, an act recorded, accounts written to a stick."""

    changed = Signal()
    added = Signal(str)
    recorded = Signal(str)
    written = Signal(object)
    brought = Signal(int)
    done = Signal(str)
    """What was done to somebody: the sentence of the bar."""
    files_read = Signal(object)
    pages_read = Signal(object)
    """PNG pages of the scan of an act."""
    failed = Signal(object)

    def __init__(
        self,
        port: FoundingPort,
        officials: OfficialsPort,
        exchange: ExchangePort,
        background: Background,
        now: Callable[[], int],
    ) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._officials = port, officials
        self._exchange, self._background, self._now = exchange, background, now
        self._busy = False
        self.today = 0
        self.rows: tuple[AccountView, ...] = ()
        self.acts: tuple[ActView, ...] = ()

    def read(self) -> None:
        """Both lists again."""
        officials, now = self._officials, self._now
        self._background.run_query(
            lambda: (officials.officials(), officials.acts(), vn_datetime(now())),
            self._show, self.failed.emit, owner=self, key="people",
        )  # fmt: skip

    def change(self, form: ChangeForm, name: str) -> None:
        """Title, roles, standing. Called from F9 alone."""
        port = self._officials
        words = {
            WORKING: tr("Đã ghi thay đổi của {name}."),
            SUSPENDED: tr("Đã tạm dừng tài khoản của {name}."),
            ENDED: tr("Đã kết thúc tài khoản của {name}."),
        }[form.standing].format(name=name)
        self._change(lambda: port.change(form), lambda _nothing: self.done.emit(words))

    def mark_present(self, one: AccountView) -> None:
        """He is here today after all."""
        port, words = self._officials, tr("Đã ghi {name} có mặt hôm nay.").format(name=one.name)
        self._change(lambda: port.mark_present(one.official, True), lambda _nothing: self.done.emit(words))

    def mark_away(self, one: AccountView, until: str) -> None:
        """He is away until the time typed, "" for the rest of the day. Called from the dialog's F9."""
        port, when = self._officials, until.strip()
        words = tr("Đã ghi {name} vắng đến {until}.") if when else tr("Đã ghi {name} vắng hôm nay.")
        self._change(
            lambda: port.mark_present(one.official, False, when),
            lambda _nothing: self.done.emit(words.format(name=one.name, until=when)),
        )

    def replace_password(self, form: NewPasswordForm, name: str) -> None:
        """A forgotten password. Called from F9 alone."""
        port, words = self._officials, tr("Đã thay mật khẩu của {name}.").format(name=name)
        self._change(lambda: port.replace_password(form), lambda _nothing: self.done.emit(words))

    def end_act(self, form: EndActForm, number: str) -> None:
        """An act ends. Called from F9 alone."""
        port, words = self._officials, tr("Đã kết thúc văn bản số {number}.").format(number=number)
        self._change(lambda: port.end_act(form), lambda _nothing: self.done.emit(words))

    def look(self, delegation: EntryId) -> None:
        """The pages of a scanned act."""
        port = self._officials
        self._background.run_query(
            lambda: port.act_pages(delegation), self.pages_read.emit, self.failed.emit, owner=self,
            key="people.scan",
        )  # fmt: skip

    def bring_scan(self, act: ActView, path: str) -> None:
        """The scan of an act from another PC."""
        port, words = self._officials, tr("Đã giữ ảnh văn bản số {number}.").format(number=act.act_number)
        self._change(lambda: port.bring_scan(act.delegation, path), lambda _nothing: self.done.emit(words))

    def find_files(self) -> None:
        """Files of accounts on sticks and in the outbox."""
        port = self._port
        self._background.run_query(
            lambda: tuple(one for one in port.files() if one.path.endswith(ACCOUNTS_SUFFIX)),
            self.files_read.emit, self.failed.emit, owner=self, key="people.files",
        )  # fmt: skip

    def take(self, path: str) -> None:
        """Accounts from a file of another PC of the unit."""
        port = self._port
        self._change(lambda: port.read_accounts(path), lambda taken: self.brought.emit(taken.count))

    def add(self, form: OfficialForm) -> None:
        """A new official. Called from F9 alone."""
        port = self._port
        self._change(lambda: port.add(form), lambda _id: self.added.emit(form.name))

    def record(self, form: DelegationForm) -> None:
        """A written act. Called from F9 alone."""
        port = self._port
        self._change(lambda: port.delegate(form), lambda _id: self.recorded.emit(form.act_number))

    def write_accounts(self) -> None:
        """The file of accounts: on the first stick that can be written, else in the outbox."""
        port, exchange = self._port, self._exchange

        def write() -> CarriedAccounts:
            places = [place for place in exchange.places() if place.writable]
            return port.write_accounts(places[0].path)

        self._change(write, self.written.emit)

    def _change(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        """Once until it is answered: a second press of F9 would record the same act again."""
        if self._busy:
            return
        self._busy = True
        self._background.run_change(
            work,
            lambda result: self._answer(done, result),
            lambda error: self._answer(self.failed.emit, error),
            owner=self,
        )

    def _answer(self, told: Callable[..., None], what: object) -> None:
        self._busy = False
        told(what)

    def _show(self, found: tuple[tuple[AccountView, ...], tuple[ActView, ...], datetime]) -> None:
        self.rows, self.acts, moment = found
        self.today = moment.year * 10_000 + moment.month * 100 + moment.day
        self.changed.emit()
