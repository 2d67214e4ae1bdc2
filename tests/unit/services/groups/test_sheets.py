"""Lists as schools bring them: pasted, .csv of every office PC, .xlsx; no list is refused without words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import DomainError
from counter_app.services.groups import sheets
from counter_app.services.groups.listing import people_of, sheet_of
from tests.unit.services.groups.school import as_text, pupil

PUPILS = tuple(replace(pupil(place, ticked=False), source=0) for place in range(12))


def people(lines):
    """Name, number, birth and class of each person as recognised."""
    sheet = sheet_of(lines, "danh sách")
    return [(p.name, p.id_number, p.birth, p.label) for p in people_of(sheet, sheet.roles)]


EXPECTED = [(p.name, p.id_number, p.birth, p.label) for p in PUPILS]


def workbook(rows) -> bytes:
    """An .xlsx with ``rows`` on its sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_pasted_cells_are_recognised_by_their_head_words() -> None:
    assert people(sheets.read_text(as_text(PUPILS))) == EXPECTED


@pytest.mark.parametrize(
    "head",
    [
        "TT\tHO VA TEN HOC SINH\tSo CCCD\tNgay, thang, nam sinh\tLop",
        "STT\tHọ tên\tMã định danh cá nhân\tN/sinh\tKhối/Lớp",
        "No\tFull name\tID number\tBirth\tClass",
    ],
)
def test_head_words_differ_from_school_to_school(head) -> None:
    assert people(sheets.read_text(as_text(PUPILS, head))) == EXPECTED


def test_columns_stand_in_any_order_and_titles_above_them() -> None:
    rows = ["TRƯỜNG PTDTBT BÌNH LƯ (TẬP HUẤN)", "Danh sách lớp 6", "", "Lớp;Ngày sinh;Số định danh;Họ và tên"]
    rows += [f"{p.label};{p.birth};{p.id_number};{p.name}" for p in PUPILS]
    assert people(sheets.read_text("\n".join(rows))) == EXPECTED


def test_without_head_words_the_content_tells() -> None:
    rows = [f"{n}\t{p.name}\t{p.label}\t{p.birth}\t{p.id_number}" for n, p in enumerate(PUPILS, 1)]
    assert people(sheets.read_text("\n".join(rows))) == EXPECTED


def test_family_and_given_name_in_two_columns_are_one_name() -> None:
    rows = ["STT,Họ và tên đệm,Tên,Ngày sinh,CCCD,Lớp"]
    for n, p in enumerate(PUPILS, 1):
        family, given = p.name.rsplit(" ", 1)
        rows.append(f"{n},{family},{given},{p.birth},{p.id_number},{p.label}")
    assert people(sheets.read_text("\n".join(rows).replace("Họ và tên đệm", "Họ đệm"))) == EXPECTED


def test_sums_and_signatures_below_the_list_are_no_persons() -> None:
    text = as_text(PUPILS) + "\t\t\t\t\n\tTổng cộng: 12\t\t\t\n"
    assert (
        len(people(sheets.read_text(text))) == 13
    )  # a line with words where names stand is shown, and stops
    assert len(people(sheets.read_text(as_text(PUPILS) + "Tổng cộng\t\t\t12\t\n"))) == 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_a_csv_of_every_office_pc_reads_the_same(tmp_path, encoding) -> None:
    import unicodedata

    text = as_text(PUPILS).replace("\t", ";")
    if encoding == "cp1258":  # Windows' Vietnamese keeps tone marks apart
        text = "".join(_apart(char) for char in text)
    path = tmp_path / "lop.csv"
    path.write_bytes(text.encode(encoding))
    found = people(sheets.read_file(path))
    assert found == [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in EXPECTED]


def _apart(char: str) -> str:
    import unicodedata

    try:
        char.encode("cp1258")
        return char
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        return unicodedata.normalize("NFC", parts[:-1]) + parts[-1]


def test_a_workbook_gives_dates_as_days_and_numbers_as_digits(tmp_path) -> None:
    path = tmp_path / "lop.xlsx"
    rows = [["STT", "Họ và tên", "Số định danh", "Ngày sinh", "Lớp"]]
    rows += [[n, p.name, p.id_number, date(2012, 9, 15), p.label] for n, p in enumerate(PUPILS, 1)]
    path.write_bytes(workbook(rows))
    assert people(sheets.read_file(path)) == EXPECTED


