"""One worked example of every structure of the format, made by the product's code from fixed keys.

``python -m tests.unit.protocol.examples`` writes them to ``golden/`` again; do that only for a structure that
is new. A changed byte of a released structure is a fault, whatever this program says.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from datetime import date
from pathlib import Path

from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.lean import Past
from sync.protocol.carrying.packing import pack_entry
from sync.protocol.carrying.run import Run, make_run
from sync.protocol.carrying.run_columns import pack_run
from sync.protocol.carrying.vector import Vector, make_vector, pack_signed_vector, put_vector, sign_vector
from sync.protocol.journals.chain import first_head, follow
from sync.protocol.journals.check_list import (
    CheckList,
    ListedAnnulment,
    ListedDevice,
    ListedUnit,
    ListedYear,
    pack_numbers,
    write_check_list,
)
from sync.protocol.journals.checkpoint import Checkpoint, sign_checkpoint
from sync.protocol.journals.codec import encode, encode_body
from sync.protocol.journals.copy_code import CopyCode, digest_of_words, write_copy_code
from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.journals.system_kinds import (
    AuthorityAnnounced,
    ClockSeen,
    DateConfirmed,
    DeviceRevoked,
    EntryQuestioned,
    ForkFound,
    HeldJournal,
    QuestionSettled,
    Redacted,
    RestoreAnnounced,
    UnitAdopted,
    UnitDescribed,
    UnitKeyIssued,
    WrappedKey,
    carry,
)
from sync.protocol.meeting.attachment import seal_attachment, wire_name
from sync.protocol.meeting.exchange import (
    ExchangeAnswer,
    ExchangeRequest,
    HeadAt,
    Parked,
    pack_answer,
    pack_request,
)
from sync.protocol.meeting.file_pass import write_pass
from sync.protocol.meeting.heads import HeadsAnswer, HeadsRequest, pack_heads_answer, pack_heads_request
from sync.protocol.meeting.lan_place import seal_place
from sync.protocol.meeting.parcel import NOTHING
from sync.protocol.meeting.reading_digest import LINES, reading_digest
from sync.protocol.meeting.sealing import seal_file
from sync.protocol.naming.grants import Grant, JournalOpened, OpenReason, certify_next_life, sign_grant
from sync.protocol.naming.ids import EntryId, common_journal, journal_of, unit_journal
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.officials import sign_entry
from sync.protocol.naming.unit_keys import ExchangeKey, UnitKey, wrap_unit_key

GOLDEN = Path(__file__).parent / "golden"
DOCUMENT = Path(__file__).parents[3] / "docs" / "format.md"
UNIT = "00000"
DEVICE = 7
JOURNAL = journal_of(DEVICE, 1)
AT = 1_795_312_800_000

HUB = SigningKey(bytes([1]) * 32)
COUNTER = SigningKey(bytes([2]) * 32)
OFFICIAL = SigningKey(bytes([3]) * 32)
NEXT_COUNTER = SigningKey(bytes([4]) * 32)
COUNTER_EXCHANGE = ExchangeKey(bytes([5]) * 32)
HUB_EXCHANGE = ExchangeKey(bytes([6]) * 32)
UNIT_KEY = UnitKey(UNIT, 1, bytes([7]) * 32)
EPHEMERAL = ExchangeKey(bytes([8]) * 32)
ATTACHMENT = b"%PDF-1.7 practice"
SALT = bytes([9]) * 32
GRANT = Grant(UNIT, DEVICE, 1, "QUẦY-01", AT + 86_400_000, 0, HUB.key_id, True)
SIGNED_GRANT = sign_grant(GRANT, HUB)
OPENED = JournalOpened(SIGNED_GRANT, COUNTER.public, COUNTER_EXCHANGE.public, 1, 0, OpenReason.ENROLLED)
CODE = CopyCode(
    UNIT, JOURNAL, 1, 2026, 1776, date(2026, 11, 22), 3, digest_of_words("Bằng tốt nghiệp", "A 123456")
)

LISTED = CheckList(
    AT,
    AT,
    AT + 31 * 86_400_000,
    HUB.key_id,
    True,
    (
        ListedUnit(
            UNIT,
            "Xã Bình Lư",
            (ListedDevice(JOURNAL, COUNTER.public), ListedDevice(JOURNAL + 1, NEXT_COUNTER.public, 20261120)),
            (
                ListedYear(
                    1,
                    2026,
                    1776,
                    1842,
                    recovering=pack_numbers(range(1800, 1811)),
                    struck=pack_numbers((1777, 1790, 1791)),
                    annulled=(ListedAnnulment(1779, 20261121),),
                ),
            ),
        ),
    ),
)


def entries() -> list[Entry]:
    """The opening, an official's sealed act on a subject of its own, and an act that follows it."""
    actor, post = EntryId(unit_journal(UNIT), 2), EntryId(unit_journal(UNIT), 3)
    own = [EntryId(JOURNAL, seq) for seq in (1, 2, 3)]
    opening = write_entry(own[0], Facts(AT, 1, 1, 1, None, None, (own[0],)), encode_body(OPENED))
    act = write_entry(own[1], Facts(AT + 60_000, 100, 1, 1, actor, post, (own[1],)), encode(["Bằng", 3]))
    later = Facts(AT + 61_500, 101, 1, 0, actor, post, (own[1], own[0]), (own[1],))
    return [opening, sign_entry(act, OFFICIAL), write_entry(own[2], later, encode([24]))]


