"""The head writes the price of photocopies at one counter; another hears of it over the line and bills it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pypdfium2 import PdfDocument

from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.copies import PersonForm, RequestForm, RequestView, RowForm
from counter_app.services.ports.settings import PriceForm
from counter_app.services.workplace import PHOTOCOPY_PRICE
from counter_app.storage.this_pc import device
from tests.support.practice import practice_world

PERSON = PersonForm(
    "012086006812", "HOÀNG VĂN SƠN", "14/03/1986", "Bản Nà Khan, xã Bình Lư", sex="male",
)  # fmt: skip
SECOND = 1


def page(world: PracticeWorld, *seen: str) -> RequestForm:
    """``hb 24x2p`` on the second counter, ticked: 52.000 of fees, 48 photocopied pages."""
    now = world.programs[SECOND].now()
    return RequestForm(PERSON, (RowForm("hb 24x2p", "", now, ("original.today", *seen)),), given="100")


def read(world: PracticeWorld) -> RequestView:
    return world.programs[SECOND].copies.view(page(world))


def money(world: PracticeWorld) -> list[int]:
    return [line.amount for line in read(world).money]


def receipt(folder: Path) -> str:
    """Text of the newest provisional slip that was printed."""
    newest = max(folder.rglob("slip-*.pdf"), key=lambda path: path.stat().st_mtime_ns)
    with PdfDocument(newest) as pdf:
        return " ".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_heads_price_reaches_the_other_counter_and_its_receipt(tmp_path: Path) -> None:
    with practice_world(tmp_path, 2) as world:
        for program in world.programs:
            with program.opened.store.write() as connection:
                device.put_setting(connection, PHOTOCOPY_PRICE, "")
        world.sign_in(people.CLERK, SECOND)
        clerk = world.programs[SECOND]
        assert [one.code for one in read(world).notices if one.level == "look"] == ["photocopy.no_price"]
        first = clerk.copies.commit(page(world, "photocopy.no_price"))

        world.sign_in(people.CHAIRMAN)
        form = PriceForm("500", "12/QĐ-UBND (tập huấn)", "03/02/2026", "20/11/2026", people.PIN)
        head = world.programs[0].settings
        head.keep_photocopy_price(form)
        head.keep_photocopy_price(replace(form, dong="700", since="01/12/2026"))
        assert money(world) == [52_000], "the other counter has not heard of it"
        world.settle()

        assert money(world) == [52_000, 24_000]
        rows = clerk.settings.photocopy_prices().rows
        assert [(row.dong, row.state) for row in rows] == [(700, "later"), (500, "now")]
        second = clerk.copies.commit(page(world))
        with clerk.opened.store.read() as connection:
            sql = "SELECT request, amount FROM receipts ORDER BY id"
            paid = connection.exec_driver_sql(sql).all()
        assert [tuple(row) for row in paid] == [(first.request.key, 52_000), (second.request.key, 76_000)]
        text = receipt(tmp_path)
        assert "Tiền sao chụp (không phải phí)" in text
        assert "24.000" in text

        world.programs[SECOND].areas.work.clock.at += 11 * 86_400_000
        assert money(world) == [52_000, 33_600], "from the first of December each page costs 700"
