"""Bounded field types shared by all bodies of entries.

Every integer and text of an entry is bounded (``architecture.md`` 1), so that a hostile or
damaged body is refused while it is decoded and never reaches a rule or a table.
Days are integers ``yyyymmdd`` of the calendar in Asia/Ho_Chi_Minh; moments are milliseconds
since 1970-01-01 UTC; money is whole Vietnamese dong.
"""

from __future__ import annotations

from typing import Annotated, dataclass_transform

import msgspec

Moment = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Day = Annotated[int, msgspec.Meta(ge=0, le=99_991_231)]
Amount = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
SignedAmount = Annotated[int, msgspec.Meta(ge=-(10**12), le=10**12)]
Pages = Annotated[int, msgspec.Meta(ge=1, le=999)]
Copies = Annotated[int, msgspec.Meta(ge=1, le=200)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
Index = Annotated[int, msgspec.Meta(ge=0, le=999)]
Year = Annotated[int, msgspec.Meta(ge=2000, le=2999)]
Number = Annotated[int, msgspec.Meta(ge=1, le=99_999_999)]
Term = Annotated[int, msgspec.Meta(ge=1, le=10**6)]
JournalNumber = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
Code = Annotated[str, msgspec.Meta(max_length=40)]
Short = Annotated[str, msgspec.Meta(max_length=120)]
Text = Annotated[str, msgspec.Meta(max_length=600)]
Long = Annotated[str, msgspec.Meta(max_length=8000)]
Salt = Annotated[bytes, msgspec.Meta(min_length=4, max_length=4)]
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Escrow = Annotated[bytes, msgspec.Meta(min_length=112, max_length=112)]
Seal = Annotated[bytes, msgspec.Meta(max_length=64)]
Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))  # read by mypy alone
class Body(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Base of every body: a MessagePack array, immutable, read in order.

    New fields are only ever added at the end with a default, so that an old reader skips them
    and a new reader fills them in (``docs/format.md``).
    """