def run() -> tuple[Run, list[bytes], Checkpoint]:
    """The three entries as a run with one checkpoint at its end, and the heads after each."""
    three = entries()
    heads = follow(first_head(JOURNAL), 0, three)
    point = sign_checkpoint(COUNTER, JOURNAL, 3, heads[-1])
    return make_run(first_head(JOURNAL), three, [point]), heads, point


def _bodies() -> dict[str, bytes]:
    carried = entries()[1]
    other = EntryId(JOURNAL, 2)
    bodies = {
        "body-01-journal-opened": OPENED,
        "body-01-next-life": certify_next_life(
            COUNTER,
            JournalOpened(
                SIGNED_GRANT, NEXT_COUNTER.public, COUNTER_EXCHANGE.public, 2, 3, OpenReason.RESTORED
            ),
        ),
        "body-02-device-revoked": DeviceRevoked(JOURNAL, 3, "mất máy"),
        "body-03-unit-key-issued": UnitKeyIssued(UNIT, 1, (WrappedKey(JOURNAL, _wrapped()),)),
        "body-04-carried": carry(carried),
        "body-05-redacted": Redacted(other, "court-order", "QĐ 12/2026"),
        "body-06-fork-found": ForkFound(JOURNAL, 2, carried.header_hash, bytes(32)),
        "body-07-clock-seen": ClockSeen(-42_000, 350),
        "body-08-date-confirmed": DateConfirmed(AT, AT - 86_400_000, 1),
        "body-09-unit-described": UnitDescribed(
            UNIT, "UBND XÃ BÌNH LƯ", "TỈNH LAI CHÂU", "Trung tâm", "Lai Châu", "Bình Lư", "", "", True
        ),
        "body-10-entry-questioned": EntryQuestioned(other, "fee-differs", "fee", "Vì sao?", "2.000 đ"),
        "body-11-question-settled": QuestionSettled(EntryId(unit_journal(UNIT), 9), 2, "Miễn phí", None),
        "body-12-unit-adopted": UnitAdopted(UNIT, HUB.public, (HeldJournal(JOURNAL, 3, run()[1][-1]),)),
        "body-13-restore-announced": RestoreAnnounced(JOURNAL, 2, 3, "ổ đĩa hỏng"),
        "body-14-authority-announced": AuthorityAnnounced("-----BEGIN CERTIFICATE-----", (bytes(32),)),
        "body-15-lan-place-said": seal_place(UNIT_KEY, JOURNAL, ("192.168.1.12",), 7443, SALT[:16]),
    }
    return {name: encode_body(body) for name, body in bodies.items()}


