"""What waits is read from the journal; what comes is proved; nothing is kept that no entry names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from counter_app.domain.certification.electronic_entries import STAMPED, FileExtended, FileSigned
from counter_app.services.attachments import queue as module
from counter_app.services.attachments.asking import FileWish
from counter_app.services.attachments.queue import FOLDERS, AttachmentQueue, _named
from counter_app.storage.this_pc import attachments as table
from counter_app.storage.this_pc.kept_files import KeptFiles
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.meeting.attachment import open_attachment, seal_attachment, wire_name
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.counter import Counter
from tests.unit.services.founding.test_act_scans import recorded


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "qd.jpg"
    Image.new("L", (210, 297), 200).save(path, "JPEG")
    return str(path)


@pytest.fixture
def keys(counter: Counter) -> dict[int, UnitKey]:
    unit = counter.work.place.unit
    return {1: UnitKey(unit, 1, bytes(32)), 2: UnitKey(unit, 2, bytes([1]) * 32)}


@pytest.fixture
def waiting(counter: Counter, keys: dict[int, UnitKey]) -> AttachmentQueue:
    return AttachmentQueue(counter.work, lambda: keys)


def row(queue: AttachmentQueue, digest: bytes, way: str = table.OUT) -> table.Attachment:
    with queue.work.store.read() as connection:
        found = table.find(connection, digest, way)
    assert found is not None
    return found


def counts(queue: AttachmentQueue) -> tuple[int, int]:
    with queue.work.store.read() as connection:
        found = table.counts(connection)
    return found.sent, found.waiting


def digest_of(path: str) -> bytes:
    return hashlib.sha256(Path(path).read_bytes()).digest()


class TestOut:
    def test_an_act_with_a_scan_waits_and_one_without_does_not(
        self, counter: Counter, waiting: AttachmentQueue, scan: str
    ) -> None:
        recorded(counter, "")
        assert waiting.next_out() is None
        recorded(counter, scan)
        assert counts(waiting) == (0, 0), "nothing is written when the act is: it is read from the journal"
        out = waiting.next_out()
        assert out is not None
        assert (out.digest, out.offset) == (digest_of(scan), 0)
        assert counts(waiting) == (0, 1)
        assert waiting.look() == 0

    def test_parts_are_the_sealed_file_also_after_a_new_start(
        self, counter: Counter, waiting: AttachmentQueue, keys: dict[int, UnitKey], scan: str
    ) -> None:
        recorded(counter, scan)
        out = waiting.next_out()
        assert out is not None
        assert out.name == wire_name(keys[2], out.digest), "under the newest key"
        half = waiting.part(out.digest, 0, out.length // 2)
        waiting.moved(out.digest, out.length // 2)
        later = AttachmentQueue(counter.work, lambda: keys)
        again = later.next_out()
        assert again is not None
        assert (again.offset, again.name) == (out.length // 2, out.name)
        rest = later.part(again.digest, again.offset, again.length)
        assert half is not None
        assert rest is not None
        _, file = open_attachment(half + rest, counter.work.place.unit, keys)
        assert file == Path(scan).read_bytes()

    def test_a_key_that_changes_in_between_does_not_change_what_is_under_way(
        self, counter: Counter, waiting: AttachmentQueue, keys: dict[int, UnitKey], scan: str
    ) -> None:
        recorded(counter, scan)
        out = waiting.next_out()
        keys[3] = UnitKey(keys[1].unit, 3, bytes([3]) * 32)
        assert waiting.next_out() == out

    def test_before_the_unit_key_comes_it_waits(
        self, counter: Counter, scan: str, waiting: AttachmentQueue, keys: dict[int, UnitKey]
    ) -> None:
        recorded(counter, scan)
        keys.clear()
        assert waiting.next_out() is None
        assert counts(waiting) == (0, 1)

    def test_sent_is_sent_to_one_life_of_the_hub(
        self, counter: Counter, waiting: AttachmentQueue, scan: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recorded(counter, scan)
        monkeypatch.setattr(table, "hub_life", lambda _: 1)
        out = waiting.next_out()
        assert out is not None
        waiting.sent(out.digest)
        assert counts(waiting) == (1, 0)
        assert waiting.next_out() is None
        monkeypatch.setattr(table, "hub_life", lambda _: 2)
        again = waiting.next_out()
        assert again is not None
        assert (again.digest, again.offset) == (out.digest, 0)
        assert counts(waiting) == (0, 1)

    def test_a_file_that_is_not_here_any_more_holds_up_nobody(
        self, counter: Counter, waiting: AttachmentQueue, scan: str, tmp_path: Path
    ) -> None:
        recorded(counter, scan)
        other = tmp_path / "khac.jpg"
        Image.new("L", (210, 297), 90).save(other, "JPEG")
        recorded(counter, str(other))
        first = waiting.next_out()
        assert first is not None
        counter.work.kept_files("acts").drop(first.digest.hex())
        assert waiting.part(first.digest, 0, 10) is None
        second = waiting.next_out()
        assert second is not None
        assert second.digest != first.digest
        assert row(waiting, first.digest).state == table.GONE

    def test_refused_thrice_it_is_given_up_each_time_sealed_anew(
        self, counter: Counter, waiting: AttachmentQueue, scan: str
    ) -> None:
        recorded(counter, scan)
        salts = set()
        for _ in range(module.MOST_TRIES):
            out = waiting.next_out()
            assert out is not None
            salts.add(row(waiting, out.digest).salt)
            waiting.refused(out.digest, "damaged")
        assert len(salts) == module.MOST_TRIES
        assert waiting.next_out() is None
        assert row(waiting, digest_of(scan)).state == table.REFUSED

    def test_each_of_the_three_kinds_names_its_file(self) -> None:
        mark = bytes([7]) * 32
        signed = FileSigned("digital", mark, 9, bytes(32), "01", "LÒ VĂN TẬP HUẤN")
        grown = FileExtended(bytes(32), mark, 12, STAMPED)
        for kind, body in ((236, signed), (237, grown)):
            draft = Draft(kind, (), encode_body(body))
            entry = _entry(draft)
            assert _named(entry) == (mark, FOLDERS[kind]) == (mark, "signed")
        assert _named(_entry(Draft(236, (), b"\x90"))) == (b"", "")
        assert _named(None) == (b"", "")


def _entry(draft: Draft) -> Entry:
    """Only what ``_named`` looks at."""
    from types import SimpleNamespace

    return SimpleNamespace(body=draft.body, facts=SimpleNamespace(kind=draft.kind))  # type: ignore[return-value]


class TestIn:
    FILE = b"%PDF-1.7 " + bytes(range(256)) * 30

    @pytest.fixture
    def wanted(self, counter: Counter, waiting: AttachmentQueue) -> bytes:
        digest = hashlib.sha256(self.FILE).digest()
        FileWish(counter.work).ask(digest, "acts", EntryId(counter.work.journal, 1))
        return digest

    def sealed(self, keys: dict[int, UnitKey], data: bytes = FILE) -> bytes:
        return seal_attachment(data, keys[2])

    def kept(self, waiting: AttachmentQueue) -> KeptFiles:
        return waiting.work.kept_files("acts")

    def test_it_is_asked_for_under_every_key_the_newest_first(
        self, waiting: AttachmentQueue, wanted: bytes, keys: dict[int, UnitKey]
    ) -> None:
        incoming = waiting.next_in()
        assert incoming is not None
        assert incoming.names == (wire_name(keys[2], wanted), wire_name(keys[1], wanted))

    def test_parts_grow_and_the_last_one_is_proved_and_kept(
        self, waiting: AttachmentQueue, wanted: bytes, keys: dict[int, UnitKey]
    ) -> None:
        sealed = self.sealed(keys)
        waiting.came(wanted, 0, sealed[:3_000], len(sealed))
        assert waiting.next_in().offset == 3_000  # type: ignore[union-attr]
        later = AttachmentQueue(waiting.work, lambda: keys)
        assert later.next_in().offset == 3_000  # type: ignore[union-attr]
        later.came(wanted, 3_000, sealed[3_000:], len(sealed))
        assert self.kept(waiting).get(wanted.hex()) == self.FILE
        assert later.next_in() is None
        assert row(later, wanted, table.IN).state == table.HERE

    def test_what_was_not_flushed_is_asked_for_again(
        self, waiting: AttachmentQueue, wanted: bytes, keys: dict[int, UnitKey]
    ) -> None:
        sealed = self.sealed(keys)
        waiting.came(wanted, 0, sealed[:3_000], len(sealed))
        waiting._path(wanted).write_bytes(sealed[:1_000])
        assert waiting.next_in().offset == 1_000  # type: ignore[union-attr]

    @pytest.mark.parametrize("fault", ["flipped", "another file", "two sealings", "another unit"])
    def test_what_is_not_the_file_of_the_entry_is_never_kept(
        self, waiting: AttachmentQueue, wanted: bytes, keys: dict[int, UnitKey], fault: str
    ) -> None:
        sealed = {
            "flipped": (sealed := self.sealed(keys))[:-1] + bytes([sealed[-1] ^ 1]),
            "another file": self.sealed(keys, b"another file of the unit"),
            "two sealings": self.sealed(keys)[:200] + self.sealed(keys)[200:],
            "another unit": seal_attachment(self.FILE, UnitKey("99999", 2, keys[2].key)),
        }[fault]
        for tried in range(1, module.MOST_TRIES + 1):
            waiting.came(wanted, 0, sealed, len(sealed))
            assert not self.kept(waiting).has(wanted.hex())
            assert not waiting._path(wanted).exists()
            assert row(waiting, wanted, table.IN).tries == tried
        assert waiting.next_in() is None, "given up until somebody asks again"

    def test_a_length_that_changes_begins_anew(
        self, waiting: AttachmentQueue, wanted: bytes, keys: dict[int, UnitKey]
    ) -> None:
        sealed = self.sealed(keys)
        waiting.came(wanted, 0, sealed[:3_000], len(sealed))
        waiting.came(wanted, 3_000, b"x" * 9, len(sealed) + 5)
        assert waiting.next_in().offset == 0  # type: ignore[union-attr]

    def test_what_nobody_asked_for_is_not_written(self, waiting: AttachmentQueue) -> None:
        waiting.came(b"?" * 32, 0, b"x", 1)
        assert not waiting._path(b"?" * 32).exists()

    def test_words_say_where_it_lies_and_how_far_it_is(
        self, counter: Counter, waiting: AttachmentQueue, wanted: bytes, keys: dict[int, UnitKey]
    ) -> None:
        wish, entry = FileWish(counter.work), EntryId(counter.work.journal, 1)
        with counter.work.store.read() as connection:
            name = counter.work.counter_name(connection, counter.work.journal)
        assert name
        assert wish.ask(wanted, "acts", entry) == f"Tệp nằm ở máy {name}; sẽ tải khi có đường truyền."
        sealed = self.sealed(keys)
        waiting.came(wanted, 0, sealed[: len(sealed) // 2], len(sealed))
        assert "đang tải từ tỉnh, được 50 %" in wish.ask(wanted, "acts", entry)
        waiting.absent(wanted)
        assert waiting.next_in() is None
        assert wish.ask(wanted, "acts", entry).startswith(f"Máy {name} chưa gửi tệp về tỉnh")
        assert waiting.next_in() is not None
