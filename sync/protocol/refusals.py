"""What the format refuses, each refusal with a stable code.

Codes are for programs and logs; words for people are chosen by the layers above, by code.
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """Input that cannot be taken: wrong bytes, wrong signature, wrong place. Never the user's doing."""

    code: ClassVar[str] = "refused"


class Malformed(Refusal, ValueError):
    """Bytes that do not have the shape they claim, or a value outside its bounds."""

    code = "malformed"


class TooLarge(Malformed):
    """An entry, bundle or field above its size limit (decompression bombs included)."""

    code = "too-large"


class NotAuthentic(Refusal):
    """A signature that does not verify under the key that should have made it."""

    code = "not-authentic"


class ChainBroken(Refusal):
    """Entries that do not follow the head they claim to follow, or leave a hole in ``seq``."""

    code = "chain-broken"


class Forked(Refusal):
    """Two different contents under one position of a journal (or two keys under one grant)."""

    code = "forked"


class SealDiffers(Refusal):
    """Two different official's signatures for one entry: at most one verifies, and the device is not to
    blame.
    """

    code = "seal-differs"


class NewerFormat(Refusal):
    """Written by a later version of the format than this program reads."""

    code = "newer-format"


class NotOurs(Refusal):
    """The file does not begin like one of ours at all."""

    code = "not-ours"


class CutShort(Malformed):
    """A file that ends before it should: an interrupted copy."""

    code = "cut-short"


class OtherUnit(Refusal):
    """Sealed or granted for another unit."""

    code = "other-unit"


class KeyUnknown(Refusal):
    """Sealed under a version of the unit's key that is not held here (yet, or because of a revocation)."""

    code = "key-unknown"


class Damaged(Refusal):
    """Contents that do not open under the right key: changed on the way, or the stick is failing."""

    code = "damaged"


class SenderUnknown(Refusal):
    """No key is known here for the journal that signed the file."""

    code = "sender-unknown"


class DictionaryUnknown(Refusal):
    """Compressed with a dictionary that this program does not have."""

    code = "dictionary-unknown"


class HubUnknown(Refusal):
    """Signed by a hub key that is not pinned here; a practice hub's grant at a real hub ends here."""

    code = "hub-unknown"


class GrantExpired(Refusal):
    """The grant's last day is over; the technician asks for a new one."""

    code = "grant-expired"


class EarlierLifeUnknown(Refusal):
    """A next life certified by a key that is not known here yet: keep it aside until the earlier life
    arrives.
    """

    code = "earlier-life-unknown"


class WrongPassphrase(Refusal):
    """The passphrase or the device secret does not open the official's key."""

    code = "wrong-passphrase"


class ListExpired(Refusal):
    """A list for the check of copies after its last moment: a newer one is fetched."""

    code = "list-expired"


class ListOlder(Refusal):
    """A list for the check of copies with a lower number than one seen before: an annulment may lack."""

    code = "list-older"
