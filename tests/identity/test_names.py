"""Names taken apart and compared: every case invented, with what a reader would say of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.identity.names import LEVELS, Name, agreement, parsed
from netquality.identity.nicknames import diminutive, full_names, given_word
from netquality.identity.spelling import script, spellings, word
from netquality.identity.titles import CREDENTIALS, GENERATIONS, PARTICLES, TITLES

ZORA = ("zora",), ("quill",)


def said(a: str, b: str) -> str:
    """The level and the reasons in a line; the order of the names must not matter."""
    found = agreement(a, b)
    assert found == agreement(b, a)
    return ": ".join([found.level, *(["; ".join(found.reasons)] if found.reasons else [])])


@pytest.mark.parametrize(
    "text",
    [
        "Zora Quill",
        "ZORA QUILL",
        "  zora   quill ",
        "Quill, Zora",
        "QUILL Zora",
        "Dr. Zora Quill",
        "Prof. Dr. med. Zora Quill",
        "Dipl.-Ing. (FH) Zora Quill",
        "Dr.-Ing. Zora Quill",
        "Zora Quill, PhD",
        "Zora Quill Ph.D.",
        "Quill, Zora, Ph. D.",
        "Zora Quill, MBA, PMP®",
        "zora quill, pmp",
        "Zora Quill, CPA",
        "Zora Quill, M.A.",
        "Zora Quill, XQV-B",
        "Zora Quill 🚀",
        "🦊 Zora Quill ✨",
        "Zora Quill | Hiring!",
        "Zora Quill - Head of Feathers",
        "Zora Quill (She/Her)",
        "Zora Quill she/her",
        "Zora Quill (PhD)",
        "Zora Quill <zora@quill.example>",
        "Zora Quill via Feather Docs",
        "zora.quill",
        "zora_quill",
    ],
)
def test_what_is_no_part_of_a_name_is_laid_aside(text: str) -> None:
    name = parsed(text)
    assert (name.given, name.surnames) == ZORA
    assert (name.others, name.nicknames, name.generation) == ((), (), "")


@pytest.mark.parametrize(
    "text", ["", "  ", "4711", "+41 00 000", "zora@quill.example", "LinkedIn Member", "N/A",
             "https://quill.example/zora", "🚀", "null", "user4711", "Unknown contact", "(PhD)"]
)  # fmt: skip
def test_what_is_no_name_is_empty(text: str) -> None:
    assert not parsed(text)
    assert agreement(text, "Zora Quill").level == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zora Quill-Ames", Name(*ZORA[:1], ("quill", "ames"))),
        ("Odo van der Berg", Name(("odo",), ("berg",), ("van", "der"))),
        ("Berg, Odo van der", Name(("odo",), ("berg",), ("van", "der"))),
        ("Ahmad bin Yusuf", Name(("ahmad",), ("yusuf",), ("bin",))),
        ("J.R.R. Tolk", Name(("j", "r", "r"), ("tolk",))),
        ("JRR Tolk", Name(("j", "r", "r"), ("tolk",))),
        ("Z Quill", Name(("z",), ("quill",))),
        ("Jean-Luc Brass", Name(("jean", "luc"), ("brass",))),
        ("Odo O’Brass", Name(("odo",), ("obrass",))),
        ("Zora", Name(("zora",))),
        ("Dr. Quill", Name((), ("quill",), aside=("dr",))),
        ("Phil Brass", Name(("phil",), ("brass",))),
        ("李小龙", Name(("小龙",), ("李",))),
        ('Odo "Ody" Brass', Name(("odo",), ("brass",), nicknames=("ody",))),
        ("Odo (Ody) Brass", Name(("odo",), ("brass",), nicknames=("ody",))),
        ("Zora Quill (née Ames)", Name(*ZORA, others=("ames",))),
        ("Zora Quill, née Ames", Name(*ZORA, others=("ames",))),
        ("Zora Quill geb. Ames", Name(*ZORA, others=("ames",))),
        # A bracket may hold either; the comparison tries both.
        ("Zora (Ames) Quill", Name(*ZORA, others=("ames",), nicknames=("ames",))),
    ],
)
def test_the_parts_of_a_name(text: str, expected: Name) -> None:
    assert parsed(text) == expected


@pytest.mark.parametrize(
    ("tail", "generation"),
    [("Jr.", "jr"), (", Jr", "jr"), ("junior", "jr"), ("d. J.", "jr"), ("Sr.", "sr"),
     ("senior", "sr"), ("d. Ä.", "sr"), ("der Ältere", "sr"), ("II", "ii"), ("III", "iii"),
     (", IV", "iv"), ("(Jr.)", "jr"), ("Jr., PhD", "jr")],
)  # fmt: skip
def test_generations(tail: str, generation: str) -> None:
    name = parsed(f"Odo Brass {tail}")
    assert (name.given, name.surnames, name.generation) == (("odo",), ("brass",), generation)


def test_sr_in_front_is_a_title() -> None:
    assert parsed("Sr. Odo Brass") == Name(("odo",), ("brass",), aside=("sr",))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Zora Quill", "zora  QUILL", "equal"),
        ("Zora Quill", "Quill, Zora, PhD", "equal: credentials aside"),
        ("Odo Müller", "Odo Mueller", "equal: transliteration"),
        ("Odo Müller", "Odo Muller", "equal: transliteration"),
        ("Søren Østby", "Soren Oestby", "equal: transliteration"),
        ("Åse Straße", "Aase Strasse", "equal: transliteration"),
        ("李小龙", "Xiaolong Li", "equal: transliteration"),
        ("Jean-Luc Brass", "Jeanluc Brass", "equal"),
        ("Odo Mueller", "Odo Muller", "variant: transliteration"),
        ("Юлия Щербакова", "Julia Scherbakova", "variant: transliteration"),
        ("Sergey Brass", "Sergei Brass", "variant: transliteration"),
        ("Mohammed Brass", "Muhammad Brass", "variant: transliteration"),
        ("Bill Brass", "William Brass", "variant: nickname: Bill for William"),
        ("Sam Brass", "Samantha Brass", "variant: nickname: Sam for Samantha"),
        ("Katya Brass", "Ekaterina Brass", "variant: nickname: Katya for Ekaterina"),
        ('Odo "Ody" Brass', "Ody Brass", "variant: nickname stated"),
        ("Chenxi (Tracy) Brass", "Tracy Brass", "variant: nickname stated"),
        ("Z. Quill", "Zora Quill", "variant: initial of the given name"),
        ("Zora Q.", "Zora Quill", "variant: initial of the surname"),
        ("Zora A. Quill", "Zora Quill", "variant: middle name stated once"),
        ("Zora A. Quill", "Zora Anna Quill", "variant: initial of the middle name"),
        ("Zora (Ames) Quill", "Zora Ames", "variant: maiden name stated"),
        ("Zora Quill née Ames", "Zora Ames", "variant: maiden name stated"),
        ("Zora Quill-Ames", "Zora Ames", "variant: double surname"),
        ("Brass Odo", "Odo Brass", "variant: names in the other order"),
        ("Odo van der Berg", "Odo Vanderberg", "variant: particle joined to the surname"),
        ("Odo van der Berg", "Odo Berg", "variant: with and without 'van der'"),
        ("Zora Quill", "Zora Ames", "possible: same given name, other surname (maiden name?)"),
        ("Zora Quill", "Zora Quilt", "possible: one letter differs"),
        ("Zora Quill", "Zora Quil", "possible: other spelling"),
        ("Marc Brass", "Mark Brass", "possible: other spelling"),
        ("Zora", "Zora Quill", "possible: only a given name known"),
        ("Quill", "Zora Quill", "possible: only a surname known"),
        ("Dr. Quill", "Zora Quill", "possible: only a surname known; credentials aside"),
        ("Z. Q.", "Zora Quill", "possible: initial of the given name; initial of the surname"),
        ("Odo Zeb Brass", "Zeb Brass", "possible: goes by the middle name"),
        ("Odo Brass", "Odo Brass Sr.", "possible: Sr. stated once"),
        ("Odo Brass Jr.", "Odo Brass II", "possible: Jr. against II"),
        ("محمد علي", "Mohamed Ali", "possible: the same consonants in another script"),
        ("Odo Brass Sr.", "Odo Brass Jr.", "different: Sr. against Jr."),
        ("Odo Brass", "Odo Brass Jr.", "different: Jr. against none"),
        ("Odo Brass", "Odo Brass III", "different: III against none"),
        ("Jana Quill", "Jonas Quill", "different: other given name"),
        ("Z. Quill", "Odo Quill", "different: other given name"),
        ("Z. Quill", "Z. Ames", "different: other surname"),
        ("Bill Brass", "William Ames", "different: other surname"),
        ("Zora A. Quill", "Zora B. Quill", "different: other middle initial"),
        ("Zora Anna Quill", "Zora Bea Quill", "different: other middle name"),
        ("Daniel Brass", "Daniela Brass", "different: other given name"),
        ("Christian Brass", "Christina Brass", "different: other given name"),
        ("Aaron Brass", "Erin Brass", "different: other given name"),
        ("Robert Brass", "Bill Brass", "different: other given name"),
        ("Samuel Brass", "Samantha Brass", "different: other given name"),
        ("Su Brass", "Sue Brass", "different: other given name"),
        ("李小龙", "Bruce Li", "unknown: other script"),
    ],
)  # fmt: skip
def test_how_two_names_agree(a: str, b: str, expected: str) -> None:
    assert said(a, b) == expected


@pytest.mark.parametrize(
    ("full", "short"), [("william", "bill"), ("edward", "ted"), ("christopher", "chris"),
                        ("alexandra", "alex"), ("johannes", "hans"), ("margaret", "peggy")]
)  # fmt: skip
def test_a_diminutive_counts_in_one_direction(full: str, short: str) -> None:
    assert diminutive(full, short)
    assert not diminutive(short, full)
    assert full in full_names(short)


@pytest.mark.parametrize(
    ("a", "b"), [("aaron", "erin"), ("alexandra", "sandra"), ("jonathan", "nathan"),
                 ("hannah", "anna"), ("frederick", "eric"), ("julia", "julie")]
)  # fmt: skip
def test_two_full_names_are_never_a_nickname(a: str, b: str) -> None:
    assert not diminutive(a, b)
    assert not diminutive(b, a)
    assert given_word(a, b)[0] == 3


def test_spellings_and_scripts() -> None:
    # ö is o or oe, ß is ss: two spellings, not four.
    assert spellings("größe") == {"grosse", "groesse"}
    assert [script(w) for w in ("quill", "юлия", "αλκης", "小龙")] == [
        *("latin", "cyrillic", "greek", "other")
    ]
    assert word("quill", "ames") == (3, "")


WORDS = st.sampled_from(
    ["Zora", "Odo", "Jana", "Jonas", "Bill", "William", "Z.", "Müller", "Mueller", "Quill",
     "Ames", "Quill-Ames", "van der", "Юлия", "李小龙", "Jr.", "Sr.", "(Ames)", '"Ody"', "née Ames"]
)  # fmt: skip
NAMES = st.one_of(st.lists(WORDS, max_size=5).map(" ".join), st.text(max_size=24))
AROUND = PARTICLES | TITLES | CREDENTIALS | GENERATIONS.keys()
PLAIN = st.lists(
    st.text("abcdefghiklmnoprstuvz", min_size=3, max_size=8).filter(
        lambda w: any(v in w for v in "aeiou") and w not in AROUND
    ),
    min_size=2, max_size=3,
).map(" ".join)  # fmt: skip


@given(NAMES, NAMES)
def test_agreement_is_symmetric_and_of_a_known_level(a: str, b: str) -> None:
    found = agreement(a, b)
    assert found == agreement(b, a)
    assert found.level in LEVELS


@given(NAMES)
def test_a_whole_name_equals_itself_and_half_a_name_may(text: str) -> None:
    name = parsed(text)
    whole = {"equal"} if name.given and name.surnames else {"possible", "variant"}
    assert agreement(text, text).level in (whole if name else {"unknown"})


@given(PLAIN, PLAIN)
def test_case_blanks_and_degrees_change_no_level(a: str, b: str) -> None:
    level = agreement(a, b).level
    for dressed in (a.upper(), a.title(), f"  {a.replace(' ', '   ')} ", f"{a}, PhD", f"Dr. {a}",
                    f"{a.title()}, MBA, PMP®", f"{a} 🚀", f"{a} (she/her)"):  # fmt: skip
        assert agreement(dressed, b).level == level
        assert agreement(dressed, a).level == agreement(a, a).level


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(text: str) -> None:
    name = parsed(text)
    assert all(part == part.casefold() for part in (*name.given, *name.surnames))
