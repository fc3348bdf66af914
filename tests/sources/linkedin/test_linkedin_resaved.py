"""Files that were opened and saved again in a spreadsheet, as a third of them are."""

import pytest

from netquality.errors import Ambiguous

ADA = ("Ada", "Fenwick", "", "ada@fern.example", "Fern & Co", "Botanist", "2021-04-04")
ZOE = ("Zoë", "Bramblewick", "", "", "Größe GmbH", "", "2019-12-31")
BOM = b"\xef\xbb\xbf"
HEAD = "CONVERSATION ID;CONVERSATION TITLE;FROM;SENDER PROFILE URL;TO;DATE;SUBJECT;CONTENT;FOLDER"


def _inbox(*stamps, separator=";"):
    rows = [f"2-aa==;;Ada Fenwick;;Zora Quillfeather;{stamp};;hi;INBOX" for stamp in stamps]
    return BOM + "\r\n".join([HEAD, *rows, ""]).replace(";", separator).encode()


@pytest.mark.parametrize(
    ("separator", "bom", "end"),
    [(",", BOM, b"\n"), (";", BOM, b"\r\n"), (";", b"", b"\n"), ("\t", b"", b"\r\n")],
    ids=["BOM", "BOM;CRLF", ";", "TAB CRLF"],
)
def test_connections(separator, bom, end, load, connections, day, names):
    data = bom + connections("2023-04", [ADA, ZOE], separator=separator).replace(b"\n", end)
    tables = load(data, "Connections.csv")
    rows, called = tables.relations, names(tables)
    starts = {called[b]: start for b, start in zip(rows["b"], rows["start"], strict=True)}
    assert starts == {"Ada Fenwick": day("2021-04-04"), "Zoë Bramblewick": day("2019-12-31")}
    assert "Größe GmbH" in set(tables.attributes["value"])


def test_cp1252(load, connections, names):
    data = connections("2023-04", [ADA, ZOE], separator=";", encoding="cp1252")
    tables = load(data, "Connections.csv")
    assert "Zoë Bramblewick" in names(tables).values()
    assert "Größe GmbH" in set(tables.attributes["value"])


def test_a_padded_preamble(load, connections):
    data = b"Notes:;;;;;\r\nSome text;;;;;\r\n;;;;;\r\n"
    data += connections("2023-04", [ADA, ZOE], separator=";")
    assert len(load(data, "Connections.csv").relations) == 2


def test_blank_padding_rows_make_nobody(load, connections):
    data = connections("2023-04", [ADA, ZOE], separator=";") + b"\r\n;;;;;\r\n;;;;;\r\n\r\n"
    assert len(load(data, "Connections.csv").relations) == 2


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize(
    ("stamps", "times"),
    [
        (["27/10/2021 14:03", "01/02/2021 09:00"], ["2021-02-01 09:00", "2021-10-27 14:03"]),
        (["10/27/2021 14:03", "01/02/2021 09:00"], ["2021-01-02 09:00", "2021-10-27 14:03"]),
    ],
    ids=["day first", "month first"],
)
def test_one_day_above_twelve_decides_for_all(separator, stamps, times, load, profile):
    data = _inbox(*stamps, separator=separator)
    tables = load({"messages.csv": data, "Profile.csv": profile})
    assert sorted(tables.events["at"].astype("str").str[:16]) == times


AMBIGUOUS = ["03/04/2021 14:03", "05/06/2021 09:00"]


@pytest.mark.parametrize("alone", [True, False])
def test_dates_with_two_readings_are_asked_for(alone, load, profile):
    data = _inbox(*AMBIGUOUS)
    files = data if alone else {"messages.csv": data, "Profile.csv": profile}
    name = "messages.csv" if alone else "Basic_LinkedInDataExport_11-20-2026.zip"
    with pytest.raises(Ambiguous, match="--date-format") as error:
        load(files, name)
    assert "messages.csv" in str(error.value)


@pytest.mark.parametrize(
    ("order", "days"),
    [("dmy", ["2021-04-03", "2021-06-05"]), ("mdy", ["2021-03-04", "2021-05-06"])],
)
def test_the_option_decides_between_two_readings(order, days, load, profile, day):
    files = {"messages.csv": _inbox(*AMBIGUOUS), "Profile.csv": profile}
    tables = load(files, date_format=order)
    assert sorted(tables.events["day"]) == [day(each) for each in days]


def test_a_format_of_ones_own(load, day):
    data = _inbox("2021.04.03 14h03")
    tables = load(data, "messages.csv", date_format="%Y.%m.%d %Hh%M")
    assert tables.events["day"].tolist() == [day("2021-04-03")]


def test_both_orders_in_one_file_are_asked_for_and_then_counted(load, profile, listing, day):
    files = {"messages.csv": _inbox("27/10/2021 14:03", "10/28/2021 14:03"), "Profile.csv": profile}
    with pytest.raises(Ambiguous, match="--date-format"):
        load(files)
    tables = load(files, date_format="dmy")
    assert listing(tables, "messages.csv")["read"] == 2
    assert tables.events["day"].dropna().tolist() == [day("2021-10-27")]
