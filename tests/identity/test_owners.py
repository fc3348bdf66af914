"""Whose files these are: an owner goes by an address here, a profile there, a name elsewhere."""

from __future__ import annotations

from netquality.identity.merge import merged
from netquality.identity.people import identify
from netquality.ids import UNKNOWN_OWNER
from netquality.schema import Tables, as_table


def file(name: str, owner: str, *keys: tuple[str, str, str | None]) -> Tables:
    """A file of one owner, who bears some (key, value, name)."""
    source = {"source": name, "name": name, "bundle": name, "format": "mail/mbox", "zone": "UTC"}
    own = [
        {"account": owner, "key": key, "value": value, "name": called}
        for key, value, called in keys
    ]
    columns = {field: [row[field] for row in own] for field in ("account", "key", "value", "name")}
    event = {"event": f"{name}-1", "precision": "none", "kind": "message", "channel": "mail"}
    return Tables(
        sources=as_table("sources", source | {"owner": owner}, rows=1),
        accounts=as_table("accounts", columns | {"source": name, "kind": "person"}, rows=len(own)),
        events=as_table("events", event | {"sender": owner, "source": name}, rows=1),
    )


def owners(*files: Tables) -> set[str]:
    return set(merged(files).sources["owner"])


LINKEDIN = file("linkedin", "p", ("profile", "zora-quill", "Zora Quill"))
MAIL = file("mail", "m", ("mail", "zora@quill.example", "Zora Quill"))
PHONE = file("phone", UNKNOWN_OWNER, ("name", "you", None))


def test_a_file_that_does_not_say_it_is_the_one_known_owners() -> None:
    assert owners(LINKEDIN, PHONE) == {"p"}
    assert set(merged([LINKEDIN, PHONE]).events["sender"]) == {"p"}


def test_owners_of_one_full_name_are_one_and_it_is_said() -> None:
    tables = merged([LINKEDIN, MAIL, PHONE])
    assert set(tables.sources["owner"]) == {"p"}
    assert set(tables.events["sender"]) == {"p"}
    rules = tables.sources.set_index("name")["rules"]
    assert "same full name" in rules["mail"]
    assert rules[["linkedin", "phone"]].isna().all()
    # The address is a key of theirs from now on.
    keys = tables.accounts[tables.accounts["account"] == "p"]["value"]
    assert {"zora-quill", "zora@quill.example"} <= set(keys)


def test_the_order_of_files_does_not_matter() -> None:
    there, back = merged([LINKEDIN, MAIL, PHONE]), merged([PHONE, MAIL, LINKEDIN])
    assert there.events.equals(back.events)
    assert there.sources.equals(back.sources)


def test_two_profiles_of_one_name_stay_two_owners() -> None:
    other = file("other", "q", ("profile", "zora-quill-2", "Zora Quill"))
    assert owners(LINKEDIN, other) == {"p", "q"}


def test_a_first_name_alone_or_another_name_joins_no_owners() -> None:
    for name in ("Zora", "Odo Fenwick", None):
        other = file("mail", "m", ("mail", "zora@quill.example", name))
        assert owners(file("linkedin", "p", ("profile", "zora", name)), other) == (
            {"p", "m"} if name != "Odo Fenwick" else {"p"}
        )
    odo = file("mail", "m", ("mail", "odo@fen.example", "Odo Fenwick"))
    assert owners(LINKEDIN, odo) == {"p", "m"}


def test_what_cannot_be_told_stays_unknown_between_two_owners() -> None:
    odo = file("mail", "m", ("mail", "odo@fen.example", "Odo Fenwick"))
    assert owners(LINKEDIN, odo, PHONE) == {"p", "m", UNKNOWN_OWNER}


def test_what_one_file_knows_as_a_list_is_no_person_in_any() -> None:
    rows = {"account": "a", "key": "mail", "value": "ink@lists.example", "name": None}
    kinds = {"source": ["1", "2"], "kind": ["person", "list"]}
    accounts = as_table("accounts", {**rows, **kinds}, rows=2)
    assert identify(Tables(accounts=accounts)).people["kind"].tolist() == ["list"]
    assert identify(Tables(accounts=accounts[::-1].reset_index(drop=True))).people[
        "kind"
    ].tolist() == ["list"]
