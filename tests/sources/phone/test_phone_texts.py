"""Text messages: between the owner and one other person, or in a group."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from netquality.ids import digest


def _only(tables: Any) -> pd.Series:
    assert len(tables.events) == 1
    return tables.events.iloc[0]


def _reason(tables: Any) -> str:
    assert tables.events.empty
    return str(tables.rejects["reason"].item())


def test_received_and_sent(kit: Any) -> None:
    text = kit.document(
        kit.sms(body="Thank you!", contact_name="Zora Quillfeather", date=kit.NOON + 123),
        kit.sms(kind=2, body="Could you help me?", contact_name="Zora Quillfeather"),
    )
    tables = kit.backup(text, ego=kit.ME)
    assert kit.People(tables).pairs() == [("447700900123", "me"), ("me", "447700900123")]
    events = tables.events
    stamps = ["2024-05-01 10:00:00.123Z", "2024-05-01 10:00:00Z"]
    assert events["at"].tolist() == [pd.Timestamp(stamp) for stamp in stamps]
    for column, value in {"kind": "message", "channel": "sms", "role": "to", "audience": 1}.items():
        assert set(events[column]) == {value}
    assert events["precision"].tolist() == ["second"] * 2
    assert events["length"].tolist() == [10, 18]
    assert events["marks"].tolist() == ["thanks", "ask"]
    assert events["thread"].isna().all()
    assert tables.sources[["zone", "format", "shows"]].iloc[0].tolist() == [
        "UTC (given)",
        "phone/sms",
        "message",
    ]
    named = tables.accounts.dropna(subset="name")
    assert named[["key", "value", "name", "kind"]].to_numpy().tolist() == [
        ["phone", "+447700900123", "Zora Quillfeather", "person"]
    ]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (3, "a draft, never sent"),
        (4, "still waiting to be sent"),
        (5, "failed to be sent"),
        (6, "still queued to be sent"),
        (7, "neither received nor sent"),
        ("null", "neither received nor sent"),
    ],
)
def test_what_was_never_sent(kit: Any, kind: Any, reason: str) -> None:
    assert _reason(kit.backup(kit.document(kit.sms(kind=kind)))) == reason
    if kind != 7:
        message = kit.mms(kit.ZORA, [(kit.ZORA, 151)], box=kind)
        assert _reason(kit.backup(kit.document(message))) == reason


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("0", "date before 1990 or after 2100"),
        ("-5", "date before 1990 or after 2100"),
        ("4102444800000", "date before 1990 or after 2100"),
        ("9" * 40, "not a date"),
        ("soon", "not a date"),
        ("null", "no date"),
        ("", "no date"),
    ],
)
def test_absurd_dates(kit: Any, date: str, reason: str) -> None:
    assert _reason(kit.backup(kit.document(kit.sms(date=date)))) == reason
    text = kit.document(kit.call(date=date), root="calls")
    assert _reason(kit.backup(text)) == reason


def test_dates_in_seconds(kit: Any) -> None:
    event = _only(kit.backup(kit.document(kit.mms(kit.ZORA, [], date=kit.NOON // 1000))))
    assert str(event["at"]) == "2024-05-01 10:00:00+00:00"


def test_what_lies_after_the_export(kit: Any) -> None:
    day = 86_400_000
    records = [kit.sms(date=kit.NOON + days * day) for days in range(4)]
    tables = kit.backup(kit.document(*records, backup_date=kit.NOON))
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [
        [3, "date after the export"],
        [4, "date after the export"],
    ]
    assert tables.sources["exported"].tolist() == [kit.NOON // day]
    # A backup that is added to states its beginning: the name is later, and holds.
    later = kit.backup(kit.document(*records, backup_date=kit.NOON), name="sms-20240504093000.xml")
    assert later.rejects.empty


@pytest.mark.parametrize("name", ["(Unknown)", "null", "", "+44 7700 900123", "unknown"])
def test_names_that_are_none(kit: Any, name: str) -> None:
    tables = kit.backup(kit.document(kit.sms(contact_name=name)))
    assert tables.accounts["name"].isna().all()


@pytest.mark.parametrize(("address", "kind"), [("72345", "robot"), ("INKBANK", "robot")])
def test_short_codes_and_letters_are_no_people(kit: Any, address: str, kind: str) -> None:
    tables = kit.backup(kit.document(kit.sms(address)))
    found = tables.accounts.set_index("account")["kind"][_only(tables)["sender"]]
    assert found == kind


@pytest.mark.parametrize("address", ["", "null", "+", "~"])
def test_no_number(kit: Any, address: str) -> None:
    assert _reason(kit.backup(kit.document(kit.sms(address)))) == "no number"


def test_a_note_to_oneself(kit: Any) -> None:
    tables = kit.backup(kit.document(kit.sms("07700 900100", kind=2)), ego=kit.ME, region="GB")
    assert _reason(tables) == "a note to oneself"


def test_one_number_in_many_forms_is_one_account(kit: Any) -> None:
    forms = [kit.ZORA, "07700 900123", "(07700) 900-123", "00447700900123"]
    records = [kit.sms(form, date=kit.NOON + 60_000 * n) for n, form in enumerate(forms)]
    tables = kit.backup(kit.document(*records), region="GB")
    assert tables.events["sender"].unique().tolist() == [digest("phone", kit.ZORA)]


def test_messages_by_mail_gateway_come_from_that_address(kit: Any) -> None:
    message = kit.mms("Zora@quill.example", [("zora@quill.example", 137), (kit.ME, 151)])
    event = _only(kit.backup(kit.document(message)))
    assert event["sender"] == digest("mail", "zora@quill.example")


def test_exact_repeats_are_merged_and_near_ones_are_not(kit: Any) -> None:
    same = kit.sms(body="ink")
    others = [
        kit.sms(body="ink", date=kit.NOON + 1),
        kit.sms(body="ink", kind=2),
        kit.sms(kit.ODO, body="ink"),
        kit.sms(body="quill"),
    ]
    tables = kit.backup(kit.document(same, *others, same, same))
    assert tables.sources[["read", "kept", "merged"]].iloc[0].tolist() == [7, 5, 2]


def test_pictures_sent_in_one_second_are_not_repeats(kit: Any) -> None:
    one, two = (
        kit.mms(kit.ZORA, [(kit.ZORA, 137)], None, m_id=name, media="aWtx") for name in "ab"
    )
    tables = kit.backup(kit.document(one, two, one))
    assert tables.sources[["read", "kept", "merged"]].iloc[0].tolist() == [3, 2, 1]


def test_two_backups_of_one_phone_give_the_same_events(kit: Any) -> None:
    group = kit.mms(
        f"{kit.ZORA}~{kit.ODO}", [(kit.ZORA, 137), (kit.ODO, 151), (kit.ME, 151)], "hello"
    )
    early = [kit.sms(body="a"), kit.sms(body="b"), group]
    late = [*early, kit.sms(kind=2, date=kit.NOON + 99_000)]
    one, two = (kit.backup(kit.document(*records)).events for records in (early, late))
    assert set(one["event"]) < set(two["event"])
    assert set(one["thread"].dropna()) == set(two["thread"].dropna())


def test_pictures_without_text_have_no_length(kit: Any) -> None:
    message = kit.mms(kit.ZORA, [(kit.ZORA, 137)], None, media="aWtx")
    event = _only(kit.backup(kit.document(message)))
    assert pd.isna(event["length"])
    assert pd.isna(event["marks"])
    assert _only(kit.backup(kit.document(kit.sms(body=""))))["length"] == 0
    assert pd.isna(_only(kit.backup(kit.document(kit.sms(body="null"))))["length"])


def test_several_parts_of_text_are_one_text(kit: Any) -> None:
    part = kit.element("part", {"ct": "text/plain", "text": "quill"})
    message = kit.mms(kit.ZORA, [], "ink").replace("</parts>", f"{part}</parts>")
    assert _only(kit.backup(kit.document(message)))["length"] == len("ink\nquill")


def test_emoji_count_as_one_character(kit: Any) -> None:
    assert _only(kit.backup(kit.document(kit.sms(body="ink 😆"))))["length"] == 5


def test_quotes_of_either_kind(kit: Any) -> None:
    for body in ('She said "ink"', "It's ink", "\"It's\" <ink> & data='x'"):
        assert _only(kit.backup(kit.document(kit.sms(body=body))))["length"] == len(body)
