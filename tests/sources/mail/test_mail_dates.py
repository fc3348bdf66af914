"""When a mail was sent: every way to write it, and what is taken where it is impossible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.errors import BadInput
from netquality.sources.mail.stamps import stamp_of

RECEIVED = "Received: from a by b; {}"


def utc(at: object) -> str:
    return str(at)[:19]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Mon, 4 Mar 2024 11:20:34 +0100", "2024-03-04 10:20:34"),
        ("4 Mar 2024 11:20:34 -0130", "2024-03-04 12:50:34"),
        ("Mon, 4 Mar 2024 11:20:34 +0100 (CET)", "2024-03-04 10:20:34"),
        ("Mon, 4 Mar 2024 11:20:34 GMT", "2024-03-04 11:20:34"),
        ("Mon, 4 Mar 2024 11:20:34 EST", "2024-03-04 16:20:34"),
        ("Mon, 4 Mar 2024 11:20:34 CEST", "2024-03-04 09:20:34"),
        ("Mon, 4 Mar 2024 11:20:34 -0000", "2024-03-04 11:20:34"),
        ("Mon, 4 Mar 24 11:20:34 +0000", "2024-03-04 11:20:34"),
        ("Mon Mar 04 11:20:34 +0100 2024", "2024-03-04 10:20:34"),
        ("Mon Mar  4 11:20:34 CET 2024", "2024-03-04 10:20:34"),
        ("Mon, 4 Mar 2024 23:59:60 +0000", "2024-03-04 23:59:59"),
        ("2024-03-04T11:20:34Z", "2024-03-04 11:20:34"),
        ("Mon, 4 Mar 2024 11:20 +0000", "2024-03-04 11:20:00"),
    ],
)
def test_dates_with_a_zone(post, text: str, at: str) -> None:
    read = post.one(post.mail(date=text))
    assert [utc(each) for each in read.events["at"]] == [at]
    assert read.source["zone"] == "UTC (given)"
    assert read.events["precision"].tolist() == ["minute" if "11:20 " in text else "second"]


@pytest.mark.parametrize("text", ["Mon, 4 Mar 2024 11:20:34", "Mon Mar  4 11:20:34 2024"])
def test_dates_without_a_zone(post, text: str) -> None:
    assumed = post.one(post.mail(date=text))
    assert (utc(assumed.events["at"][0]), assumed.source["zone"]) == (
        "2024-03-04 11:20:34",
        "UTC (assumed)",
    )
    assert "dates without a zone: 1" in assumed.source["rules"]
    said = post.one(post.mail(date=text), timezone="Europe/Berlin")
    assert (utc(said.events["at"][0]), said.source["zone"]) == (
        "2024-03-04 10:20:34",
        "Europe/Berlin (given)",
    )


def test_a_zone_that_does_not_exist_is_said(post) -> None:
    with pytest.raises(BadInput, match="no time zone 'Fern/Hollow'"):
        post.one(post.mail(), timezone="Fern/Hollow")


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)),
    st.integers(-23 * 60, 23 * 60),
)
def test_what_the_standard_library_writes_is_read(naive: datetime, minutes: int) -> None:
    when = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    wanted = int(when.timestamp()) * 1_000_000
    envelope = when.strftime("%a %b %d %H:%M:%S ") + f"{when:%z} {when.year}"
    for text in (format_datetime(when), envelope):
        stamp = stamp_of(text, ZoneInfo("Asia/Tokyo"))
        assert stamp is not None
        assert (stamp.at, stamp.zoned, stamp.exact) == (wanted, True, True)
    local = stamp_of(naive.strftime("%a %b %d %H:%M:%S %Y"), UTC)
    assert local is not None
    assert not local.zoned


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    stamp_of(text, UTC)
    stamp_of(f"Mon, 4 Mar 2024 11:20:34 {text}", UTC)
    stamp_of(f"Mon, {text} Mar 2024 11:20:34 +0000", UTC)


IMPOSSIBLE = [None, "", "soon", "Mon, 31 Feb 2024 11:20:34 +0000", "1 Jan 1980 00:00:00 +0000"]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_an_impossible_date_gives_way_to_the_envelope_then_to_the_server(post, text: str) -> None:
    mail = post.mail(RECEIVED.format("Wed, 6 Mar 2024 01:02:03 +0000"), date=text)
    boxed = post.mbox(post.box(mail, line="From - Tue Mar  5 11:20:34 +0000 2024"))
    assert [utc(each) for each in boxed.events["at"]] == ["2024-03-05 11:20:34"]
    assert "dates taken from the delivery: 1" in boxed.source["rules"]
    assert [utc(each) for each in post.one(mail).events["at"]] == ["2024-03-06 01:02:03"]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_mail_without_any_date_is_refused(post, text: str) -> None:
    read = post.one(post.mail(date=text))
    early = text is not None and text.endswith("1980 00:00:00 +0000")
    assert read.reasons == ["dated before 1990" if early else "no date"]
    assert read.counts == [1, 0, 0, 1]


def test_no_mail_is_sent_long_after_it_has_arrived(post) -> None:
    mail = post.mail(
        RECEIVED.format("Mon, 4 Mar 2024 11:00:00 +0000"), date="4 Mar 2031 11:00:00 +0000"
    )
    assert [utc(each) for each in post.one(mail).events["at"]] == ["2024-03-04 11:00:00"]


def test_gits_constant_envelope_says_nothing(post) -> None:
    line = "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001"
    read = post.mbox(post.box(post.mail(), post.mail(date="soon"), line=line))
    assert [utc(each) for each in read.events["at"]] == ["2024-03-04 12:00:00"]
    assert read.reasons == ["no date"]


def test_a_clock_that_is_years_ahead_of_all_deliveries_is_not_believed(post) -> None:
    mails = [
        b"From - Mon Mar  4 11:20:34 +0000 2024\n" + post.mail(message_id="<1@q>") + b"\n",
        b"From - Tue Mar  5 11:20:34 +0000 2024\n"
        + post.mail(date="5 Mar 2061 11:20:34 +0000", message_id="<2@q>")
        + b"\n",
    ]
    read = post.mbox(b"".join(mails))
    assert [utc(each) for each in read.events["at"]] == [
        "2024-03-04 12:00:00",
        "2024-03-05 11:20:34",
    ]
    files = {
        "cur/1709551234.M1.fen": post.mail(message_id="<1@q>"),
        "cur/1709651234.M2.fen": post.mail(message_id="<2@q>"),
        "a/3.eml": post.mail(date="5 Mar 2061 11:20:34 +0000"),
    }
    assert post.folders(files)["a"].counts == [1, 1, 0, 0], "nothing tells that it is wrong"


def test_what_lies_after_the_day_of_the_export_is_refused(post) -> None:
    day = (datetime(2024, 3, 4) - datetime(1970, 1, 1)).days
    fits = post.mail(message_id="<1@q>", date="5 Mar 2024 23:59:59 +0000")
    late = post.mail(message_id="<2@q>", date="6 Mar 2024 00:00:00 +0000")
    read = post.mbox(
        post.box(fits, late, line=f"From - {'Wed Mar  6 00:00:00 2024'}"), exported=day
    )
    assert read.counts == [2, 1, 0, 1]
    assert read.reasons == ["dated in the future"]
