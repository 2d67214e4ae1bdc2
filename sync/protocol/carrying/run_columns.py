"""A run to bytes and back: facts in columns, so that a hundred like entries cost little more than one.

Columns, in this order (varints unless said): shapes, journals named, then for each entry in turn its shape,
then all times, then all ids, then all body lengths, then the raw parts. What repeats stands side by side,
which zstd then folds. An entry whose facts are not in the shortest form, or hold fields unknown here,
travels as raw facts; the reader always gets the author's exact bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sync.protocol.carrying.run import MAX_RUN_ENTRIES, Run, RunCheckpoint
from sync.protocol.carrying.wire import Reader, put_signed, put_varint
from sync.protocol.journals.chain import SHORT_HEAD_BYTES
from sync.protocol.journals.codec import MAX_ENTRY_BYTES, encode
from sync.protocol.journals.entry import (
    DIGEST_BYTES,
    MAX_AFTER,
    MAX_FACTS_BYTES,
    MAX_SUBJECTS,
    SEAL_BYTES,
    Entry,
    Facts,
    read_entry,
    read_redacted,
)
from sync.protocol.naming.ids import MAX_JOURNAL, MAX_SEQ, EntryId
from sync.protocol.naming.keys import SIGNATURE_BYTES
from sync.protocol.refusals import Malformed

_RAW, _SEALED, _REDACTED = 1, 2, 4
MAX_SHAPES = 4_096


class _Shape(msgspec.Struct, frozen=True):
    """What many entries of a run share."""

    form: int
    kind: int = 0
    version: int = 0
    flags: int = 0
    actor: EntryId | None = None
    post: EntryId | None = None
    subjects: int = 0
    after: int = 0


class _Journals:
    """The journals other than its own that a run names, each with the last seq named of it."""

    def __init__(self, own: int, known: list[int]) -> None:
        self.own = own
        self.known = known
        self._number = {journal: number for number, journal in enumerate(known)}
        self._last = [0] * len(known)

    def add(self, journal: int) -> None:
        """Make ``journal`` nameable."""
        if journal != self.own and journal not in self._number:
            self._number[journal] = len(self.known)
            self.known.append(journal)
            self._last.append(0)

    def put(self, out: bytearray, seq: int, named: EntryId) -> None:
        """Even: back from the own ``seq`` in the own journal; odd: another journal, then the step in it."""
        if named.journal == self.own:
            put_varint(out, (seq - named.seq) << 1)
            return
        number = self._number[named.journal]
        put_varint(out, number << 1 | 1)
        put_signed(out, named.seq - self._last[number])
        self._last[number] = named.seq

    def take(self, reader: Reader, seq: int) -> EntryId:
        """The id that ``put`` wrote for the entry at ``seq``."""
        code = reader.varint(2 * MAX_SEQ)
        if not code & 1:
            return EntryId(self.own, seq - (code >> 1))
        number = code >> 1
        if number >= len(self.known):
            raise Malformed(f"a run names journal number {number} of {len(self.known)}")
        self._last[number] += reader.signed()
        return EntryId(self.known[number], self._last[number])


def _shape_of(entry: Entry) -> _Shape:
    facts = entry.facts
    form = (_SEALED if entry.seal else 0) | (_REDACTED if entry.body is None else 0)
    named = (*facts.subjects, *facts.after)
    ahead = any(other.journal == entry.id.journal and other.seq > entry.id.seq for other in named)
    if ahead or encode(facts) != entry.facts_bytes:
        return _Shape(form | _RAW)
    return _Shape(
        form,
        facts.kind,
        facts.version,
        facts.flags,
        facts.actor,
        facts.post,
        len(facts.subjects),
        len(facts.after),
    )


def pack_run(out: bytearray, run: Run) -> None:
    """Append the wire form of ``run``."""
    put_varint(out, run.journal)
    put_varint(out, run.first_seq)
    out += run.before
    put_columns(out, run.journal, run.entries)
    put_varint(out, len(run.checkpoints))
    before = run.first_seq - 1
    for point in run.checkpoints:
        put_varint(out, point.seq - before)
        out += point.signature
        before = point.seq


def put_columns(out: bytearray, journal: int, entries: Sequence[Entry], since: int = 0) -> None:
    """Append how many ``entries`` of ``journal`` there are, and their columns; times count from ``since``."""
    put_varint(out, len(entries))
    shapes: dict[_Shape, int] = {}
    order = [shapes.setdefault(_shape_of(entry), len(shapes)) for entry in entries]
    table = list(shapes)
    journals = _Journals(journal, [])
    for entry, number in zip(entries, order, strict=True):
        if not table[number].form & _RAW:
            for named in (*entry.facts.subjects, *entry.facts.after):
                journals.add(named.journal)
    _put_shapes(out, table)
    put_varint(out, len(journals.known))
    for known in journals.known:
        put_varint(out, known)
    if len(table) > 1:
        for number in order:
            put_varint(out, number)
    plain = [entry for entry, number in zip(entries, order, strict=True) if not table[number].form & _RAW]
    _put_times(out, plain, since)
    for entry in plain:
        _put_ids(out, journals, entry)
    for entry in entries:
        if entry.body is not None:
            put_varint(out, len(entry.body))
    _put_raw_parts(out, entries, [table[number].form for number in order])


def _put_shapes(out: bytearray, table: list[_Shape]) -> None:
    put_varint(out, len(table))
    for shape in table:
        put_varint(out, shape.form)
        if shape.form & _RAW:
            continue
        for value in (shape.kind, shape.version, shape.flags, shape.subjects, shape.after):
            put_varint(out, value)
        for who in (shape.actor, shape.post):
            put_varint(out, who.journal if who else 0)
            if who:
                put_varint(out, who.seq)


def _put_times(out: bytearray, entries: list[Entry], before: int) -> None:
    for entry in entries:
        put_signed(out, entry.facts.at - before)
        before = entry.facts.at


def _put_ids(out: bytearray, journals: _Journals, entry: Entry) -> None:
    """Subjects, then heads; a head that is the main subject itself is 0, any other its code after a 1."""
    for subject in entry.facts.subjects:
        journals.put(out, entry.id.seq, subject)
    for head in entry.facts.after:
        same = head == entry.facts.subjects[0]
        out.append(0 if same else 1)
        if not same:
            journals.put(out, entry.id.seq, head)


def _put_raw_parts(out: bytearray, entries: Sequence[Entry], forms: list[int]) -> None:
    for entry, form in zip(entries, forms, strict=True):
        if form & _RAW:
            put_varint(out, len(entry.facts_bytes))
            out += entry.facts_bytes
    for entry in entries:
        out += entry.digest if entry.body is None else entry.body
    for entry in entries:
        out += entry.seal


def unpack_run(reader: Reader) -> Run:
    """Read what ``pack_run`` wrote. Raises Malformed; proves nothing yet (``verify_run``)."""
    journal, first_seq = reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ)
    before = reader.take(SHORT_HEAD_BYTES)
    entries = take_columns(reader, journal, first_seq)
    return Run(journal, first_seq, before, entries, take_checkpoints(reader, first_seq, len(entries)))


def take_columns(reader: Reader, journal: int, first_seq: int, since: int = 0) -> tuple[Entry, ...]:
    """The entries that ``put_columns`` wrote, from ``first_seq`` on, at least one. Raises Malformed."""
    count = reader.varint(MAX_RUN_ENTRIES)
    if first_seq + count - 1 > MAX_SEQ or not count:
        raise Malformed(f"a run of {count} entries at {first_seq}")
    table = _take_shapes(reader)
    known = [reader.varint(MAX_JOURNAL) for _ in range(reader.varint(count * (MAX_SUBJECTS + MAX_AFTER)))]
    journals = _Journals(journal, known)
    many = len(table) > 1
    shapes = [table[reader.varint(len(table) - 1)] if many else table[0] for _ in range(count)]
    facts = _take_facts(reader, journals, first_seq, shapes, since)
    lengths = [0 if shape.form & _REDACTED else reader.varint(MAX_ENTRY_BYTES) for shape in shapes]
    for index, shape in enumerate(shapes):
        if shape.form & _RAW:
            facts[index] = reader.take(reader.varint(MAX_FACTS_BYTES))
    bodies = [
        reader.take(DIGEST_BYTES if shape.form & _REDACTED else length)
        for shape, length in zip(shapes, lengths, strict=True)
    ]
    seals = [reader.take(SEAL_BYTES) if shape.form & _SEALED else b"" for shape in shapes]
    return tuple(
        (read_redacted if shape.form & _REDACTED else read_entry)(
            EntryId(journal, first_seq + index), facts[index], bodies[index], seals[index]
        )
        for index, shape in enumerate(shapes)
    )


def _take_shapes(reader: Reader) -> list[_Shape]:
    table = []
    for _ in range(reader.varint(MAX_SHAPES)):
        form = reader.varint(_RAW | _SEALED | _REDACTED)
        if form & _RAW:
            table.append(_Shape(form))
            continue
        kind, version, flags = reader.varint(), reader.varint(), reader.varint()
        subjects, after = reader.varint(MAX_SUBJECTS), reader.varint(MAX_AFTER)
        if not subjects:
            raise Malformed("a shape without a subject")
        table.append(
            _Shape(form, kind, version, flags, _take_who(reader), _take_who(reader), subjects, after)
        )
    if not table:
        raise Malformed("a run without shapes")
    return table


def _take_who(reader: Reader) -> EntryId | None:
    journal = reader.varint(MAX_JOURNAL)
    return EntryId(journal, reader.varint(MAX_SEQ)) if journal else None


def _take_facts(
    reader: Reader, journals: _Journals, first_seq: int, shapes: list[_Shape], at: int
) -> list[bytes]:
    """The facts of every entry in its shortest form; empty where they follow raw."""
    times = []
    for shape in shapes:
        if not shape.form & _RAW:
            at += reader.signed()
        times.append(at)
    facts = []
    for index, shape in enumerate(shapes):
        if shape.form & _RAW:
            facts.append(b"")
            continue
        seq = first_seq + index
        subjects = tuple(journals.take(reader, seq) for _ in range(shape.subjects))
        after = tuple(
            journals.take(reader, seq) if reader.varint(1) else subjects[0] for _ in range(shape.after)
        )
        try:
            facts.append(
                encode(
                    Facts(
                        times[index],
                        shape.kind,
                        shape.version,
                        shape.flags,
                        shape.actor,
                        shape.post,
                        subjects,
                        after,
                    )
                )
            )
        except OverflowError as error:
            raise Malformed("a number beyond 64 bits") from error
    return facts


def take_checkpoints(reader: Reader, first_seq: int, count: int) -> tuple[RunCheckpoint, ...]:
    points = []
    seq = first_seq - 1
    for _ in range(reader.varint(count)):
        step = reader.varint(count)
        seq += step
        if not step or seq > first_seq + count - 1:
            raise Malformed("a checkpoint outside its run")
        points.append(RunCheckpoint(seq, reader.take(SIGNATURE_BYTES)))
    return tuple(points)
