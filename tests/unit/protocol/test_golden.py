"""The bytes of the first release: what was written once is written and read for ever."""

from __future__ import annotations

import re

import pytest

from sync.protocol.carrying.bundle import unpack_bundle
from sync.protocol.carrying.lean import unpack_lean
from sync.protocol.carrying.packing import unpack_entry
from sync.protocol.carrying.run import verify_run
from sync.protocol.carrying.run_columns import unpack_run
from sync.protocol.carrying.vector import unpack_signed_vector
from sync.protocol.carrying.wire import Reader
from sync.protocol.journals.chain import first_head
from sync.protocol.journals.checkpoint import Checkpoint
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.copy_code import read_copy_code
from sync.protocol.journals.entry import read_entry
from sync.protocol.journals.system_kinds import SYSTEM_BODIES
from sync.protocol.meeting.exchange import unpack_answer, unpack_request
from sync.protocol.meeting.heads import unpack_heads_answer, unpack_heads_request
from sync.protocol.meeting.parcel import NOTHING
from sync.protocol.meeting.sealing import open_file
from sync.protocol.naming.grants import JournalOpened, read_grant, verify_opening
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.officials import verify_seal
from sync.protocol.naming.unit_keys import unwrap_unit_key
from tests.unit.protocol import examples as made

EXAMPLES = made.examples()
QUOTED = re.compile(r"^```hex ([a-z0-9-]+)\n([0-9a-f \n]+)\n```$", re.MULTILINE)
READ_ONLY = {"bundle-zstd", "bundle-lean", "bundle-tight"}
"""Bytes that another zstd may write otherwise, but every zstd must read."""


def golden(name: str) -> bytes:
    """The bytes as released."""
    return bytes.fromhex((made.GOLDEN / f"{name}.hex").read_text("ascii"))


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_code_still_writes_the_released_bytes(name: str) -> None:
    assert EXAMPLES[name].hex() == golden(name).hex()


def test_no_golden_file_is_forgotten() -> None:
    assert {path.stem for path in made.GOLDEN.glob("*.hex")} == set(EXAMPLES) | READ_ONLY


def test_the_document_quotes_every_example_as_it_is() -> None:
    quoted = {name: "".join(text.split()) for name, text in QUOTED.findall(made.DOCUMENT.read_text("utf-8"))}
    assert quoted == {name: golden(name).hex() for name in {*EXAMPLES, *READ_ONLY}}


def test_released_entries_are_read() -> None:
    assert unpack_entry(EntryId(made.JOURNAL, 2), golden("packed-act")) == made.entries()[1]
    redacted = unpack_entry(EntryId(made.JOURNAL, 2), golden("packed-act-redacted"))
    assert redacted.header_hash == golden("header-hash-act")
    verify_seal(redacted, made.OFFICIAL.public)
    Checkpoint(made.JOURNAL, 3, golden("head-3"), golden("checkpoint-3")).verify(made.COUNTER.public)


def test_the_released_run_verifies_from_the_first_head() -> None:
    reader = Reader(golden("run"))
    run = unpack_run(reader)
    reader.done()
    verified = verify_run(run, first_head(made.JOURNAL), made.COUNTER.public)
    assert list(verified.entries) == made.entries()
    assert verified.heads[-1] == golden("head-3")
    hub_keys = {made.HUB.key_id: made.HUB.public}
    assert verify_opening(verified.entries[0], hub_keys).opened.signing_key == made.COUNTER.public


def test_the_released_bundles_are_read() -> None:
    assert unpack_bundle(golden("bundle-stored")).runs == ()
    compressed = unpack_bundle(golden("bundle-zstd"))
    assert golden("bundle-zstd")[4] == 1
    assert [len(run.entries) for run in compressed.runs] == [40]
    assert verify_run(compressed.runs[0], first_head(made.JOURNAL), made.COUNTER.public).tail == ()


def test_the_released_file_opens() -> None:
    held = {1: unwrap_unit_key(golden("wrapped-unit-key"), made.COUNTER_EXCHANGE, made.UNIT, 1)}
    header, contents = open_file(golden("sealed-file"), made.UNIT, held, lambda *_: made.COUNTER.public)
    assert header.sender == made.JOURNAL
    assert contents == golden("bundle-stored")


def test_the_released_words_of_the_hub_verify() -> None:
    word = unpack_signed_vector(golden("signed-vector"), made.UNIT)
    word.verify(made.HUB.public)
    assert word.backed_up.positions[made.JOURNAL] == 2
    short = unpack_signed_vector(golden("signed-vector-same"), made.UNIT, word.received)
    short.verify(made.HUB.public)
    assert short.backed_up == word.received


def test_the_released_grant_and_copy_code_verify() -> None:
    assert read_grant(golden("grant"), {made.HUB.key_id: made.HUB.public}) == made.GRANT
    signed = read_copy_code(golden("copy-code").decode())
    signed.verify(made.COUNTER.public)
    assert signed.code == made.CODE


def test_the_released_question_about_heads_is_read() -> None:
    asked = unpack_heads_request(golden("heads-request"))
    asked.verify(made.COUNTER.public, made.HUB)
    assert asked.request == made.heads_request()
    assert unpack_heads_answer(golden("heads-answer"), made.UNIT, made.HUB.public) == made.heads_answer()
    assert (
        unpack_heads_answer(golden("heads-answer-refused"), made.UNIT, made.HUB.public).refused
        == "other-unit"
    )


def test_the_released_exchange_is_read() -> None:
    asked = unpack_request(golden("exchange-request"))
    asked.verify(made.COUNTER.public, made.HUB)
    assert asked.request == made.exchange_request()
    assert asked.open_bundle() is not None
    for name, answer in made.exchange_answers().items():
        vector = NOTHING if name.endswith("file") else made.exchange_vector()
        read = unpack_answer(golden(name), made.UNIT, vector)
        assert read == answer
        if read.word is not None:
            read.word.verify(made.HUB.public)


def test_every_system_kind_has_a_golden_body_that_reads_and_writes_back() -> None:
    seen = set()
    for name in sorted(EXAMPLES):
        if match := re.match(r"body-(\d\d)-", name):
            body_type = SYSTEM_BODIES[int(match[1]), 1]
            seen.add((int(match[1]), 1))
            assert encode_body(decode_body(body_type, golden(name))) == golden(name)
    assert seen == set(SYSTEM_BODIES)


def test_released_facts_are_read() -> None:
    assert decode_body(JournalOpened, golden("body-01-next-life")).life == 2
    later = read_entry(EntryId(made.JOURNAL, 3), golden("facts-later"), b"\x91\x18")
    assert later == made.entries()[2]


def test_the_released_brief_exchange_is_read() -> None:
    asked = unpack_request(golden("exchange-request-brief"))
    asked.verify(made.COUNTER.public, made.HUB)
    assert asked.request == made.brief_request()
    tight = unpack_request(golden("exchange-request-tight"))
    tight.verify(made.COUNTER.public, made.HUB)
    assert tight.request == made.tight_request()
    for name in ("idle", "refused"):
        found = golden(f"exchange-answer-brief-{name}")
        read = unpack_answer(found, made.UNIT, made.exchange_vector(), made.brief_request().at)
        assert read == made.exchange_answers()[f"exchange-answer-{name}"]


def test_the_released_lean_bundle_is_read() -> None:
    run, past = made.lean_run()
    assert unpack_lean(golden("bundle-tight"), made.UNIT, made.JOURNAL, lambda *_: past).runs == (run,)
    assert unpack_lean(golden("bundle-lean"), made.UNIT, made.JOURNAL, lambda *_: past).runs == (run,)
