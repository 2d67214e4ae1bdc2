"""A counter's node in a process of its own, for a network namespace: ``lan_host.py FACTS.json``.

Prints one JSON line a moment with what it holds and whom it met; ends when its standard input does.
``write`` on standard input commits an act.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from counter_app.domain.drafting import draft
from counter_app.domain.people.entries import PersonRecorded
from counter_app.storage.journals.appending import Act, Author
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.store import Store
from sync.client.lan.node import LanNode, LanSettings
from sync.client.lan.proof import Membership
from sync.client.lan.talk import Terms
from sync.protocol.naming.ids import SELF
from sync.protocol.naming.keys import SigningKey, key_id
from sync.protocol.naming.unit_keys import UnitKey

TELL_S = 0.1


def main(file: str) -> None:
    facts = json.loads(Path(file).read_text())
    hub = bytes.fromhex(facts["hub"])
    hub_keys = {key_id(hub): hub}
    key = SigningKey(bytes.fromhex(facts["seed"]))
    store = Store.open(Path(facts["store"]), bytes.fromhex(facts["store_key"]))
    store.enrolled(Author(facts["journal"], key))
    port = ExchangeStore(store, facts["unit"], hub_keys, lambda: facts["at"])
    unit_key = UnitKey(facts["unit"], 1, bytes.fromhex(facts["unit_key"]))
    terms = Terms(key, hub_keys, lambda: facts["at"])
    node = LanNode(port, terms, lambda: {1: unit_key}, Membership(hub_keys, port), LanSettings(facts["port"]))
    node.start()
    over = threading.Event()
    threading.Thread(target=_tell, args=(node, port, over), daemon=True).start()
    for line in sys.stdin:
        if line.strip() == "write":
            body = PersonRecorded(
                facts["name"],
                "cccd",
                "012086006812",
                "",
                19860314,
                "male",
                "Bản Nà Khan",
                0,
                "",
                "typed",
                b"salt",
            )
            store.append([draft(body, SELF)], Act(facts["at"]))
            node.nudge()
    over.set()
    node.close()
    store.close()


def _tell(node: LanNode, port: ExchangeStore, over: threading.Event) -> None:
    while not over.wait(TELL_S):
        met = [[peer.name, peer.host, peer.connected] for peer in node.peers()]
        held = port.vector()
        told = {"digest": held.digest.hex(), "held": sum(held.positions.values()), "met": met}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
