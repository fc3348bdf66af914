"""Who may be one person: what is suggested, with which words, and what never is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import exp, log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.decisions import decided
from netquality.identity.cards import Census, handle, handles_of, workplace
from netquality.identity.names import parsed
from netquality.identity.people import identify
from netquality.identity.suggest import COLUMNS, LARGEST, suggestions
from netquality.schema import Tables, as_table

# account, key, value, name; then kind ("person") and source ("s").
Row = tuple[str, ...]
# Two owners, Wren and Ivo, so that a name alone joins nobody across them.
OWNERS = {"s": "wren", "t": "ivo"}


def tables_of(
    *rows: Row,
    employers: dict[str, str] | None = None,
    connected: tuple[tuple[str, str], ...] = (),
    decisions: pd.DataFrame | None = None,
) -> Tables:
    owners = [(who, "platform", f"{who}-id", f"{who.title()} Owner") for who in OWNERS.values()]
    full = [(*row, *("person", "s")[len(row) - 4 :]) for row in [*rows, *owners]]
    account, key, value, name, kind, source = map(list, zip(*full, strict=True))
    said = {"source": list(OWNERS), "name": list(OWNERS), "owner": list(OWNERS.values())}
    works = employers or {}
    return Tables(
        sources=as_table("sources", {**said, "bundle": "x", "format": "log", "zone": "UTC"}),
        accounts=as_table(
            "accounts",
            {"account": account, "source": source, "key": key, "value": value, "name": name}
            | {"kind": kind},
        ),
        attributes=as_table(
            "attributes",
            {"account": list(works), "name": "employer", "value": list(works.values())}
            | {"source": "s"},
        ),
        relations=as_table(
            "relations",
            {"a": [OWNERS[file] for _, file in connected], "b": [who for who, _ in connected]}
            | {"kind": "connected", "source": [file for _, file in connected]},
        ),
        **({} if decisions is None else {"decisions": decisions}),
    )


def found(*rows: Row, least: float = 0.5, **more: object) -> pd.DataFrame:
    tables = tables_of(*rows, **more)  # type: ignore[arg-type]
    return suggestions(tables, identify(tables), least=least)


def line(frame: pd.DataFrame) -> list[str]:
    return [f"{a} {b}: {why}" for a, b, why in zip(frame.a, frame.b, frame.reasons, strict=True)]


ZORA = ("1", "profile", "zora-quill", "Zora Quill")
ALSO = ("2", "mail", "feather@gmail.com", "Quill, Zora", "person", "t")


def test_one_name_in_two_exports_is_suggested() -> None:
    frame = found(ZORA, ALSO)
    assert list(frame.columns) == list(COLUMNS)
    row = frame.iloc[0]
    assert (row.a, row.b) == ("feather@gmail.com", "zora-quill")
    assert (row.a_name, row.b_name) == ("Quill, Zora", "Zora Quill")
    assert (row.reasons, row.against) == ("same name", "")
    # Nobody else bears surname or given name: rarity 1 for both.
    # 0.6 for the same name + 2 (1 - 0.5) + (1 - 0.5) = 2.1 -> 1 / (1 + e^-2.1) = 0.891
    assert row.score == round(1 / (1 + exp(-2.1)), 3) == 0.891


def test_the_same_employer_adds_to_it_whatever_its_legal_form() -> None:
    frame = found(ZORA, ALSO, employers={"1": "Feather Works GmbH", "2": "FEATHER WORKS"})
    assert frame.reasons[0] == "same name; same employer"
    # 2.1 as above, and 0.4 + 1.4 for an employer of these two only: 3.9 -> 0.980
    assert frame.score[0] == 0.980


def test_another_employer_is_hardly_evidence() -> None:
    frame = found(ZORA, ALSO, employers={"1": "Feather Works", "2": "Brass Bells"})
    assert frame.against[0] == "other employer"
    # 2.1 - 0.3 = 1.8 -> 0.858
    assert frame.score[0] == 0.858


def test_a_private_mail_domain_is_an_employer_and_a_public_one_is_not() -> None:
    works = ("2", "mail", "zq@featherworks.example", "Z. Quill", "person", "t")
    frame = found(ZORA, works, employers={"1": "Feather Works"})
    assert "same mail domain or employer" in frame.reasons[0]
    home = [("1", "mail", "a1@gmail.com", "Zora Quill"),
            ("2", "mail", "b2@gmail.com", "Zora Quill", "person", "t")]  # fmt: skip
    assert found(*home).reasons.tolist() == ["same name"]


def test_a_rarer_name_says_more() -> None:
    crowd = [(f"x{i}", "mail", f"x{i}@gmail.com", f"{g}{'a' * i} Brass") for i, g in
             enumerate(["Mab", "Ivo", "Nell", "Pim", "Tove", "Ulf", "Wim", "Yrsa"])]  # fmt: skip
    both = [("3", "profile", "odo-b", "Odo Brass"),
            ("4", "mail", "ob@gmail.com", "Odo Brass", "person", "t")]  # fmt: skip
    rare, common = found(ZORA, ALSO, *crowd, *both).iloc[:2].score.tolist()
    assert rare == 0.891
    # Ten of the 14 people are called Brass, and any network counts as 20 people at least:
    # rarity 1 - ln 9 / ln 20 = 0.267; 0.6 + 2 (0.267 - 0.5) + 0.5 = 0.633 -> 0.653
    assert common == round(1 / (1 + exp(-(0.6 + 2 * (0.5 - log(9) / log(20)) + 0.5))), 3)
    assert common == 0.653


def test_a_name_of_many_is_never_enough_by_itself() -> None:
    rows = [(str(i), "profile", f"odo-{i}", "Odo Brass") for i in range(4)]
    other = ("5", "mail", "ob@brasswerk.example", "Odo Brass", "person", "t")
    assert found(*rows, other, least=0.0).empty
    frame = found(*rows, other, employers={"2": "Brasswerk AG"})
    assert line(frame) == [
        "ob@brasswerk.example odo-2: same name; same mail domain or employer",
    ]
    assert frame.against[0] == "5 people of that name"


SPELLS = "mail address spells the name"
INITIAL = "initial of the given name"


@pytest.mark.parametrize(
    ("mail", "name", "reasons", "odds"),
    [
        # No name beside it: as good as the name itself, 0.6 + 1 + 0.5 for the rarest.
        ("zora.quill@gmail.com", "", SPELLS, 2.1),
        ("quillzora@gmail.com", "", SPELLS, 2.1),
        # An initial is a variant: -0.2 - 0.5 + 1 for the surname alone.
        ("zquill@gmail.com", "", SPELLS, 0.3),
        ("quill.z@gmail.com", "", SPELLS, 0.3),
        # The address only repeats the initial: nothing new.
        ("zquill77@gmail.com", "Z. Quill", INITIAL, 0.3),
        # It says what the initial stands for: + 1.3.
        ("quill_zora@gmail.com", "Z. Quill", f"{INITIAL}; {SPELLS}", 1.6),
    ],
)
def test_what_a_mail_address_spells(mail: str, name: str, reasons: str, odds: float) -> None:
    frame = found(ZORA, ("2", "mail", mail, name or mail, "person", "t"))
    assert frame.reasons.tolist() == [reasons]
    # The surname Quill is borne by those two at most.
    assert frame.score[0] == pytest.approx(1 / (1 + exp(-odds)), abs=0.0006)


@pytest.mark.parametrize("mail", ["quill@gmail.com", "zora@gmail.com", "info@quill.example"])
def test_an_address_that_spells_no_whole_name_is_no_evidence(mail: str) -> None:
    assert found(ZORA, ("2", "mail", mail, mail, "person", "t"), least=0.0).empty


def test_an_address_that_spells_another_given_name_speaks_against() -> None:
    other = ("2", "mail", "zelda.quill@gmail.com", "Z. Quill", "person", "t")
    assert found(ZORA, other).empty
    assert found(ZORA, other, least=0.0).against[0] == "mail address spells another given name"


def test_a_profile_address_that_spells_a_former_name() -> None:
    rows = [("1", "profile", "zora-ames-4f2b", "Zora Quill"),
            ("2", "mail", "za@gmail.com", "Zora Ames", "person", "t")]  # fmt: skip
    frame = found(*rows, least=0.2)
    why = "same given name, other surname (maiden name?); profile address spells the name"
    assert line(frame) == [f"za@gmail.com zora-ames-4f2b: {why}"]


def test_phone_numbers_that_differ_in_the_country_prefix() -> None:
    rows = [("1", "phone", "+41446681800", "Z. Quill"),
            ("2", "phone", "+49446681800", "Zora Quill", "person", "t")]  # fmt: skip
    frame = found(*rows)
    assert "phone numbers differ only in the country prefix" in frame.reasons[0]
    assert frame.score[0] > found(ZORA, ("2", "mail", "q@gmail.com", "Z. Quill", "person", "t"),
                                  least=0.0).score[0]  # fmt: skip


def test_a_mailbox_that_joined_nobody_is_evidence() -> None:
    # Two names on one box: it joins nobody, but a maiden name may explain it.
    rows = [("1", "mail", "nest@quill.example", "Zora Quill"),
            ("2", "mail", "nest@quill.example", "Zora Ames", "person", "t")]  # fmt: skip
    frame = found(*rows)
    assert "shared mailbox" in frame.reasons[0]
    assert "maiden name?" in frame.reasons[0]


@pytest.mark.parametrize(
    "other", ["Jonas Quill", "Zora Quill Jr.", "Zora B. Quill", "Odo Brass", "Z. Ames"]
)
def test_names_that_contradict_are_never_suggested(other: str) -> None:
    first = ("1", "mail", "a@featherworks.example", "Zora A. Quill")
    second = ("2", "mail", "b@featherworks.example", other, "person", "t")
    assert found(first, second, least=0.0).empty


def test_two_profiles_in_one_export_are_two_people() -> None:
    rows = ZORA, ("2", "profile", "zora-quill-2", "Zora Quill")
    together = (("1", "s"), ("2", "s"))
    works = {"1": "Feather Works", "2": "Feather Works"}
    assert found(*rows, connected=together, employers=works, least=0.0).empty
    # Seen in two owners' exports they may be one: 2.1 + 1.8 - 2.5 = 1.4 -> 0.802
    frame = found(*rows, connected=(("1", "s"), ("2", "t")), employers=works)
    assert (frame.score[0], frame.against[0]) == (0.802, "two profiles")


def test_two_profiles_with_nothing_but_a_name_stay_apart() -> None:
    # 2.1 - 2.5 = -0.4 -> 0.401
    frame = found(ZORA, ("2", "profile", "zora-quill-2", "Zora Quill"), least=0.4)
    assert frame.score.tolist() == [0.401]


def test_two_profiles_of_one_export_that_share_a_phone_are_asked_about() -> None:
    slugs = [ZORA, ("2", "profile", "zora-q", "Zora Quill")]
    phone = [(who, "phone", "+41446681800", "Zora Quill") for who in ("1", "2")]
    frame = found(*slugs, *phone, connected=(("1", "s"), ("2", "s")), least=0.2)
    assert frame.reasons.tolist() == ["same name; shared phone number"]
    assert frame.against.tolist() == ["two profiles; two contacts in one export"]


@pytest.mark.parametrize("kind", ["hidden", "group", "list", "robot", "room", "organisation"])
def test_only_people_are_suggested(kind: str) -> None:
    assert not found(ZORA, ALSO).empty
    assert found(ZORA, (*ALSO[:4], kind, "t"), least=0.0).empty


def test_what_the_user_decided_is_not_asked_again() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    apart = decided("different", "2", "1", at=at)
    assert found(ZORA, ALSO, decisions=apart).empty
    back = decided("undo", at=at + timedelta(1), undoes=apart["decision"].iloc[0])
    both = pd.concat([apart, back], ignore_index=True)
    assert len(found(ZORA, ALSO, decisions=both)) == 1
    joined = decided("same", "1", "2", at=at)
    assert found(ZORA, ALSO, decisions=joined).empty


def test_nobody_gives_no_rows_but_all_columns() -> None:
    frame = suggestions(Tables(), identify(Tables()))
    assert frame.empty
    assert list(frame.columns) == list(COLUMNS)
    assert frame["score"].dtype == "float64"


def test_a_key_of_too_many_is_skipped_unless_another_narrows_it() -> None:
    """All share surname and initial; of them only the two with one given name are found."""
    letters = "abdefghiklmnoprstuvz"
    given_names = [f"Zo{a}{b}o" for a in letters for b in letters]
    rows = [(f"x{i}", "mail", f"x{i}@gmail.com", f"{g} Quill") for i, g in enumerate(given_names)]
    initial = ("4", "mail", "zz@gmail.com", "Z. Quill", "person", "t")
    both = ALSO, ("3", "profile", "zq", "Zora Quill"), initial
    few, many = (
        set(zip(frame.a, frame.b, strict=True))
        for frame in (found(*rows[:size], *both, least=0.0) for size in (20, LARGEST))
    )
    assert ("feather@gmail.com", "zq") in many
    assert not [pair for pair in many if "zz@gmail.com" in pair]
    # The initial fits 20 and the two.
    assert len({pair for pair in few if "zz@gmail.com" in pair}) == 22


@settings(deadline=None, max_examples=10)
@given(st.permutations(range(6)))
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    rows = [ZORA, ALSO, ("3", "mail", "bill@brass.example", "Bill Brass"),
            ("4", "profile", "w-brass", "William Brass", "person", "t"),
            ("5", "mail", "zq@gmail.com", "Z. Quill", "person", "t"),
            ("6", "profile", "odo-ames", "Odo Ames")]  # fmt: skip
    expected = found(*rows, least=0.2)
    frame = found(*(rows[i] for i in order), least=0.2)
    pd.testing.assert_frame_equal(frame, expected)
    assert (frame.a < frame.b).all()
    assert frame.score.is_monotonic_decreasing
    assert frame.score.between(0.2, 1).all()


def test_the_rarity_of_a_name() -> None:
    census = Census(100, *(Counter() for _ in range(4)))
    # 1 - ln(b - 1) / ln 100: two bearers 1, eleven 0.5, everybody 0 (and never below).
    assert [census.rarity(b) for b in (1, 2, 11, 101, 500)] == pytest.approx([1, 1, 0.5, 0, 0])


def test_forms_in_which_keys_are_compared() -> None:
    assert [handle(k) for k in ("zora.quill@x.example", "q-zora-8b1c", "z.quill+a@x.example")] == [
        *("zoraquill", "qzora", "zquill")
    ]
    handles = handles_of(parsed("Odo van der Berg"))
    assert (handles["odovanderberg"], handles["oberg"]) == ("full", "initial")
    assert "berg" not in handles
    places = "Quill & Co. KG", "a@mail.quill.example", "a@quill.co.uk", "a@gmx.de", "Freelancer"
    assert [workplace(p) for p in places] == ["quill", "quill", "quill", "", ""]
