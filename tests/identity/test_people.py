"""Who is who: strong keys join, names only where they are unique, nothing else does."""

from __future__ import annotations

import pytest

from netquality.errors import BadInput
from netquality.identity.people import Identity, found_person, identify
from netquality.schema import Tables, as_table

# account, key, value, name; the last two columns default to a person of the source "s".
Row = tuple[str, ...]


def tables_of(*rows: Row, connected: dict[str, tuple[int, str]] | None = None) -> Tables:
    """Accounts as (account, key, value, name, kind, source); s and t are zora's, w is wren's."""
    owners = [(who, "platform", f"{who}-id", f"{who.title()} Owner") for who in ("zora", "wren")]
    full = [(*row, *("person", "s")[len(row) - 4 :]) for row in [*rows, *owners]]
    account, key, value, name, kind, source = map(list, zip(*full, strict=True))
    said = {"source": ["s", "t", "w"], "name": ["s", "t", "w"], "owner": ["zora", "zora", "wren"]}
    common = {"bundle": "x", "format": "log", "zone": "UTC (given)"}
    bears = {"account": account, "key": key, "value": value, "name": name, "kind": kind}
    since = connected or {}
    start, file = zip(*since.values(), strict=True) if since else ((), ())
    ends = {"a": "zora", "b": list(since), "kind": "connected"}
    return Tables(
        sources=as_table("sources", {**said, **common}),
        accounts=as_table("accounts", {**bears, "source": source}),
        relations=as_table("relations", {**ends, "start": list(start), "source": list(file)}),
    )


def groups(found: Identity) -> set[frozenset[str]]:
    """Which accounts are one person."""
    who = found.person_of.drop(["zora", "wren"])
    return {frozenset(part.index) for _, part in who.groupby(who)}


def parts(*rows: Row, connected: dict[str, tuple[int, str]] | None = None) -> set[str]:
    joined = groups(identify(tables_of(*rows, connected=connected)))
    return {" ".join(sorted(part)) for part in joined}


@pytest.mark.parametrize("key", ["profile", "mail", "phone", "platform"])
def test_a_strong_key_joins_whatever_the_names_and_owners(key: str) -> None:
    one, other = ("x", key, "v1", "Odo Fernwick"), ("y", key, "v1", "O. F.", "person", "w")
    assert parts(one, other) == {"x y"}
    assert parts(one, ("y", key, "v2", "Odo Fernwick", "person", "w")) == {"x", "y"}


def test_a_value_joins_only_under_the_same_key() -> None:
    assert parts(("x", "platform", "5", "Odo"), ("y", "phone", "5", "Mab")) == {"x", "y"}


def test_keys_join_in_a_chain() -> None:
    profile, mail = ("x", "profile", "odo-f", "Odo"), ("x", "mail", "odo@fern.example", "Odo")
    card = ("y", "mail", "odo@fern.example", "O"), ("y", "phone", "+4100", "O")
    phone = ("z", "phone", "+4100", "Odo Fern", "person", "w")
    assert parts(profile, mail, *card, phone) == {"x y z"}


def test_a_mailbox_of_two_profiles_joins_nobody() -> None:
    shared = "office@fern.example"
    rows = [(who, "profile", f"{who}-slug", who) for who in ("odo", "mab")]
    rows += [(who, "mail", shared, who) for who in ("odo", "mab")]
    assert parts(*rows, ("card", "mail", shared, "Front desk", "person", "w")) == {
        "odo",
        "mab",
        "card",
    }


def test_a_card_with_the_mails_of_two_profiles_makes_them_not_one_person() -> None:
    rows = [(who, "profile", f"{who}-slug", who) for who in ("odo", "mab")]
    rows += [(who, "mail", f"{who}@fern.example", who) for who in ("odo", "mab")]
    card = [("card", "mail", f"{who}@fern.example", "The Fernwicks") for who in ("odo", "mab")]
    found = identify(tables_of(*rows, *card)).person_of
    assert found["odo"] != found["mab"]


def test_a_name_joins_where_one_person_of_that_owner_bears_it() -> None:
    strong = ("x", "profile", "odo-f", "Odo Fernwick")
    assert parts(strong, ("y", "name", "odo fernwick", "ODO Fernwick")) == {"x y"}
    other_owner = ("y", "name", "odo fernwick", "Odo Fernwick", "person", "w")
    assert parts(strong, other_owner) == {"x", "y"}


