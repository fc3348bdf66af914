"""Backups that are cut off, damaged, forged, or something else."""

from __future__ import annotations

import contextlib
import gzip
import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.errors import BadInput
from netquality.sources.files import Bundle, Member, gather
from netquality.sources.ledger import Options
from netquality.sources.phone.backup import looks_like_backup, read_backup
from netquality.sources.phone.calls import looks_like_calls, read_calls
from netquality.sources.phone.columns import columns_of
from netquality.sources.phone.records import Records
from netquality.sources.streams import Stream

if TYPE_CHECKING:
    from pathlib import Path


def _raw(data: bytes, name: str = "sms.xml") -> Any:
    member = Member(name, lambda: data)
    return read_backup(member, Bundle(name, None, (member,)), Options())


def _rules(tables: Any) -> str:
    return str(tables.sources["rules"].iloc[0])


BOMB = (
    '<!DOCTYPE smses [<!ENTITY a "ink"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><smses><sms body="&c;" /></smses>'
)
OUTSIDE = (
    '<!DOCTYPE smses [<!ENTITY ink SYSTEM "file:///etc/hostname">]><smses><sms>&ink;</sms></smses>'
)
ELSEWHERE = '<!DOCTYPE smses SYSTEM "http://quill.example/sms.dtd"><smses></smses>'
PARAMETER = '<!DOCTYPE smses [<!ENTITY % ink SYSTEM "file:///etc/hostname"> %ink;]><smses/>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, ELSEWHERE, PARAMETER])
def test_entities_and_dtds_are_refused(text: str) -> None:
    head = "<?xml version='1.0' ?><!-- a -- ->\n-->"
    assert looks_like_backup("sms.xml", (head + text).encode())
    with pytest.raises(BadInput, match=r"sms\.xml defines entities of its own.*Accepted: an XML"):
        _raw(f"<?xml version='1.0' ?>{text}".encode())


def test_an_entity_that_nobody_defined_is_damage(kit: Any) -> None:
    text = kit.document(kit.sms()).replace("ink", "&ink;")
    with pytest.raises(BadInput, match="damaged in line 5: undefined entity"):
        _raw(text.encode())


def test_every_cut_of_a_file_reads_what_is_whole(kit: Any) -> None:
    group = kit.mms(f"{kit.ZORA}~{kit.ODO}", [(kit.ZORA, 137), (kit.ME, 151)], media="aWtx>")
    written = [kit.sms(body="a > b"), group, kit.sms(body="it's", date=kit.NOON + 5000)]
    text = kit.document(*written, count=3)
    places = [(text.index(each), text.index(each) + len(each)) for each in written]
    start = text.index(">", text.index("<smses")) + 1
    for cut in range(start, text.index("</smses>") + len("</smses>")):
        stream = Stream("sms.xml", io.BytesIO(text[:cut].encode()))
        records = Records("sms.xml", stream)
        whole = sum(end <= cut for _, end in places)
        # A bracket alone may begin a record as well as the end of the file.
        inside = [n for n, (begin, end) in enumerate(places, 1) if begin < cut < end]
        said = f"in the middle of record {inside[0]}" if inside else f"after record {whole}, "
        assert len(list(records)) == whole
        if cut < len(text) - 1 and text[cut - 1] != "<":
            assert said in "".join(records.notes()), text[:cut]


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ('<sms address="+4477', "in the middle of record 2"),
        ('<sms body="a>', "in the middle of record 2"),
        ("<mms><parts>", "in the middle of record 2"),
        ("", "after record 1, without its own end"),
        ("</smse", "after record 1, without its own end"),
        ("<!-- ", "after record 1, without its own end"),
    ],
)
def test_where_a_file_is_cut_off_is_said(kit: Any, cut: str, said: str) -> None:
    text = kit.document(kit.sms()).removesuffix("</smses>\n") + cut
    tables = kit.backup(text)
    assert f"the file ends {said}" in _rules(tables)
    assert tables.sources[["read", "kept"]].iloc[0].tolist() == [1, 1]


