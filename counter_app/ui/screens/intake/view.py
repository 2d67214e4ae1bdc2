"""Intake: card, procedure, papers, F9. One page, keys alone (``ux.md`` 4.3)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.services.ports.intake import ASK, ProcedureHit, TakenIn
from counter_app.services.ports.papers import PrintJobView
from counter_app.ui import formatting
from counter_app.ui.actions import Action
from counter_app.ui.errors import is_bug, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.print_outcome import PrintOutcome
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.intake import entry, problems
from counter_app.ui.screens.intake.intake_acts import IntakeActs
from counter_app.ui.screens.intake.layout import IntakePage
from counter_app.ui.screens.intake.offer import hosts
from counter_app.ui.screens.intake.opening import Opening
from sync.protocol.naming.ids import EntryId

AREAS = frozenset({"people", "dossiers", "session", "settings", "unit"})
PROCEDURE_GROUP = "procedure"


class IntakeView(IntakePage):
    """The page. F9 is the only commit; Esc leaves with the draft kept."""

    def __init__(self, context: ScreenContext) -> None:
        """Joins the parts with keys and answers; nothing is read before it is shown."""
        super().__init__(context)
        self._prints = PrintOutcome(context.program.papers, context.background, context.shell)
        self._problems = problems.ProblemWalk(self.model, self.party, self.procedure, self.papers, self.slip)
        self.acts = IntakeActs(self.model, self.party, context.shell)
        self.opening = Opening(self.model, self.papers, self.acts, context.shell)
        self._opened = False
        self._part = ""
        self._listen()
        self.draw()

    # --- what the shell asks ---

    def title(self) -> str:
        """Title of the page."""
        return tr("Tiếp nhận hồ sơ")

    def subtitle(self) -> str:
        """The code of the last dossier, or when the draft was saved."""
        model = self.model
        if model.form.dossier is not None:
            return tr("Trực tuyến, chờ tiếp nhận") if entry.is_online(model.form) else tr("Bổ sung giấy tờ")
        if model.saved_at:
            return tr("Nháp · đã lưu {at}").format(at=formatting.time(model.saved_at))
        return tr("Vừa lưu {code}").format(code=model.last_code) if model.last_code else ""

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the part that has focus."""
        own: tuple[KeyHint, ...] = (KeyHint("Enter", tr("Ô kế tiếp")), KeyHint("Ctrl 1–4", tr("Đến bước")))
        if self._part == "papers" and entry.is_online(self.model.form):
            asks = self.model.form.outcome == ASK
            own = (
                KeyHint("Space", tr("Cần bổ sung")) if asks else KeyHint("Enter", tr("Giấy kế tiếp")),
                KeyHint("B", tr("Bổ sung")),
                KeyHint("R", tr("Từ chối")),
            )
        elif self._part == "papers":
            own = (KeyHint("Space", tr("Đủ / thiếu")), KeyHint("T", tr("Tra cứu thay giấy")),
                   KeyHint("B", tr("Bổ sung")), KeyHint("R", tr("Từ chối")))  # fmt: skip
        return (*own, KeyHint("Alt Enter", tr("Đã xem")), KeyHint("F9", tr("Lưu và in")))

    def help_lines(self) -> tuple[str, ...]:
        """The page in five lines."""
        return (
            tr("Quét thẻ người nộp; thẻ thứ hai thành người đi cùng. Ngày sinh chỉ có năm: gõ 1951."),
            tr("Thủ tục: gõ vài chữ không dấu hoặc tên tắt (ks), mũi tên, Enter."),
            tr("Giấy tờ: Space là đủ hoặc thiếu, T là đã tra cứu cơ sở dữ liệu thay giấy."),
            tr("Thiếu giấy thì F9 in phiếu bổ sung. B: yêu cầu bổ sung, R: từ chối, rồi F9."),
            tr("“Chưa có hạn”, “chưa có mức”: nhập kèm căn cứ, hoặc Alt+Enter để bỏ trống."),
        )

    def on_shown(self, argument: object) -> None:
        """Opens the draft the first time; a card, a procedure or a dossier may be handed over."""
        if not self._opened:
            self._opened = True
            self.papers.stack.loading()
            self.model.open()
        if isinstance(argument, ScanResult) and argument.kind == "card":
            self.on_scan(argument.text)
        elif isinstance(argument, entry.Opened):
            self.opening.ask(argument)
        elif isinstance(argument, EntryId):
            self.model.open_dossier(argument)
        elif isinstance(argument, SearchHit):
            self._take_hit(argument)
        if not self.procedure.edit.hasFocus():
            self._start()

    def on_hidden(self) -> None:
        """A dossier that was only looked at goes; a draft stays."""
        self.opening.forget()
        if self.model.form.dossier is not None and not self.model.busy:
            self.model.put_dossier_aside()

    def on_commit(self) -> None:
        """F9: the cell being typed is taken over, then the form is looked at and written."""
        if not self.may_write or self.model.busy:
            return
        if focus := QApplication.focusWidget():
            focus.clearFocus()
        self.setFocus()
        self.model.commit()

    def on_escape(self) -> bool:
        """Closes what is offered; then the shell leaves, with the draft kept."""
        if self.party.place.is_open():
            self.party.place.close_offer()
            return True
        return self.opening.go_back()

    def on_scan(self, code: str) -> bool:
        """A card fills the party, a second one a companion; slips are the shell's."""
        scan = classify_scan(code)
        if not self.may_write or scan.kind not in (ScanKind.IDENTITY_CARD, ScanKind.PERSONAL_NUMBER):
            return False
        if scan.kind is ScanKind.IDENTITY_CARD:
            self.model.read_card(scan.text, self.party.companions.current())
        elif self.model.form.dossier is None:
            self.party.identity.edit.setFocus()
            self.party.identity.edit.setText(scan.text)
            self.party.identity.edit.textEdited.emit(scan.text)
            self.model.leave_party()
        return True

    def on_action(self, action: Action) -> bool:
        """Keys of the form and of its list."""
        if action is Action.NEXT_TASK:
            return self._next_problem()
        if action is Action.EXPLAIN:
            return self.acts.explain_due()
        if action is Action.OPEN_EXISTING:
            return self.open_twin()
        in_papers = QApplication.focusWidget() is self.papers.table
        listed = {
            Action.TICK: self.papers.tick, Action.OPEN: self.papers.enter,
            Action.LOOK_UP: self.papers.look_up,
        }  # fmt: skip
        if action in listed:
            return in_papers and listed[action]()
        run = {
            Action.ASK_SUPPLEMENT: self.acts.ask_supplement,
            Action.GIVE_BACK: self.acts.refuse,
            Action.SEEN: self.model.see,
            Action.PAY_WHEN: self.slip.when.choose_next,
            Action.PART_1: self._go_to_party,
            Action.PART_2: self.procedure.start,
            Action.PART_3: self.papers.start,
            Action.PART_4: self.slip.start,
        }.get(action)
        if run is None or not self.may_write:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Persons, dossiers or the unit may have changed."""
        if self._opened and areas & AREAS:
            self.model.evaluate()

    # --- joining ---

    def _listen(self) -> None:
        model, party = self.model, self.party
        model.changed.connect(self.draw)
        model.changed.connect(self.opening.begin_answer)
        model.filled.connect(self._fill)
        model.restored.connect(self._restored)
        model.joined.connect(self.acts.joined)
        model.replaced.connect(self.acts.offer_party_back)
        model.opened.connect(self.papers.loaded)
        model.not_opened.connect(self._not_opened)
        model.kept.connect(self._say_kept)
        model.hits_found.connect(self.procedure.show_found)
        model.places_found.connect(party.place.show_hits)
        model.blocked.connect(self._next_problem)
        model.committed.connect(self._committed)
        model.failed.connect(self.context.shell.show_error)
        party.typed.connect(model.set_party)
        party.left.connect(model.leave_party)
        party.drop_asked.connect(self.acts.ask_drop)
        party.arrived_typed.connect(model.set_arrived)
        party.kind.chosen.connect(model.set_kind)
        party.channel.chosen.connect(model.set_channel)
        party.place.wanted.connect(model.search_places)
        party.place.picked.connect(self._place_picked)
        party.fingerprint.clicked.connect(self.acts.fingerprint)
        party.add_proxy.clicked.connect(lambda: self.acts.add_beside(entry.REPRESENTATIVE))
        party.add_beside.clicked.connect(lambda: self.acts.add_beside(entry.WITNESS))
        party.companions.typed.connect(model.set_companion)
        party.companions.left.connect(model.evaluate)
        party.companions.dropped.connect(self.acts.drop_beside)
        party.companions.rows_changed.connect(self.rechain)
        self._listen_to_papers()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _listen_to_papers(self) -> None:
        model, procedure, papers, slip = self.model, self.procedure, self.papers, self.slip
        procedure.wanted.connect(model.search)
        procedure.chosen.connect(self._choose)
        procedure.ended.connect(self._after_procedure)
        procedure.gaps.limit_typed.connect(
            lambda value, unit, ground: model.put(
                replace(model.form, limit_value=value, limit_unit=unit, limit_ground=ground)
            )
        )
        procedure.gaps.fee_typed.connect(
            lambda amount, ground: model.put(replace(model.form, fee=amount, fee_ground=ground))
        )
        papers.table.current_changed.connect(self._show_row)
        papers.ticked.connect(lambda row: model.put(entry.turn_tick(model.form, row)))
        papers.looked_up.connect(lambda row: model.put(entry.turn_look_up(model.form, row)))
        papers.case_turned.connect(lambda key: model.put(entry.turn_case(model.form, key)))
        papers.asked.connect(lambda row, words: model.put(entry.with_asked(model.form, row, words)))
        papers.ended.connect(slip.start)
        papers.ask_pressed.connect(self.acts.ask_supplement)
        papers.refuse_pressed.connect(self.acts.refuse)
        slip.pay_chosen.connect(lambda when: model.put(replace(model.form, pay=when)))
        slip.given_typed.connect(lambda text: model.put(replace(model.form, given=text)))
        slip.deliver_chosen.connect(lambda way: model.put(replace(model.form, deliver=way)))
        slip.exemption_chosen.connect(lambda code: model.put(replace(model.form, exemption=code)))
        slip.why_asked.connect(self.acts.explain_due)

    # --- acting ---

    def _start(self) -> None:
        if self.model.form.dossier is not None:
            self.papers.start()
        else:
            self._go_to_party()

    def _go_to_party(self) -> None:
        self.party.identity.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, hit: ProcedureHit) -> None:
        self.model.choose(hit)

    def _place_picked(self, hit: object) -> None:
        self.party.show_place(hit)  # type: ignore[arg-type]
        self.model.set_place(hit)  # type: ignore[arg-type]

    def _take_hit(self, hit: SearchHit) -> None:
        """What the search box found: a name, a procedure to be taken with Enter, a dossier."""
        if hit.group == PROCEDURE_GROUP and not self.model.form.procedure:
            self.procedure.start()
            self.procedure.edit.setText(hit.title)
            self.procedure.edit.textEdited.emit(hit.title)
        elif hit.subject is not None and hit.group == "dossier":
            self.model.open_dossier(hit.subject)
        if hit.group == "person" and not self.model.form.party.name:
            self.party.name.edit.setText(hit.title)
            self.party.name.edit.textEdited.emit(hit.title)

    # --- answers ---

    def _fill(self, from_card: bool) -> None:
        self.party.fill(self.model.form, from_card=from_card)
        if from_card and not self.model.form.procedure:
            self.procedure.start()

    def _restored(self) -> None:
        form = self.model.form
        self.party.fill(form, from_card=False)
        self.procedure.fill(form)
        self.slip.fill(form)
        self.online_banner.setVisible(entry.is_online(form))
        if form.dossier is not None:
            self.papers.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _leave(self) -> None:
        if not self.opening.go_back():
            super()._leave()

    def _not_opened(self, error: BaseException) -> None:
        if is_bug(error):
            self.context.shell.show_error(error)
        words = words_of(error)
        self.papers.stack.failed(words.title, words.remedy or words.meaning, self.model.open)

    def _say_kept(self) -> None:
        self.context.shell.tell(tr("Còn nháp đang nhập. Lưu hoặc bỏ nháp, rồi mở lại hồ sơ này."))

    def _committed(self, done: TakenIn, unprinted: tuple[PrintJobView, ...]) -> None:
        self._prints.tell(done.sentence, done.jobs, unprinted)
        if not self.opening.go_back():
            self._go_to_party()
            self.context.shell.legend_changed()

    def _next_problem(self) -> bool:
        """To the next place that stops F9; False when there is none."""
        self.draw()
        return self._problems.go_on()

    def _show_row(self, _place: int = 0) -> None:
        """The page scrolls, not the list: the row under the bar stays in sight."""
        table, holder = self.papers.table, self.main_area.widget()
        if table.hasFocus() and table.currentIndex().isValid():
            row = table.visualRect(table.currentIndex())
            middle = table.viewport().mapTo(holder, row.center())
            self.main_area.ensureVisible(0, middle.y(), 0, row.height())

    def _focus_moved(self, _old: QObject, now: QObject) -> None:
        if now is self.papers.table:
            self._show_row()
        elif isinstance(now, QWidget):
            for area, parts in ((self.main_area, (self.party, self.procedure, self.papers)),
                                (self.side_area, (self.slip,))):  # fmt: skip
                if any(hosts(part, now) for part in parts):
                    area.ensureWidgetVisible(now, 0, 24)
        part = "papers" if now is self.papers.table else ""
        if part != self._part:
            self._part = part
            self.context.shell.legend_changed()
