"""Exchange, files and the province's questions between real counters and a real hub over TLS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.certification.entries import CopiesRequested
from counter_app.domain.errors import DomainError
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.questions.decisions import ask, settle
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.exchange import BLOCKED, NOTHING_NEW, OFFLINE, SYNCED, UNKNOWN, WHOLE
from counter_app.services.workplace import CLOCK_OFFSET
from counter_app.storage.journals.journal import entries_between
from counter_app.storage.readings.upkeep import Readings
from counter_app.storage.this_pc import device
from sync.hub import files as hub_files
from sync.hub.hub import Hub
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.system_kinds import ClockSeen, Settlement, SystemKind
from sync.protocol.meeting.parcel import NOTHING
from sync.protocol.naming.ids import EntryId
from tests.support.practice import practice_world, take_in, waiting

UNIT = "00000"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path_factory.mktemp("xa"), counters=2) as made:
        yield made


@pytest.fixture(autouse=True)
def everything_is_there(world: PracticeWorld) -> None:
    world.settle()
    assert [waiting(program) for program in world.programs] == [0, 0]


def hub_asks(world: PracticeWorld, entry: EntryId, code: str, field: str, theirs: str = "") -> EntryId:
    """The province asks about an entry; the counter learns it with its next exchange."""
    with Hub.open(world.hub_folder, practice=True) as hub:
        asked = hub.append(UNIT, ask(entry, entry, code, field, "Tỉnh hỏi về chỗ này.", theirs))
    world.meet(world.programs[0])
    return asked[0].id


def test_saved_is_received_and_waiting_at_every_step(world: PracticeWorld) -> None:
    program = world.programs[0]
    before = program.exchange.status()
    take_in(world, "gks 1x2", "hb 4x1")
    offline = program.exchange.status()
    assert offline.saved == offline.received + offline.waiting
    assert offline.saved > before.saved
    assert (offline.received, offline.pill.kind != SYNCED) == (before.received, True)
    assert offline.waiting_bytes > 0
    assert offline.oldest_waiting > 0
    said = program.exchange.try_now()
    after = program.exchange.status()
    assert after.saved == after.received + after.waiting == after.received
    assert after.pill.kind == SYNCED
    assert said.startswith("Đã đồng bộ")


def test_what_one_counter_takes_in_the_other_knows(world: PracticeWorld) -> None:
    done = take_in(world, "gks 1x3")
    world.settle()
    with world.programs[1].opened.store.read() as connection:
        state = world.programs[1].areas.work.state(connection, done.request)
    assert state.requester.name == "HOÀNG VĂN SƠN"


def test_items_say_in_words_what_waits(world: PracticeWorld) -> None:
    program = world.programs[0]
    take_in(world, "gks 1x2", "hb 4x1")
    listed = program.exchange.items()
    assert len(listed) == waiting(program)
    asked = next(item for item in listed if item.title.startswith("Yêu cầu chứng thực"))
    assert asked.title.endswith("HOÀNG VĂN SƠN")
    assert asked.second_line == "2 bản chính, 3 bản sao"
    assert "QUẦY-01" in asked.owner
    assert asked.state == "waiting"
    program.exchange.try_now()
    assert program.exchange.items() == ()
    received = program.exchange.items("received")
    assert asked.entry in {item.entry for item in received}
    assert {item.state for item in received} == {"received"}


def test_by_file_to_the_province_and_back(world: PracticeWorld, tmp_path: Path) -> None:
    program = world.programs[0]
    done = take_in(world, "gks 1x2")
    result = program.exchange.export_file(str(tmp_path))
    assert result.entries == waiting(program)
    assert "Đã xuất gói gửi tỉnh" in result.sentence
    assert waiting(program) > 0, "nothing is at the province before it says so"
    with Hub.open(world.hub_folder, practice=True) as hub:
        taken = hub_files.take(hub, [Path(result.path)])
        hub.read(UNIT)
        answer = hub_files.give(hub, UNIT, tmp_path / "answer", hub.now(), taken.vector or NOTHING)
        assert hub.word(UNIT).received.covers(done.request.journal, done.request.seq)
    back = program.exchange.import_file(str(answer[0]))
    assert back.applied
    assert "xác nhận mới của tỉnh" in back.sentence
    assert waiting(program) == 0


def test_by_file_between_two_counters(world: PracticeWorld, tmp_path: Path) -> None:
    done = take_in(world, "gks 1x2")
    result = world.programs[0].exchange.export_file(str(tmp_path))
    taken = world.programs[1].exchange.import_file(result.path)
    assert taken.entries >= result.entries
    with world.programs[1].opened.store.read() as connection:
        assert world.programs[1].areas.work.state(connection, done.request).code
    again = world.programs[1].exchange.import_file(result.path)
    assert (again.entries, again.sentence) == (0, "Gói này không có mục nào mới.")
    # The other counter carries it home: the province then has it though the first never met it.
    world.meet(world.programs[1])
    with Hub.open(world.hub_folder, practice=True) as hub:
        assert hub.word(UNIT).received.covers(done.request.journal, done.request.seq)
    told = world.programs[1].exchange.export_file(str(tmp_path / "reply"))
    world.programs[0].exchange.import_file(told.path)
    assert "BÀN KÝ" in world.programs[0].exchange.status().second_copy


def test_a_file_behind_a_gap_names_it_and_the_next_one_is_made_for_this_pc(
    world: PracticeWorld, tmp_path: Path
) -> None:
    """Counter 1 met the province, counter 2 did not: what is between is missing in counter 1's file."""
    one, two = world.programs
    with one.opened.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM peers")  # counter 2 has never told it how far it is
    take_in(world, "gks 1x2")
    world.meet(one)
    done = take_in(world, "hb 4x1")
    path = one.exchange.export_file(str(tmp_path)).path
    looked = two.exchange.look_into_file(path)
    assert (looked.verdict, looked.brings) == (BLOCKED, ())
    assert "không có mục nào nhận được ngay" in looked.sentence
    assert [gap.rpartition(" của ")[2] for gap in looked.missing] == ["QUẦY-01"]
    assert "nhập vào QUẦY-01" in looked.remedy
    before = two.exchange.status().saved
    with pytest.raises(DomainError) as refused:
        two.exchange.import_file(path)
    said = refused.value
    assert (said.code, two.exchange.status().saved) == ("file.incomplete", before)
    assert "QUẦY-01" in said.meaning
    assert "xuất lại" in said.remedy
    assert "earlier items are missing" in said.words("en").title
    assert "QUẦY-01" in said.words("en").remedy
    # What the words say to do helps: counter 2 tells how far it is, counter 1's next file suits it.
    told = two.exchange.export_file(str(tmp_path / "told"))
    one.exchange.import_file(told.path)
    made = one.exchange.export_file(str(tmp_path / "made"))
    assert "thêm" in made.sentence
    assert made.entries == waiting(one), "what the province lacks is counted apart"
    looked = two.exchange.look_into_file(made.path)
    assert (looked.verdict, looked.giver, looked.unit) == (
        WHOLE,
        "QUẦY-01",
        f"{one.areas.work.place.title} ({UNIT})",
    )
    assert " mục của QUẦY-01 mới" in looked.sentence
    assert (looked.missing, looked.remedy) == ((), "")
    assert 0 < looked.newest <= one.areas.work.now()
    before = two.exchange.status().saved
    taken = two.exchange.import_file(made.path)
    assert taken.entries == sum(count for _, count in looked.brings), "what was shown is what came"
    assert two.exchange.status().saved >= before
    again = two.exchange.look_into_file(made.path)
    assert (again.verdict, again.brings) == (NOTHING_NEW, ())
    assert taken.applied
    assert taken.entries > made.entries
    with two.opened.store.read() as connection:
        assert two.areas.work.state(connection, done.request).code
    assert two.exchange.import_file(path).sentence.startswith("Gói này không có mục nào mới")


