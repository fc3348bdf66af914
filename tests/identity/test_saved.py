"""A chat meets the address book by the name that only one entry bears, and by nothing less."""

from __future__ import annotations

import pytest

from netquality.identity.people import identify
from netquality.identity.why import why
from netquality.ids import saved_name
from netquality.schema import Tables, as_table

OWNER = "me"


def book(*entries: tuple[str, str, str], owner: str = OWNER, source: str = "book") -> Tables:
    """Entries of (account, number, name) in an owner's address book."""
    account, number, name = map(list, zip(*entries, strict=True))
    row = {"source": source, "name": source, "bundle": source, "format": "contacts/vcard"}
    keys = {"account": account, "key": "phone", "value": number, "name": name, "kind": "person"}
    kin = {"a": owner, "b": account, "kind": "address book", "source": source}
    return Tables(
        sources=as_table("sources", row | {"zone": "UTC", "owner": owner}, rows=1),
        accounts=as_table("accounts", keys | {"source": source}),
        relations=as_table("relations", kin),
    )


def chat(*names: str, owner: str = OWNER, form: str = "whatsapp/chat") -> Tables:
    """A chat with people of whom it shows the names that the address book has."""
    row = {"source": "chat", "name": "chat", "bundle": "chat", "format": form, "zone": "UTC"}
    folded = [name.casefold() for name in names]
    accounts = {"account": [saved_name(owner, name) for name in folded], "value": folded}
    rest = {"key": "name", "name": list(names), "kind": "person", "source": "chat"}
    return Tables(
        sources=as_table("sources", row | {"owner": owner}, rows=1),
        accounts=as_table("accounts", accounts | rest),
    )


def people(*tables: Tables) -> int:
    return len(identify(Tables.concat(tables)).people)


ODO = ("1", "+447700900001", "Odo (chess)")


def test_the_only_entry_of_that_name_is_meant_and_it_is_said_why() -> None:
    tables = Tables.concat([book(ODO), chat("Odo (Chess)")])
    identity = identify(tables)
    assert len(identity.people) == 1
    assert identity.links["by"].tolist() == ["saved name"]
    told = why(tables, identity, str(identity.people.index[0]))
    assert set(told["joined_by"]) == {"the name that only this entry of the address book bears"}


def test_two_entries_of_one_name_join_nobody() -> None:
    twin = ("2", "+447700900002", "Odo (chess)")
    assert people(book(ODO, twin), chat("Odo (chess)")) == 3


def test_two_entries_with_one_number_are_one_entry() -> None:
    again = ("2", "+447700900001", "Odo (chess)")
    assert people(book(ODO, again), chat("Odo (chess)")) == 1


@pytest.mark.parametrize("name", ["Odo", "Odo (ches)", "Odo chess"])
def test_another_spelling_joins_nobody(name: str) -> None:
    assert people(book(ODO), chat(name)) == 2


def test_another_owners_address_book_says_nothing() -> None:
    assert people(book(ODO, owner="other"), chat("Odo (chess)")) == 2


def test_a_name_that_is_no_saved_one_joins_nobody() -> None:
    push = chat("Odo (chess)")
    elsewhere = push.accounts.assign(account="somebody in one chat")
    assert people(book(ODO), Tables(sources=push.sources, accounts=elsewhere)) == 2


def test_names_of_chats_and_mailboxes_are_no_mentions_of_a_linkedin_export() -> None:
    row = {"source": "li", "name": "li", "bundle": "li", "format": "linkedin/connections"}
    profile = {"account": "p", "key": "profile", "value": "odo-f", "name": "Odo Fenwick"}
    linkedin = Tables(
        sources=as_table("sources", row | {"zone": "UTC", "owner": OWNER}, rows=1),
        accounts=as_table("accounts", profile | {"source": "li", "kind": "person"}, rows=1),
    )
    assert people(linkedin, chat("Odo Fenwick")) == 2
    assert people(linkedin, chat("Odo Fenwick", form="mail/mbox")) == 2


def backup(number: str, name: str) -> Tables:
    """A backup of calls, which calls a number as the phone did when it was made."""
    row = {"source": "calls", "name": "calls", "bundle": "calls", "format": "phone/calls"}
    keys = {"account": f"n{number}", "key": "phone", "value": number, "name": name}
    return Tables(
        sources=as_table("sources", row | {"zone": "UTC", "owner": OWNER}, rows=1),
        accounts=as_table("accounts", keys | {"source": "calls", "kind": "person"}, rows=1),
    )


def test_without_a_card_the_name_that_a_backup_gives_a_number_is_meant() -> None:
    assert people(backup("+447700900009", "Odo (chess)"), chat("Odo (chess)")) == 1


def test_a_card_counts_for_more_than_what_an_old_backup_calls_a_number() -> None:
    tables = [book(ODO), backup("+447700900009", "Odo (chess)"), chat("Odo (chess)")]
    who = identify(Tables.concat(tables)).person_of
    assert who["1"] == who[saved_name(OWNER, "odo (chess)")] != who["n+447700900009"]
