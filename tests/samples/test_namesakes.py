"""The labelled set holds what it says: traps, quotas, ids as the readers make them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from netquality.errors import BadInput
from netquality.evaluation.matching import similar_names
from netquality.ids import digest
from netquality.samples.namesakes import EVIDENCE, Labelled, namesakes
from netquality.samples.namesakes_apart import APART
from netquality.samples.namesakes_book import OWNER, SOURCES, Book
from netquality.samples.namesakes_names import CULTURES, Name, ascii_mail, drawn_name, mistyped
from netquality.samples.namesakes_same import SAME
from netquality.sources.addresses import mail_of, phone_of
from netquality.sources.interactions.people import People
from netquality.sources.ledger import Ledger
from netquality.sources.linkedin.people import Directory

SEEDS = (7, 8, 9, 10, 11)


@pytest.fixture(scope="module")
def made() -> Labelled:
    return namesakes()


@pytest.mark.parametrize("seed", SEEDS)
def test_there_is_enough_to_find_and_enough_to_get_wrong(seed: int) -> None:
    cases = namesakes(seed).cases
    keyed, same = cases["evidence"].isin(["key", "chain"]), cases["same"]
    assert (same & keyed).sum() >= 600
    assert (same & ~keyed).sum() >= 300
    assert (~same & cases["evidence"].isin(["key", "name"])).sum() >= 600


def test_the_same_seed_gives_the_same_people_and_another_does_not(made: Labelled) -> None:
    again, other = namesakes(), namesakes(8)
    for name in ("sources", "accounts", "relations", "attributes"):
        assert_frame_equal(made.tables[name], again.tables[name])
    assert_frame_equal(made.cases, again.cases)
    assert_series_equal(made.truth, again.truth)
    assert set(made.truth.index) != set(other.truth.index)


def test_every_account_has_one_true_person(made: Labelled) -> None:
    assert made.truth.index.is_unique
    assert set(made.truth.index) == set(made.tables.accounts["account"])
    assert made.truth[OWNER] == "owner"
    told = made.tables.relations
    assert set(told["b"]) <= set(made.truth.index)
    assert set(made.tables.attributes["account"]) <= set(made.truth.index)


def test_records_are_at_least_as_many_as_asked_for(made: Labelled) -> None:
    others = made.tables.accounts[made.tables.accounts["account"] != OWNER]
    records = len(others[["account", "source"]].drop_duplicates())
    # The last scene may plant a few more; the largest has ten accounts.
    assert 1200 <= records < 1200 + 15
    with pytest.raises(BadInput, match="too few for every trap"):
        namesakes(records=100)


def test_cases_hold_every_pair_of_one_person_once(made: Labelled) -> None:
    cases = made.cases
    assert (cases["a"] < cases["b"]).all()
    assert not cases.duplicated(["a", "b"]).any()
    sizes = made.truth.value_counts()
    assert cases["same"].sum() == (sizes * (sizes - 1) // 2).sum()
    right = cases["a"].map(made.truth).to_numpy() == cases["b"].map(made.truth)
    assert (cases["same"] == right).all()


def test_evidence_is_what_the_tables_show(made: Labelled) -> None:
    """The slow way: for each pair the sets of keys and names, compared."""
    keys: dict[str, set[tuple[str, str]]] = {}
    names: dict[str, set[str]] = {}
    rows = made.tables.accounts[["account", "key", "value", "name"]]
    for account, key, value, name in rows.itertuples(index=False):
        if key != "name":
            keys.setdefault(account, set()).add((key, value))
        if key == "name" or name != value:
            names.setdefault(account, set()).add(" ".join(name.split()).casefold())
    none: set[str] = set()
    for a, b, same, evidence in made.cases[["a", "b", "same", "evidence"]].itertuples(index=False):
        shared = bool(keys.get(a, set()) & keys.get(b, set()))
        assert shared == (evidence == "key")
        if evidence == "chain":
            assert same
        elif not shared:
            assert bool(names.get(a, none) & names.get(b, none)) == (evidence == "name")
    assert set(made.cases["evidence"]) == set(EVIDENCE)


def test_no_pair_that_a_naive_rule_joins_is_left_out(made: Labelled) -> None:
    known = set(zip(made.cases["a"], made.cases["b"], strict=True))
    accounts = made.tables.accounts
    strong = accounts[accounts["key"] != "name"]
    for _, group in strong.groupby(["key", "value"], observed=True):
        assert set(combinations(sorted(group["account"].unique()), 2)) <= known
    equal = np.sort(similar_names(accounts, None)[["a", "b"]].to_numpy(dtype=object), axis=1)
    assert len(equal) > 600
    assert set(map(tuple, equal)) <= known


def test_every_trap_is_planted_and_those_apart_hold_two_people(made: Labelled) -> None:
    cases = made.cases
    assert set(cases["trap"]) == {*APART, *SAME, "contact", "by chance"}
    wrong = cases[~cases["same"]]["trap"].value_counts()
    assert (wrong.reindex(list(APART)) >= 3).all()
    assert not set(wrong.index) & set(SAME)


@pytest.mark.parametrize(
    ("trap", "evidence"),
    [
        ("switchboard", "key"),
        ("role address", "key"),
        ("couple's mailbox", "key"),
        ("family's line", "key"),
        ("number handed on", "key"),
        ("address handed on", "key"),
        ("siblings with one initial", "key"),
        ("Sr. and Jr. on one line", "key"),
        ("assistant", "key"),
        ("same name", "name"),
        ("same name and employer", "name"),
        ("robot with people's names", "name"),
        ("nearly the same name", "none"),
    ],
)
def test_a_trap_apart_lays_the_bait_it_is_named_for(
    made: Labelled, trap: str, evidence: str
) -> None:
    apart = made.cases[(made.cases["trap"] == trap) & ~made.cases["same"]]
    assert (apart["evidence"] == evidence).any()


@pytest.mark.parametrize(
    "trap", ["new name", "other script", "typo", "short form", "initial", "surname, given"]
)
def test_a_trap_of_one_person_has_no_key_in_common(made: Labelled, trap: str) -> None:
    same = made.cases[made.cases["trap"] == trap]
    assert not same["evidence"].isin(["key", "chain"]).any()


def test_some_names_are_common_and_most_are_rare() -> None:
    rng = np.random.default_rng(7)
    counts = pd.Series([drawn_name(rng).full for _ in range(3000)]).value_counts()
    assert counts.iloc[0] >= 15
    assert (counts == 1).mean() > 0.5


def test_accounts_have_the_ids_that_the_readers_give() -> None:
    book = Book(np.random.default_rng(1))
    who = book.person(Name("Zora", "Inkby"))
    directory = Directory(scope=OWNER, owner=OWNER)
    day = pd.Series([str(who.day), "", ""], index=[1, 2, 3])
    names = pd.Series(["Zora Inkby"] * 3, index=[1, 2, 3])
    urls = pd.Series(["", f"https://www.linkedin.com/in/{who.slug}", ""], index=[1, 2, 3])
    mails = pd.Series(["", who.home, who.home.upper()], index=[1, 2, 3])
    read = directory.accounts(_ledger(), names, urls, mails, day)
    shown = [book.bare(who), book.linked(who, mail=who.home), book.card(who, mails=[who.home])]
    assert read.tolist() == shown
    log = People()
    log.codes(pd.Series([f"Zora Inkby <{who.work}>", "zinkby", who.mobile.national]))
    logged = [book.wrote(who, "Zora Inkby", who.work), book.teamed(who, "zinkby")]
    assert log.accounts.tolist() == [*logged, book.called(who, who.mobile.national)]
    assert book.chatted(who, "Zora") == digest("phone", who.mobile.e164)


def _ledger() -> Ledger:
    return Ledger("Connections.csv", "x", "linkedin/connections", digest("file"))


def test_an_account_of_two_people_is_refused() -> None:
    book = Book(np.random.default_rng(1))
    one, other = book.person(), book.person()
    book.wrote(one, "One", "shared@inkmail.example")
    with pytest.raises(BadInput, match="two people"):
        book.wrote(other, "Other", "shared@inkmail.example")


def test_keys_are_well_formed_and_nobody_s(made: Labelled) -> None:
    accounts = made.tables.accounts
    phones = accounts[accounts["key"] == "phone"]["value"].unique()
    assert all(phone_of(number) == number for number in phones)
    # The ranges that the regulators of two countries keep for fiction.
    assert all(number.startswith(("+447700900", "+44207946", "+336399", "+33199"))
               for number in phones)  # fmt: skip
    mails = accounts[accounts["key"] == "mail"]["value"].unique()
    assert all(mail_of(mail) == mail for mail in mails)
    real = [mail for mail in mails if not mail.endswith(".example")]
    assert all(mail.endswith(("@gmail.com", "@googlemail.com")) for mail in real)
    # A random tail of eight hexadecimal digits makes them nobody's.
    assert pd.Series(real).str.contains(r"[0-9a-f]{8}(?:\+network)?@").all()


def test_numbers_are_written_as_at_home_and_abroad() -> None:
    book = Book(np.random.default_rng(1))
    for kind in ("mobile", "line"):
        for number in (book.number(kind) for _ in range(200)):
            assert phone_of(number.international) == number.e164
            assert phone_of(number.national, number.e164[1:3]) == number.e164


def test_sources_are_one_owner_s_but_for_the_team(made: Labelled) -> None:
    sources = made.tables.sources.set_index("source")
    assert list(sources.index) == list(SOURCES)
    assert sources["owner"].isna().sum() == 1
    assert pd.isna(sources.at["team", "owner"])
    # The owner's mailbox is a key of the owner's account.
    keys = made.tables.accounts[made.tables.accounts["account"] == OWNER]
    mail = keys.loc[keys["key"] == "mail", "value"].iloc[0]
    assert sources.at["mail", "owner"] == digest("mail", mail)


def test_ways_to_write_a_name() -> None:
    name = Name("Pieter", "van der Inkt", "Piet")
    assert name.sorted == "Inkt, Pieter van der"
    assert (name.familiar, name.initial) == ("Piet van der Inkt", "P. van der Inkt")
    assert Name("Meiling", "Zhi").reversed == "Zhi Meiling"
    assert Name("Yuri", "Klyaksov", "", "Юрий", "Кляксов").foreign == "Юрий Кляксов"


def test_every_name_makes_an_address() -> None:
    for givens, families in CULTURES.values():
        for given, family in zip(givens, families * 9, strict=False):
            made = ascii_mail(Name(given[0], family[0]))
            assert all(part and part.isascii() and part == part.lower() for part in made)


def test_a_typo_changes_a_name_a_little_and_leaves_its_first_letters() -> None:
    rng = np.random.default_rng(5)
    for _ in range(200):
        name = drawn_name(rng).full
        wrong = mistyped(rng, name)
        assert abs(len(wrong) - len(name)) <= 1
        assert wrong[0] == name[0]
