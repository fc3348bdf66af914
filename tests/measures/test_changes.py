"""What changed between two exports, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import netquality as nq
from netquality.days import day_number
from netquality.errors import BadInput, NotObserved
from netquality.identity.pseudonyms import pseudonyms
from netquality.measures.changes import WHAT, Changes, changes, sentences
from netquality.measures.jobs import folded_employer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

HEADER = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers\n"
)
PROFILE = f"{HEADER}Zora,Quillfeather,,,,Keeper of ferns,,,,,,,\n"
TALK = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    "DATE,SUBJECT,CONTENT,FOLDER"
)
MAILS = "Email Address,Confirmed,Primary,Updated On\n"
ZORA = ("Zora Quillfeather", "zora-q")
LINK = "https://www.linkedin.com/in/"
OLD, MIDDLE, NEW = "01-10-2024", "06-10-2024", "01-10-2025"
ONLY_ONE = "only one export with connections, or the same connections twice"

# first and last name, slug ("" for none), employer, title, day of connecting
Contact = tuple[str, str, str, str, str, str]
ODO: Contact = ("Odo", "Fenwick", "odo-f", "Mossworks", "Gardener", "03 Mar 2021")
MAB: Contact = ("Mab", "Tansy", "mab-t", "Reedhouse", "Weaver", "04 Apr 2022")
PIM: Contact = ("Pim", "Larkspur", "pim-l", "Dewpond Ltd", "Potter", "05 May 2023")
TIB: Contact = ("Tib", "Sorrel", "tib-s", "Hollow Inc", "Baker", "06 Jun 2024")


def connections(rows: Sequence[Contact], *, links: bool = True) -> str:
    url = "URL," if links else ""
    lines = [f"First Name,Last Name,{url}Email Address,Company,Position,Connected On"]
    for first, last, slug, firm, title, day in rows:
        link = [f"{LINK}{slug}" if slug else ""] if links else []
        mail = f"{slug}@ferns.example" if slug and links else ""
        lines.append(",".join([first, last, *link, mail, f'"{firm}"', f'"{title}"', day]))
    return "\n".join(lines) + "\n"


def messages(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows of (sender, recipient, time) and a body if it matters; people as slugs."""
    names = dict([ZORA[::-1]]) | {c[2]: f"{c[0]} {c[1]}" for c in (ODO, MAB, PIM, TIB)}
    lines = [TALK]
    for sender, recipient, at, *body in rows:
        text = "".join(body) or "Ferns are growing"
        other = recipient if sender == ZORA[1] else sender
        ends = f"{names[sender]},{LINK}{sender},{names[recipient]},{LINK}{recipient}"
        lines.append(f"2-{other},,{ends},{at} UTC,,{text},INBOX")
    return "\n".join(lines) + "\n"


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Write one export of Zora's as a folder, whose name states its day unless `name` is given."""

    def make(
        day: str,
        rows: Sequence[Contact] | None,
        talks: Sequence[tuple[str, ...]] | None = None,
        *,
        links: bool = True,
        name: str | None = None,
    ) -> Path:
        folder = tmp_path / (name or f"Basic_LinkedInDataExport_{day}")
        folder.mkdir()
        (folder / "Profile.csv").write_text(PROFILE, "utf-8")
        (folder / "Email Addresses.csv").write_text(
            f"{MAILS}zora@ferns.example,Yes,Yes,{folder.name}\n", "utf-8"
        )
        if rows is not None:
            (folder / "Connections.csv").write_text(connections(rows, links=links), "utf-8")
        if talks is not None:
            (folder / "messages.csv").write_text(messages(talks), "utf-8")
        return folder

    return make


def listed(result: Changes) -> list[tuple[Any, ...]]:
    """Rows as tuples, what is missing as None."""
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in result.frame.itertuples(index=False)
    ]


def said(result: Changes) -> str:
    return " ".join(result.coverage)


