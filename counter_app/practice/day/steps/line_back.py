"""The line returns: everything is at the hub; the hub asks about one entry and the clerk answers."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.composition.running import RunningProgram
from counter_app.domain.questions.decisions import ask
from counter_app.practice import people
from counter_app.practice.day.citizens import SON
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.by_hand import carry, export
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.services.ports.exchange import SYNCED
from counter_app.storage.journals.journal import position
from sync.hub import files as hub_files
from sync.protocol.naming.ids import PRACTICE_UNIT

SYNC = "sync"


def send(stage: Stage, counter: int) -> str:
    """F5; returns what the bar says."""
    seat = stage.seat(counter)
    seat.press(Qt.Key.Key_F5)
    return seat.bar()


def everything_arrives(stage: Stage) -> None:
    """F5 at both counters: saved is what the province signed for, here and there."""
    stage.at(16, 50)
    stage.line_up()
    sign_in(stage, people.CLERK, FIRST)
    for _ in range(2):
        for counter in (FIRST, DESK):
            said = send(stage, counter)
            check(said.startswith("Đã đồng bộ"), f"F5: “{said}”")
    for counter in (FIRST, DESK):
        program = stage.program(counter)
        status = program.exchange.status()
        equal((status.waiting, status.pill.kind), (0, SYNCED), "mục chờ gửi và dấu đồng bộ")
        with stage.hub() as hub:
            covered = hub.word(PRACTICE_UNIT).received.covers(*_head(program))
        check(covered, f"tỉnh chưa ký nhận mọi mục của {program.technician.enrolment().counter}")
    stage.say(f"Có đường truyền: {said} Tỉnh đã nhận mọi mục của cả hai quầy.")


def the_hub_asks(stage: Stage) -> None:
    """One question about a fee; the clerk explains; the province has the answer."""
    stage.at(16, 55)
    request, _ = stage.slips[SON.number]
    with stage.hub() as hub:
        about = ask(request, request, "fee.differs", "originals.0.fee", "Phí khác biểu phí.", "5000")
        hub.append(PRACTICE_UNIT, about)
    send(stage, FIRST)
    seat, program = stage.seat(FIRST), stage.program(FIRST)
    equal(program.exchange.pill().tasks, 1, "việc tỉnh hỏi")
    seat.press(Qt.Key.Key_Period, CTRL)
    equal(seat.screen(), SYNC, "Ctrl+. mở việc tỉnh hỏi")
    stage.picture(seat, "tinh-hoi-lai")
    seat.press(Qt.Key.Key_T, CTRL)
    check(seat.window.dialog.is_open(), "Ctrl+T phải hỏi lời giải trình")
    seat.type("1")
    seat.commit()
    stage.say(f"Tỉnh hỏi lại về phí; giải trình: “{seat.bar()}”")
    equal(program.exchange.pill().tasks, 0, "việc tỉnh hỏi sau khi giải trình")
    send(stage, FIRST)
    with stage.hub() as hub:
        hub.read(PRACTICE_UNIT)
        answered = [one.status for one in hub.questions(PRACTICE_UNIT, "answered")]
    equal(answered, ["answered"], "câu trả lời ở tỉnh")


def everything_arrives_by_file(stage: Stage) -> None:
    """No line at all: QUẦY-01 carries both counters' entries to the province and its answer back."""
    stage.at(16, 50)
    seat = sign_in(stage, people.SIGNER, DESK)
    carry(stage, export(stage, seat, DESK), FIRST)
    seat, program = sign_in(stage, people.CLERK, FIRST), stage.program(FIRST)
    files = export(stage, seat, FIRST)
    with stage.hub() as hub:
        taken = hub_files.take(hub, files)
        hub.read(PRACTICE_UNIT)
        assert taken.vector is not None
        answer = hub_files.give(hub, PRACTICE_UNIT, stage.world.folder / "tra-loi", hub.now(), taken.vector)
        held = hub.word(PRACTICE_UNIT).received
    for counter in (FIRST, DESK):
        check(held.covers(*_head(stage.program(counter))), "tỉnh chưa có mọi mục của hai quầy")
    check(program.exchange.status().waiting, "chưa có lời tỉnh thì chưa mục nào được coi là đã ở tỉnh")
    carry(stage, list(answer), FIRST)
    equal(program.exchange.status().waiting, 0, "mục chờ gửi sau khi nhập trả lời của tỉnh")
    stage.say("Tỉnh nhận bằng tệp mọi mục của cả hai quầy; gói trả lời đã nhập tại QUẦY-01.")


def _head(program: RunningProgram) -> tuple[int, int]:
    """The counter's own journal and its last entry."""
    journal = program.areas.work.journal
    with program.opened.store.read() as connection:
        return journal, position(connection, journal).seq
