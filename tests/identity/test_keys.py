"""Which keys join: one person's own do, a desk's, a family's and a handed-on one do not."""

from __future__ import annotations

from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.identity.keys import contradictory, is_role, joining
from netquality.identity.people import identify
from netquality.schema import Tables, as_table

# Switzerland tells mobiles (079) from landlines (044); North America does not.
MOBILE, LANDLINE, EITHER = "+41790000001", "+41440000002", "+12125550123"
Row = tuple[str, str, str, str | None]


def accounts(*rows: Row, kind: str = "person") -> pd.DataFrame:
    """Rows of (account, key, value, name)."""
    account, key, value, name = map(list, zip(*rows, strict=True))
    table = {"account": account, "source": "s", "key": key, "value": value, "name": name}
    return as_table("accounts", table | {"kind": kind})


def groups(*rows: Row) -> set[frozenset[str]]:
    who = identify(Tables(accounts=accounts(*rows))).person_of
    return {frozenset(part.index) for _, part in who.groupby(who)}


def joined(*rows: Row) -> bool:
    return len(groups(*rows)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "info@q.example",
        "INFO@q.example",
        "office@q.example",
        "sales.emea@q.example",
        "emea-sales@q.example",
        "no-reply@q.example",
        "team+news@q.example",
        "support@q.example",
        "q.team@q.example",
        "hr@q.example",
        "familie@q.example",
        "noreply.linkedin@q.example",
    ],
)
def test_a_desk_is_nobody(address: str) -> None:
    assert is_role(address)
    assert not joined(("1", "mail", address, "Zora Quill"), ("2", "mail", address, "Zora Quill"))


@pytest.mark.parametrize(
    "address",
    [
        "zora@q.example",
        "zora.quill@q.example",
        "hrant@q.example",
        "infodo@q.example",
        "presson@q.example",
        "teamira.q@q.example",
        "zora.salesian@q.example",
    ],
)
def test_a_name_that_only_begins_like_a_desk_is_a_person(address: str) -> None:
    assert not is_role(address)
    assert joined(("1", "mail", address, "Zora Quill"), ("2", "mail", address, "Quill, Zora"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zora Quill", "Zora B. Quill"),
        ("Zora Quill", "Dr. Zora Quill, PMP"),
        ("Zora Quill", "Z. Quill"),
        ("Zora Quill", "zora quill"),
        ("Zoë Quill", "Zoe Quill"),
        ("Robert Quill", "Bob Quill"),
    ],
)
@pytest.mark.parametrize(("key", "value"), [("mail", "z@q.example"), ("phone", MOBILE)])
def test_one_person_written_in_two_ways_is_found(
    one: str, other: str, key: str, value: str
) -> None:
    assert joined(("1", key, value, one), ("2", key, value, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zora Quill", "Odo Quill"),
        ("Zora Quill", "Zora Brass"),
        ("Odo Quill Sr.", "Odo Quill Jr."),
        ("Odo Quill", "Odo Quill Sr."),
        ("Zora Quill", "Wren Ashby"),
    ],
)
@pytest.mark.parametrize(("key", "value"), [("mail", "home@q.example"), ("phone", MOBILE)])
def test_a_shared_mailbox_or_a_phone_handed_on_joins_nobody(
    one: str, other: str, key: str, value: str
) -> None:
    rows: list[Row] = [("1", key, value, one), ("2", key, value, other)]
    assert not joined(*rows)
    assert not joined(*reversed(rows))


def test_three_in_one_mailbox_keep_two_spellings_of_one_of_them_apart_too() -> None:
    # Nobody can tell whose the third row is: to join none is never wrong.
    home = "home@q.example"
    rows: list[Row] = [("1", "mail", home, "Zora Quill"), ("2", "mail", home, "Odo Quill")]
    rows.append(("3", "mail", home, "Zora Quill"))
    assert len(groups(*rows)) == 3


def test_father_and_son_of_one_name_share_a_landline_only() -> None:
    for line in (LANDLINE, EITHER):
        rows: list[Row] = [("1", "phone", line, "Odo Quill"), ("2", "phone", line, "Odo Quill")]
        rows += [("1", "mail", "odo@q.example", "Odo Quill")]
        rows += [("2", "mail", "junior@q.example", "Odo Quill")]
        assert not joined(*rows), line


