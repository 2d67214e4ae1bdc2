"""Citizens of the practice commune: plainly practice names, made-up numbers, cards as scanned."""

from __future__ import annotations

from dataclasses import dataclass

_FAMILIES = ("LÙ", "VÀNG", "LÒ", "GIÀNG", "HOÀNG", "ĐỖ", "NGUYỄN", "TẨN", "PHÀN")
_GIVEN = ("ẨM", "ẪM", "ẬP", "ẮN", "ẰNG", "ỬNG", "ỮU", "ỘC", "ỄNH", "ẶNG")
_VILLAGES = ("Nà Khan", "Thèn Thầu", "Nà Hum", "Phiêng Tiên")


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person with a card; ``number`` has 12 digits (province 012, men born 19xx)."""

    number: str
    name: str
    birth: str
    home: str
    sex: str = "Nam"

    @property
    def card(self) -> str:
        """The text of the card's QR as a scanner sends it."""
        return f"{self.number}||{self.name}|{self.birth}|{self.sex}|{self.home}|01012022"


SON = Citizen("012090006812", "HOÀNG VĂN SƠN TẬP HUẤN", "14031990", "Bản Nà Khan, xã Bình Lư (tập huấn)")
"""The one with five originals."""
FATHER = Citizen("012091007718", "LÙ VĂN ẮN TẬP HUẤN", "05061991", "Bản Nà Hum, xã Bình Lư (tập huấn)")
MOTHER = Citizen(
    "012193004427", "VÀNG THỊ ẰNG TẬP HUẤN", "17091993", "Bản Nà Hum, xã Bình Lư (tập huấn)", "Nữ"
)
"""The parents of the child whose birth is registered."""


def citizen(place: int) -> Citizen:
    """The ``place``-th of as many citizens as a day needs, always the same one."""
    year = 60 + place % 40
    name = f"{_FAMILIES[place % len(_FAMILIES)]} TẬP HUẤN {_GIVEN[place % len(_GIVEN)]}"
    day, month = 1 + place % 28, 1 + place % 12
    village = _VILLAGES[place % len(_VILLAGES)]
    return Citizen(
        f"0120{year:02d}{100_000 + place * 37:06d}", name, f"{day:02d}{month:02d}19{year:02d}",
        f"Bản {village}, xã Bình Lư (tập huấn)",
    )  # fmt: skip


def with_old_card(place: int) -> Citizen:
    """Somebody who turned forty this year: his card has run out."""
    return Citizen(
        f"012086{200_000 + place:06d}",
        f"{_FAMILIES[place]} TẬP HUẤN {_GIVEN[-1 - place]}",
        f"0{place + 1}021986",
        f"Bản {_VILLAGES[place]}, xã Bình Lư (tập huấn)",
    )  # fmt: skip