def test_each_kind_of_change_by_hand(export: Callable[..., Path]) -> None:
    # Odo stays and changes both; Mab is gone; Pim stays as he is; Tib is new in June 2024.
    odo = (*ODO[:3], "Brackenhall", "Head gardener", ODO[5])
    before = [
        ("odo-f", "zora-q", "2022-01-01 10:00:00"),
        ("zora-q", "odo-f", "2022-01-02 10:00:00"),
    ]
    after = [
        *before,
        ("zora-q", "odo-f", "2024-07-01 10:00:00"),  # no first: he wrote in 2022
        ("tib-s", "zora-q", "2024-07-02 10:00:00"),  # the first with Tib, from the other side
        ("zora-q", "tib-s", "2024-07-03 10:00:00"),
        ("zora-q", "pim-l", "2024-08-09 10:00:00"),  # the first with Pim, a contact since 2023
    ]
    old = export(OLD, [ODO, MAB, PIM], before)
    network = nq.read(export(NEW, [odo, PIM, TIB], after), old)
    result = changes(network)
    assert listed(result) == [
        ("new contact", "tib-s", None, None, day_number("2024-06-06")),
        ("lost contact", "mab-t", None, None, None),
        ("new employer", "odo-f", "Mossworks", "Brackenhall", None),
        ("new title", "odo-f", "Gardener", "Head gardener", None),
        ("first words", "pim-l", None, None, day_number("2024-08-09")),
        ("first words", "tib-s", None, None, day_number("2024-07-02")),
    ]
    assert (result.earlier, result.later) == (day_number("2024-01-10"), day_number("2025-01-10"))
    assert result.counts().to_dict() == dict(zip(WHAT, [1, 1, 1, 1, 2], strict=True))
    assert (result.reason, dict(result.unknown)) == (None, {})
    assert "Contacts on 2024-01-10: 3, on 2025-01-10: 3." in result.coverage
    assert sentences(result, network) == [
        (
            "Between 2024-01-10 and 2025-01-10: 1 new contact (Tib Sorrel), 1 is no longer there "
            "(Mab Tansy), 1 changed employers (Odo Fenwick, now Brackenhall), 1 changed titles "
            "(Odo Fenwick, now Head gardener), first words with 2 (Pim Larkspur; Tib Sorrel)."
        )
    ]


def test_columns_keep_their_types_without_rows(export: Callable[..., Path]) -> None:
    full = changes(nq.read(export(OLD, [ODO]), export(NEW, [ODO, TIB])))
    none = changes(nq.read(export("02-10-2025", [ODO])))
    assert full.frame.dtypes.to_dict() == none.frame.dtypes.to_dict()
    assert str(full.frame["day"].dtype) == "Int64"
    assert "not observed" in full._repr_html_()


def test_names_of_an_old_layout_are_the_same_people(export: Callable[..., Path]) -> None:
    old = export(OLD, [ODO, MAB], links=False)
    result = changes(nq.read(old, export(NEW, [ODO, TIB])))
    assert [row[:2] for row in listed(result)] == [
        ("new contact", "tib-s"),
        ("lost contact", "Mab Tansy"),
    ]


def test_namesakes_of_different_days_stay_two_people(export: Callable[..., Path]) -> None:
    other: Contact = ("Odo", "Fenwick", "odo-f-2", "Reedhouse", "Clerk", "09 Sep 2024")
    result = changes(nq.read(export(OLD, [ODO], links=False), export(NEW, [ODO, other])))
    assert [row[:2] for row in listed(result)] == [("new contact", "odo-f-2")]


