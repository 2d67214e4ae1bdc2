"""The entry: one line of a journal, and the draft it is made from.

Exact bytes are kept: ``facts_bytes`` and ``body`` are what the author wrote, also when this program
understands only part of them. Hashes are taken over those bytes, never over a re-encoding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.journals.codec import MAX_ENTRY_BYTES, MAX_OWN_BYTES, Millis, Small, decode, encode
from sync.protocol.naming.ids import MAX_SEQ, SELF, EntryId
from sync.protocol.refusals import Malformed, TooLarge

MUST_UNDERSTAND = 1
"""Flag: who lacks this kind or version shows the subject read-only."""
CARRIED = 4
"""Kind of the envelope around another journal's entry (``system_kinds``)."""
MAX_SUBJECTS = 4
MAX_AFTER = 32
MAX_FACTS_BYTES = 2_048
DIGEST_BYTES = 32
SEAL_BYTES = 64

Subjects = Annotated[tuple[EntryId, ...], Meta(min_length=1, max_length=MAX_SUBJECTS)]
Heads = Annotated[tuple[EntryId, ...], Meta(max_length=MAX_AFTER)]


class Facts(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What a header says besides its position and the digest of the body.

    ``at`` is the author's wall clock in ms: evidence, never order. ``actor`` and ``post`` are the entries
    that began the official and the post (None for the device itself). ``subjects`` are 1-4 ids, the main one
    first; ``after`` the heads of the main subject that the author held.
    """

    at: Millis
    kind: Annotated[int, Meta(ge=1, le=65_535)]
    version: Annotated[int, Meta(ge=1, le=255)]
    flags: Small
    actor: EntryId | None
    post: EntryId | None
    subjects: Subjects
    after: Heads = ()

    @property
    def must_understand(self) -> bool:
        """True when a reader without this kind or version may not act on the subject."""
        return bool(self.flags & MUST_UNDERSTAND)


class Draft(msgspec.Struct, frozen=True, gc=False):
    """An entry as a decision returns it, before it has a place, a time and an author.

    ``subjects`` may hold ``SELF`` (the draft begins its subject) and ``pending(i)`` (what the i-th draft of
    the same batch begins). Bodies never hold such place-holders: what a body must name goes into
    ``subjects``. ``sealed``: the official signs this entry. ``after`` is filled at append.
    """

    kind: int
    subjects: tuple[EntryId, ...]
    body: bytes
    version: int = 1
    flags: int = 0
    sealed: bool = False
    after: tuple[EntryId, ...] = ()

    def facts(self, at: int, actor: EntryId | None, post: EntryId | None) -> Facts:
        """The facts of the entry this draft becomes at wall clock ``at`` (ms) under ``actor`` at ``post``.

        Raises ValueError while a subject is still a place-holder.
        """
        if any(subject.is_placeholder for subject in (*self.subjects, *self.after)):
            raise ValueError("resolve the draft's subjects first")
        return Facts(at, self.kind, self.version, self.flags, actor, post, self.subjects, self.after)


def resolve(drafts: Sequence[Draft], first: EntryId) -> list[Draft]:
    """The drafts of one batch with every place-holder replaced, when the first is appended as ``first``.

    Raises ValueError for a ``pending`` number that the batch does not have.
    """

    def real(subject: EntryId, own: EntryId) -> EntryId:
        if not subject.is_placeholder:
            return subject
        if subject == SELF:
            return own
        if subject.seq > len(drafts):
            raise ValueError(f"the batch has no draft {subject.seq}")
        return EntryId(first.journal, first.seq + subject.seq - 1)

    resolved = []
    for index, draft in enumerate(drafts):
        own = EntryId(first.journal, first.seq + index)
        subjects = tuple(real(subject, own) for subject in draft.subjects)
        after = tuple(real(head, own) for head in draft.after)
        resolved.append(msgspec.structs.replace(draft, subjects=subjects, after=after))
    return resolved


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One line of a journal with its exact bytes.

    ``body`` is None once redacted; ``digest`` (SHA-256 of the body) then still proves the chain. ``seal`` is
    the official's Ed25519 signature (64 bytes) or empty; it travels beside the body, outside the chain.
    """

    id: EntryId
    facts: Facts
    facts_bytes: bytes
    body: bytes | None
    digest: bytes
    seal: bytes = b""

    @property
    def header_hash(self) -> bytes:
        """What the chain and the official's signature cover (32 bytes)."""
        return header_hash(self.id, self.facts_bytes, self.digest)

    @property
    def is_redacted(self) -> bool:
        """True when the body was dropped and only header and digest remain."""
        return self.body is None

    def sealed_by(self, seal: bytes) -> Entry:
        """The same entry with the official's signature beside it."""
        return msgspec.structs.replace(self, seal=seal)

    def without_body(self) -> Entry:
        """The same entry redacted; its place in the chain and its seal still verify."""
        return msgspec.structs.replace(self, body=None)


def header_hash(entry_id: EntryId, facts_bytes: bytes, digest: bytes) -> bytes:
    """SHA-256(journal u32 BE || seq u64 BE || facts || digest of the body)."""
    position = entry_id.journal.to_bytes(4, "big") + entry_id.seq.to_bytes(8, "big")
    return hashlib.sha256(position + facts_bytes + digest).digest()


def write_entry(entry_id: EntryId, facts: Facts, body: bytes, seal: bytes = b"") -> Entry:
    """A new entry of our own, checked exactly as a reader will check it.

    Raises Malformed (TooLarge) when a reader would refuse it, or could not carry it on: 60 KiB unless it is
    itself a carrying envelope.
    """
    facts_bytes = encode(facts)
    if facts.kind != CARRIED and len(facts_bytes) + len(body) > MAX_OWN_BYTES:
        raise TooLarge(f"entry of {len(facts_bytes) + len(body)} bytes")
    return read_entry(entry_id, facts_bytes, body, seal)


def read_entry(entry_id: EntryId, facts_bytes: bytes, body: bytes, seal: bytes = b"") -> Entry:
    """An entry from the exact slices its author wrote.

    Raises Malformed (TooLarge) when facts, sizes or position are outside their bounds.
    """
    facts = _checked(entry_id, facts_bytes, len(body), seal)
    return Entry(entry_id, facts, facts_bytes, body, hashlib.sha256(body).digest(), seal)


def read_redacted(entry_id: EntryId, facts_bytes: bytes, digest: bytes, seal: bytes = b"") -> Entry:
    """An entry whose body was dropped; ``digest`` is all that is left of it.

    Raises Malformed as ``read_entry``, and for a digest that is not 32 bytes.
    """
    if len(digest) != DIGEST_BYTES:
        raise Malformed("a digest is 32 bytes")
    return Entry(entry_id, _checked(entry_id, facts_bytes, 0, seal), facts_bytes, None, digest, seal)


def _checked(entry_id: EntryId, facts_bytes: bytes, body_size: int, seal: bytes) -> Facts:
    if not (1 <= entry_id.journal < 2**31 and 1 <= entry_id.seq <= MAX_SEQ):
        raise Malformed(f"no such position: {entry_id}")
    if len(facts_bytes) > MAX_FACTS_BYTES or len(facts_bytes) + body_size + len(seal) > MAX_ENTRY_BYTES:
        raise TooLarge(f"entry of {len(facts_bytes) + body_size} bytes")
    if len(seal) not in (0, SEAL_BYTES):
        raise Malformed("an official's signature is 64 bytes")
    return decode(Facts, facts_bytes)
