"""The archive around the files: names that drift, folders, files that are known but not needed."""

import pytest

ADA = ("Ada", "Fenwick", "ada-fenwick", "", "", "", "2019-03-02")


@pytest.fixture
def basic(connections, messages, message, profile):
    """The files of a small Basic archive."""
    return {
        "Connections.csv": connections("2026-06", [ADA]),
        "messages.csv": messages("2026-03", [message()]),
        "Profile.csv": profile,
    }


@pytest.mark.parametrize(
    "name",
    [
        "Basic_LinkedInDataExport_11-20-2026.zip",
        "Complete_LinkedInDataExport_11-20-2026.zip",
        "Complete_LinkedInDataExport_11-20-2026 (1).zip",
        "Complete_LinkedInDataExport_11-20-2026.zip.zip",
        "Initial_LinkedInDataExport_11-20-2026.zip",
    ],
)
def test_archive_names_say_the_export_day(name, basic, load, day):
    tables = load(basic, name)
    assert len(tables.events) == 1
    assert set(tables.sources["exported"]) == {day("2026-11-20")}
    assert set(tables.sources["bundle"]) == {name}


@pytest.mark.parametrize("name", ["LinkedIn.ZIP", "archive-without-ending"])
def test_content_decides_not_the_name_of_the_archive(name, basic, load):
    assert len(load(basic, name).relations) == 1


def test_folders_and_zips_give_equal_tables(basic, load):
    packed, folder = load(basic), load(basic, zipped=False)
    for table in ("sources", "events", "relations", "attributes", "accounts"):
        rows = [each[table].drop(columns="bundle", errors="ignore") for each in (packed, folder)]
        left, right = (sorted(map(str, frame.to_numpy().tolist())) for frame in rows)
        assert left == right


@pytest.mark.parametrize("zipped", [True, False])
def test_a_prefix_folder_and_what_a_mac_adds_do_no_harm(zipped, basic, load, listing):
    prefix = "Complete_LinkedInDataExport_11-20-2026/"
    files = {prefix + name: data for name, data in basic.items()}
    junk = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "
    files |= {f"__MACOSX/{prefix}._{name}": junk for name in basic}
    files |= {"__MACOSX/._x": junk, f"{prefix}.DS_Store": b"\x00\x00\x00\x01Bud1"}
    tables = load(files, zipped=zipped)
    assert (len(tables.events), len(tables.relations)) == (1, 1)
    assert listing(tables, "Connections.csv")["kept"] == 1
    assert not tables.sources["name"].str.contains("__MACOSX").any()


@pytest.mark.parametrize("name", ["messages.csv", "Messages.csv", "MESSAGES.CSV"])
def test_case_of_file_names(name, basic, load):
    data = basic.pop("messages.csv")
    assert len(load({**basic, name: data}).events) == 1


@pytest.mark.parametrize(
    "name", ["Connections.csv", "connections.csv", "Connections_577732310.csv"]
)  # fmt: skip
def test_member_ids_in_file_names(name, basic, load):
    data = basic.pop("Connections.csv")
    assert len(load({**basic, name: data}).relations) == 1


UNUSED = {
    "Learning.csv": b"Content Title,Content Description,Content Type,Content Last Watched Date "
    b"(if viewed),Content Completed At (if completed),Content Saved,Notes taken on videos "
    b'(if taken),\r\n"Moss","xyzzyplugh,\nand more",COURSE,2024-03-04 10:11 UTC,N/A,false,N/A,\n',
    "Ad_Targeting.csv": b"Company Names,Company Names,Company Names,Job Titles,Job Titles,"
    b"Job Titles\na,b,c,d,e,f\n",
    "Ad Targeting.csv": b"Company Names,Company Names\na,b\n",
    "Receipts_v2.csv": b"Transaction Made On,Description\n03/04/24 09:05 AM UTC,Seeds\n",
    "SearchQueries.csv": b"Time,Search Query\n2024/03/04 10:00:00 UTC,xyzzyplugh\n",
    "Search Queries.csv": b"Time,Search Query\n2019/03/04 10:00:00 UTC,xyzzyplugh\n",
    "Logins.csv": b"Login Date,IP Address\nTue Mar 05 10:11:12 UTC 2024,192.0.2.1\n",
    "SavedJobAlerts.csv": b"ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID\na,b,c\n",
    "Jobs/Saved Jobs.csv": b'Saved Date,Job Url\n"1/15/24, 9:05 AM",https://jobs.example\n',
    "LAN Ads Engagement.csv": b"Action,Date\nclick,2024/03/04 10:00:00 UTC\n",
    "Something_New.csv": b"Column,Other\n1,2\n",
}


def test_files_not_needed_are_named_with_the_reason(basic, load, listing):
    tables = load({**basic, **UNUSED})
    assert len(tables.sources) == len({**basic, **UNUSED})
    for name in UNUSED:
        why = listing(tables, name.rpartition("/")[2])["unused"]
        assert isinstance(why, str), name
        assert len(why) > 3
    assert (len(tables.events), len(tables.relations)) == (1, 1)


def test_a_version_is_no_member_id(basic, load, listing):
    data = UNUSED["Receipts_v2.csv"]
    tables = load({**basic, "Receipts.csv": data + b",\n", "Receipts_v2.csv": data})
    assert listing(tables, "Receipts.csv")["unused"]
    assert listing(tables, "Receipts_v2.csv")["unused"]


def test_sources_are_named_by_content(basic, load):
    sources = load(basic).sources
    assert sources["source"].nunique() == 3
    again = load(basic, "renamed.zip").sources
    assert sorted(again["source"]) == sorted(sources["source"])


def test_first_and_last_day_of_a_file(basic, load, listing, day):
    source = listing(load(basic), "messages.csv")
    assert (source["first"], source["last"]) == (day("2020-05-04"), day("2020-05-04"))


def test_a_file_that_breaks_does_not_take_the_others_along(basic, load):
    files = {**basic, "Invitations.csv": b"\x00\x01\x02 nothing of use"}
    tables = load(files)
    assert len(tables.relations) >= 1
    assert tables.sources["name"].str.endswith("Invitations.csv").any()


def test_single_files_saved_by_a_browser(basic, load):
    assert len(load(basic["messages.csv"], "messages (1).csv").events) == 1