def test_a_changed_link_is_neither_new_nor_lost(export: Callable[..., Path]) -> None:
    moved = (*ODO[:2], "odo-the-gardener", *ODO[3:])
    result = changes(nq.read(export(OLD, [ODO, MAB]), export(NEW, [moved])))
    # odo-f of 3 March 2021 is gone, odo-the-gardener of 3 March 2021 was not there in 2024.
    assert [row[:2] for row in listed(result)] == [("lost contact", "mab-t")]
    assert (
        "before 2024-01-10 (hidden then, or under another name or link), not taken for new: 1."
        in (said(result))
    )
    assert "connected on the same day, not taken for lost: 1." in said(result)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dewpond Ltd", "Dewpond Limited"),
        ("Dewpond, Inc.", "DEWPOND  inc"),
        ("Moss & Fern GmbH & Co. KG", "Moss & Fern"),
        ("Reedhouse S.p.A.", "Reedhouse"),
        ("", "Reedhouse"),
        ("Reedhouse", ""),
    ],
)
def test_what_is_no_change_of_employer(export: Callable[..., Path], one: str, other: str) -> None:
    # Mab's move makes sure that both exports state employers.
    mab = (*MAB[:3], "Brackenhall", *MAB[4:])
    before, after = ((*ODO[:3], firm, "Gardener", ODO[5]) for firm in (one, other))
    result = changes(nq.read(export(OLD, [before, MAB]), export(NEW, [after, mab])))
    assert listed(result) == [("new employer", "mab-t", "Reedhouse", "Brackenhall", None)]


def test_titles_are_compared_without_case_and_blanks_only(export: Callable[..., Path]) -> None:
    before = [ODO, (*MAB[:4], "Head  Weaver", MAB[5])]
    after = [(*ODO[:4], "Gardener Ltd", ODO[5]), (*MAB[:4], "head weaver", MAB[5])]
    result = changes(nq.read(export(OLD, before), export(NEW, after)))
    assert listed(result) == [("new title", "odo-f", "Gardener", "Gardener Ltd", None)]


NAMES = st.text("abcdeé&.", min_size=1, max_size=12).filter(folded_employer)


@given(NAMES, st.sampled_from([" GmbH", ", Inc.", " Ltd", " & Co. KG", " S.A.", "  B.V. "]))
def test_a_legal_form_never_changes_an_employer(name: str, form: str) -> None:
    plain = folded_employer(name)
    assert folded_employer(name + form) == plain
    assert folded_employer(f" {name.upper()} ") == plain
    assert folded_employer(plain) == plain
    assert folded_employer(f"{name} north") != plain


def test_no_employer_stated_is_unknown_and_not_nobody(export: Callable[..., Path]) -> None:
    bare = (*ODO[:3], "", "Gardener", ODO[5])
    result = changes(nq.read(export(OLD, [bare]), export(NEW, [ODO])))
    assert result.unknown["new employer"] == "no employer is stated by the export of 2024-01-10"
    assert result.counts().isna()["new employer"]
    assert result.counts()["new title"] == 0


def test_the_last_two_exports_or_since_a_day(export: Callable[..., Path]) -> None:
    # Pim comes in May 2023 and goes before June 2024; Tib comes on 6 June 2024.
    network = nq.read(
        export(OLD, [ODO, MAB, PIM]), export(MIDDLE, [ODO, MAB, TIB]), export(NEW, [ODO, TIB])
    )
    last_two = [("lost contact", "mab-t")]
    assert [row[:2] for row in listed(changes(network))] == last_two
    assert [row[:2] for row in listed(changes(network, "2024-12-31"))] == last_two
    whole = changes(network, dt.date(2024, 1, 10))
    assert [row[:2] for row in listed(whole)] == [
        ("new contact", "tib-s"),
        ("lost contact", "mab-t"),
        ("lost contact", "pim-l"),
    ]
    assert "Exports between the two, of which nothing is listed: 1." in whole.coverage
    assert whole.parameters == {"since": day_number("2024-01-10")}
    assert changes(network, "2024-01-09").reason == (
        "no export with connections up to 2024-01-09: the first is of 2024-01-10"
    )
    assert changes(network, "2025-01-10").reason == (
        "no export with connections after 2025-01-10: the last is of 2025-01-10"
    )
    with pytest.raises(BadInput, match="is no day"):
        changes(network, "soon")


def test_who_comes_back_is_new_again(export: Callable[..., Path]) -> None:
    again = (*ODO[:5], "07 Jul 2024")
    network = nq.read(export(OLD, [ODO, MAB]), export(MIDDLE, [MAB]), export(NEW, [MAB, again]))
    assert listed(changes(network)) == [
        ("new contact", "odo-f", None, None, day_number("2024-07-07"))
    ]
    assert listed(changes(network, "2024-01-10")) == [], "There on both days."