def test_a_formula_stays_text_and_is_never_reckoned(tmp_path) -> None:
    path = tmp_path / "lop.xlsx"
    path.write_bytes(workbook([["Họ và tên", "CCCD"], ['=HYPERLINK("http://x","a")', "012212000001"]]))
    assert people(sheets.read_file(path))[0][0].startswith("=HYPERLINK")


def test_line_numbers_are_those_of_the_file() -> None:
    lines = sheets.read_text("\n\nHọ và tên\tCCCD\n\nLò Văn Anh\t012212000001\n")
    sheet = sheet_of(lines, "x")
    assert [person.source for person in people_of(sheet, sheet.roles)] == [5]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "sheet.kind"),
        ("a.ods", b"anything", "sheet.kind"),
        ("a.csv", b"", "sheet.empty"),
        ("a.xlsx", b"PK\x03\x04broken", "sheet.damaged"),
        ("a.csv", ("Lò Văn Anh\n" * 20_000).encode(), "sheet.long"),
        ("a.csv", b"x" * (sheets.MAX_FILE + 1), "sheet.size"),
    ],
)
def test_what_is_no_list_is_refused_in_words(tmp_path, name, content, code) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DomainError) as caught:
        sheets.read_file(path)
    assert caught.value.code == code
    assert caught.value.title
    assert caught.value.words("en").title
    assert caught.value.remedy


def test_20_000_lines_of_a_workbook_are_refused_in_words(tmp_path) -> None:
    path = tmp_path / "tinh.xlsx"
    path.write_bytes(workbook([[f"Lò Văn {n}", f"{n:012d}"] for n in range(20_000)]))
    with pytest.raises(DomainError) as caught:
        sheets.read_file(path)
    assert caught.value.code == "sheet.long"


def test_what_unpacks_to_too_much_or_defines_entities_is_refused(tmp_path) -> None:
    good = workbook([["Họ và tên"], ["Lò Văn Anh"]])
    for part, content, code in (
        ("xl/worksheets/more.xml", b"<a/>" + b" " * (sheets.MAX_UNPACKED + 1), "sheet.size"),
        (
            "xl/sharedStrings.xml",
            b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "b">]><sst/>',
            "sheet.damaged",
        ),
    ):
        path = tmp_path / "bomb.xlsx"
        with (
            zipfile.ZipFile(io.BytesIO(good)) as old,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                if name != part:
                    new.writestr(name, old.read(name))
            new.writestr(part, content)
        with pytest.raises(DomainError) as caught:
            sheets.read_file(path)
        assert caught.value.code == code


def test_an_archive_that_is_no_workbook_is_another_kind(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(DomainError) as caught:
        sheets.read_file(path)
    assert caught.value.code == "sheet.kind"


def test_a_workbook_whose_packed_part_is_bent_is_damaged_in_words(tmp_path: Path) -> None:
    """zlib's own error is no OSError: it passed through to the screen once."""
    path, good = tmp_path / "bent.xlsx", bytearray(workbook([["Họ và tên"], ["Lò Văn Anh"]]))
    with zipfile.ZipFile(io.BytesIO(bytes(good))) as archive:
        start = archive.getinfo("xl/workbook.xml").header_offset + 30 + len("xl/workbook.xml")
    good[start : start + 8] = b"\xff" * 8
    path.write_bytes(bytes(good))
    with pytest.raises(DomainError) as caught:
        sheets.read_file(path)
    assert caught.value.code == "sheet.damaged"


OUTCOMES = {"read", *(f"sheet.{word}" for word in ("empty", "kind", "damaged", "long", "no_name"))}


def _outcome(read) -> str:
    """``read``, or the code of the words that refused it."""
    try:
        sheet = sheet_of(read(), "any")
        people_of(sheet, sheet.roles)
    except DomainError as error:
        return error.code
    return "read"


def test_a_column_of_names_must_be_named() -> None:
    sheet = sheet_of(sheets.read_text("012212000001\n012212000002\n"), "x")
    with pytest.raises(DomainError) as caught:
        people_of(sheet, sheet.roles)
    assert caught.value.code == "sheet.no_name"


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    content=st.binary(max_size=600),
    head=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", "Họ tên;CCCD\n".encode()]),
)
def test_no_bytes_break_the_reader(tmp_path, content, head) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(head + content)
    assert _outcome(lambda: sheets.read_file(path)) in OUTCOMES


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_pasting(text) -> None:
    assert _outcome(lambda: sheets.read_text(text)) in OUTCOMES
