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
