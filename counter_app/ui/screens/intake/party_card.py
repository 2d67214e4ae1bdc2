"""Part 1: who the dossier is for, how it came, and who stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.ports.copies import Notice
from counter_app.services.ports.intake import IntakeForm, PartyForm, PlaceHit
from counter_app.ui.formatting import grouped
from counter_app.ui.i18n import tr
from counter_app.ui.screens.intake import entry
from counter_app.ui.screens.intake.companions import Companions
from counter_app.ui.screens.intake.offer import PlaceLine
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Segmented, Tick
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.text import ElidedLabel, Icon, label

FIELDS = ("id_number", "name", "birth", "address", "unit", "phone", "email", "arrived")
_WIDTHS = (184, 300, 118)
_HOME_WIDTHS = (330, 272)


class PartyCard(Card):
    """``typed`` carries the whole ``PartyForm``, ``left`` fires when a cell was left."""

    typed = Signal(object)
    left = Signal()
    drop_asked = Signal()
    arrived_typed = Signal(str)

    def __init__(self) -> None:
        """Empty cells."""
        super().__init__(tr("Người nộp hồ sơ"), "1")
        self._build_head()
        self.place = PlaceLine()
        self.identity = Field(tr("Số căn cước / giấy tờ"), required=True)
        self.name = Field(tr("Họ và tên"), required=True)
        self.birth = Field(tr("Ngày sinh"))
        self.home = Field(tr("Nơi cư trú"))
        self.unit = Field(tr("Xã, phường"), hint=tr("vd. ta leng"), edit=self.place)
        self.phone = Field(tr("Điện thoại"))
        self.email = Field(tr("Thư điện tử"))
        self.arrived = Field(tr("Ngày theo dấu bưu điện"), hint=tr("vd. 19/11"))
        self.cells = (self.identity, self.name, self.birth, self.home, self.unit)
        self.more = (self.phone, self.email, self.arrived)
        self.add(self._row(self.cells[:3], _WIDTHS))
        self.add(self._row(self.cells[3:], _HOME_WIDTHS))
        self.add(self._row(self.more, (1, 1, 1)))
        self._build_channel()
        self.companions = Companions()
        self.add(self.companions)
        self._party = PartyForm()
        self._touched: set[str] = set()
        for field in (*self.cells, self.phone, self.email):
            field.edit.textEdited.connect(lambda _text: self._tell())
            field.left.connect(self._leave)
        self.arrived.left.connect(lambda: self.arrived_typed.emit(self.arrived.text()))
        self.place.edited.connect(self._place_typed)

    def fields(self) -> dict[str, Field]:
        """By the names that notices use."""
        return dict(zip(FIELDS, (*self.cells, *self.more), strict=True))

    def fill(self, form: IntakeForm, *, from_card: bool) -> None:
        """Writes the cells; those that a card changed flash."""
        party = self._party = form.party
        values = (
            self._number(party), party.name, party.birth, party.address, party.unit_text, party.phone,
            party.email, form.arrived,
        )  # fmt: skip
        for name, value in zip(FIELDS, values, strict=True):
            self.fields()[name].fill(value, from_qr=from_card)
        self._touched = {name for name, value in zip(FIELDS, values, strict=True) if value}
        self.companions.fill(form.companions)
        self.show_form(form)

    def show_form(self, form: IntakeForm) -> None:
        """Kind, channel and what they ask for."""
        party = form.party
        self._party = replace(self._party, unit=party.unit, kind=party.kind)
        citizen = party.kind == entry.CITIZEN
        self.kind.choose(party.kind, quiet=True)
        self.channel.choose(form.channel, quiet=True)
        self.identity.rename(tr("Số căn cước / giấy tờ") if citizen else tr("Mã số"))
        self.name.rename(tr("Họ và tên") if citizen else tr("Tên như đăng ký"))
        self.birth.setVisible(citizen)
        self.home.rename(tr("Nơi cư trú") if citizen else tr("Địa chỉ"))
        wants_phone = bool(party.phone or party.email) or self.phone.edit.hasFocus()
        self.phone.setVisible(wants_phone or not self.phone.isHidden())
        self.email.setVisible(not self.phone.isHidden())
        self.add_phone.setVisible(self.phone.isHidden())
        self.arrived.setVisible(form.channel == entry.POST)
        self.fingerprint.setChecked(bool(form.cannot_sign))
        self.from_card.setVisible(party.from_card)
        self.companions.show_rows(form.companions)

    def show_birth(self, text: str) -> None:
        """``020998`` as ``02/09/1998`` once the cell was left."""
        if text and text != self.birth.text() and not self.birth.edit.hasFocus():
            self.birth.edit.fill(text)
            self._tell()

    def show_place(self, hit: PlaceHit) -> None:
        """The commune picked."""
        words = f"{hit.name}, {hit.province}"
        self._party = replace(self._party, unit=hit.code, unit_text=words)
        self.unit.fill(words)
        self._touched.add("unit")

    def show_known(self, words: str, routed: str) -> None:
        """Earlier dossiers, and the purple line of a dossier from elsewhere."""
        self.again.setText(words)
        self.again.setVisible(bool(words))
        self.routed.setText(routed)
        self.routed.setVisible(bool(routed))
        self.routed_icon.setVisible(bool(routed))

    def show_faults(self, notices: Sequence[Notice], *, all_of_them: bool) -> None:
        """Words under each cell that was left (``all_of_them`` after F9); a good number gets its mark."""
        for name, field in self.fields().items():
            found = next((one for one in notices if one.field == name), None)
            due = (name in self._touched or all_of_them) and not self._is_typing(field)
            field.show_error(_words(found) if found is not None and due else "")
        wrong = any(one.field == "id_number" for one in notices)
        if self.identity.text() and not wrong and not self._is_typing(self.identity):
            self.identity.show_state("circle-check")
        self.companions.show_faults(notices, all_of_them=all_of_them)

    def set_read_only(self, read_only: bool) -> None:
        """Cells as text."""
        for field in (*self.cells, *self.more):
            field.set_read_only(read_only)
        self.place.setPlaceholderText("" if read_only else tr("vd. ta leng"))
        for part in (
            self.kind,
            self.channel,
            self.fingerprint,
            self.add_phone,
            self.add_beside,
            self.add_proxy,
        ):
            part.setEnabled(not read_only)
        self.companions.set_read_only(read_only)

    def open_phone(self) -> None:
        """Phone and mail, which many do not have."""
        for field in (self.phone, self.email):
            field.show()
        self.add_phone.hide()
        self.phone.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _build_head(self) -> None:
        self.from_card = Badge(tr("Đã đọc từ QR CCCD"), "ok", "qrcode")
        self.from_card.hide()
        self.again = ElidedLabel("", "caption_strong", "primary")
        self.drop = Button(tr("Bỏ nháp"), "trash", "", LINK, self.drop_asked.emit)
        self.drop.hide()
        self.kind = Segmented(
            ((entry.CITIZEN, tr("Cá nhân")), (entry.ORGANISATION, tr("Tổ chức")),
             (entry.HOUSEHOLD, tr("Hộ kinh doanh")))
        )  # fmt: skip
        self.kind.setAccessibleName(tr("Người nộp là ai"))
        self.add_to_head(self.from_card, self.again, self.drop, self.kind)

    def _build_channel(self) -> None:
        self.channel = Segmented(
            ((entry.COUNTER, tr("Trực tiếp")), (entry.POST, tr("Bưu chính")),
             (entry.ONLINE, tr("Trực tuyến")), (entry.ONLINE_HELPED, tr("Nộp hộ trực tuyến")))
        )  # fmt: skip
        self.channel.setAccessibleName(tr("Kênh nộp"))
        self.add_phone = Button(tr("Điện thoại"), "plus", "", LINK, self.open_phone)
        self.add_proxy = Button(tr("Nộp theo ủy quyền"), "plus", "", LINK)
        self.add_beside = Button(tr("Người làm chứng, phiên dịch"), "plus", "", LINK)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(tr("Kênh nộp"), "caption_strong", "text2"))
        row.addWidget(self.channel)
        row.addStretch(1)
        self.fingerprint = Tick(tr("Không ký được: điểm chỉ"))
        row.addWidget(self.fingerprint)
        self.add(row)
        links = QHBoxLayout()
        links.setSpacing(8)
        links.addStretch(1)
        for link in (self.add_phone, self.add_proxy, self.add_beside):
            links.addWidget(link)
        self.add(links)
        self.routed_icon = Icon("map-pin", "conf", 17)
        self.routed_icon.hide()
        self.routed = ElidedLabel("", "caption_strong", "conf")
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.routed_icon)
        second.addWidget(self.routed, 1)
        self.add(second)

    def _row(self, fields: Sequence[QWidget], widths: Sequence[int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        for field, width in zip(fields, widths, strict=True):
            row.addWidget(field, width)
        for field in self.more:
            field.hide()
        return row

    def _number(self, party: PartyForm) -> str:
        return grouped(party.id_number) if party.kind == entry.CITIZEN else party.id_number

    def _is_typing(self, field: Field) -> bool:
        return field.edit.hasFocus() and field.edit.isModified() and not field.error()

    def _tell(self) -> None:
        party = entry.with_number(self._party, self.identity.text())
        self._party = replace(
            party, name=self.name.text(), birth=self.birth.text(), address=self.home.text(),
            unit_text=self.unit.text(), phone=self.phone.text(), email=self.email.text(),
        )  # fmt: skip
        self.from_card.setVisible(self._party.from_card)
        self.typed.emit(self._party)

    def _place_typed(self) -> None:
        """What is typed over a picked commune is not that commune any more."""
        self._party = replace(self._party, unit="")
        self._tell()

    def _leave(self) -> None:
        for name, field in self.fields().items():
            if not field.edit.hasFocus() and field.edit.isModified():
                self._touched.add(name)
                field.edit.setModified(False)
        number = self._number(self._party)
        if not self.identity.edit.hasFocus() and self.identity.text() != number:
            self.identity.edit.fill(number)
        self.left.emit()


def _words(notice: Notice) -> str:
    return f"{notice.title} {notice.detail}".strip()