def _wrapped() -> bytes:
    return wrap_unit_key(UNIT_KEY, COUNTER_EXCHANGE.public, EPHEMERAL)


def _vectors() -> dict[str, bytes]:
    _, heads, _ = run()
    received = make_vector({JOURNAL: (3, heads[2]), common_journal(): (1, bytes(32))})
    backed_up = make_vector({JOURNAL: (2, heads[1]), common_journal(): (1, bytes(32))})
    out = bytearray()
    put_vector(out, received)
    word = sign_vector(HUB, UNIT, AT, 1, received, backed_up)
    return {
        "vector": bytes(out),
        "signed-vector": pack_signed_vector(word),
        "signed-vector-same": pack_signed_vector(sign_vector(HUB, UNIT, AT, 1, received, received), received),
    }


def _containers() -> dict[str, bytes]:
    whole, _, _ = run()
    packed = bytearray()
    pack_run(packed, whole)
    bundle = pack_bundle(Bundle(UNIT, JOURNAL, (), None))
    return {
        "run": bytes(packed),
        "bundle-stored": bundle,
        "sealed-file": seal_file(bundle, UNIT_KEY, COUNTER, JOURNAL, 1, 1, SALT),
        "sealed-attachment": seal_attachment(ATTACHMENT, UNIT_KEY, SALT),
        "attachment-name": bytes.fromhex(wire_name(UNIT_KEY, hashlib.sha256(ATTACHMENT).digest())),
        "file-pass": write_pass(UNIT, JOURNAL, AT, COUNTER, HUB.public).encode("ascii"),
    }


def exchange_vector() -> Vector:
    """What the counter of the examples holds when it asks."""
    return make_vector({JOURNAL: (3, run()[1][2]), common_journal(): (1, bytes(32))})


def exchange_request() -> ExchangeRequest:
    """The counter asks the hub of the examples, and brings a bundle."""
    bundle = pack_bundle(Bundle(UNIT, JOURNAL, (), None))
    return ExchangeRequest(UNIT, JOURNAL, AT, 8_192, exchange_vector(), bundle)


def brief_request() -> ExchangeRequest:
    """The same in format 2, with nothing to bring; 700 ms before the hub answers."""
    return ExchangeRequest(UNIT, JOURNAL, AT - 700, 8_192, exchange_vector(), b"", True, 2)


def tight_request() -> ExchangeRequest:
    """The same in format 3: 4 KiB are on the way already."""
    return ExchangeRequest(
        UNIT, JOURNAL, AT - 700, 8_192, exchange_vector(), b"", True, 2, tight=True, behind=4_096
    )


def lean_run() -> tuple[Run, Past]:
    """The third entry alone, and the two before it as its past."""
    three, (_, heads, point) = entries(), run()
    return make_run(heads[1], three[2:], [point]), Past(heads[1], three[:2])


def exchange_answers() -> dict[str, ExchangeAnswer]:
    """Nothing new; everything an answer can hold; a refusal; and one inside a file."""
    asked = exchange_vector()
    behind = make_vector({JOURNAL: (2, run()[1][1]), common_journal(): (1, bytes(32))})
    word = sign_vector(HUB, UNIT, AT, 1, behind, behind)
    bundle = pack_bundle(Bundle(UNIT, unit_journal(UNIT), (), None))
    parked = (Parked(EntryId(JOURNAL, 3), "not-authentic"),)
    heads = (HeadAt(JOURNAL, 2, run()[1][1]),)
    return {
        "exchange-answer-idle": ExchangeAnswer(AT, sign_vector(HUB, UNIT, AT, 1, asked, asked)),
        "exchange-answer-full": ExchangeAnswer(AT, word, bundle, True, parked, heads),
        "exchange-answer-refused": ExchangeAnswer(AT, None, refused="sender-unknown"),
        "exchange-answer-in-a-file": ExchangeAnswer(AT, word, bundle),
    }


