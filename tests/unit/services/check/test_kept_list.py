"""The province's list at a counter: taken from a file, refused in words, used beside the own register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.check import kept_list
from counter_app.services.check.kept_list import KeptList
from sync.protocol.journals import copy_verdict as of
from sync.protocol.journals.check_list import (
    CheckList,
    ListedAnnulment,
    ListedDevice,
    ListedUnit,
    ListedYear,
    pack_numbers,
    write_check_list,
)
from sync.protocol.journals.copy_code import CopyCode, digest_of_words, write_copy_code
from sync.protocol.naming.keys import SigningKey
from tests.support.counter import LAST_ON_PAPER, PIN, SIGNER, UNIT, Counter, make_counter, take_in

DAY = 86_400_000
OTHER = SigningKey(bytes([7]) * 32)
OTHER_UNIT, OTHER_JOURNAL = "03390", 7 * 256 + 1


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path)
    yield made
    made.close()


def listed(
    counter: Counter, number: int = 5, days: int = 31, units: tuple[ListedUnit, ...] = ()
) -> CheckList:
    at, key = counter.clock.at, counter.province.key
    return CheckList(number, at, at + days * DAY, key.key_id, True, units or (other_unit(),))


def other_unit() -> ListedUnit:
    year = ListedYear(1, 2026, 1, 50, struck=pack_numbers((4,)), annulled=(ListedAnnulment(9, 20261119),))
    return ListedUnit(OTHER_UNIT, "Xã Tà Tổng", (ListedDevice(OTHER_JOURNAL, OTHER.public),), (year,))


def file_of(tmp_path: Path, made: CheckList, key: SigningKey) -> Path:
    path = tmp_path / f"{made.number}.mcl"
    path.write_bytes(write_check_list(made, key))
    return path


def take(counter: Counter, tmp_path: Path, made: CheckList) -> str:
    return counter.areas.home.take_list(str(file_of(tmp_path, made, counter.province.key)))


def text(number: int, unit: str = OTHER_UNIT, journal: int = OTHER_JOURNAL, key: SigningKey = OTHER) -> str:
    code = CopyCode(unit, journal, 1, 2026, number, date(2026, 11, 18), 2, digest_of_words("Học bạ"))
    return write_copy_code(code, key)


def code_of(act, *values) -> str:
    with pytest.raises(DomainError) as refused:
        act(*values)
    assert refused.value.words("vi").sentence != refused.value.words("en").sentence
    return refused.value.code


def test_without_a_list_another_units_copy_is_not_judged(counter: Counter) -> None:
    home = counter.areas.home
    assert home.check_copy(text(1)).kind == of.UNKNOWN
    assert home.list_words().startswith("Chưa có danh sách")


def test_with_it_another_units_copies_have_their_verdicts(counter: Counter, tmp_path: Path) -> None:
    home = counter.areas.home
    assert (
        take(counter, tmp_path, listed(counter)) == "Danh sách của tỉnh ngày 20/11/2026, dùng đến 21/12/2026."
    )
    kinds = {number: home.check_copy(text(number)).kind for number in (1, 4, 9, 51)}
    assert kinds == {1: of.VALID, 4: of.STRUCK_COPY, 9: of.ANNULLED_COPY, 51: of.NOT_SENT}
    told = home.check_copy(text(9))
    assert told.title == "Số 09/2026 đã huỷ ngày 19/11/2026."
    assert ("Đơn vị", "Xã Tà Tổng") in told.fields
    assert ("Danh sách của tỉnh", "20/11/2026") in told.fields
    assert home.check_copy(text(1, unit="99999")).kind == of.OTHER_PROVINCE


def test_the_list_survives_a_restart(counter: Counter, tmp_path: Path) -> None:
    take(counter, tmp_path, listed(counter))
    counter.reopen()
    counter.sign_in(SIGNER)
    assert counter.areas.home.check_copy(text(4)).kind == of.STRUCK_COPY


def test_an_expired_list_judges_nothing_and_says_so(counter: Counter, tmp_path: Path) -> None:
    home = counter.areas.home
    take(counter, tmp_path, listed(counter, days=2))
    counter.clock.at += 3 * DAY
    assert home.check_copy(text(1)).kind == of.UNKNOWN
    assert home.list_words() == "Danh sách của tỉnh ngày 20/11/2026 đã hết hạn 22/11/2026: lấy danh sách mới."


def test_tampered_foreign_expired_and_older_lists_are_refused_and_the_good_one_stays(
    counter: Counter, tmp_path: Path
) -> None:
    home, key = counter.areas.home, counter.province.key
    take(counter, tmp_path, listed(counter))
    old = msgspec.structs.replace(
        listed(counter, 8), issued=counter.clock.at - 9 * DAY, expires=counter.clock.at - DAY
    )
    foreign = msgspec.structs.replace(listed(counter, 8), hub_key_id=OTHER.key_id)
    bent = file_of(tmp_path, listed(counter, 8), key)
    whole = bent.read_bytes()
    bent.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    given = {
        str(bent): "list.not-authentic",
        str(file_of(tmp_path, msgspec.structs.replace(old, number=20), key)): "list.expired",
        str(file_of(tmp_path, msgspec.structs.replace(foreign, number=21), OTHER)): "list.hub-unknown",
        str(file_of(tmp_path, listed(counter, 4), key)): "list.older",
        str(tmp_path / "missing.mcl"): "list.file",
        str(_rubbish(tmp_path)): "list.not-ours",
    }
    assert {path: code_of(home.take_list, path) for path in given} == given
    assert home.check_copy(text(4)).kind == of.STRUCK_COPY


def _rubbish(folder: Path) -> Path:
    path = folder / "anh.jpg"
    path.write_bytes(b"\xff\xd8\xff" * 100)
    return path


def test_an_older_file_put_in_its_place_by_hand_is_not_used(counter: Counter, tmp_path: Path) -> None:
    take(counter, tmp_path, listed(counter, 5))
    take(counter, tmp_path, listed(counter, 6))
    kept = KeptList(counter.work)
    kept.path.write_bytes(file_of(tmp_path, listed(counter, 5), counter.province.key).read_bytes())
    assert kept.current() is None
    assert counter.areas.home.check_copy(text(1)).kind == of.UNKNOWN


def test_a_full_disk_is_told_and_the_old_list_stays(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(counter, tmp_path, listed(counter, 5))

    def full(handle: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(kept_list.os, "fsync", full)
    assert code_of(take, counter, tmp_path, listed(counter, 6)) == "list.file"
    monkeypatch.undo()
    assert KeptList(counter.work).current() is not None


def own_unit(counter: Counter, year: ListedYear) -> ListedUnit:
    author = counter.store.author
    return ListedUnit(UNIT, "Xã Bình Lư", (ListedDevice(author.journal, author.key.public),), (year,))


def own(counter: Counter, number: int) -> str:
    author = counter.store.author
    return text(number, UNIT, author.journal, author.key)


def test_the_own_register_speaks_first_and_the_list_where_it_knows_little(
    counter: Counter, tmp_path: Path
) -> None:
    """1776 is numbered here; of 1790 only the province has heard."""
    home = counter.areas.home
    request = take_in(counter).request
    counter.sign_in(SIGNER)
    counter.areas.signing.confirm_witness(LAST_ON_PAPER, PIN)
    counter.areas.signing.number((request,), PIN)
    year = ListedYear(1, 2026, 1776, 1800, struck=pack_numbers((1776,)), not_sent=pack_numbers((1795,)))
    assert home.check_copy(own(counter, 1790)).kind == of.NOT_SENT
    take(counter, tmp_path, listed(counter, units=(own_unit(counter, year),)))
    assert home.check_copy(own(counter, 1790)).kind == of.VALID
    assert home.check_copy(own(counter, 1795)).kind == of.NOT_SENT
    assert home.check_copy(own(counter, 1776)).kind == of.ALTERED, "another original than the register's line"


def test_an_annulment_that_only_the_province_knows_counts(counter: Counter, tmp_path: Path) -> None:
    year = ListedYear(1, 2026, 1776, 1800, annulled=(ListedAnnulment(1790, 20261118),))
    take(counter, tmp_path, listed(counter, units=(own_unit(counter, year),)))
    assert counter.areas.home.check_copy(own(counter, 1790)).kind == of.ANNULLED_COPY
