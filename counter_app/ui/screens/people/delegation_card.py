"""A written act that lets an official sign, as it is copied from the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_app.domain.organisation.delegations import PREFIXES, SCOPE_NAMES
from counter_app.domain.organisation.entries import ASSIGNED, AUTHORISED, CHAIRMAN
from counter_app.services.ports.founding import AccountView, DelegationForm
from counter_app.services.ports.officials import LOOK_UP, ActView
from counter_app.ui.formatting import day
from counter_app.ui.i18n import language, tr
from counter_app.ui.screens.founding.found_panel import day_typed
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Tick
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import named, pair
from counter_app.ui.widgets.text import label

SCOPES = ("copy", "signature", "transaction", "translator", "electronic", "dossier")
"""What a new act may be for; ``other``, which older acts name, has no register and lets nobody sign here."""


class DelegationCard(Card):
    """``form(official)`` is what was typed, None with words at a date that is none."""

    def __init__(self, systems: Sequence[tuple[str, str]] = ()) -> None:
        """Empty fields; copies are ticked. ``systems``: codes and names of what somebody may look up in."""
        super().__init__(tr("Văn bản giao ký"), "2")
        self.who = label("", "strong", wrap=True)
        self.act_number = Field(tr("Số văn bản"), required=True, hint=tr("Ví dụ: 47/QĐ-UBND"))
        self.act_day = Field(tr("Ngày văn bản"), required=True, hint="01/07/2026")
        self.valid_from = Field(tr("Có hiệu lực từ"), required=True, hint="01/07/2026")
        self.valid_to = Field(tr("Đến hết ngày"), hint=tr("để trống: không hạn"))
        self.signs_as = Field(tr("Chức danh khi ký"), required=True)
        self._bases = (
            (ASSIGNED, tr("phân công")),
            (AUTHORISED, tr("ủy quyền")),
            (CHAIRMAN, tr("chính Chủ tịch ký")),
        )
        self.basis, self.prefix = Picker(tr("Theo")), Picker(tr("Ghi trước chữ ký"))
        self.basis.show_choices([words for _, words in self._bases], 0)
        self.prefix.show_choices([one or "–" for one in PREFIXES], 1)
        place = 0 if language() == "vi" else 1
        names = {code: SCOPE_NAMES[code][place] for code in SCOPES if code in SCOPE_NAMES}
        names |= {f"{LOOK_UP}.{code}": tr("tra cứu {name}").format(name=name) for code, name in systems}
        self.scopes = {code: Tick(words, on=code == "copy") for code, words in names.items()}
        self.scan = Field(tr("Ảnh văn bản"), hint=tr("PDF, JPEG đến 5 MB"))
        self.choose = Button(tr("Chọn tệp"), "file-plus", "Ctrl O")
        self.inputs: tuple[QWidget, ...] = (
            self.act_number, self.act_day, self.basis, self.prefix, self.signs_as, self.valid_from,
            self.valid_to, *self.scopes.values(), self.scan,
        )  # fmt: skip
        self._build()

    def show_official(self, official: AccountView | None) -> None:
        """Whose act it will be; his title is proposed."""
        self.who.setText("–" if official is None else f"{official.name} · {official.title_line}")
        if official is not None:
            self.signs_as.fill(official.title_line)

    def propose(self, act: ActView) -> None:
        """An act that follows another: everything of it but number and day, and the term after it."""
        self.clear()
        codes = [code for code, _ in self._bases]
        self.basis.setCurrentIndex(codes.index(act.basis) if act.basis in codes else 0)
        self.prefix.setCurrentIndex(PREFIXES.index(act.prefix) if act.prefix in PREFIXES else 0)
        self.signs_as.fill(act.signs_as)
        self.signs_as.edit.setModified(True)  # what the old act says stands, whoever is shown again
        self.valid_from.fill(day(act.renew_from))
        self.valid_to.fill(day(act.renew_to))
        for code, tick in self.scopes.items():
            tick.setChecked(code in act.scope)

    def form(self, official: AccountView) -> DelegationForm | None:
        """The act as typed."""
        typed = [day_typed(field.text()) for field in (self.act_day, self.valid_from)]
        end = day_typed(self.valid_to.text()) if self.valid_to.text() else 0
        wrong = [field for field, on in zip((self.act_day, self.valid_from), typed, strict=True) if not on]
        if self.valid_to.text() and not end:
            wrong.append(self.valid_to)
        for field in wrong:
            field.show_error(tr("Ghi ngày như 01/07/2026."))
        if wrong:
            wrong[0].edit.setFocus()
            return None
        chosen = tuple(code for code, tick in self.scopes.items() if tick.isChecked())
        return DelegationForm(
            official.official, self.act_number.text(), typed[0], self._bases[self.basis.currentIndex()][0],
            PREFIXES[self.prefix.currentIndex()], self.signs_as.text(), chosen, typed[1], end,
            self.scan.text().strip(),
        )  # fmt: skip

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        shown = {
            "act_number": self.act_number,
            "valid_to": self.valid_to,
            "on": self.valid_to,
            "scan": self.scan,
        }.get(field)
        if shown is not None:
            shown.show_error(words)
            shown.edit.setFocus()
        return shown is not None

    def clear(self, *, errors_only: bool = False) -> None:
        """Before the next F9, or for the next act."""
        days = (self.act_day, self.valid_from, self.valid_to)
        for field in (self.act_number, *days, self.signs_as, self.scan):
            field.show_error("")
            if not errors_only:
                field.fill("")

    def _build(self) -> None:
        self.add(self.who)
        self.add(pair(self.act_number, self.act_day))
        self.add(pair(named(tr("Theo"), self.basis), named(tr("Ghi trước chữ ký"), self.prefix)))
        self.add(self.signs_as)
        self.add(pair(self.valid_from, self.valid_to))
        ticks = list(self.scopes.values())
        for place in range(0, len(ticks), 2):
            self.add(pair(*ticks[place : place + 2]))
        self.add(self.scan)
        self.add(self.choose)


def officials_in(rows: Sequence[AccountView], place: int) -> AccountView | None:
    """The official at a place of the list, None where there is none."""
    return rows[place] if 0 <= place < len(rows) else None