def test_an_earlier_day_does_not_see_the_later_export(export: Callable[..., Path]) -> None:
    network = nq.read(export(OLD, [ODO]), export(MIDDLE, [ODO, TIB]), export(NEW, [TIB]))
    then = changes(network.at("2024-12-31"))
    assert (then.earlier, then.later) == (day_number("2024-01-10"), day_number("2024-06-10"))
    assert [row[:2] for row in listed(then)] == [("new contact", "tib-s")]


def test_missing_export_days_are_those_of_the_newest_contact(
    export: Callable[..., Path],
) -> None:
    network = nq.read(
        export("", [ODO, MAB, PIM], name="old"), export("", [ODO, PIM, TIB], name="new")
    )
    result = changes(network)
    # Pim of 5 May 2023 is the newest of the old export, Tib of 6 June 2024 of the new one.
    assert (result.earlier, result.later) == (day_number("2023-05-05"), day_number("2024-06-06"))
    assert [row[:2] for row in listed(result)] == [
        ("new contact", "tib-s"),
        ("lost contact", "mab-t"),
    ]
    assert "No name states the day of the export of 2023-05-05" in said(result)


def test_one_export_shows_no_change(export: Callable[..., Path]) -> None:
    network = nq.read(export(NEW, [ODO, MAB]))
    result = changes(network)
    assert result.reason == ONLY_ONE
    assert (result.earlier, result.later, len(result.frame)) == (None, None, 0)
    assert result.counts().isna().all(), "Unknown is not zero."
    told = f"Nothing can be said of changes: {ONLY_ONE}."
    assert (sentences(result, network), result.coverage) == ([told], (told,))


def test_an_export_without_connections_shows_nobody_as_lost(export: Callable[..., Path]) -> None:
    talks = [("odo-f", "zora-q", "2022-01-01 10:00:00")]
    result = changes(nq.read(export(OLD, [ODO, MAB], talks), export(NEW, None, talks)))
    assert result.reason == ONLY_ONE
    empty = changes(nq.read(export(MIDDLE, [ODO]), export("02-10-2025", [])))
    assert empty.reason == ONLY_ONE, "No contact at all is no list."
    assert changes(nq.read(export("03-10-2025", None, talks))).reason == (
        "no export with connections"
    )


def test_the_same_connections_twice_cannot_be_told_from_one_export(
    export: Callable[..., Path],
) -> None:
    talks = [("odo-f", "zora-q", "2024-07-01 10:00:00")]
    result = changes(nq.read(export(OLD, [ODO, MAB]), export(NEW, [ODO, MAB], talks)))
    assert (result.reason, result.counts().isna().all()) == (ONLY_ONE, True)


def test_two_exports_of_one_day_have_no_order(export: Callable[..., Path]) -> None:
    result = changes(nq.read(export(OLD, [ODO]), export("", [MAB], name=f"more_{OLD}")))
    other = changes(nq.read(export("", [ODO, PIM], name="a"), export("", [MAB, PIM], name="b")))
    assert result.reason != other.reason
    assert other.reason == "the 2 exports with connections bear the same day, 2023-05-05"


def test_words_that_nothing_shows_before_are_unknown(export: Callable[..., Path]) -> None:
    late = [("tib-s", "zora-q", "2024-07-02 10:00:00")]
    network = nq.read(export(OLD, [ODO]), export(NEW, [ODO, TIB], late))
    result = changes(network)
    why = "no message, call or meeting up to 2024-01-10 is shown"
    assert result.unknown == {"first words": why}
    assert result.counts()[["new contact", "lost contact"]].tolist() == [1, 0]
    assert result.counts().isna()["first words"]
    assert f"Nothing is known of first words: {why}." in result.coverage
    assert sentences(result, network) == [
        "Between 2024-01-10 and 2025-01-10: 1 new contact (Tib Sorrel).",
        f"Nothing is known of first words: {why}.",
    ]