def test_bad_files_are_refused_in_words_and_change_nothing(world: PracticeWorld, tmp_path: Path) -> None:
    take_in(world, "gks 1x2")
    good = Path(world.programs[0].exchange.export_file(str(tmp_path)).path)
    data = good.read_bytes()
    target = world.programs[1]
    before = target.exchange.status()
    cases = {
        "file.not-ours": b"<html>Wi-Fi</html>",
        "file.cut-short": data[: len(data) // 2],
        "file.damaged": data[:100] + bytes([data[100] ^ 4]) + data[101:],
    }
    for code, bent in cases.items():
        bad = tmp_path / "bad.mcx"
        bad.write_bytes(bent)
        with pytest.raises(DomainError) as refused:
            target.exchange.import_file(str(bad))
        assert refused.value.code in (code, "file.not-authentic"), code
    with pytest.raises(DomainError, match="Không đọc được"):
        target.exchange.import_file(str(tmp_path / "gone.mcx"))
    assert target.exchange.status().saved == before.saved


def test_an_unwritable_folder_is_told(world: PracticeWorld, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(DomainError) as refused:
        world.programs[0].exchange.export_file(str(blocked / "stick"))
    assert refused.value.code == "file.write"


def test_a_technician_sees_that_items_wait_and_no_word_about_a_citizen(world: PracticeWorld) -> None:
    program = world.programs[0]
    done = take_in(world, "gks 1x2")
    assert any(item.title.endswith("HOÀNG VĂN SƠN") for item in program.exchange.items())
    clerks = len(program.exchange.items())
    world.sign_in(people.TECHNICIAN, 0)
    shown = program.exchange.items()
    assert len(shown) == clerks
    assert "Yêu cầu chứng thực bản sao" in {item.title for item in shown}
    assert not any("SƠN" in f"{item.title} {item.second_line}" for item in shown)
    world.meet(program)
    question = hub_asks(world, done.request, "fee.differs", "originals.0.fee", "5000")
    (item,) = [one for one in program.exchange.items("questioned") if one.entry == question]
    assert (item.title, item.second_line) == ("Yêu cầu chứng thực bản sao", "")
    view = program.exchange.question(question)
    assert (view.fields, view.what) == ((), "Phí đã thu khác biểu phí của ngày hôm đó.")
    world.sign_in(people.CLERK, 0)
    program.exchange.explain(question, "Thu đúng biểu phí.")
    world.meet(program)


def test_the_hub_asks_about_a_fee_and_the_clerk_explains(world: PracticeWorld) -> None:
    program = world.programs[0]
    done = take_in(world, "gks 1x2")
    world.meet(program)
    question = hub_asks(world, done.request, "fee.differs", "originals.0.fee", "5000")
    assert program.exchange.pill().tasks == 1
    (item,) = program.exchange.items("questioned")
    assert item.entry == question
    assert item.title.endswith("HOÀNG VĂN SƠN")
    view = program.exchange.question(question)
    assert view.fields[0][0] == "Phí (đồng)"
    assert view.fields[0][2] == "5000"
    assert view.fields[0][1].isdigit()
    assert view.why == "Phí đã thu khác biểu phí của ngày hôm đó."
    assert view.stays_true == "Hồ sơ vẫn có hiệu lực, hạn trả không đổi."
    with pytest.raises(DomainError, match="Chưa ghi nội dung"):
        program.exchange.explain(question, "  ")
    program.exchange.explain(question, "Thu theo biểu phí cũ, đã báo lãnh đạo.")
    assert program.exchange.pill().tasks == 0
    program.exchange.try_now()
    with Hub.open(world.hub_folder, practice=True) as hub:
        hub.read(UNIT)
        # The world is shared: other tests leave answered questions of their own.
        answered = [one for one in hub.questions(UNIT, "answered") if one.question == question]
        assert [one.status for one in answered] == ["answered"]
        with program.opened.store.read() as connection:
            state = program.areas.work.state(connection, question)
        hub.append(UNIT, settle(state, Settlement.EXPLAINED))
    world.meet(program)
    with pytest.raises(DomainError, match="đã khép"):
        program.exchange.explain(question, "thêm lời")


def test_a_correction_is_a_new_act_and_the_first_text_stays(world: PracticeWorld) -> None:
    program = world.programs[0]
    done = take_in(world, "gks 1x2")
    world.meet(program)
    question = hub_asks(world, done.request, "requester.name", "requester.name", "HOÀNG VĂN SON")
    view = program.exchange.question(question)
    assert (view.can_correct, view.fields) == (True, (("Họ tên", "HOÀNG VĂN SƠN", "HOÀNG VĂN SON"),))
    assert view.what.startswith("Tỉnh hỏi với mã requester.name")
    program.exchange.correct(question, "HOÀNG VĂN SON")
    with program.opened.store.read() as connection:
        work = program.areas.work
        assert work.state(connection, done.request).requester.name == "HOÀNG VĂN SON"
        asked = work.state(connection, question)
        correction = asked.corrected_by
        first = next(entries_between(connection, done.request.journal, done.request.seq, done.request.seq))
    assert correction is not None
    assert correction.journal == work.journal
    assert decode_body(CopiesRequested, first.body or b"").requester.name == "HOÀNG VĂN SƠN"
    assert BY_NUMBER[first.facts.kind].body is CopiesRequested
    program.exchange.try_now()


def test_asking_back_and_what_cannot_be_corrected(world: PracticeWorld) -> None:
    program = world.programs[0]
    done = take_in(world, "gks 1x2")
    world.meet(program)
    question = hub_asks(world, done.request, "seal.unknown", "")
    view = program.exchange.question(question)
    assert (view.can_correct, view.fields) == (False, ())
    with pytest.raises(DomainError, match="không đính chính được"):
        program.exchange.correct(question, "x")
    program.exchange.ask_back(question, "Tỉnh cần giấy tờ gì?")
    assert program.exchange.question(question).state == "answered"
    program.exchange.try_now()


def test_the_line_goes_and_comes_back(world: PracticeWorld) -> None:
    program = world.programs[0]
    world.server.stop()
    try:
        take_in(world, "gks 1x2")
        said = program.exchange.try_now()
        status = program.exchange.status()
        assert said.startswith("Chưa nối được tỉnh.")
        assert status.pill.kind == OFFLINE
        assert status.offline_since > 0
        assert f"{status.waiting} chưa ở tỉnh" in status.pill.words
    finally:
        world.server = world.server.__class__(world.hub_folder, practice=True, port=world.server.port).start()
    assert program.exchange.try_now().startswith("Đã đồng bộ")
    assert program.exchange.status().offline_since == 0


def test_after_a_restart_the_pill_knows_nothing_until_it_asked(world: PracticeWorld) -> None:
    world.programs[1].close()
    program = world.start(1)
    assert program.exchange.pill().kind == UNKNOWN
    program.exchange.try_now()
    assert program.exchange.pill().kind == SYNCED


def test_a_scripted_day_notes_the_hubs_clock_and_keeps_its_own(world: PracticeWorld) -> None:
    """The hub lives in another year: the offset is an entry, once; the day's date stays."""
    program = world.programs[0]
    for _ in range(3):
        program.exchange.try_now()
    with program.opened.store.read() as connection:
        own = list(entries_between(connection, program.areas.work.journal, 1, 10_000))
        offset = device.setting(connection, CLOCK_OFFSET, "0")
    seen = [decode_body(ClockSeen, one.body or b"") for one in own if one.facts.kind == SystemKind.CLOCK_SEEN]
    assert len(seen) == 1
    assert abs(seen[0].offset) > 30_000
    assert offset == "0"


def test_readings_are_the_same_when_made_again(world: PracticeWorld) -> None:
    program = world.programs[0]
    before = (program.exchange.status(), program.exchange.items("received"))
    with program.opened.store.write() as connection:
        Readings().rebuild(connection)
    assert (program.exchange.status(), program.exchange.items("received")) == before


def test_the_officials_seen_are_the_practice_ones(world: PracticeWorld) -> None:
    names = {choice.name for choice in world.programs[1].session.people()}
    assert names == {new.name for new in people.STAFF}
