"""Messages to more people than any network delivers to."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.usefixtures("ends_soon")
def test_a_message_to_thousands_is_refused(kit: Any) -> None:
    crowd = "~".join(f"+4477009{number:05}" for number in range(50_000))
    message = f'<mms date="{kit.NOON}" msg_box="1" address="{crowd}"/>'
    text = f'<sms date="{kit.NOON}" type="1" address="{kit.ZORA}" body="ink"/>'
    tables = kit.backup(f"<smses>{message}{text}</smses>".encode())
    assert tables.rejects["reason"].tolist() == ["to more than 1,000 people: no message"]
    assert len(tables.events) == 1


def test_addresses_of_thousands_are_refused(kit: Any) -> None:
    listed = "".join(f'<addr address="+4477009{n:05}" type="151"/>' for n in range(1_001))
    message = f'<mms date="{kit.NOON}" msg_box="1"><addrs>{listed}</addrs></mms>'
    tables = kit.backup(f"<smses>{message}</smses>".encode())
    assert tables.rejects["reason"].tolist() == ["to more than 1,000 people: no message"]
