"""Groups of multimedia messages, and the phone's own number among them."""

from __future__ import annotations

import io
from typing import Any

import pytest

from netquality.ids import digest
from netquality.sources.phone.owners import own_numbers
from netquality.sources.streams import Stream


def _numbers(count: int) -> list[str]:
    return [f"+4477009002{n:02d}" for n in range(count)]


def _group(kit: Any, others: list[str], writer: str, **more: Any) -> str:
    """A group's message as the app writes it: all are named, the owner among those reached."""
    reached = [number for number in (*others, kit.ME) if number != writer]
    people = [(writer, 137), *((number, 151) for number in reached)]
    return kit.mms("~".join(others), people, **more)


def test_a_group_message_goes_to_each_other_member(kit: Any) -> None:
    others = [kit.ZORA, kit.ODO, kit.JUNIPER]
    text = kit.document(
        _group(kit, others, kit.ZORA),
        _group(kit, others, "insert-address-token", box=2, date=kit.NOON + 5000),
    )
    tables = kit.backup(text)
    zora, odo, juniper = (number[1:] for number in others)
    assert kit.People(tables).pairs() == [
        *((zora, "me"), (zora, odo), (zora, juniper)),
        *(("me", zora), ("me", odo), ("me", juniper)),
    ]
    assert set(tables.events["role"]) == {"member"}
    assert set(tables.events["audience"]) == {3}
    assert tables.events["thread"].nunique() == 1
    assert "conversations of groups: 1" in tables.sources["rules"].iloc[0]


@pytest.mark.parametrize(("others", "rows"), [(2, 2), (7, 7), (8, 1), (40, 1)])
def test_large_groups_are_one_row(kit: Any, others: int, rows: int) -> None:
    numbers = _numbers(others)
    tables = kit.backup(kit.document(_group(kit, numbers, numbers[0])))
    assert len(tables.events) == rows
    assert set(tables.events["audience"]) == {others}
    kinds = tables.accounts.drop_duplicates("account").set_index("account")["kind"]
    reached = {str(kinds[account]) for account in tables.events["recipient"]}
    assert reached == ({"group"} if rows == 1 else {"person"})
    assert ("group" in set(kinds)) == (rows == 1)


def test_the_thread_is_of_the_numbers_whatever_their_order(kit: Any) -> None:
    one = kit.backup(kit.document(_group(kit, [kit.ZORA, kit.ODO], kit.ZORA)))
    two = kit.backup(kit.document(_group(kit, [kit.ODO, kit.ZORA], kit.ODO, date=kit.NOON + 9)))
    expected = digest("phone group", *sorted(number[-9:] for number in (kit.ZORA, kit.ODO)))
    assert set(one.events["thread"]) == set(two.events["thread"]) == {expected}


def test_the_own_number_is_learnt_and_joined_to_the_owner(kit: Any) -> None:
    text = kit.document(_group(kit, [kit.ZORA, kit.ODO], kit.ZORA))
    tables = kit.backup(text, ego="me@quill.example")
    owner = digest("mail", "me@quill.example")
    assert tables.sources["owner"].tolist() == [owner]
    keys = tables.accounts[tables.accounts["account"] == owner][["key", "value"]]
    assert keys.to_numpy().tolist() == [["mail", "me@quill.example"], ["phone", kit.ME]]
    assert "own number was learnt" in tables.sources["rules"].iloc[0]
    # Nobody said who the owner is, and nothing shows it: nothing is claimed to be learnt.
    bare = kit.backup(kit.document(kit.mms(kit.ZORA, [])))
    assert "learnt" not in str(bare.sources["rules"].iloc[0])


def test_a_number_given_as_ego_is_the_owner_in_every_form(kit: Any) -> None:
    text = kit.document(_group(kit, [kit.ZORA, kit.ODO], kit.ZORA).replace(kit.ME, "07700900100"))
    for said in ({"ego": kit.ME}, {"ego": "Juniper Vellichor", "aliases": (kit.ME,)}):
        tables = kit.backup(text, region="GB", **said)
        assert len(tables.events) == 2
        assert tables.sources["owner"].iloc[0] in set(tables.events["recipient"])


def test_a_group_written_to_from_another_device_of_the_owner(kit: Any) -> None:
    learnt = _group(kit, [kit.ZORA, kit.ODO], kit.ZORA)
    own = kit.mms(f"{kit.ZORA}~{kit.ODO}", [(kit.ME, 137), (kit.ZORA, 151), (kit.ODO, 151)])
    tables = kit.backup(kit.document(learnt, own.replace(str(kit.NOON), str(kit.NOON + 7000))))
    assert kit.People(tables).pairs()[2:] == [("me", kit.ZORA[1:]), ("me", kit.ODO[1:])]


def test_a_group_in_which_nobody_is_named_as_sender(kit: Any) -> None:
    records = [kit.mms(f"{kit.ZORA}~{kit.ODO}", []), kit.sms(f"{kit.ZORA}~{kit.ODO}")]
    tables = kit.backup(kit.document(*records))
    assert tables.rejects["reason"].tolist() == ["several people, none named as sender"] * 2


