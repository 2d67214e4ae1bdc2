"""Every way an exchange or a file can end has words: what, why, what to do; in both languages."""

import inspect

import pytest

from counter_app.domain.kinds import KINDS
from counter_app.services.exchange import file_words, outcome_words, parcel_words, titles
from counter_app.services.ports.saying import speaking
from counter_app.services.questions import words as question_words
from sync.client import files
from sync.client.engine import BUDGET_SPENT, DONE, REFUSED, Outcome
from sync.client.files import Imported
from sync.client.transport import FAULT_CODES
from sync.protocol import refusals
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.meeting import parcel
from sync.protocol.naming.ids import EntryId

CODES = [*FAULT_CODES, BUDGET_SPENT]
REFUSALS = sorted(
    kind.code
    for module in (refusals, parcel)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, refusals.Refusal)
)


@pytest.mark.parametrize("code", CODES)
def test_every_fault_of_the_line_has_its_own_words(code: str) -> None:
    found = outcome_words.trouble(code)
    assert found is not None
    for words in found:
        assert words.title.endswith(".")
        assert words.meaning
        assert words.remedy


def test_faults_differ_in_words() -> None:
    titles_said = {outcome_words.trouble(code)[0].title for code in CODES if code != "line"}  # type: ignore[index]
    assert len(titles_said) == len(CODES) - 1


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_of_the_hub_has_words(code: str) -> None:
    found = outcome_words.trouble(REFUSED, code)
    assert found is not None
    assert all(words.title and words.remedy for words in found)


@pytest.mark.parametrize("code", [*REFUSALS, files.UNREADABLE])
def test_every_refused_file_says_that_nothing_changed(code: str) -> None:
    error = file_words.refused(Imported(code, "tinh.mcx"), "tinh.mcx")
    assert error.code == f"file.{code}"
    assert "chưa thay đổi gì" in error.meaning
    assert "tinh.mcx" in error.meaning
    assert error.remedy
    assert "changed" in error.words("en").meaning.lower()


def test_missing_parts_are_named() -> None:
    assert file_words.refused(Imported("part-missing", "", (2, 5)), "a.mcx").title == "Gói thiếu phần 2, 5."


@pytest.mark.parametrize(
    "code", [files.NO_ROOM, files.READ_ONLY, files.FORBIDDEN, files.PULLED_OUT, files.UNWRITABLE]
)
def test_a_file_that_cannot_be_written(code: str) -> None:
    error = file_words.write_failed(code)
    told = "Gói chưa ghi xong" if code == files.PULLED_OUT else "Chưa có tệp nào được ghi"
    assert (error.code, error.meaning.startswith(told)) == ("file.write", True)
    by_mail = "thư công vụ" in error.remedy and "e-mail" in file_words.WRITING[code][1].remedy
    assert by_mail == (code in (files.READ_ONLY, files.FORBIDDEN, files.PULLED_OUT))


def test_the_sentence_after_try_now() -> None:
    came = Outcome(DONE, ingested=Ingested(applied=3))
    assert outcome_words.told([came], 0, "09:41") == "Đã đồng bộ 09:41. Nhận về 3 mục."
    assert outcome_words.told([Outcome(DONE)], 5, "09:41") == "Còn 5 mục chờ gửi tỉnh."
    parked = Outcome(DONE, parked=((257, 3, "malformed"),))
    assert "Tỉnh chưa nhận 1 mục" in outcome_words.told([parked], 1, "09:41")
    assert outcome_words.told([Outcome("no-line")], 5, "09:41").startswith("Chưa nối được tỉnh.")


def test_what_an_import_brought() -> None:
    assert file_words.imported_sentence(Imported(files.NOTHING_NEW)) == "Gói này không có mục nào mới."
    full = Imported(
        files.APPLIED, applied=7, parked=((EntryId(257, 3), "malformed"),), forked=(257,), acknowledged=True
    )
    said = file_words.imported_sentence(full)
    for part in ("7 mục", "xác nhận mới", "1 mục để riêng", "hai bản khác nhau"):
        assert part in said


def test_a_part_that_could_be_taken_and_the_rest_are_told_by_counter() -> None:
    names = {1793: "QUẦY-07"}
    taken = [files.Stretch(0x40000001, 3, 4), files.Stretch(1793, 5, 5), files.Stretch(1794, 1, 2)]
    said = parcel_words.partly_sentence(
        taken, [files.Stretch(257, 12, 12), files.Stretch(2049, 3, 9)], 1793, lambda at: names.get(at, "")
    )
    assert "Đã nhập 2 mục của tỉnh, 1 mục của QUẦY-07, 2 mục của máy 7." in said
    assert "thiếu 1 mục (12) của máy 1, 7 mục (3-9) của máy 8" in said
    assert "nhập vào QUẦY-07" in said
    with speaking("en"):
        english = parcel_words.partly_sentence(taken, [files.Stretch(257, 12, 12)], 1793, lambda _: "")
    assert "2 items of the province, 3 items of PC 7" in english
    assert "1 item (12) of PC 1" in english


def test_every_kind_a_counter_writes_has_a_name() -> None:
    missing = [kind.number for kind in KINDS if kind.number not in titles.NAMES and kind.number != 450]
    assert missing == []


def test_unknown_codes_of_the_province_fall_to_the_general_words() -> None:
    assert question_words.why("new.code") == "Tỉnh hỏi với mã new.code, chưa có hướng dẫn. Ctrl+H để hỏi."
    assert question_words.field_label("originals.3.fee") == "Phí (đồng)"
    assert question_words.field_label("requester.name") == "Họ tên"


def test_every_code_the_province_can_ask_with_is_known_here() -> None:
    from counter_app.domain.rulings import checks

    told = {code.replace("_", "-") for code in checks.CONFLICT_WORDS}
    assert sorted(told - set(question_words.WHY)) == []
