"""What of an official changes: title, roles, whether he works here; with the ground."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_app.domain.organisation.roles import ROLE_NAMES
from counter_app.services.ports.founding import AccountView
from counter_app.services.ports.officials import ENDED, SUSPENDED, WORKING, ChangeForm
from counter_app.ui.i18n import language, tr
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import named, pair
from counter_app.ui.widgets.text import label


class ChangeCard(Card):
    """``show_official`` fills it with what is; ``form`` is what stands in it."""

    def __init__(self, roles: Sequence[str]) -> None:
        """``roles``: codes to choose from."""
        super().__init__(tr("Thay đổi, dừng tài khoản"), "3")
        self._roles = tuple(roles)
        self._rest: tuple[str, ...] = ()
        place = 0 if language() == "vi" else 1
        names = [ROLE_NAMES[role][place] for role in self._roles]
        self.who = label("", "strong", wrap=True)
        self.title_line = Field(tr("Chức danh"), required=True)
        self.role, self.more = Picker(tr("Vai trò")), Picker(tr("Vai trò thêm"))
        self.role.show_choices(names, 0)
        self.more.show_choices(["–", *names], 0)
        self.standing = Segmented(
            ((WORKING, tr("Đang làm")), (SUSPENDED, tr("Tạm dừng")), (ENDED, tr("Kết thúc")))
        )
        self.standing.setAccessibleName(tr("Tài khoản"))
        self.ground = Field(
            tr("Căn cứ, lý do"), required=True, hint=tr("Ví dụ: QĐ 15/QĐ-UBND, chuyển công tác")
        )
        self.fields = Field(tr("Lĩnh vực phụ trách"), hint=tr("Hộ tịch; Đất đai (để trống: mọi lĩnh vực)"))
        self.id_number = Field(tr("Số căn cước của cán bộ"))
        self.address = Field(tr("Nơi ở"))
        self.inputs: tuple[QWidget, ...] = (
            self.title_line, self.role, self.more, self.fields, self.id_number, self.address,
            *self.standing.findChildren(QWidget),
            self.ground,
        )  # fmt: skip
        words = tr("Tạm dừng: tài khoản ở lại máy, chờ làm lại. Kết thúc: tài khoản bị xóa khỏi máy này.")
        self.add(self.who)
        self.add(self.title_line)
        self.add(pair(named(tr("Vai trò"), self.role), named(tr("Vai trò thêm"), self.more)))
        self.add(self.fields)
        self.add(pair(self.id_number, self.address))
        self.add(named(tr("Tài khoản"), self.standing))
        self.add(label(words, "caption", "text2", wrap=True))
        self.add(self.ground)
        self.standing.chosen.connect(lambda _code: self._say_consequence())

    def show_official(self, official: AccountView | None) -> None:
        """His title, roles and standing as they are."""
        self.who.setText("–" if official is None else official.name)
        self.clear_errors()
        if official is None:
            return
        known = [self._roles.index(role) for role in official.roles if role in self._roles]
        self._rest = tuple(role for role in official.roles if role not in self._roles)
        self.title_line.fill(official.title_line)
        self.role.setCurrentIndex(known[0] if known else 0)
        self.more.setCurrentIndex(known[1] + 1 if len(known) > 1 else 0)
        self._rest += tuple(self._roles[place] for place in known[2:])
        self.fields.fill("; ".join(official.fields))
        self._show_own(official)
        self.standing.choose(WORKING if official.active else SUSPENDED, quiet=True)
        self.ground.fill("")

    def form(self, official: AccountView) -> ChangeForm:
        """What stands in the fields; roles that the two pickers cannot show are kept."""
        chosen = [self._roles[max(self.role.currentIndex(), 0)]]
        if self.more.currentIndex() > 0:
            chosen.append(self._roles[self.more.currentIndex() - 1])
        roles = tuple(dict.fromkeys((*chosen, *self._rest)))
        typed = tuple(part.strip() for part in self.fields.text().split(";") if part.strip())
        return ChangeForm(
            official.official, self.title_line.text(), roles, self.standing.current(), self.ground.text(),
            None if self.fields.text() == "; ".join(official.fields) else typed,
            self.id_number.text().strip(), self.address.text().strip(),
        )  # fmt: skip

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        fields = {
            "title_line": self.title_line, "ground": self.ground, "fields": self.fields,
            "id_number": self.id_number,
        }  # fmt: skip
        shown = fields.get(field)
        if shown is not None:
            shown.show_error(words)
            shown.edit.setFocus()
        return shown is not None

    def clear_errors(self) -> None:
        """Before the next F9."""
        for field in (self.title_line, self.ground, self.fields, self.id_number):
            field.show_error("")

    def _show_own(self, official: AccountView) -> None:
        """His number and address are never shown again: only whether they are known."""
        number = tr("đã ghi, …{end}").format(end=official.number_end)
        self.id_number.fill("")
        self.address.fill("")
        self.id_number.edit.setPlaceholderText(
            number if official.number_end else tr("để xét xung đột lợi ích")
        )
        self.address.edit.setPlaceholderText(tr("đã ghi") if official.has_address else "")

    def _say_consequence(self) -> None:
        """A stop needs its own ground: the old one would read as if it were meant for this."""
        self.ground.edit.setFocus()