def test_words_that_nothing_shows_afterwards_are_unknown(export: Callable[..., Path]) -> None:
    talks = [("odo-f", "zora-q", "2022-01-01 10:00:00")]
    result = changes(nq.read(export(OLD, [ODO], talks), export(NEW, [ODO, TIB])))
    assert result.unknown == {
        "first words": "no file shows messages, calls or meetings after 2024-01-10"
    }


def test_messages_of_the_later_export_alone_tell_of_the_time_before(
    export: Callable[..., Path],
) -> None:
    talks = [
        ("odo-f", "zora-q", "2022-01-01 10:00:00"),
        ("mab-t", "zora-q", "2024-02-02 10:00:00"),
    ]
    result = changes(nq.read(export(OLD, [ODO, MAB]), export(NEW, [MAB, ODO], talks)))
    assert listed(result) == [("first words", "mab-t", None, None, day_number("2024-02-02"))]


def test_a_channel_that_begins_later_shows_no_first_words(
    export: Callable[..., Path], tmp_path: Path
) -> None:
    talks = [
        ("odo-f", "zora-q", "2022-01-01 10:00:00"),
        ("mab-t", "zora-q", "2024-02-02 10:00:00"),
    ]
    calls = tmp_path / "calls.csv"
    # Calls are seen from March 2024 on: whether Zora called Pim before, nobody can tell. With
    # Mab the first words seen are in February, in a channel seen since 2022.
    calls.write_text(
        "sender,recipient,at,kind,channel\n"
        "zora@ferns.example,pim-l@ferns.example,2024-03-01 09:00:00,call,call\n"
        "zora@ferns.example,mab-t@ferns.example,2024-03-02 09:00:00,call,call\n",
        "utf-8",
    )
    network = nq.read(
        export(OLD, [ODO, MAB, PIM], talks[:1]),
        export(NEW, [PIM, ODO, MAB], talks),
        calls,
        ego="zora@ferns.example",
    )
    result = changes(network)
    assert listed(result) == [("first words", "mab-t", None, None, day_number("2024-02-02"))]
    assert "2024-01-10), left out: 1." in said(result)
    assert "Words in other files are seen up to 2024-03-02 only." in result.coverage


def test_what_a_machine_sends_is_no_first_word(export: Callable[..., Path]) -> None:
    away = "Automatic reply: I am out of the office"
    talks = [
        ("odo-f", "zora-q", "2022-01-01 10:00:00"),
        ("mab-t", "zora-q", "2022-02-02 10:00:00", away),  # no word: Mab's first are in July
        ("mab-t", "zora-q", "2024-07-02 10:00:00"),
        ("pim-l", "zora-q", "2024-08-02 10:00:00", away),
    ]
    result = changes(nq.read(export(OLD, [ODO, MAB]), export(NEW, [MAB, ODO], talks)))
    assert listed(result) == [("first words", "mab-t", None, None, day_number("2024-07-02"))]


def test_words_without_a_day_may_have_been_the_first(
    export: Callable[..., Path], tmp_path: Path
) -> None:
    talks = [
        ("odo-f", "zora-q", "2022-01-01 10:00:00"),
        ("mab-t", "zora-q", "2024-07-02 10:00:00"),
        ("pim-l", "zora-q", "2024-08-02 10:00:00"),
    ]
    undated = tmp_path / "undated.csv"
    undated.write_text("sender,recipient\nmab-t@ferns.example,zora@ferns.example\n", "utf-8")
    network = nq.read(
        export(OLD, [ODO, MAB]),
        export(NEW, [MAB, ODO], talks),
        undated,
        ego="zora@ferns.example",
    )
    assert network.events["day"].isna().sum() == 1
    result = changes(network)
    assert listed(result) == [("first words", "pim-l", None, None, day_number("2024-08-02"))]
    assert "perhaps not the first (other words have no day" in said(result)


