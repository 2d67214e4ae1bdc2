"""A file that lies on another PC: asked for, and said in words where it is."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import attachments as table
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True)
class FileWish:
    """What a person wants to see that is not on this PC."""

    work: Workplace

    def ask(self, digest: bytes, folder: str, entry: EntryId) -> str:
        """Have it fetched when the line is there; the sentence that says where it lies and what happens."""
        with self.work.store.write() as connection:
            before = table.find(connection, digest, table.IN)
            table.want(connection, digest, table.IN, folder, entry, self.work.now())
            place = self.work.counter_name(connection, entry.journal)
        self.work.changed("file_wanted")
        return _words(place or f"{entry.journal >> 8}", before)


def _words(place: str, before: table.Attachment | None) -> str:
    if before is not None and before.state == table.ABSENT:
        return say(
            f"Máy {place} chưa gửi tệp về tỉnh; sẽ hỏi lại khi có đường truyền.",
            f"{place} has not sent the file to the province yet; it is asked for again.",
        )
    if before is not None and before.state == table.WAITING and before.length:
        percent = min(99, before.taken * 100 // before.length)
        return say(
            f"Tệp nằm ở máy {place}; đang tải từ tỉnh, được {percent} %.",
            f"The file lies on {place}; {percent} % of it has come from the province.",
        )
    return say(
        f"Tệp nằm ở máy {place}; sẽ tải khi có đường truyền.",
        f"The file lies on {place}; it is fetched as soon as the line is there.",
    )