def test_a_text_sent_to_several(kit: Any) -> None:
    tables = kit.backup(kit.document(kit.sms(f"{kit.ZORA}~{kit.ODO}", kind=2)))
    assert kit.People(tables).pairs() == [("me", kit.ZORA[1:]), ("me", kit.ODO[1:])]
    assert set(tables.events["audience"]) == {2}


def test_cc_and_bcc_are_members_too(kit: Any) -> None:
    people = [("insert-address-token", 137), (kit.ZORA, 151), (kit.ODO, 130), (kit.JUNIPER, 129)]
    tables = kit.backup(kit.document(kit.mms(kit.ZORA, people, box=2)))
    assert {b for _, b in kit.People(tables).pairs()} == {
        number[1:] for number in (kit.ZORA, kit.ODO, kit.JUNIPER)
    }


def test_one_other_written_in_two_ways_makes_no_group(kit: Any) -> None:
    people = [("07700 900123", 137), (kit.ME, 151)]
    tables = kit.backup(kit.document(kit.mms(kit.ZORA, people)), region="GB")
    assert kit.People(tables).pairs() == [(kit.ZORA[1:], "me")]
    assert tables.events["thread"].isna().all()


def _learnt(kit: Any, *records: str) -> list[str]:
    stream = Stream("sms.xml", io.BytesIO(kit.document(*records).encode()))
    return own_numbers(stream)


def test_evidence_for_the_own_number(kit: Any) -> None:
    one = kit.mms(kit.ZORA, [(kit.ZORA, 137), (kit.ME, 151)], text="a > b", media="x" * 99)
    assert _learnt(kit, one) == [kit.ME]
    sent = kit.mms(kit.ZORA, [(kit.ME, 137), (kit.ZORA, 151)], box=2)
    assert _learnt(kit, sent) == [kit.ME]
    assert _learnt(kit, one, sent, kit.sms()) == [kit.ME]


def test_a_silent_member_is_not_taken_for_the_owner(kit: Any) -> None:
    # This phone's backup names only the sender as the conversation's other.
    silent = [(kit.ZORA, 137), (kit.ODO, 151), (kit.ME, 151)]
    vague = kit.mms(kit.ZORA, silent)
    assert _learnt(kit, vague) == []
    assert _learnt(kit, vague, kit.mms(kit.JUNIPER, [(kit.JUNIPER, 137), (kit.ME, 151)])) == [
        kit.ME
    ]
    # Whoever writes is not the owner, however often others' messages reach them.
    writes = kit.mms(kit.ODO, [(kit.ODO, 137), (kit.ME, 151)])
    assert _learnt(kit, vague, vague, writes) == [kit.ME]


def test_two_cards_are_both_the_owners(kit: Any) -> None:
    second = "+447700900199"
    records = [
        kit.mms(kit.ZORA, [(number, 137), (kit.ZORA, 151)], box=2, date=kit.NOON + n)
        for n, number in enumerate([kit.ME, second, kit.ME])
    ]
    assert _learnt(kit, *records) == [kit.ME, second]
    tables = kit.backup(kit.document(*records, kit.sms(second)))
    assert tables.rejects["reason"].tolist() == ["a note to oneself"]


def test_a_block_border_within_an_address_changes_nothing(kit: Any) -> None:
    one = kit.mms(kit.ZORA, [(kit.ZORA, 137), (kit.ME, 151)])
    for size in range((1 << 20) - 700, (1 << 20) + 100, 7):
        assert _learnt(kit, f"<!--{'x' * size}-->", one) == [kit.ME]


def test_the_thread_is_the_same_with_countries_and_without(kit: Any) -> None:
    whole = kit.backup(kit.document(_group(kit, [kit.ZORA, kit.ODO], kit.ZORA)))
    text = kit.document(_group(kit, [kit.ZORA, kit.ODO], kit.ZORA)).replace("+44", "0")
    local = kit.backup(text, region="GB")
    assert set(whole.events["event"]) == set(local.events["event"])
    assert set(whole.events["thread"]) == set(local.events["thread"])


def test_the_same_digits_in_another_country_are_somebody_else(kit: Any) -> None:
    """Neither the owner nor the other member of the group, though nine digits are the same."""
    french = kit.ZORA.replace("+44", "+33")
    tables = kit.backup(kit.document(kit.sms(french)), ego=kit.ZORA)
    assert len(tables.events) == 1
    local = kit.backup(kit.document(kit.sms(kit.ZORA.replace("+44", "0"))), ego=kit.ZORA)
    assert local.rejects["reason"].tolist() == ["a note to oneself"]
    group = kit.backup(kit.document(_group(kit, [kit.ZORA, french, kit.ODO], french)))
    assert set(group.events["audience"]) == {3}
    assert kit.People(group).pairs()[0][0] == french[1:]


def test_a_number_without_a_country_is_the_one_that_has_the_same_end(kit: Any) -> None:
    local = kit.ZORA.replace("+44", "0")
    group = kit.mms(f"{kit.ZORA}~{kit.ODO}", [(local, 137), (kit.ODO, 151), (kit.ME, 151)])
    tables = kit.backup(kit.document(group))
    assert set(tables.events["audience"]) == {2}
    assert {sender for sender, _ in kit.People(tables).pairs()} == {kit.ZORA[1:]}
