"""Codes stored in bodies of certification entries; never renamed."""

from __future__ import annotations

# LineSigned.how
BY_SCAN = "scan"
WHOLE_PILE = "pile"
SETTLED = "settled"
"""A person settled two acts that could not both stand; also a reason of striking."""

# LineStruck.reason besides the list 1-9 of ``reasons``
DOUBLE = "double"

# CopiesHandedOver.how_signed
ON_PAPER = "paper"
ON_PAD = "pad"
FINGERPRINT = "fingerprint"
WAYS_OF_SIGNING = (ON_PAPER, ON_PAD, FINGERPRINT)

# Signer.how besides FINGERPRINT, and Circumstances.act
BY_HAND = "signature"
AMENDMENT = "amendment"
ERROR_CORRECTION = "error_correction"

# Circumstances.text_on, and the values of the unit's setting for it
TEXT_PAGE = "page"
TEXT_UNDER = "under"

# Printed.form of the slip that is pasted into a bound month
BOUND_NOTE = "bound_note"

# Conflicts found by the fold
ORIGINAL_DOUBLE = "original.double"
SIGNED_AND_STRUCK = "line.signed_and_struck"
RETURNED_AND_NUMBERED = "request.returned_and_numbered"
CHANGED_AND_NUMBERED = "request.changed_and_numbered"
HANDED_OVER_TWICE = "copies.handed_over_twice"
HANDED_OVER_UNSIGNED = "copies.handed_over_unsigned"
ANNULLED_AND_STRUCK = "line.annulled_and_struck"
