"""Scans before signing, files after it: kept sealed, proved, given away, gone when nobody needs them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices.scans.reading import ScanFault
from counter_app.devices.tokens.messages import Inspected, SignatureSeen, SignedFile
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.errors import DomainError
from counter_app.services.ports.digital import Progress, ScannedFile
from counter_app.services.signing import signed_files, token_certificates
from counter_app.services.signing.digital import DigitalSigning
from counter_app.services.signing.scans import Scans
from counter_app.services.signing.signed_files import look_of
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.kept_files import KeptFiles
from sync.protocol.naming.ids import EntryId
from tests.support.counter import MORNING, PIN, Counter, make_counter, open_register
from tests.support.soft_token import a_pdf
from tests.unit.services.signing.test_digital import KEY, PULLED, PretendTokens, asked, desk, lines

DAY = 86_400_000


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path / "made")
    open_register(made, ELECTRONIC, "SCTĐT/BS", 0)
    yield made
    made.close()


def refused(code: str, act: object, *values: object) -> DomainError:
    with pytest.raises(DomainError) as told:
        act(*values)  # type: ignore[operator]
    assert told.value.code == code
    return told.value


def test_a_scan_lies_sealed_until_its_file_is_signed(counter: Counter, tmp_path: Path) -> None:
    request = asked(counter)
    service = desk(counter, PretendTokens())
    assert service.attach(request, 0, a_pdf(tmp_path / "scan.pdf", pages=2)) == "Đã nhận tệp quét 2 trang."
    (waiting,) = service.waiting()
    assert waiting.scan_pages == 2
    folder = Scans(counter.work).files.folder
    (kept,) = folder.iterdir()
    assert b"%PDF" not in kept.read_bytes()
    done = service.sign((ScannedFile(request, 0),), PIN, KEY)
    assert done.signed == 1
    assert list(folder.iterdir()) == []


def test_without_a_scan_no_number_is_given_and_the_others_are_signed(
    counter: Counter, tmp_path: Path
) -> None:
    request = asked(counter, 2)
    service = desk(counter, PretendTokens())
    service.attach(request, 1, a_pdf(tmp_path / "scan.pdf"))
    done = service.sign((ScannedFile(request, 0), ScannedFile(request, 1)), PIN, KEY)
    assert [(one.state, one.number) for one in done.files] == [("waiting", ""), ("signed", "01/2026")]
    assert done.files[0].sentence.startswith("Chưa có tệp quét trên máy này.")
    assert lines(counter) == [(1, "signed")]


def test_a_scan_of_two_originals_stays_for_the_other(counter: Counter, tmp_path: Path) -> None:
    request = asked(counter, 2)
    service = desk(counter, PretendTokens())
    path = a_pdf(tmp_path / "scan.pdf")
    service.attach(request, 0, path)
    service.attach(request, 1, path)
    service.sign((ScannedFile(request, 0),), PIN, KEY)
    assert [one.scan_pages for one in service.waiting()] == [1]


def test_a_scan_that_was_changed_on_disk_is_none(counter: Counter, tmp_path: Path) -> None:
    request = asked(counter)
    service = desk(counter, PretendTokens())
    service.attach(request, 0, a_pdf(tmp_path / "scan.pdf"))
    (kept,) = Scans(counter.work).files.folder.iterdir()
    sealed = bytearray(kept.read_bytes())
    sealed[40] ^= 1
    kept.write_bytes(bytes(sealed))
    done = service.sign((ScannedFile(request, 0),), PIN, KEY)
    assert [one.state for one in done.files] == ["waiting"]
    assert lines(counter) == []


def test_a_file_that_is_no_scan_is_refused(counter: Counter, tmp_path: Path) -> None:
    request = asked(counter)
    file = tmp_path / "list.pdf"
    file.write_text("not a scan", encoding="utf-8")
    with pytest.raises(ScanFault) as told:
        desk(counter, PretendTokens()).attach(request, 0, str(file))
    assert told.value.code == "scan.kind"


def test_scans_nobody_took_in_are_swept_after_a_week(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path / "scans", b"s" * 32)
    wanted, other = files.put(b"wanted"), files.put(b"other")
    assert files.put(b"other") == other
    later = (tmp_path / "scans" / f"{other}.sealed").stat().st_mtime_ns // 1_000_000 + 1_000
    assert files.sweep({wanted}, later) == 1
    assert (files.get(wanted), files.get(other)) == (b"wanted", None)
    assert KeptFiles(tmp_path / "scans", b"t" * 32).get(wanted) is None


def test_stop_finishes_the_file_under_way_and_leaves_the_rest(counter: Counter, tmp_path: Path) -> None:
    request = asked(counter, 3)
    port, progress = PretendTokens(), Progress()
    service = desk(counter, port)
    for place in range(3):
        service.attach(request, place, a_pdf(tmp_path / f"{place}.pdf", words=f"scan {place}"))

    def stop() -> None:
        progress.stopped = True

    port.before = stop
    done = service.sign(tuple(ScannedFile(request, n) for n in range(3)), PIN, KEY, progress=progress)
    assert [one.state for one in done.files] == ["signed", "waiting", "waiting"]
    assert (progress.done, progress.total, done.fault) == (1, 3, "token.stopped")
    assert done.sentence == "Ký được 1 trong 3. 2 chưa ký: đã dừng theo yêu cầu."
    assert lines(counter) == [(1, "signed")]


def test_a_wrong_token_pin_says_so_for_its_field(counter: Counter, tmp_path: Path) -> None:
    request = asked(counter)
    port = PretendTokens()
    port.refuse = "pin.wrong_final"
    service = desk(counter, port)
    service.attach(request, 0, a_pdf(tmp_path / "scan.pdf"))
    done = service.sign((ScannedFile(request, 0),), PIN, KEY)
    assert done.fault == "pin.wrong_final"
    assert "chỉ còn một lần" in done.fault_words
    assert "PIN thẻ" in done.sentence


def signed_two(counter: Counter, tmp_path: Path) -> tuple[DigitalSigning, EntryId]:
    request = asked(counter, 2)
    service = desk(counter, PretendTokens())
    for place in range(2):
        service.attach(request, place, a_pdf(tmp_path / f"{place}.pdf", words=f"scan {place}"))
    service.sign(tuple(ScannedFile(request, n) for n in range(2)), PIN, KEY)
    return service, request


def test_signed_files_are_listed_and_given_away_as_the_register_knows_them(
    counter: Counter, tmp_path: Path
) -> None:
    service, _ = signed_two(counter, tmp_path)
    rows = service.signed()
    assert [row.number for row in rows] == ["02/2026", "01/2026"]
    out = tmp_path / "out"
    out.mkdir()
    assert service.export(tuple(row.line for row in rows), str(out)) == "Đã xuất 2 tệp đã ký."
    for row in rows:
        assert hashlib.sha256((out / Path(row.path).name).read_bytes()).hexdigest() == row.digest


def test_a_file_that_is_not_the_registers_is_never_given_away(counter: Counter, tmp_path: Path) -> None:
    service, _ = signed_two(counter, tmp_path)
    newest, first = service.signed()
    out = tmp_path / "out"
    out.mkdir()
    lies = {row.digest: counter.folder / "signed" / f"{row.digest}.sealed" for row in (newest, first)}
    lies[first.digest].write_bytes(lies[newest.digest].read_bytes())
    refused("file.altered", service.export, (newest.line, first.line), str(out))
    assert list(out.iterdir()) == []
    lies[newest.digest].unlink()
    refused("file.gone", service.export, (newest.line,), str(out))
    assert service.signed()[0].path == ""
    refused("file.altered", service.look, first.line)


def test_signed_files_lie_sealed_and_nothing_else_does(counter: Counter, tmp_path: Path) -> None:
    service, _ = signed_two(counter, tmp_path)
    names = sorted(f"{row.digest}.sealed" for row in service.signed())
    assert sorted(one.name for one in (counter.folder / "signed").iterdir()) == names
    assert all(b"%PDF" not in one.read_bytes() for one in (counter.folder / "signed").iterdir())


def test_a_file_is_looked_at_in_a_copy_that_goes(counter: Counter, tmp_path: Path) -> None:
    service, _ = signed_two(counter, tmp_path)
    row = service.signed()[0]
    seen_at: list[Path] = []

    def inspect(path: str, at: int) -> Inspected:
        seen_at.append(Path(path))
        assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == row.digest
        return Inspected(sha256=row.digest, size=1, signatures=(seen(),))

    service.port.inspect = inspect  # type: ignore[method-assign]
    assert service.look(row.line).good
    assert not seen_at[0].parent.exists()


def test_a_time_stamp_grows_the_kept_file_and_the_old_one_goes(counter: Counter, tmp_path: Path) -> None:
    service, _ = signed_two(counter, tmp_path)
    before = service.signed()[0]
    assert service.stamp(before.line) == "Đã đóng dấu thời gian."
    after = service.signed()[0]
    assert (after.stamped, after.digest != before.digest, bool(after.path)) == (True, True, True)
    kept = service._files.kept
    assert kept.get(before.digest) is None
    grown = kept.get(after.digest)
    assert grown is not None
    assert grown.endswith(b"stamped")


def test_a_power_cut_while_stamping_leaves_the_registers_file(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept, then the entry: what is cut off between goes with the next try, the register's file never."""
    service, _ = signed_two(counter, tmp_path)
    row = service.signed()[0]

    class Cut(BaseException):
        """The power goes."""

    def cut(*_: object, **__: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(counter.store, "act", cut)
        with pytest.raises(Cut):
            service.stamp(row.line)
    assert len(list((counter.folder / "signed").iterdir())) == 3
    out = tmp_path / "out"
    out.mkdir()
    service.export((row.line,), str(out))
    monkeypatch.setattr(service.port, "stamp", other_stamp)
    service.stamp(row.line)
    assert len(list((counter.folder / "signed").iterdir())) == 2


def test_a_mark_left_by_a_cut_after_the_entry_costs_no_file(counter: Counter, tmp_path: Path) -> None:
    service, _ = signed_two(counter, tmp_path)
    row = service.signed()[0]
    with counter.store.write() as connection:
        device.put_setting(connection, f"{signed_files.UNNOTED}{row.line.key}", row.digest)
    line = counter.state(row.line)
    service._files.keep(line, b"grown", hashlib.sha256(b"grown").hexdigest())
    assert service._files.kept.get(row.digest) is not None, "the register knows it: it stays until the entry"


def other_stamp(source: str, target: str) -> SignedFile:
    data = Path(source).read_bytes() + b"stamped later"
    Path(target).write_bytes(data)
    return SignedFile(path=target, sha256=hashlib.sha256(data).hexdigest(), size=len(data), stamped=True)


def test_an_exported_file_is_flushed_and_read_back(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, _ = signed_two(counter, tmp_path)
    row = service.signed()[0]

    def lies(target: Path, data: bytes) -> None:
        target.write_bytes(data[:-1])  # a stick that says yes and keeps less

    monkeypatch.setattr(signed_files, "write_flushed", lies)
    refused("file.unwritable", service.export, (row.line,), str(tmp_path))


def test_a_folder_that_cannot_be_written_is_told(counter: Counter, tmp_path: Path) -> None:
    service, _ = signed_two(counter, tmp_path)
    row = service.signed()[0]
    refused("file.unwritable", service.export, (row.line,), str(tmp_path / "none"))


def seen(**more: object) -> SignatureSeen:
    values = {
        "field": "NguoiKy", "subject": "Người ký", "organisation": "", "issuer": "CA", "serial": "1f",
        "fingerprint": "ab", "signed_at": MORNING, "stamped_at": 0, "intact": True, "allowed": True,
        "trusted": True, "document_stamp": False, **more,
    }  # fmt: skip
    return SignatureSeen(**values)  # type: ignore[arg-type]


def test_two_time_stamps_are_shown_and_harm_nothing() -> None:
    stamps = [seen(document_stamp=True, stamped_at=MORNING + n * DAY, subject="TSA") for n in range(2)]
    told = look_of(Inspected(sha256="00", size=1, signatures=(seen(), *stamps)))
    assert (told.good, told.title) == (True, "Tệp nguyên vẹn.")
    assert len(told.lines) == 3
    assert [line.startswith("Dấu thời gian") for line in told.lines] == [False, True, True]
    broken = look_of(Inspected(sha256="00", size=1, signatures=(seen(intact=False),)))
    assert (broken.good, broken.lines[0].endswith("không còn nguyên vẹn")) == (False, True)


def test_home_warns_of_a_certificate_that_was_seen_on_a_token(counter: Counter) -> None:
    service = desk(counter, PretendTokens())  # its certificate ends in 20 days
    asked(counter)
    with counter.store.read() as connection:
        assert token_certificates.ending(connection, MORNING) == ()
    service.tokens()
    with counter.store.read() as connection:
        ends = [token_certificates.ending(connection, MORNING + days * DAY) for days in (-11, 0, 25, 90)]
    assert ends[0] == ()
    assert ends[1] == ("Chứng thư của Người ký tập huấn còn 20 ngày. Gia hạn trước khi hết.",)
    assert ends[2] == ("Chứng thư của Người ký tập huấn đã hết hạn.",)
    assert ends[3] == ()


def test_a_pulled_token_keeps_the_scans_of_the_rest(counter: Counter, tmp_path: Path) -> None:
    request = asked(counter, 2)
    port = PretendTokens()
    port.faults[0] = PULLED
    service = desk(counter, port)
    for place in range(2):
        service.attach(request, place, a_pdf(tmp_path / f"{place}.pdf", words=f"scan {place}"))
    service.sign(tuple(ScannedFile(request, n) for n in range(2)), PIN, KEY)
    assert [(one.number, one.scan_pages) for one in service.waiting()] == [("01/2026", 1), ("", 1)]
