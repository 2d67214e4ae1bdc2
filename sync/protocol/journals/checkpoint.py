"""The author's signature over a head: everything up to ``seq`` is his.

A reader trusts entries only as far as a checkpoint covers them; what lies behind the last one is kept apart.
"""

from __future__ import annotations

import msgspec

from sync.protocol.journals.codec import Digest, Signature
from sync.protocol.naming.ids import Journal, Seq
from sync.protocol.naming.keys import Purpose, SigningKey, verify

CHECKPOINT_EVERY = 64


class Checkpoint(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """``(journal, seq, head, signature)``; in a run only ``seq`` and ``signature`` travel, the rest is
    computed.
    """

    journal: Journal
    seq: Seq
    head: Digest
    signature: Signature

    def verify(self, public: bytes) -> None:
        """Raises NotAuthentic unless the device with key ``public`` signed this head."""
        verify(
            public, Purpose.CHECKPOINT, checkpoint_message(self.journal, self.seq, self.head), self.signature
        )


def checkpoint_message(journal: int, seq: int, head: bytes) -> bytes:
    """What is signed, after the purpose: journal u32 BE || seq u64 BE || head."""
    return journal.to_bytes(4, "big") + seq.to_bytes(8, "big") + head


def sign_checkpoint(key: SigningKey, journal: int, seq: int, head: bytes) -> Checkpoint:
    """The checkpoint of ``journal`` at ``seq`` under the device's key."""
    signature = key.sign(Purpose.CHECKPOINT, checkpoint_message(journal, seq, head))
    return Checkpoint(journal, seq, head, signature)


def checkpoint_due(last_seq: int, covered_seq: int, handing_over: bool = False) -> bool:
    """True when the author must sign now: 64 entries uncovered, or any at a hand-over.

    Hand-overs are: entries leaving in a bundle or exchange, the pen passing, a backup, a day closing, the
    program's end, a grant's revocation answered. A print is none: what is printed is already committed here,
    and its copy elsewhere begins with a bundle.
    """
    uncovered = last_seq - covered_seq
    return uncovered > 0 and (handing_over or uncovered >= CHECKPOINT_EVERY)