def test_two_strong_namesakes_are_never_joined() -> None:
    one, other = (
        ("x", "profile", "odo-1", "Odo Fernwick"),
        ("y", "profile", "odo-2", "Odo Fernwick"),
    )
    assert parts(one, other) == {"x", "y"}


def test_what_a_name_leaves_open_stays_apart_and_is_flagged() -> None:
    twins = [(x, "profile", f"odo-{x}", "Odo Fernwick") for x in ("x", "y")]
    found = identify(tables_of(*twins, ("m", "name", "odo fernwick", "Odo Fernwick")))
    assert len(groups(found)) == 3
    flagged = found.people["ambiguous"]
    assert flagged[found.person_of["m"]]
    assert not flagged[found.person_of["x"]]
    assert not flagged[found.person_of["y"]]


def test_a_namesake_without_link_is_told_by_the_day_of_connecting() -> None:
    # Two exports of one owner: the older has no profile link, the newer has.
    twins = [(x, "profile", f"odo-{x}", "Odo Fernwick") for x in ("x", "y")]
    bare = ("b", "name", "odo fernwick on 90", "Odo Fernwick", "person", "t")
    days = {"x": (70, "s"), "y": (90, "s")}
    assert parts(*twins, bare, connected={**days, "b": (90, "t")}) == {"x", "b y"}
    assert parts(*twins, bare, connected={**days, "b": (80, "t")}) == {"x", "y", "b"}


def test_hidden_members_are_never_joined() -> None:
    hidden = [(h, "name", f"linkedin member {h}", "LinkedIn Member", "hidden") for h in "hi"]
    assert parts(*hidden) == {"h", "i"}
    same_key = [(h, "platform", "unknown", "LinkedIn Member", "hidden") for h in "hi"]
    assert parts(*same_key, ("x", "platform", "unknown", "Odo")) == {"h", "i", "x"}
    shown = identify(tables_of(*hidden)).people
    assert shown.index.is_unique
    assert (shown["kind"] == "hidden").sum() == 2


def test_people_get_their_most_readable_id() -> None:
    rows = [
        ("a", "mail", "odo@fern.example", "Odo"),
        ("a", "profile", "odo-f", "Odo"),
        ("b", "mail", "mab@fern.example", "Mab"),
        ("c", "phone", "+4100", "Pim"),
        ("d", "platform", "5", "Tib"),
        ("e", "name", "wex", "Wex"),
        ("f", "name", "wex 2", "Wex", "person", "w"),
    ]
    found = identify(tables_of(*rows))
    assert found.person_of.loc[list("abcde")].tolist() == [
        "odo-f",
        "mab@fern.example",
        "+4100",
        "5",
        "Wex",
    ]
    assert found.person_of["f"] == "Wex (2)"
    assert found.people.loc["odo-f", "accounts"] == 1


def test_the_name_written_most_often_is_shown() -> None:
    rows = [
        (x, "mail", "odo@fern.example", name)
        for x, name in zip("abc", ("O", "Odo F", "Odo F"), strict=True)
    ]
    people = identify(tables_of(*rows)).people
    assert people.loc["odo@fern.example", "name"] == "Odo F"


@pytest.mark.parametrize("who", ["odo-f", "ODO-F", " Odo@Fern.example ", "odo fernwick"])
def test_a_person_is_found_by_id_key_or_name(who: str) -> None:
    tables = tables_of(
        ("a", "profile", "odo-f", "Odo Fernwick"), ("a", "mail", "odo@fern.example", "Odo Fernwick")
    )
    assert found_person(identify(tables), tables.accounts, who) == "odo-f"


def test_who_is_asked_for_must_be_one_person() -> None:
    tables = tables_of(*[(x, "profile", f"odo-{x}", "Odo Fernwick") for x in ("x", "y")])
    found = identify(tables)
    with pytest.raises(BadInput, match=r"name of 2 people.*odo-x, odo-y"):
        found_person(found, tables.accounts, "odo fernwick")
    with pytest.raises(BadInput, match="Nobody is called 'Mab'"):
        found_person(found, tables.accounts, "Mab")