def test_a_mobile_of_one_name_in_two_books_joins() -> None:
    rows: list[Row] = [("1", "phone", MOBILE, "Odo Quill"), ("2", "phone", MOBILE, "Odo Quill")]
    assert joined(*rows, ("1", "mail", "odo@q.example", None), ("2", "mail", "o@w.example", None))


def test_a_name_that_repeats_its_key_is_no_name() -> None:
    mail = "zora@q.example"
    assert joined(("1", "mail", mail, mail), ("2", "mail", mail, "Wren Ashby"))
    assert joined(("1", "mail", mail, None), ("2", "mail", mail, "Wren Ashby"))
    assert joined(("1", "phone", MOBILE, MOBILE), ("2", "phone", MOBILE, "Wren Ashby"))


def test_a_chain_over_an_initial_joins_no_two_people() -> None:
    # Jana and "J." share one mailbox, "J." and Jonas another: each link harmless by itself.
    rows: list[Row] = [
        ("1", "mail", "jana@q.example", "Jana Quill"),
        ("2", "mail", "jana@q.example", "J. Quill"),
        ("2", "mail", "jo@q.example", "J. Quill"),
        ("3", "mail", "jo@q.example", "Jonas Quill"),
    ]
    for order in permutations(rows):
        found = groups(*order)
        assert not any({"1", "3"} <= group for group in found)


def test_a_profile_or_a_platform_id_joins_whatever_the_names() -> None:
    for key in ("profile", "platform"):
        assert joined(
            ("1", key, "zora-quill", "Zora Quill"), ("2", key, "zora-quill", "Zora Brass")
        )


def test_two_profiles_are_never_one_person_by_a_mail_address() -> None:
    mail = "zora@q.example"
    rows: list[Row] = [
        ("1", "profile", "zora-quill", "Zora Quill"),
        ("1", "mail", mail, "Zora Quill"),
        ("2", "profile", "zora-quill-2", "Zora Quill"),
        ("2", "mail", mail, "Zora Quill"),
    ]
    assert not joined(*rows)


def test_hidden_members_join_nothing() -> None:
    rows = accounts(
        ("1", "mail", "z@q.example", None), ("2", "mail", "z@q.example", None), kind="hidden"
    )
    assert not joining(rows).any()


def test_one_account_under_two_names_shares_its_key_as_two_do() -> None:
    rows: list[Row] = [
        ("1", "mail", "home@q.example", "Zora Quill"),
        ("1", "mail", "home@q.example", "Odo Quill"),
        ("2", "mail", "home@q.example", None),
    ]
    assert not joining(accounts(*rows)).any()


def test_only_groups_with_two_names_that_disagree_contradict_themselves() -> None:
    rows = accounts(
        ("1", "mail", "a", "Jana Quill"),
        ("2", "mail", "b", "Jonas Quill"),
        ("3", "mail", "c", "Wren Ashby"),
        ("4", "mail", "d", "W. Ashby"),
    )
    assert contradictory(rows, pd.Series([7, 7, 8, 8])) == {7}
    assert contradictory(rows, pd.Series([1, 2, 3, 4])) == set()


NAMES = ["Zora Quill", "Odo Quill", "Z. Quill", "Wren Ashby", "Odo Quill Jr.", None]
KEYS = [("mail", "a@q.example"), ("mail", "b@q.example"), ("phone", MOBILE), ("phone", LANDLINE)]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("123456"), st.sampled_from(KEYS), st.sampled_from(NAMES)),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_who_is_joined_does_not_depend_on_the_order_of_rows_or_on_a_row_said_twice(
    rows: list[tuple[str, tuple[str, str], str | None]], mix: object
) -> None:
    table: list[Row] = [(who, key, value, name) for who, (key, value), name in rows]
    found = groups(*table)
    again = [*table, table[0]]
    mix.shuffle(again)  # type: ignore[attr-defined]
    assert groups(*again) == found


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(KEYS), st.sampled_from(["Zora Quill", "Odo Brass", "Wren Ashby"])
        ),
        min_size=2,
        max_size=8,
    )
)
def test_accounts_of_two_plain_names_are_never_joined_by_mail_or_phone(
    rows: list[tuple[tuple[str, str], str]],
) -> None:
    table: list[Row] = [(str(i), *key, name) for i, (key, name) in enumerate(rows)]
    names = {str(i): name for i, (_, name) in enumerate(rows)}
    for group in groups(*table):
        assert len({names[account] for account in group}) == 1
