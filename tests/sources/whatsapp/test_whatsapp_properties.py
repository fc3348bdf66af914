"""A chat written in any layout, with any words, is read back as it was written."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

ZORA, ODO = "Zora Quillfeather", "Odo Fenwick"


def _twelve(when, *, small=False, blank=" "):
    half = ("am" if when.hour < 12 else "pm") if small else "AM" if when.hour < 12 else "PM"
    return f"{when.hour % 12 or 12}:{when:%M}", f"{blank}{half}"


def _korean(when):
    hour, _ = _twelve(when)
    return f"{when.year}. {when.month}. {when.day}. {'오전' if when.hour < 12 else '오후'} {hour}"


def _spanish(when):
    hour, _ = _twelve(when)
    half = "a.\u00a0m." if when.hour < 12 else "p.\u00a0m."
    return f"{when.day}/{when.month}/{when.year} {hour} {half} - "


_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _joined(when, **how):
    return "".join(_twelve(when, **how))


def _arabic(when):
    return f"{when.day}/{when.month}/{when.year}، {when.hour}:{when:%M}".translate(_DIGITS)


# How the documentation and public descriptions of exports say that each phone writes.
LAYOUTS = {
    "android": lambda w: f"{w:%d/%m/%Y, %H:%M} - ",
    "android us": lambda w: f"{w.month}/{w.day}/{w:%y}, {_joined(w, blank=chr(0x202F))} - ",
    "android india": lambda w: f"{w:%d/%m/%y}, {_joined(w, small=True)} - ",
    "android german": lambda w: f"{w:%d.%m.%y, %H:%M} - ",
    "android dutch": lambda w: f"{w:%d-%m-%Y %H:%M} - ",
    "android spanish": _spanish,
    "android finnish": lambda w: f"{w.day}.{w.month}.{w.year} klo {w.hour}.{w:%M} - ",
    "android korean": lambda w: f"{_korean(w)} - ",
    "android arabic": lambda w: f"\u200f{_arabic(w)} - ",
    "iphone": lambda w: f"[{w:%d/%m/%y, %H:%M:%S}] ",
    "iphone german": lambda w: f"[{w:%d.%m.%y, %H:%M:%S}] ",
    "iphone us": lambda w: f"[{w.month}/{w.day}/{w:%y}, {_twelve(w)[0]}:{w:%S}\u202f{w:%p}] ",
    "iphone year": lambda w: f"[{w:%Y/%m/%d, %H:%M:%S}] ",
    "bare": lambda w: f"{w:%d.%m.%y %H.%M.%S}: ",
}  # fmt: skip
SECONDS = frozenset({"iphone", "iphone german", "iphone us", "iphone year", "bare"})

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"),
                  exclude_characters="<>\u200e"),
    max_size=40,
)  # fmt: skip
_STAMPS = st.sampled_from(
    ["at 13/06/2018, 21:25 - Odo: ink", "(13/06/18, 21:25:15) Zora: x", "a: b: c", "21:25 - x: y",
     "[21:25, 13/06/2018] Odo: ink", "ink [13/06/18, 21:25:15] Odo: ink", "", "Odo left: why?"]
)  # fmt: skip
_BODY = st.lists(st.one_of(_WORDS, _STAMPS), min_size=1, max_size=4).map("\n".join)
_ENTRY = st.tuples(st.integers(0, 3 * 86_400), st.sampled_from([ZORA, ODO]), _BODY)


def _begun(body):
    """Return a body whose first line is surely somebody's own words."""
    return f"so {body}".rstrip("\n")


@settings(max_examples=60, deadline=None)
@given(
    layout=st.sampled_from(sorted(LAYOUTS)),
    entries=st.lists(_ENTRY, min_size=1, max_size=12),
    crlf=st.booleans(),
)
def test_a_chat_is_read_back_as_it_was_written(read, layout, entries, crlf):
    when, lines, expected = datetime(2018, 6, 13, 20, 0, 7), [], []
    for gap, who, body in entries:
        when += timedelta(seconds=gap)
        lines.append(f"{LAYOUTS[layout](when)}{who}: {_begun(body)}")
        shown = when if layout in SECONDS else when.replace(second=0)
        expected.append((f"{shown}", "me" if who == ZORA else ODO, len(_begun(body))))
    text = ("\r\n" if crlf else "\n").join(lines)
    result = read(text, count=len(entries), ego=ZORA)
    assert [(event.at, event.who, event.length) for event in result.events] == expected


@settings(max_examples=40, deadline=None)
@given(
    layout=st.sampled_from(sorted(LAYOUTS)),
    entries=st.lists(_ENTRY, min_size=2, max_size=12),
    data=st.data(),
)
def test_a_shorter_export_has_the_ids_of_the_longer(read, layout, entries, data):
    when, lines = datetime(2018, 6, 13, 20, 0, 7), []
    for gap, who, body in entries:
        when += timedelta(seconds=gap % 90)
        lines.append(f"{LAYOUTS[layout](when)}{who}: {_begun(body)}")
    cut = data.draw(st.integers(1, len(lines)))
    said = {"ego": ZORA, "date_format": "ymd" if "year" in layout or "korean" in layout else
            "mdy" if "us" in layout.split() else "dmy"}  # fmt: skip
    short, long = read("\n".join(lines[:cut]), **said), read("\n".join(lines), **said)
    assert [event.id for event in short.events] == [event.id for event in long.events][:cut]
    assert len({event.id for event in long.events}) == len(lines)


@settings(max_examples=80, deadline=None)
@given(
    text=st.text(max_size=200),
    lead=st.sampled_from(["", "13/06/2018, 21:25 - ", "[13/06/18, 21:25:15] "]),
)
def test_no_text_whatever_breaks_the_reader(read, text, lead):
    last = "13/06/2018, 21:25 - " if lead[:1] != "[" else lead
    result = read(f"{last}{ODO}: ink\n{lead}{text}", ego=ZORA)
    assert result.source["read"] >= 1
