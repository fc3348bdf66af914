"""Input that cannot be used: one clear error that says what was found, accepted and to do."""

import io
import os
import random
import zipfile
from contextlib import suppress

import pytest

from netquality.errors import BadInput
from netquality.sources.ledger import Options
from netquality.sources.sniff import read_source


@pytest.fixture
def refused():
    """Read a path that must be refused; return the message after checking its three parts."""

    def read(path):
        with pytest.raises(BadInput) as caught:
            read_source(path, Options())
        error = caught.value
        assert error.found
        assert error.accepted, "the message must say what is accepted"
        assert error.todo, "the message must say what to do"
        assert path.name in str(error) or "Connections.csv" in str(error)
        return str(error)

    return read


def _packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def _workbook():
    return _packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


HTML = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>First Name</body></html>"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


@pytest.mark.parametrize("name", ["Connections.csv", "export.zip", "nothing"])
def test_empty_files(name, archive, refused):
    assert "empty" in refused(archive(b"", name)).lower()


@pytest.mark.parametrize(
    ("data", "name", "hint"),
    [
        (PDF, "Basic_LinkedInDataExport_11-20-2026.zip", "pdf"),
        (PDF, "Connections.csv", "pdf"),
        (HTML, "Connections.csv", "web page"),
        (HTML, "Basic_LinkedInDataExport_11-20-2026.zip", "web page"),
        (_workbook(), "Connections.csv", "csv"),
        (_workbook(), "Connections.xlsx", "csv"),
    ],
    ids=["PDF.zip", "PDF.csv", "HTML.csv", "HTML.zip", "xlsx.csv", "xlsx"],
)
def test_other_kinds_of_file_are_named(data, name, hint, archive, refused):
    text = refused(archive(data, name)).lower()
    assert hint in text
    if data.startswith(b"PK"):
        assert "excel" in text or "xlsx" in text or "spreadsheet" in text


def test_truncated_zip(archive, refused, connections):
    rows = [("Ada", f"Fenwick{n}", f"a{n}", "", "", "", "2020-01-01") for n in range(50)]
    whole = _packed({"Connections.csv": connections("2026-06", rows)})
    text = refused(archive(whole[: len(whole) // 2], "Basic_LinkedInDataExport_11-20-2026.zip"))
    assert any(word in text.lower() for word in ("truncated", "damaged", "broken", "incomplete"))


def test_damaged_member(archive, refused, connections):
    rows = [("Ada", f"Fenwick{n}", f"a{n}", "", "", "", "2020-01-01") for n in range(50)]
    whole = bytearray(_packed({"Connections.csv": connections("2026-06", rows)}))
    whole[100:140] = bytes(40)
    refused(archive(bytes(whole), "Basic_LinkedInDataExport_11-20-2026.zip"))


def test_zip_bomb(archive, refused):
    data = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    bomb = _packed({"Connections.csv": data + bytes(100_000_000)})
    assert len(bomb) < 200_000
    refused(archive(bomb, "Basic_LinkedInDataExport_11-20-2026.zip"))


@pytest.mark.parametrize("member", ["../Connections.csv", "a/../../Connections.csv"])
def test_members_that_leave_the_archive(member, archive, refused, connections, tmp_path):
    person = ("Ada", "Fenwick", "ada-fenwick", "", "", "", "2020-01-01")
    files = {member: connections("2026-06", [person])}
    before = sorted(tmp_path.rglob("*"))
    path = archive(files)
    refused(path)
    assert sorted(set(tmp_path.rglob("*")) - set(before)) == [path.parent, path]


@pytest.mark.parametrize("zipped", [True, False])
def test_archives_without_anything_known(zipped, archive, refused):
    text = refused(archive({"holiday.txt": b"sea", "b/photo.jpg": b"\xff\xd8"}, zipped=zipped))
    assert "LinkedIn" in text
    assert "holiday.txt" in text


@pytest.mark.parametrize("zipped", [True, False])
def test_empty_archives(zipped, archive, refused):
    refused(archive({}, zipped=zipped))


def test_missing_file(tmp_path, refused):
    refused(tmp_path / "Basic_LinkedInDataExport_11-20-2026.zip")


def test_unreadable_file(archive, refused, connections):
    path = archive(connections("2026-06", []), "Connections.csv")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    refused(path)


@pytest.mark.parametrize("name", ["Connections.csv", "noise.zip", "noise.bin"])
def test_random_bytes(name, archive, refused):
    refused(archive(random.Random(7).randbytes(10_000_000), name))


@pytest.mark.parametrize("zipped", [True, False, None])
def test_connections_without_their_header(zipped, archive, refused):
    data = b"Ada,Fenwick,https://www.linkedin.com/in/ada-fenwick,,Fern & Co,Botanist,02 Mar 2019\n"
    if zipped is None:
        text = refused(archive(data * 3, "Connections.csv"))
        assert "connected on" in text.lower()
    else:
        path = archive({"Connections.csv": data * 3}, zipped=zipped)
        text = refused(path)
    assert "Connections.csv" in text


def test_zip_inside_a_decoy_name_is_still_a_zip(archive, connections):
    person = ("Ada", "Fenwick", "ada-fenwick", "", "", "", "2020-01-01")
    data = _packed({"Connections.csv": connections("2026-06", [person])})
    tables = read_source(archive(data, "Connections.csv"), Options())
    assert len(tables.relations) == 1


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(1)", "<b>Ada</b>", "A\u202eda", "A\x1b[31mda", "A\x1fda", "A\x00da", "A\x85da"],
)
def test_hostile_names_are_still_people(text, archive, connections):
    person = (text, "Fenwick", "ada-fenwick", "", "", "", "2020-01-01")
    tables = read_source(archive({"Connections.csv": connections("2026-06", [person])}), Options())
    assert len(tables.relations) == 1
    assert "ada-fenwick" in set(tables.accounts["value"])


@pytest.mark.parametrize("member", [".", "a/.", "con:", " "])
def test_odd_member_names_are_skipped_or_refused(member, archive, connections):
    person = ("Ada", "Fenwick", "ada-fenwick", "", "", "", "2020-01-01")
    path = archive({"Connections.csv": connections("2026-06", [person]), member: b"x"})
    with suppress(BadInput):
        assert len(read_source(path, Options()).relations) == 1
