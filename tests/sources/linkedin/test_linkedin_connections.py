"""Connections.csv of every era, every trap of its rows."""

import pytest

from netquality.ids import digest

ADA = ("Ada", "Fenwick", "ada-fenwick", "ada@fern.example", "Fern & Co", "Botanist", "2019-03-02")
OTTO = ("Otto", "Finch", "otto-finch", "", "Tidewater, Ltd", "Chief, Tides", "2018-12-31")
ZOE = ("Zoë", "Bramblewick", "zo%C3%AB-bramblewick", "", "", "", "2018-01-09")
GHOST = ("", "", "", "", "", "", "2020-06-07")
ERAS = ["2017", "2018", "2020-02", "2020-12", "2022-09", "2023-04", "2023-12", "2026-06"]
WITH_URL = ["2023-12", "2026-06"]


@pytest.fixture
def keys():
    """Return the values of one kind of key of the account of a name."""

    def of(tables, name, key):
        rows = tables.accounts
        mine = set(rows.loc[rows["name"] == name, "account"])
        return sorted(rows.loc[rows["account"].isin(mine) & (rows["key"] == key), "value"])

    return of


@pytest.mark.parametrize("era", ERAS)
def test_every_era_gives_one_tie_a_connection(era, load, connections, listing, owner, names, day):
    tables = load({"Connections.csv": connections(era, [ADA, OTTO, ZOE])})
    source = listing(tables, "Connections.csv")
    assert source["format"] == "linkedin/connections"
    assert (source["read"], source["kept"], source["rejected"]) == (3, 3, 0)
    ties = tables.relations
    assert set(ties["kind"]) == {"connected"}
    assert set(ties["a"]) == {owner(tables)}
    called = names(tables)
    starts = {called[b]: start for b, start in zip(ties["b"], ties["start"], strict=True)}
    assert starts == {
        "Ada Fenwick": day("2019-03-02"),
        "Otto Finch": day("2018-12-31"),
        "Zoë Bramblewick": day("2018-01-09"),
    }


@pytest.mark.parametrize("era", ["2017", "2020-12", "2026-06"])
def test_employer_and_title_are_those_of_the_export_day(era, load, connections, names, day):
    tables = load({"Connections.csv": connections(era, [ADA, OTTO, ZOE])})
    rows, called = tables.attributes, names(tables)
    found = {(called[r.account], r.name, r.value) for r in rows.itertuples(index=False)}
    assert found == {
        ("Ada Fenwick", "employer", "Fern & Co"),
        ("Ada Fenwick", "title", "Botanist"),
        ("Otto Finch", "employer", "Tidewater, Ltd"),
        ("Otto Finch", "title", "Chief, Tides"),
    }
    assert set(rows["seen"]) == {day("2026-11-20")}


@pytest.mark.parametrize("era", WITH_URL)
def test_slug_is_the_account_and_mail_its_second_key(era, load, connections, keys):
    tables = load({"Connections.csv": connections(era, [ADA, OTTO])})
    rows = tables.accounts
    assert keys(tables, "Ada Fenwick", "profile") == ["ada-fenwick"]
    assert keys(tables, "Ada Fenwick", "mail") == ["ada@fern.example"]
    assert keys(tables, "Otto Finch", "mail") == []
    mine = rows.loc[rows["value"].isin(["ada-fenwick", "ada@fern.example"]), "account"]
    assert set(mine) == {digest("profile", "ada-fenwick")}


@pytest.mark.parametrize("era", ["2017", "2018", "2020-12"])
def test_without_urls_the_mail_is_the_account(era, load, connections, keys):
    tables = load({"Connections.csv": connections(era, [ADA, OTTO])})
    mail = tables.accounts[tables.accounts["value"] == "ada@fern.example"]
    assert set(mail["account"]) == {digest("mail", "ada@fern.example")}
    assert keys(tables, "Otto Finch", "profile") == []


@pytest.mark.parametrize(
    "written",
    [
        "zo%C3%AB-bramblewick",
        "zo%c3%ab-bramblewick",
        "Zo%C3%AB-Bramblewick",
        "zoe%CC%88-bramblewick",
        "zoë-bramblewick",
        "zo%C3%AB-bramblewick/",
        "zo%C3%AB-bramblewick?trk=export",
    ],
)
def test_every_way_to_write_a_url_is_one_slug(written, load, connections, keys):
    person = (*ZOE[:2], written, *ZOE[3:])
    tables = load({"Connections.csv": connections("2026-06", [person])})
    assert keys(tables, "Zoë Bramblewick", "profile") == ["zoë-bramblewick"]


@pytest.mark.parametrize("era", ["2020-02", "2022-09", "2026-06"])
def test_date_only_rows_are_ghosts_and_make_nobody(era, load, connections, listing):
    rows = [GHOST, ADA, GHOST, (*GHOST[:6], "2020-06-08")]
    tables = load({"Connections.csv": connections(era, rows)})
    source = listing(tables, "Connections.csv")
    assert (source["read"], source["kept"], source["rejected"]) == (4, 1, 3)
    assert tables.rejects["reason"].str.contains("ghost|date.only", case=False).all()
    assert len(tables.relations) == 1


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("  Ada ", " Fenwick  ", "Ada Fenwick"),
        ("Ada  May", "Fenwick", "Ada May Fenwick"),
        ("Ada", "F.", "Ada F."),
        ("敏", "蕨", "敏 蕨"),
    ],
)
def test_names_are_squashed(first, last, name, load, connections, ties):
    person = (first, last, *ADA[2:])
    tables = load({"Connections.csv": connections("2026-06", [person])})
    assert [b for _, b in ties(tables)] == [name]


