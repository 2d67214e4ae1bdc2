"""Grounds of refusal (NĐ 23/2015 arts. 22, 25; TT 01/2020 art. 6): a list with dates, never free text alone.

A refused original gets a written refusal with its ground (arts. 8(1), 9(7)), no number, no register line.
"""

from datetime import date

import msgspec

from counter_app.domain.dates import short_date
from counter_app.domain.errors import DomainError
from counter_app.domain.table_files import decode_table

COPY = "copy"
SIGNATURE = "signature"
TRANSLATOR = "translator"
ELECTRONIC = "electronic"
_SAME = {TRANSLATOR: SIGNATURE, ELECTRONIC: COPY}
"""Matters that go by the grounds of another."""


class RefusalGround(msgspec.Struct, frozen=True, gc=False):
    """One ground: ``key`` is stored, ``number`` is its place in the list (keys 1-9).

    ``short`` goes into "Không được chứng thực: …", ``text`` is the law in short. ``exempt_kinds`` are
    kinds of papers that the ground does not touch (ground 5: TT 01/2020 art. 6).
    """

    matter: str
    key: str
    number: int
    short: str
    short_en: str
    text: str
    source: str
    status: str
    valid_from: date
    valid_to: date | None = None
    exempt_kinds: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        """True if the ground may be used on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def refusal(self) -> str:
        """The sentence on screen: ``Không được chứng thực: bản chính bị tẩy xóa.``"""
        return f"Không được chứng thực: {self.short}."

    @property
    def refusal_en(self) -> str:
        """The same sentence in English."""
        return f"Cannot be certified: {self.short_en}."


class GroundTable(msgspec.Struct, frozen=True):
    """All grounds of all dates."""

    grounds: tuple[RefusalGround, ...]

    def on(self, day: date, matter: str = COPY) -> tuple[RefusalGround, ...]:
        """Grounds of a matter in force on a day, in the order of the law; may be empty.

        A translator's signature goes by the grounds of signatures, an electronic copy by those of copies.
        """
        matter = _SAME.get(matter, matter)
        found = (ground for ground in self.grounds if ground.matter == matter and ground.covers(day))
        return tuple(sorted(found, key=lambda ground: ground.number))

    def get(self, key: str, day: date, matter: str = COPY) -> RefusalGround:
        """A ground by its key; ``DomainError`` ``ground.unknown`` if it is not in force that day."""
        for ground in self.on(day, matter):
            if ground.key == key:
                return ground
        raise DomainError(
            f"Căn cứ từ chối này không áp dụng ngày {short_date(day)}.",
            remedy="Chọn căn cứ trong danh sách.",
            field="ground",
            code="ground.unknown",
            title_en=f"This ground of refusal is not in force on {short_date(day)}.",
            remedy_en="Choose a ground from the list.",
        )

    def check(self, key: str, paper_kind: str, day: date, matter: str = COPY) -> RefusalGround:
        """The ground for refusing an original of a kind; else ``DomainError`` ``ground.exempt``."""
        ground = self.get(key, day, matter)
        if paper_kind in ground.exempt_kinds:
            raise DomainError(
                "Loại giấy này không cần hợp pháp hóa lãnh sự khi chứng thực bản sao.",
                "Thông tư 01/2020/TT-BTP, Điều 6.",
                "Chọn căn cứ khác, hoặc nhận bản chính.",
                "ground",
                code="ground.exempt",
                title_en="This kind of paper needs no consular legalisation to be copied.",
                meaning_en="Circular 01/2020/TT-BTP, article 6.",
                remedy_en="Choose another ground, or accept the original.",
            )
        return ground


def parse_grounds(raw: bytes) -> GroundTable:
    """Table from its JSON; ``DomainError`` ``table.file`` if it is not one."""
    return decode_table(raw, GroundTable, "Danh sách căn cứ từ chối", "The list of grounds")
