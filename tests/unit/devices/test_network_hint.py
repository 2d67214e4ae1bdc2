"""The system's word on its network is a hint: coming up is told once, going is not."""

from __future__ import annotations

from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication

from counter_app.devices.network_hint import NetworkHint

State = QNetworkInformation.Reachability


def test_only_coming_up_is_told(qapp: QApplication) -> None:
    told: list[str] = []
    hint = NetworkHint(lambda: told.append("up"))
    for state in (State.Disconnected, State.Online, State.Online, State.Local, State.Online):
        hint.reached(state)
    assert told == ["up", "up"]


def test_a_phone_s_network_is_said_to_be_paid_for(qapp: QApplication) -> None:
    hint = NetworkHint(lambda: None)
    assert not hint.paid
    hint.metered(True)
    assert hint.paid
    hint.metered(False)
    assert not hint.paid


def test_whatever_backend_there_is_beginning_raises_nothing(qapp: QApplication) -> None:
    hint = NetworkHint(lambda: None)
    qapp.processEvents()
    assert isinstance(hint.paid, bool)
