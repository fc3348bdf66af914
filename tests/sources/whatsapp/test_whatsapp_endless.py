"""Chats of more messages than WhatsApp exports."""

from __future__ import annotations

NAMES = ("Zora Quillfeather", "Odo Fenwick", "Juniper Vellichor")


def _chat(count):
    lines = [f"13/06/2018, 21:{n:02} - {NAMES[n % 3]}: ink" for n in range(count)]
    return "\n".join([*lines, ""])


def test_messages_of_an_endless_chat_go_to_the_group_as_a_whole(read, monkeypatch):
    monkeypatch.setattr("netquality.sources.whatsapp.cast._ROWS", 20)
    few, many = (
        read(_chat(count), ego="Odo Fenwick", date_format="dmy", count=count) for count in (9, 12)
    )
    assert len(few.events) == 18
    assert len(many.events) == 12
    assert {event.audience for event in many.events} == {2}
    assert "more messages than WhatsApp exports: they go to the group as a whole" in many.rules