def test_a_whole_file_has_nothing_to_say(kit: Any) -> None:
    tables = kit.backup(kit.document(kit.sms(), count=1))
    assert _rules(tables) == "text rules 1 (English, German)"


def test_a_file_with_fewer_records_than_it_announces(kit: Any) -> None:
    tables = kit.backup(kit.document(kit.sms(), count=1234))
    assert "the file announces 1,234 records and holds 1" in _rules(tables)


def test_what_follows_the_end_is_said(kit: Any) -> None:
    text = kit.document(kit.sms())
    twice = text + text.replace("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n", "")
    for more in (twice, text + "\x00" * 4096, text + " " * (3 << 20) + "ink"):
        tables = kit.backup(more)
        assert "what follows the end of the backup was not read" in _rules(tables)
        assert len(tables.events) == 1
    assert "follows" not in _rules(kit.backup(text + "\n<!-- bye -->" + " " * (3 << 20)))


def test_garbage_is_refused_by_its_line(kit: Any) -> None:
    good = kit.document(kit.sms(), kit.sms(date=kit.NOON + 1))
    for bad in ("<sms <", "</sms>", "& ink", '<sms a="1" a="2" />'):
        text = good.replace("\n</smses>", f"\n{bad}\n</smses>")
        with pytest.raises(BadInput, match=r"sms\.xml is damaged in line 7: "):
            _raw(text.encode())


def test_the_line_is_right_behind_media(kit: Any) -> None:
    media = element = kit.mms(kit.ZORA, [], media="INK")
    assert media == element
    text = kit.document(media.replace("INK", "aWtx\n" * 100)) + "<"
    broken = text.replace("</smses>", "& ink</smses>")
    line = broken[: broken.index("& ink")].count("\n") + 1
    assert line > 100
    with pytest.raises(BadInput, match=rf"in line {line}:"):
        _raw(broken.encode())


def test_binary_in_the_midst_is_refused_or_mended(kit: Any) -> None:
    data = kit.document(kit.sms(), kit.sms(body="INK", date=kit.NOON + 9)).encode()
    tables = kit.backup(data.replace(b"INK", b"\xff\xfe\x00ink"))
    assert "characters that could not be read: 3" in _rules(tables)
    with pytest.raises(BadInput, match="damaged in line 6"):
        _raw(data.replace(b' body="INK"', b"\x00\x01\x02<\x03"))


@given(data=st.binary(max_size=120), place=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_no_damage_crashes(kit: Any, data: bytes, place: float) -> None:
    text = kit.document(kit.sms(), kit.mms(kit.ZORA, [(kit.ZORA, 137)], media="aWtx")).encode()
    cut = int(place * len(text))
    with contextlib.suppress(BadInput):  # any other error fails
        source = _raw(text[:cut] + data + text[cut:]).sources.iloc[0]
        assert source["read"] == source["kept"] + source["merged"] + source["rejected"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "ink", "<html><body><smses/></body></html>", "<smsesque/>", "<!-- <smses> -->"),
        *(
            "smses",
            "  calls ",
            "<?xml version='1.0'?><gpx/>",
            "<calls-report/>",
            "PK\x03\x04<smses>",
        ),
    ],
)
def test_other_files_are_not_taken_for_a_backup(text: str) -> None:
    assert not looks_like_backup("sms.xml", text.encode())


def test_a_head_made_to_keep_an_expression_busy() -> None:
    for piece in (b"<?a?>", b"<!---->", b"<?a?> \n", b"<?a", b"<!--", b"<!DOCTYPE "):
        assert not looks_like_backup("sms.xml", piece * 9000)


def test_other_roots_are_refused() -> None:
    with pytest.raises(BadInput, match="begins with <gpx>"):
        _raw(b"<gpx><trk/></gpx>")
    with pytest.raises(BadInput, match="holds no messages and no calls"):
        _raw(b"<?xml version='1.0'?>")