def test_every_first_word_is_told_in_one_comparison_only(export: Callable[..., Path]) -> None:
    talks = [
        ("odo-f", "zora-q", "2022-01-01 10:00:00"),
        ("mab-t", "zora-q", "2024-06-10 10:00:00"),  # on the day of the middle export
        ("pim-l", "zora-q", "2024-06-11 10:00:00"),
    ]
    rows = [ODO, MAB, PIM]
    network = nq.read(
        export(OLD, rows), export(MIDDLE, [*rows, TIB]), export(NEW, rows[::-1], talks)
    )
    whole = changes(network, "2024-01-10").frame
    first, second = changes(network.at("2024-12-31")).frame, changes(network).frame
    heard = [set(f["person"][f["what"] == "first words"]) for f in (whole, first, second)]
    assert heard == [{"mab-t", "pim-l"}, {"mab-t"}, {"pim-l"}]


def test_a_contact_without_a_day_is_new_on_an_unknown_day(export: Callable[..., Path]) -> None:
    dateless = (*TIB[:5], "")
    result = changes(nq.read(export(OLD, [ODO]), export(NEW, [ODO, dateless])))
    assert listed(result) == [("new contact", "tib-s", None, None, None)]


def test_rows_that_name_nobody_may_be_the_lost(export: Callable[..., Path]) -> None:
    ghost: Contact = ("", "", "", "", "", "04 Apr 2022")
    result = changes(nq.read(export(OLD, [ODO, MAB]), export(NEW, [ODO, ghost])))
    assert result.counts()["lost contact"] == 1
    assert "who seems lost may be among them: 1." in said(result)
    all_there = changes(nq.read(export(MIDDLE, [PIM]), export("02-10-2025", [PIM, TIB, ghost])))
    assert "seems lost" not in said(all_there)


def test_names_are_cleaned_and_the_rest_is_counted(export: Callable[..., Path]) -> None:
    crowd = [
        (f"Wisp\u202e{k}", "Fernby", f"wisp-{k}", "Mossworks", "Potter", f"{k:02} Mar 2024")
        for k in range(1, 9)
    ]
    network = nq.read(export(OLD, [ODO]), export(NEW, [ODO, *crowd]))
    told = sentences(changes(network), network, limit=2)[0]
    assert told == (
        "Between 2024-01-10 and 2025-01-10: 8 new contacts (Wisp8 Fernby; Wisp7 Fernby; 6 more)."
    )


def test_pseudonyms_are_told_instead_of_names(export: Callable[..., Path]) -> None:
    talks = [("odo-f", "zora-q", "2022-01-01 10:00:00")]
    later = [*talks, ("pim-l", "zora-q", "2024-07-02 10:00:00")]
    old, new = export(OLD, [ODO, MAB, PIM], talks), export(NEW, [ODO, PIM, TIB], later)
    network = nq.read(old, new)
    hidden = network.pseudonymised()
    named, result = changes(network), changes(hidden)
    called = pseudonyms(network.tables, network.identity, network.egos)
    # The same people under other names: Tib is new, Mab is gone, first words with Pim.
    assert listed(named) == [
        ("new contact", "tib-s", None, None, day_number("2024-06-06")),
        ("lost contact", "mab-t", None, None, None),
        ("first words", "pim-l", None, None, day_number("2024-07-02")),
    ]
    assert listed(result) == [(what, called[who], *rest) for what, who, *rest in listed(named)]
    told = sentences(result, hidden)
    assert told[0] == (
        f"Between 2024-01-10 and 2025-01-10: 1 new contact ({called['tib-s']}), 1 is no longer "
        f"there ({called['mab-t']}), first words with 1 ({called['pim-l']})."
    )
    assert all(called[who].startswith("person ") for who in ("tib-s", "mab-t", "pim-l"))
    # Nothing that names somebody or a firm of few is left, in what is said beside it either.
    text = " ".join([*told, *result.coverage, result._repr_html_()])
    words = {word for each in (ODO, MAB, PIM, TIB, ZORA) for word in each[:5]}
    assert [word for word in sorted(words) if word in text] == []
    # Titles and employers are not in such a network: of jobs nothing is known.
    assert {"new employer", "new title"} <= set(result.unknown)
    assert result.counts().isna()[["new employer", "new title"]].all()


