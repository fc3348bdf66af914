"""One inbox read twice, or exported in two eras, is one inbox."""

import pandas as pd
import pytest

ZORA, ADA, OTTO = "Zora Quillfeather", "Ada Fenwick", "Otto Finch"
OLD = "Complete_LinkedInDataExport_12-01-2020.zip"
NEW = "Complete_LinkedInDataExport_11-20-2026.zip"


@pytest.fixture
def read():
    """Return the pipeline's reader."""
    from netquality.pipeline.reading import read

    return read


@pytest.fixture
def history(message):
    """Make messages of a year with Ada and Otto, newest first within each conversation."""

    def of(year, months=range(1, 11)):
        rows = []
        for name, slug in ((ADA, "ada-fenwick"), (OTTO, "otto-finch")):
            url, own = (f"https://www.linkedin.com/in/{s}" for s in (slug, "zora-quillfeather"))
            got = {"sender_profile_url": url, "from": name, "to": ZORA,
                   "recipient_profile_urls": own}  # fmt: skip
            sent = {"sender_profile_url": own, "from": ZORA, "to": name,
                    "recipient_profile_urls": url}  # fmt: skip
            for month in reversed(months):
                for hour, side in ((12, sent), (10, got)):
                    when = f"{year}-{month:02d}-03 {hour}:00:0{month % 10} UTC"
                    body = f"Dear friend\n\nmonth {month}, xyzzyplugh\n"
                    rows.append(message(conversation_id=f"2-{slug}==", date=when, content=body,
                                        **side))  # fmt: skip
        return rows

    return of


@pytest.fixture
def exports(archive, connections, messages, invitations, profile, history):
    """Two archives of one member: of December 2020, and of November 2026 with all that is older."""
    people = [
        ("Ada", "Fenwick", "ada-fenwick", "", "Fern & Co", "Botanist", "2019-03-02"),
        ("Otto", "Finch", "otto-finch", "", "Tidewater", "Diver", "2018-12-31"),
        ("Ivo", "Marsh", "ivo-marsh", "", "", "", "2018-11-30"),
    ]
    sent = (
        ZORA,
        "Una Reed",
        "2026-08-02T09:00:00",
        "",
        "OUTGOING",
        "zora-quillfeather",
        "una-reed",
    )
    files = {
        "Connections.csv": connections("2020-12", people),
        "messages.csv": messages("2020", history(2020)),
        "Profile.csv": profile,
    }
    late = history(2026) + history(2020)
    late.sort(key=lambda row: row["CONVERSATION ID"])
    return archive(files, OLD), archive(
        {
            "Connections.csv": connections("2026-06", people),
            "messages.csv": messages("2026-03", late),
            "Invitations.csv": invitations("2024", [sent]),
            "Profile.csv": profile,
        },
        NEW,
    )


def _same(left, right, table, by):
    frames = []
    for network in (left, right):
        frame = getattr(network, table)
        frame = frame.reset_index() if by == "person" else frame
        frames.append(frame.sort_values(by).reset_index(drop=True))
    pd.testing.assert_frame_equal(*frames)


TABLES = [
    ("ties", ["a", "b"]),
    ("people", "person"),
    ("events", ["event", "sender", "recipient"]),
]


def test_the_later_export_knows_every_event_of_the_earlier(load, exports):
    early, late = (load(path).events for path in exports)
    columns = ["event", "at", "sender", "length"]
    found = early[columns].merge(late[columns], on=["event", "at", "sender"], how="left")
    assert len(found) == len(early) == 40
    assert found["length_y"].notna().all()


@pytest.mark.parametrize(("table", "by"), TABLES)
@pytest.mark.parametrize("which", [0, 1], ids=["2020", "2026"])
def test_reading_twice_is_reading_once(which, table, by, read, exports):
    path = exports[which]
    _same(read(path), read(path, path), table, by)


def test_a_copy_of_the_archive_adds_nothing(read, exports, tmp_path):
    copy = tmp_path / "Complete_LinkedInDataExport_11-20-2026 (1).zip"
    copy.write_bytes(exports[1].read_bytes())
    _same(read(exports[1]), read(exports[1], copy), "ties", ["a", "b"])


@pytest.mark.parametrize(("table", "by"), TABLES)
def test_the_order_of_sources_does_not_matter(table, by, read, exports):
    _same(read(*exports), read(*exports[::-1]), table, by)


def test_two_eras_give_the_later_ones_events(read, exports):
    late, both = read(exports[1]), read(*exports)
    keys = ["event", "at", "kind"]
    assert len(both.events) == len(late.events)
    left, right = (each.events[keys].sort_values("event") for each in (late, both))
    pd.testing.assert_frame_equal(left.reset_index(drop=True), right.reset_index(drop=True))


def test_two_eras_give_the_later_ones_ties(read, exports):
    late, both = read(exports[1]), read(*exports)
    columns = ["a", "b", "out", "in", "days", "strength", "grade", "first", "last"]
    left, right = (each.ties[columns].sort_values(["a", "b"]) for each in (late, both))
    pd.testing.assert_frame_equal(left.reset_index(drop=True), right.reset_index(drop=True))


def test_each_file_is_listed_with_what_was_merged(read, exports):
    sources = read(*exports).sources
    assert sources["bundle"].nunique() == 2
    used = sources[sources["unused"].isna()]
    assert (used["read"] == used["kept"] + used["merged"] + used["rejected"]).all()


def test_endorsements_in_two_files_count_once(read, archive, profile, utf16):
    head = ["Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name"]
    acts = [["2022/03/04 10:00:05 UTC", skill, "Ada", "Fenwick"] for skill in ("Ferns", "Moss")]
    new = [[*head, "Endorsement Status"], *([*act, "ACCEPTED"] for act in acts)]
    old = [
        [*head, "Endorsement Status", "Display Status"],
        *([*act, *["Accepted"] * 2] for act in acts),
    ]
    files = {
        "Endorsement Received Info.csv": utf16(old),
        "Endorsement_Received_Info.csv": "\n".join(map(",".join, new)).encode(),
        "Profile.csv": profile,
    }
    assert len(read(archive(files)).events) == 2
