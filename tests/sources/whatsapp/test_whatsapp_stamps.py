"""Every way in which a phone is known to write a stamp."""

from __future__ import annotations

import pytest

from netquality.errors import Ambiguous, BadInput

ZORA, ODO = "Zora Quillfeather", "Odo Fenwick"

# Beginning of a line, the minute or second it means in UTC, its precision.
LAYOUTS = {
    "android": ("13/06/2018, 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "android without comma": ("13/06/2018 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "android, half days": ("13/6/18, 1:55 p.m. - ", "2018-06-13 13:55:00", "minute"),
    "android, dots in the time": ("13-06-2018, 01.55 PM - ", "2018-06-13 13:55:00", "minute"),
    "narrow blank of 2023": ("6/13/23, 7:02\u202fPM - ", "2023-06-13 19:02:00", "minute"),
    "narrow blank, lower case": ("13/06/23, 7:02\u202fam - ", "2023-06-13 07:02:00", "minute"),
    "blank inside p. m.": ("20/6/2017 8:28 p.\u00a0m. - ", "2017-06-20 20:28:00", "minute"),
    "blanks around a. m.": ("20/6/2017 8:28\u00a0a.\u00a0m. - ", "2017-06-20 08:28:00", "minute"),
    "midnight": ("13/6/18, 12:05 AM - ", "2018-06-13 00:05:00", "minute"),
    "noon": ("13/6/18, 12:05 PM - ", "2018-06-13 12:05:00", "minute"),
    "bare": ("13.06.18 21.25.15: ", "2018-06-13 21:25:15", "second"),
    "bare, with colons": ("13.06.18 21:25:15: ", "2018-06-13 21:25:15", "second"),
    "bare, dots and blanks": ("13. 6. 2018. 21:25:15 ", "2018-06-13 21:25:15", "second"),
    "iphone": ("[13/06/18, 21:25:15] ", "2018-06-13 21:25:15", "second"),
    "iphone, month first": ("[06.13.18 21:25:15] ", "2018-06-13 21:25:15", "second"),
    "iphone, year first": ("[2018/06/13, 21:25:15] ", "2018-06-13 21:25:15", "second"),
    "iphone, half days": ("[6/13/18, 9:25:15 PM] ", "2018-06-13 21:25:15", "second"),
    "iphone, narrow blank": ("[6/13/18, 9:25:15\u202fPM] ", "2018-06-13 21:25:15", "second"),
    "iphone, marked": ("\u200e[13/06/18, 21:25:15] ", "2018-06-13 21:25:15", "second"),
    "iphone without second": ("[13/06/18, 21:25] ", "2018-06-13 21:25:00", "minute"),
    "byte order mark": ("\ufeff13/06/2018, 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "finnish": ("13.6.2018 klo 21.25.15 - ", "2018-06-13 21:25:15", "second"),
    "finnish iphone": ("[13.6.2018 klo 21.25.15] ", "2018-06-13 21:25:15", "second"),
    "danish": ("13.06.2018 kl. 21.25 - ", "2018-06-13 21:25:00", "minute"),
    "french": ("13/06/2018 à 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "swedish": ("2018-06-13 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "dutch": ("13-06-18 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "hungarian": ("2018. 06. 13. 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "german": ("13.06.18, 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "german, afternoon": ("13.06.18, 3:05 nachm. - ", "2018-06-13 15:05:00", "minute"),
    "german, forenoon": ("13.06.18, 10:05 vorm. - ", "2018-06-13 10:05:00", "minute"),
    "german, evening": ("13.06.18, 9:25 abends - ", "2018-06-13 21:25:00", "minute"),
    "german, morning": ("13.06.18, 6:25 morgens - ", "2018-06-13 06:25:00", "minute"),
    "german, noon": ("13.06.18, 12:25 mittags - ", "2018-06-13 12:25:00", "minute"),
    "german, after noon": ("13.06.18, 1:25 mittags - ", "2018-06-13 13:25:00", "minute"),
    "german, night": ("13.06.18, 2:25 nachts - ", "2018-06-13 02:25:00", "minute"),
    "german, midnight": ("13.06.18, 12:25 nachts - ", "2018-06-13 00:25:00", "minute"),
    "english words": ("[13/6/18, 2:05:09 in the afternoon] ", "2018-06-13 14:05:09", "second"),
    "spanish words": ("13/6/18, 9:25 de la noche - ", "2018-06-13 21:25:00", "minute"),
    "portuguese words": ("13/6/18, 3:25 da tarde - ", "2018-06-13 15:25:00", "minute"),
    "chinese": ("2018/6/13 下午9:25 - ", "2018-06-13 21:25:00", "minute"),
    "chinese, forenoon": ("[2018/6/13 上午9:25:15] ", "2018-06-13 09:25:15", "second"),
    "japanese": ("2018/6/13 午後9:25 - ", "2018-06-13 21:25:00", "minute"),
    "korean": ("2018. 6. 13. 오후 9:25 - ", "2018-06-13 21:25:00", "minute"),
    "korean iphone": ("[2018. 6. 13. 오전 9:25:15] ", "2018-06-13 09:25:15", "second"),
    "arabic": ("\u200f١٣/٦/٢٠١٨، ٩:٢٥ م - ", "2018-06-13 21:25:00", "minute"),
    "arabic, marks": ("١٣\u200f/٦\u200f/٢٠١٨ ٩:٢٥\u00a0ص - ", "2018-06-13 09:25:00", "minute"),
    "persian digits": ("۱۳/۶/۲۰۱۸, ۲۱:۲۵ - ", "2018-06-13 21:25:00", "minute"),
    "thai years": ("13/6/2561 BE, 21:25 - ", "2018-06-13 21:25:00", "minute"),
    "24 hours with a word": ("13/06/2018, 21:25 Uhr - ", "2018-06-13 21:25:00", "minute"),
    "long dash": ("13/06/2018, 21:25 – ", "2018-06-13 21:25:00", "minute"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout(read, layout):
    stamp, at, precision = LAYOUTS[layout]
    chat = read(f"{stamp}{ZORA}: ink\nand quill\n{stamp}{ODO}: fern: green", count=2)
    one, two = chat.events
    assert (one.at, one.precision, one.who, one.to, one.length) == (at, precision, "me", ODO, 13)
    assert (two.at, two.who, two.to, two.length) == (at, ODO, "me", 11)
    assert {one.kind, one.channel, one.role} == {"message", "chat", "to"}


NO_STAMPS = (
    "13/06/2018 is the day",
    "13/06/2018, 21:25 we meet - or not",
    "1.2.3 - a: b",
    "on 13/06/2018, 21:25 - Odo: ink",
    "21:25 - Odo: ink",
    "[21:25, 13/06/2018] Odo: ink",
    "13/06-2018, 21:25 - Odo: ink",
    "13.06.18 21:25 Odo: ink",
)


@pytest.mark.parametrize("line", NO_STAMPS)
def test_what_is_no_stamp_goes_on_with_the_message(read, line):
    chat = read(f"13/06/2018, 21:25 - {ODO}: ink\n{line}", count=1)
    assert chat.events[0].length == len("ink\n") + len(line)


def test_a_pasted_chat_in_another_layout_stays_inside_its_message(read):
    pasted = "[13/06/18, 20:00:00] Juniper Vellichor: fern\n[13/06/18, 20:01:00] Odo: moss"
    chat = read(f"13/06/2018, 21:25 - {ODO}: look\n{pasted}\n13/06/2018, 21:26 - {ZORA}: oh")
    assert [event.who for event in chat.events] == [ODO, "me"]
    assert "look like messages: 2" in chat.rules


def test_on_an_iphone_a_pasted_chat_is_told_by_the_line_breaks(read):
    own = [f"[13/06/18, 21:{minute:02}:15] {ODO}: ink {minute}" for minute in range(30)]
    own[3] += "\n[13/06/18, 20:00:00] Juniper Vellichor: fern"
    chat = read("\r\n".join(own), count=30)
    assert {event.who for event in chat.events} == {ODO}
    assert chat.events[3].length == len("ink 3\n[13/06/18, 20:00:00] Juniper Vellichor: fern")


def test_a_file_of_both_kinds_of_line_breaks_loses_no_message(read):
    own = [f"13/06/2018, 21:{m:02} - {ODO}: ink" + "\r\n" * (m % 2) + "\n" * (1 - m % 2)
           for m in range(20)]  # fmt: skip
    assert len(read("".join(own), count=20).events) == 20


def test_lines_before_the_first_stamp_are_said(read):
    chat = read(f"exported by somebody\n\n13/06/2018, 21:25 - {ODO}: ink", count=1)
    assert "lines before the first message, not read: 2" in chat.rules


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (["05/03/24", "13/03/24"], "2024-03-05"),
        (["03/05/24", "03/13/24"], "2024-03-05"),
        (["01/05/26", "02/03/26", "03/01/26", "04/08/26"], "2026-01-05"),
        (["05/01/26", "03/02/26", "01/03/26", "08/04/26"], "2026-01-05"),
        (["24/03/05", "24/03/29", "25/01/02"], "2024-03-05"),
        (["13/05/24", "05/13/24"], None),
        (["2024/03/05", "2024/03/06"], "2024-03-05"),
        (["03/03/24", "04/04/24"], "2024-03-03"),
        (["30/04/24", "29/04/24"], "2024-04-30"),
    ],
)
def test_the_order_of_day_and_month_is_decided_once_for_the_file(read, days, first):
    text = "\n".join(f"{day}, 09:00 - {ODO}: ink" for day in days)
    if first is None:
        with pytest.raises(Ambiguous, match="no one order"):
            read(text)
    else:
        assert read(text, count=len(days)).events[0].at.startswith(first)


@pytest.mark.parametrize("days", [["01/02/24"], ["01/02/24", "03/04/24"], ["05/04/24", "02/03/24"]])
def test_an_order_that_nothing_tells_is_asked_for(read, days):
    text = "\n".join(f"{day}, 09:00 - {ODO}: ink" for day in days)
    with pytest.raises(Ambiguous, match="--date-format dmy"):
        read(text)


@pytest.mark.parametrize(
    ("said", "first"),
    [("dmy", "2024-02-01"), ("mdy", "2024-01-02"), ("%m/%d/%y", "2024-01-02"), ("ymd", None)],
)
def test_what_the_user_says_wins(read, said, first):
    chat = read(f"01/02/24, 09:00 - {ODO}: ink", date_format=said, count=1)
    assert chat.events[0].at.startswith(first) if first else "date" in chat.rejects[1]


def test_a_format_that_is_no_order_is_refused(read):
    with pytest.raises(BadInput, match="no order of day"):
        read(f"01/02/24, 09:00 - {ODO}: ink", date_format="%H:%M")


def test_a_single_impossible_date_does_not_decide_and_is_refused(read):
    lines = [f"{day}/03/24, 09:00 - {ODO}: ink" for day in range(10, 31)]
    lines.insert(5, f"45/99/2020, 10:00 - {ODO}: ink")
    chat = read("\n".join(lines), count=22)
    assert chat.rejects == {6: "no date in this order (dmy)"}
    assert chat.events[0].at == "2024-03-10 09:00:00"


@pytest.mark.parametrize("time", ["25:00", "12:75", "10:00:61"])
def test_an_impossible_time_is_refused(read, time):
    chat = read(f"13/03/24, {time} - {ODO}: ink\n13/03/24, 10:00 - {ODO}: ink", count=2)
    assert chat.rejects == {1: "no time of day"}


def test_what_lies_before_whatsapp_or_after_the_export_is_refused(read):
    text = (
        f"13/03/2005, 09:00 - {ODO}: ink\n13/03/24, 09:00 - {ODO}: ink\n13/05/24, 09:00 - {ODO}: a"
    )
    chat = read(text, exported=19800, count=3)
    assert chat.rejects == {1: "no date in this order (dmy)", 3: "after the export"}


@pytest.mark.parametrize(
    ("stamp", "zone", "at", "said"),
    [
        ("13/01/24, 09:00", None, "2024-01-13 09:00:00", "UTC (assumed)"),
        ("13/01/24, 09:00", "Europe/Berlin", "2024-01-13 08:00:00", "Europe/Berlin (given)"),
        ("13/07/24, 09:00", "Europe/Berlin", "2024-07-13 07:00:00", "Europe/Berlin (given)"),
        ("31/03/24, 02:30", "Europe/Berlin", "2024-03-31 01:00:00", "Europe/Berlin (given)"),
        ("27/10/24, 02:30", "Europe/Berlin", "2024-10-27 01:30:00", "Europe/Berlin (given)"),
        ("08/09/24, 00:30", "America/Santiago", "2024-09-08 04:00:00", "America/Santiago (given)"),
        ("13/01/24, 09:00", "Asia/Kolkata", "2024-01-13 03:30:00", "Asia/Kolkata (given)"),
    ],
)
def test_a_stamp_is_of_the_phone_s_zone(read, stamp, zone, at, said):
    chat = read(f"{stamp} - {ODO}: ink", timezone=zone, date_format="dmy", count=1)
    assert (chat.events[0].at, chat.source["zone"]) == (at, said)


def test_when_the_clock_is_set_back_the_file_s_order_stays(read):
    times = ("02:50", "02:10", "02:50")
    text = "\n".join(f"27/10/24, {time} - {ODO}: {'i' * n}" for n, time in enumerate(times, 1))
    chat = read(text, timezone="Europe/Berlin", count=3)
    assert [(event.row, event.length) for event in chat.events] == [(1, 1), (2, 2), (3, 3)]


def test_an_unknown_zone_is_refused(read):
    with pytest.raises(BadInput, match="no time zone"):
        read(f"13/01/24, 09:00 - {ODO}: ink", timezone="Ink/Well")