def test_a_record_without_end_is_refused_in_bounded_time() -> None:
    data = b'<smses><sms body="' + b"ink " * (10 << 20) + b'" /></smses>'
    with pytest.raises(BadInput, match="holds more than 32 MB in one record"):
        _raw(data)


def test_an_empty_backup_is_one(kit: Any) -> None:
    for root, shows in (("smses", "message"), ("calls", "call")):
        tables = kit.backup(kit.document(root=root, count=0))
        assert tables.sources["shows"].tolist() == [shows]
        assert tables.sources["read"].tolist() == [0]


def test_unknown_records_are_counted(kit: Any) -> None:
    text = kit.document(kit.sms(), kit.element("rcs", {"body": "ink"}), kit.call())
    tables = kit.backup(text)
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [
        [2, "a record of an unknown kind"],
        [3, "a record of an unknown kind"],
    ]


def test_a_gzipped_file_on_disk_is_the_same_source(kit: Any, tmp_path: Path) -> None:
    data = kit.document(kit.sms(body="ink 😆"), kit.mms(kit.ZORA, [], media="aWtx" * 999)).encode()
    (tmp_path / "sms.xml").write_bytes(data)
    (tmp_path / "sms.xml.gz").write_bytes(gzip.compress(data))
    seen = []
    for name in ("sms.xml", "sms.xml.gz"):
        (bundle,) = gather(tmp_path / name)
        member = bundle.members[0]
        assert looks_like_backup(name, member.head())
        seen.append(read_backup(member, bundle, Options()))
    assert seen[0].sources["source"].tolist() == seen[1].sources["source"].tolist()
    assert seen[0].events["event"].tolist() == seen[1].events["event"].tolist()


def test_progress_is_told(kit: Any) -> None:
    told: list[tuple[str, int]] = []
    text = kit.document(kit.sms())
    kit.backup(text, progress=lambda name, done, _size: told.append((name, done)))
    assert told[-1] == ("sms-2026.xml", len(text.encode()))


def test_a_csv_of_something_else_is_no_call_log() -> None:
    for text in (
        "Caller,Callee,Date,Duration\n1,2,2024-05-01,60\n",
        "From,To,Number,Date,Duration\nA,B,+447700900123,2024-05-01,60\n",
        "Number,Date,Type,Amount\nINV-77,2024-05-01,Invoice,12.00\n",
        "Number,Title,Date,Length\n1,Ink,2024-05-01,30:00\n2,Quill,2024-05-02,31:00\n",
        "Name,Phone,Company\nZora,+447700900123,Quill\n",
        "Number,Date\n+447700900123,2024-05-01\n",
        "",
        "ink",
    ):
        assert not looks_like_calls("calls.csv", text.encode()), text


def test_a_log_without_its_columns_is_refused() -> None:
    member = Member("calls.csv", lambda: b"ink,quill\n1,2\n")
    with pytest.raises(BadInput, match=r"calls\.csv has no columns of a call log"):
        read_calls(member, Bundle("calls.csv", None, (member,)), Options())


LONG = ["T", " ", "1", "1 ", "1:", "jan ", "5/3/2024 ", ".", "(", "T,"]


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize("piece", LONG)
def test_long_cells_take_no_time(kit: Any, piece: str) -> None:
    """A hundred thousand characters in any cell, or in the name of a column."""
    cell = f'"x{piece * (100_000 // len(piece))}y"'
    rows = [
        f"+447700900123,{cell},1,In",
        f"+447700900123,2024-05-13 09:05:07,{cell},In",
        f"+447700900123,2024-05-13 09:05:08,1,{cell}",
    ]
    assert columns_of(["number", "date", "type", cell.casefold()]) is not None
    tables = kit.calls("\n".join(["Number,Date,Duration,Type", *rows, ""]))
    assert tables.sources["read"].tolist() == [3]
    assert tables.rejects["reason"].iloc[0] == "not a date"
