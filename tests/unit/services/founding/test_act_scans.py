"""The scan of a written act: its digest in the entry, the sealed file beside the store."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from counter_app.devices.scans.reading import ScanFault
from counter_app.domain.errors import DomainError
from counter_app.services.founding import act_scans
from counter_app.services.founding.act_scans import ActScans
from counter_app.services.founding.port import FoundingArea
from counter_app.services.ports.founding import DelegationForm
from counter_app.services.ports.officials import SCAN_ELSEWHERE, SCAN_HERE
from tests.support.counter import CHAIRMAN, CLERK, REGISTRAR, Counter, give


@pytest.fixture
def scan(tmp_path: Path) -> str:
    """An act on paper, scanned."""
    path = tmp_path / "qd-71.jpg"
    Image.new("L", (210, 297), 200).save(path, "JPEG")
    return str(path)


def founding(counter: Counter) -> FoundingArea:
    return FoundingArea(counter.areas.work, counter.areas.accounts, dict, ())


def recorded(counter: Counter, scan: str):
    counter.sign_in(CHAIRMAN)
    form = DelegationForm(
        counter.officials[REGISTRAR], "71/QĐ-UBND", 20261115, "uy_quyen", "TUQ.", "Công chức", ("copy",),
        20261116, 20261231, scan,
    )  # fmt: skip
    return founding(counter).delegate(form)


def listed(counter: Counter, delegation):
    return next(one for one in counter.areas.officials.acts() if one.delegation == delegation)


def test_the_entry_holds_the_digest_of_the_file_and_its_pages_are_shown(counter: Counter, scan: str) -> None:
    act = recorded(counter, scan)
    assert counter.state(act).scan == hashlib.sha256(Path(scan).read_bytes()).digest()
    assert listed(counter, act).scan == SCAN_HERE
    (page,) = counter.areas.officials.act_pages(act)
    assert page.startswith(b"\x89PNG")


def test_what_lies_on_the_disk_is_sealed(counter: Counter, scan: str) -> None:
    recorded(counter, scan)
    kept = list(ActScans(counter.work).files.folder.iterdir())
    assert len(kept) == 2, "the file as it was chosen, and its plain pages"
    assert not any(path.read_bytes().startswith((b"\xff\xd8", b"%PDF")) for path in kept)


def test_another_counter_knows_of_it_and_takes_no_other_file(
    counters, counter: Counter, scan: str, tmp_path: Path
) -> None:
    other = counters(2, founder=counter)
    act = recorded(counter, scan)
    give(counter, other)
    other.sign_in(CLERK)
    area = other.areas.officials
    assert listed(other, act).scan == SCAN_ELSEWHERE
    with pytest.raises(DomainError) as caught:
        area.act_pages(act)
    assert caught.value.code == "act_scan.elsewhere"
    wrong = tmp_path / "khac.jpg"
    Image.new("L", (210, 297), 90).save(wrong, "JPEG")
    with pytest.raises(DomainError) as caught:
        area.bring_scan(act, str(wrong))
    assert caught.value.code == "act_scan.other"
    area.bring_scan(act, scan)
    assert listed(other, act).scan == SCAN_HERE
    assert len(area.act_pages(act)) == 1


def test_a_file_that_is_no_scan_records_no_act(counter: Counter, tmp_path: Path) -> None:
    wrong = tmp_path / "qd.pdf"
    wrong.write_text("không phải PDF")
    before = len(counter.areas.officials.acts())
    with pytest.raises(ScanFault) as caught:
        recorded(counter, str(wrong))
    assert caught.value.code == "scan.kind"
    with pytest.raises(ScanFault):
        recorded(counter, str(tmp_path / "không có.pdf"))
    assert len(counter.areas.officials.acts()) == before


def test_more_than_five_megabytes_are_refused_at_the_field(counter: Counter, scan: str, monkeypatch) -> None:
    monkeypatch.setattr(act_scans, "MOST_BYTES", Path(scan).stat().st_size - 1)
    with pytest.raises(DomainError) as caught:
        recorded(counter, scan)
    assert (caught.value.code, caught.value.field) == ("act_scan.large", "scan")
    assert act_scans.MOST_BYTES < 5_000_000


def test_who_may_not_record_acts_leaves_no_file(counter: Counter, scan: str) -> None:
    counter.sign_in(CLERK)
    form = DelegationForm(
        counter.officials[CLERK], "1", 20261115, "uy_quyen", "TUQ.", "a", ("copy",), 20261116, 0, scan
    )
    with pytest.raises(DomainError) as caught:
        founding(counter).delegate(form)
    assert caught.value.code.startswith("role.")
    assert not ActScans(counter.work).files.folder.exists()


def test_an_act_without_scan_is_as_before(counter: Counter) -> None:
    act = recorded(counter, "")
    assert counter.state(act).scan == b""
    assert listed(counter, act).scan == ""


def test_a_changed_file_is_not_shown(counter: Counter, scan: str) -> None:
    act = recorded(counter, scan)
    for path in ActScans(counter.work).files.folder.iterdir():
        sealed = path.read_bytes()
        path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(DomainError) as caught:
        counter.areas.officials.act_pages(act)
    assert caught.value.code == "act_scan.elsewhere"