def test_nothing_changed(export: Callable[..., Path]) -> None:
    talks = [("odo-f", "zora-q", "2022-01-01 10:00:00")]
    again = [*talks, ("odo-f", "zora-q", "2024-07-01 10:00:00")]
    network = nq.read(export(OLD, [ODO, MAB], talks), export(NEW, [MAB, ODO], again))
    result = changes(network)
    assert result.counts().tolist() == [0, 0, 0, 0, 0]
    assert sentences(result, network) == ["Between 2024-01-10 and 2025-01-10: no change is seen."]


def test_owners_are_asked_one_by_one(tmp_path: Path) -> None:
    def folder(who: str, day: str, rows: Sequence[Contact]) -> Path:
        place = tmp_path / who / f"Basic_LinkedInDataExport_{day}"
        place.mkdir(parents=True)
        (place / "Profile.csv").write_text(f"{HEADER}{who},,,,,,,,,,,\n", "utf-8")
        (place / "Connections.csv").write_text(connections(rows), "utf-8")
        return place

    places = [
        folder("Zora,Quillfeather", OLD, [ODO, MAB]),
        folder("Zora,Quillfeather", NEW, [ODO, TIB]),
        folder("Wex,Brindle", NEW, [("Gil", "Moor", "gil-m", "Reedhouse", "Clerk", "08 Aug 2024")]),
    ]
    with pytest.raises(NotObserved, match="here are 2"):
        changes(nq.read(*places))
    mine = changes(nq.read(*places, ego="Zora Quillfeather"))
    assert [row[:2] for row in listed(mine)] == [
        ("new contact", "tib-s"),
        ("lost contact", "mab-t"),
    ]
    theirs = changes(nq.read(*places, ego="Wex Brindle"))
    assert theirs.reason == ONLY_ONE


def test_a_group_has_no_exports_to_compare(log: Callable[..., nq.Network]) -> None:
    result = changes(log([("zora", "odo", "2026-01-05")]))
    assert result.reason == "no owner is known, and only exports of one owner can be compared"


@pytest.mark.parametrize("era", [2018, 2020, 2023])
def test_two_layouts_of_one_world(tmp_path: Path, era: int) -> None:
    day = dt.date(2022, 5, 1)
    old = nq.sample(tmp_path / "old", era=era, contacts=120, messages=1500, exported=day, log=False)
    new = nq.sample(tmp_path / "new", contacts=120, messages=1500, log=False)
    network = nq.read(new.archive, old.archive)
    result = changes(network)
    assert (result.earlier, result.later) == (day_number(day), day_number("2026-11-20"))
    # Nobody leaves and nobody changes jobs in this world; who is new is planted.
    planted = new.people[new.people["connected"] > pd.Timestamp(day)]
    assert result.counts()[["lost contact", "new employer", "new title"]].tolist() == [0, 0, 0]
    come = result.frame[result.frame["what"] == "new contact"].set_index("person")["day"]
    assert len(come) == len(planted) > 20
    days = planted["connected"].map(lambda stamp: day_number(stamp.date()))
    assert sorted(come) == sorted(days)
    assert come[come.index.isin(days.index)].to_dict() == {
        slug: day for slug, day in days.items() if slug in come.index
    }
    heard = result.frame[result.frame["what"] == "first words"].set_index("person")["day"]
    assert heard.to_dict() == first_words_one_by_one(nq.read(new.archive), day_number(day))
    assert len(heard) > 10


def first_words_one_by_one(network: nq.Network, after: int) -> dict[str, int]:
    """The first message with each person by going through all of one export, event by event."""
    first: dict[str, int] = {}
    person_of, able = network.identity.person_of, set(network.contact.people)
    for row in network.events.itertuples():
        ends = {person_of.get(row.sender), person_of.get(row.recipient)}
        meant = (pd.isna(row.audience) or row.audience <= 20) and "automatic" not in str(row.marks)
        if row.kind == "message" and meant and network.ego in ends and ends <= able:
            for other in ends - {network.ego}:
                first[other] = min(first.get(other, row.day), row.day)
    return {who: day for who, day in first.items() if day > after}
