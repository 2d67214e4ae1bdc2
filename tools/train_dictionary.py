"""Trains the zstd dictionary that small bundles are packed with (``python -m tools.train_dictionary``).

Two made-up communes, a Kinh one in the delta and a highland one, write requests, receipts and hand-overs;
bundles of one to a few records are what it is trained on. A dictionary that was shipped is never changed or
withdrawn, since its id is in files on sticks: a better one is one more file.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random

from sync.protocol.carrying.bundle import Bundle, bundle_contents
from sync.protocol.carrying.dictionaries import train_dictionary
from sync.protocol.carrying.run import Run, RunCheckpoint
from sync.protocol.journals.entry import Draft, Entry, resolve, write_entry
from sync.protocol.naming.ids import EntryId, journal_of
from tools.made_up_records import Vocabulary, handed_over, record

FOLDER = Path(__file__).resolve().parent.parent / "sync" / "protocol" / "dictionaries"
SIZE = 32_768
BUNDLES = 12_000
_RECORDS = (1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 12)
"""How many records a bundle holds: mostly one, since the bundle of one is what the dictionary is for."""
SEED = 20261122
MORNING = 1_795_134_600_000
DAY_MS = 86_400_000

DELTA = Vocabulary(
    families=("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
    middles=("Thị", "Văn", "Đức", "Thu", "Minh", "Ngọc", "Quốc", "Thanh", "Hữu", "Xuân"),
    givens=(
        "Hương",
        "Hùng",
        "Lan",
        "Dũng",
        "Hà",
        "Tuấn",
        "Mai",
        "Sơn",
        "Linh",
        "Nam",
        "Trang",
        "Bình",
        "Yến",
    ),
    hamlets=("Thôn Đông", "Thôn Đoài", "Xóm Chùa", "Thôn Trung", "Xóm Mới", "Tổ dân phố số 3"),
    areas=("xã Tân Tập, tỉnh Nam Định", "xã Huấn Hòa, tỉnh Hưng Yên", "xã Yên Tập, tỉnh Ninh Bình"),
    other_papers=("Quyết định nghỉ hưu", "Sổ hộ khẩu cũ", "Biên bản họp gia đình"),
    marks=("A ", "B ", "THPT-", "CS "),
    mobile=("091", "098", "097", "090"),
    provinces_of_birth=("036", "033", "037", "001", "034"),
)
HIGHLAND = Vocabulary(
    families=("Lò", "Vàng", "Giàng", "Lù", "Sùng", "Hạng", "Tẩn", "Chẻo", "Phàn", "Mùa", "Thào", "Quàng"),
    middles=("A", "Thị", "Văn", "Seo", "Mí", "Láo", "Thị Thu"),
    givens=("Páo", "Dế", "Chứ", "Sử", "Ẩm", "Vảng", "Mẩy", "San", "Phử", "Lềnh", "Dinh", "Ơi", "Hoa"),
    hamlets=("Bản Nà Tập", "Bản Thẳm", "Bản Hon", "Bản Nậm Huấn", "Bản Cò Lá", "Bản Phiêng"),
    areas=("xã Bình Tập, tỉnh Lai Châu", "xã Bản Huấn, tỉnh Lai Châu", "xã Tả Tập, tỉnh Điện Biên"),
    other_papers=("Giấy chứng nhận hộ nghèo", "Giấy xác nhận cư trú", "Đơn xin học"),
    marks=("", "TH ", "B/2019 ", "C "),
    mobile=("086", "036", "033", "082"),
    provinces_of_birth=("012", "011", "014", "010"),
)


def drafts_of(chance: Random, serial: int, requests: list[EntryId], book: EntryId) -> list[Draft]:
    """What a counter may write next."""
    if requests and chance.random() < 0.35:
        return [handed_over(chance, chance.choice(requests))]
    words = DELTA if chance.random() < 0.5 else HIGHLAND
    day = chance.randint(0, 364)
    at = MORNING + day * DAY_MS + chance.randrange(8 * 3_600_000)
    return record(
        words, chance, serial, at, 20_260_101 + day % 28 + day // 31 * 100, book, chance.randint(1, 4)
    )


def bundles(count: int, seed: int) -> list[bytes]:
    """Contents of ``count`` small bundles, each the next stretch of some counter's journal."""
    chance = Random(seed)
    made = []
    for _ in range(count):
        journal = journal_of(chance.randint(1, 5_000), 1)
        first = chance.randint(2, 30_000)
        requests = [EntryId(journal, seq) for seq in range(max(2, first - 200), first, 2)]
        entries: list[Entry] = []
        at = MORNING + chance.randrange(DAY_MS)
        for serial in range(chance.choice(_RECORDS)):
            place = EntryId(journal, first + len(entries))
            drafts = drafts_of(chance, serial, requests, EntryId(journal, 9))
            for offset, one in enumerate(resolve(drafts, place)):
                facts = one.facts(at, EntryId(journal, 5), None)
                entries.append(write_entry(EntryId(journal, place.seq + offset), facts, one.body))
            at += chance.randint(1_000, 600_000)
        point = RunCheckpoint(entries[-1].id.seq, chance.randbytes(64))
        run = Run(journal, first, chance.randbytes(8), tuple(entries), (point,))
        made.append(bundle_contents(Bundle("00000", journal, (run,))))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write ``<id>.zdict``, say its name and size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--bundles", type=int, default=BUNDLES)
    chosen = parser.parse_args(arguments)
    number, content = train_dictionary(bundles(chosen.bundles, SEED), SIZE)
    chosen.out.mkdir(parents=True, exist_ok=True)
    path = chosen.out / f"{number}.zdict"
    path.write_bytes(content)
    print(f"{path.name}: {len(content)} bytes from {chosen.bundles} bundles")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