def heads_request() -> HeadsRequest:
    """The counter asks for two heads of its own journal."""
    return HeadsRequest(UNIT, JOURNAL, AT, (EntryId(JOURNAL, 2), EntryId(JOURNAL, 3)))


def heads_answer() -> HeadsAnswer:
    """The hub holds the first of them, and has read three lines."""
    _, heads, _ = run()
    lines = [(4611686018427387904 + n, 1776 + n, "numbered") for n in range(3)]
    return HeadsAnswer(AT, 1, (HeadAt(JOURNAL, 2, heads[1]),), ((LINES, reading_digest(lines)),))


def _exchanges() -> dict[str, bytes]:
    made = {
        "exchange-request": pack_request(exchange_request(), COUNTER, HUB.public),
        "heads-request": pack_heads_request(heads_request(), COUNTER, HUB.public),
        "heads-answer": pack_heads_answer(heads_answer(), UNIT, HUB),
        "heads-answer-refused": pack_heads_answer(HeadsAnswer(AT, refused="other-unit"), UNIT, HUB),
    }
    made["exchange-request-brief"] = pack_request(brief_request(), COUNTER, HUB.public)
    made["exchange-request-tight"] = pack_request(tight_request(), COUNTER, HUB.public)
    for name in ("idle", "refused"):
        answer = exchange_answers()[f"exchange-answer-{name}"]
        made[f"exchange-answer-brief-{name}"] = pack_answer(answer, exchange_vector(), AT - 700)
    for name, answer in exchange_answers().items():
        made[name] = pack_answer(answer, NOTHING if name.endswith("file") else exchange_vector())
    return made


def examples() -> dict[str, bytes]:
    """``{name: bytes}`` of every structure; the QR's text as its ASCII bytes."""
    three = entries()
    _, heads, point = run()
    made = {
        "facts-opening": three[0].facts_bytes,
        "facts-act": three[1].facts_bytes,
        "facts-later": three[2].facts_bytes,
        "digest-act": three[1].digest,
        "header-hash-act": three[1].header_hash,
        "seal-act": three[1].seal,
        "packed-act": pack_entry(three[1]),
        "packed-act-redacted": pack_entry(three[1].without_body()),
        "head-0": first_head(JOURNAL),
        "head-1": heads[0],
        "head-2": heads[1],
        "head-3": heads[2],
        "checkpoint-3": point.signature,
        "journal-numbers": b"".join(
            journal.to_bytes(4, "big")
            for journal in (JOURNAL, common_journal(), unit_journal("03390"), unit_journal(UNIT))
        ),
        "grant": SIGNED_GRANT,
        "wrapped-unit-key": _wrapped(),
        "copy-code": write_copy_code(CODE, COUNTER).encode(),
        "check-list": write_check_list(LISTED, HUB),
    }
    return made | _bodies() | _vectors() | _containers() | _exchanges()


def write_golden() -> None:
    """Write every example as one line of hex."""
    GOLDEN.mkdir(exist_ok=True)
    for name, data in examples().items():
        (GOLDEN / f"{name}.hex").write_text(data.hex() + "\n", "ascii")


def quote_in_document() -> None:
    """Fill every hex block of ``docs/format.md`` from its golden file."""

    def block(match: re.Match[str]) -> str:
        digits = (GOLDEN / f"{match[1]}.hex").read_text("ascii").strip()
        return f"```hex {match[1]}\n{textwrap.fill(digits, 96)}\n```"

    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(re.sub(r"```hex ([a-z0-9-]+)\n[0-9a-f\n]*```", block, text), "utf-8")


if __name__ == "__main__":
    write_golden()
    quote_in_document()