@pytest.mark.parametrize("last", ["Fenwick, PhD, MBA", "Fenwick (She/Her)", "Fenwick 🌿"])
def test_decorated_names_stay_one_person(last, load, connections, ties, listing):
    tables = load({"Connections.csv": connections("2026-06", [("Ada", last, *ADA[2:])])})
    assert listing(tables, "Connections.csv")["kept"] == 1
    assert [b for _, b in ties(tables) if b.startswith("Ada Fenwick")]


@pytest.mark.parametrize("era", ["2020-12", "2026-06"])
def test_homonyms_are_two_people(era, load, connections):
    twin = ("Ada", "Fenwick", "ada-fenwick-2", "", "Moss Ltd", "Diver", "2020-01-01")
    first = (*ADA[:3], "", *ADA[4:])
    tables = load({"Connections.csv": connections(era, [twin, first])})
    assert len(tables.relations) == 2
    assert tables.relations["b"].nunique() == 2


NOTES = b'Notes:\n"You may notice, that some are missing."\n\n'


@pytest.mark.parametrize(
    "notes",
    [
        b"",
        NOTES,
        b"\xef\xbb\xbf" + NOTES,
        b"\xef\xbb\xbf",
        NOTES.replace(b"Notes:", b'"Notes:"'),
        NOTES.replace(b"\n", b"\r\n"),
        b"Notes:,,,,,,\n,,,,,,\n",
        b"Notes:\nOne more line\n" + NOTES[7:],
    ],
    ids=["stripped", "as is", "BOM", "BOM only", "quoted", "CRLF", "padded", "longer"],
)
def test_header_is_found_below_any_preamble(notes, load, connections, listing):
    data = connections("2026-06", [ADA, OTTO], notes=notes)
    tables = load({"Connections.csv": data})
    assert listing(tables, "Connections.csv")["kept"] == 2


def test_quoted_header_and_other_case(load, connections, listing):
    data = connections("2026-06", [ADA, OTTO])
    header = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    quoted = b",".join(b'" %s"' % each.upper() for each in header.split(b","))
    tables = load({"Connections.csv": data.replace(header, quoted)})
    assert listing(tables, "Connections.csv")["kept"] == 2


def test_short_and_long_rows_are_counted(load, connections, listing):
    data = connections("2026-06", [ADA, OTTO]) + b"\nIda,Marsh\n" + b",".join([b"x"] * 12)
    tables = load({"Connections.csv": data})
    assert listing(tables, "Connections.csv")["read"] == 4


def test_header_alone_is_no_error(load, connections, listing):
    tables = load({"Connections.csv": connections("2026-06", [])})
    assert listing(tables, "Connections.csv")["read"] == 0
    assert tables.relations.empty


def test_unreadable_date_rejects_or_keeps_without_a_day(load, connections, listing):
    data = connections("2026-06", [ADA, OTTO]).replace(b"31 Dec 2018", b"31 Wintermonat 2018")
    tables = load({"Connections.csv": data})
    assert listing(tables, "Connections.csv")["read"] == 2
    assert tables.relations["start"].notna().sum() == 1


@pytest.mark.parametrize("odd", ["1833-05-04", "2027-02-01"])
def test_odd_dates_are_kept_and_counted(odd, load, connections, listing, day):
    tables = load({"Connections.csv": connections("2026-06", [ADA, (*OTTO[:6], odd)])})
    source = listing(tables, "Connections.csv")
    assert (source["kept"], source["odd"]) == (2, 1)
    assert day(odd) in set(tables.relations["start"])


def test_months_do_not_follow_the_locale(load, connections, day):
    rows = [(*ADA[:2], f"ada-{m}", "", "", "", f"2020-{m:02d}-15") for m in range(1, 13)]
    tables = load({"Connections.csv": connections("2026-06", rows)})
    expected = [day(f"2020-{m:02d}-15") for m in range(1, 13)]
    assert sorted(tables.relations["start"]) == expected


@pytest.mark.parametrize("name", ["Connections.csv", "Connections (1).csv", "my contacts.csv"])
def test_the_file_alone_is_enough(name, load, connections, owner):
    tables = load(connections("2026-06", [ADA, OTTO]), name)
    assert list(tables.sources["format"]) == ["linkedin/connections"]
    assert len(tables.relations) == 2
    assert owner(tables) not in set(tables.relations["b"])


def test_rejects_show_the_shape_never_the_value(load, connections):
    rows = [ADA, (*OTTO[:6], "2018-12-31")]
    data = connections("2026-06", rows).replace(b"31 Dec 2018", b"Otto's secret")
    tables = load({"Connections.csv": data + b"\nGideon\n,,,,,,07 Jun 2026"})
    text = tables.rejects.astype("str").to_csv()
    assert not any(word in text for word in ("Otto", "secret", "Gideon", "2026", "Jun"))
