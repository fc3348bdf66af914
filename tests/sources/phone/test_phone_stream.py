"""The byte stream before the parser: media out, characters mended, whatever the block borders."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netquality.sources.phone.media import MediaFilter, without_media
from netquality.sources.phone.records import Records
from netquality.sources.phone.repair import Repair
from netquality.sources.streams import Stream

# Tokens that matter to the filters, so that borders fall into every one of them.
PIECES = st.sampled_from(
    rb"""
    <part|<parts |data=| data=| data = "|"|'|>|/>|<!--|-->|<![CDATA[|]]>|aWtx| ct=|<sms |&#55357;|
    &#56838;|&#xD83D;|&#xDE46;|&#0;|&#11;|&#10;|&amp;|&#|&#5|&|;|\n|\x00|\xed\xa0\xbd|\xff|
    &#x110000;|\xef\xbf\xbf|\xf0\x9f\x98\x86|\xc3\xa9
    """.strip()
    .decode("unicode_escape")
    .encode("latin-1")
    .split(b"|")
)
BYTES = st.lists(PIECES, max_size=40).map(b"".join)


def _split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({min(cut, len(data)) for cut in cuts})
    return [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]


def _media(blocks: list[bytes]) -> bytes:
    media = MediaFilter()
    return b"".join(map(media.feed, blocks)) + media.end()


def _repaired(blocks: list[bytes]) -> tuple[str, int]:
    repair = Repair()
    return "".join(map(repair.feed, blocks)) + repair.end(), repair.lost


@given(data=BYTES, cuts=st.lists(st.integers(0, 400), max_size=60))
@settings(max_examples=400, deadline=None)
@example(data=b"&#55357;&#56838;", cuts=list(range(16)))
@example(data=b'<part data="a>b" x=\'data="c"\'/>', cuts=list(range(40)))
def test_borders_of_blocks_change_nothing(data: bytes, cuts: list[int]) -> None:
    blocks = _split(data, cuts)
    assert b"".join(blocks) == data
    assert _media(blocks) == _media([data])
    assert _repaired(blocks) == _repaired([data])


def test_every_single_cut_gives_the_same(kit: Any) -> None:
    media = "A" * 40
    text = kit.document(kit.mms(kit.ZORA, [(kit.ZORA, 137)], "ink 😆 &#0;", media=media))
    data = text.encode()
    whole, mended = _media([data]), _repaired([data])
    assert media.encode() not in whole
    assert b'ct="image/jpeg" data="" cl="ink.jpg"' in whole
    for cut in range(len(data)):
        assert _media([data[:cut], data[cut:]]) == whole
        assert _repaired([data[:cut], data[cut:]]) == mended


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<part data="aWtx"/>', b'<part data=""/>'),
        (b"<part ct='a' data = 'aW\"tx'/>", b"<part ct='a' data = ''/>"),
        (b'<part\tdata="a\nb\n"/>', b'<part\tdata="\n\n"/>'),
        (b"<part text='data=\"ink\"'/>", b"<part text='data=\"ink\"'/>"),
        (b'<part text=" data=" data="ink"/>', b'<part text=" data=" data=""/>'),
        (b'<part metadata="ink"/>', b'<part metadata="ink"/>'),
        (b'<parts data="ink"/>', b'<parts data="ink"/>'),
        (b'<sms data="ink"/>', b'<sms data="ink"/>'),
        (b'<!-- <part data="ink"> -->', b'<!-- <part data="ink"> -->'),
        (b'<![CDATA[<part data="ink">]]>', b'<![CDATA[<part data="ink">]]>'),
        (b'<part/><sms a=">" data="ink"/>', b'<part/><sms a=">" data="ink"/>'),
        (b'<part data="cut off', b'<part data="'),
    ],
)
def test_only_media_is_taken_out(before: bytes, after: bytes) -> None:
    assert _media([before]) == after
    for cut in range(len(before)):
        assert _media([before[:cut], before[cut:]]) == after


def test_the_filter_agrees_with_a_parser_on_what_media_is(kit: Any) -> None:
    text = kit.document(
        *(kit.mms(kit.ZORA, [], "it says data='x'", media="aWtx" * n) for n in (1, 9))
    )
    before = ET.fromstring(text)
    after = ET.fromstring(_media([text.encode()]))
    for part in before.iter("part"):
        if "data" in part.attrib:
            part.set("data", "")
    assert ET.tostring(before) == ET.tostring(after)


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ("&#55357;&#56838;", "😆", 0),
        ("&#xD83D;&#xDE46;", "🙆", 0),
        ("&#xd83d;&#56838;", "😆", 0),
        ("&#56320;", "�", 1),
        ("&#55357; &#56838;", "� �", 2),
        ("&#55357;&#55357;&#56838;", "�😆", 1),
        ("&#0;&#11;&#x1f;&#65534;", "����", 4),
        ("&#9;&#10;&#13;&#65;&#128518;&#34;", "&#9;&#10;&#13;&#65;&#128518;&#34;", 0),
        ("&amp;#55357;&quot;", "&amp;#55357;&quot;", 0),
        ("&#1114112;", "�", 1),
        ("\x00ink\x0b", "�ink�", 2),
    ],
)
def test_characters_are_mended(before: str, after: str, lost: int) -> None:
    assert _repaired([before.encode()]) == (after, lost)


@pytest.mark.parametrize("code", [0x10000, 0x103FF, 0x1F606, 0x20000, 0xFFC00, 0x10FFFF])
def test_every_corner_of_the_surrogates(kit: Any, code: int) -> None:
    assert _repaired([kit.escaped(chr(code)).encode()])[0] == f'"{chr(code)}"'


def test_all_halves_alone_are_lost() -> None:
    halves = range(0xD800, 0xE000)
    text = "".join(f"&#{code}; &#x{code:x}; " for code in halves)
    assert _repaired([text.encode()]) == ("� � " * len(halves), 2 * len(halves))


def test_utf_16_is_read(kit: Any) -> None:
    text = kit.document(kit.sms(body="Zoë 😆"))
    stream = Stream("sms.xml", io.BytesIO(text.encode("utf-16")))
    assert b"".join(without_media(stream)).decode() == text


def _texts(name: str, data: bytes) -> list[str]:
    with Stream(name, io.BytesIO(data)) as stream:
        return [
            record.values.get("body", "\n".join(record.texts)) for record in Records(name, stream)
        ]


# The app writes what is missing as "null": a text of just that word cannot be told from none.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(
    lambda text: text != "null"
)
LEGAL = str.maketrans(dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "�"))


@given(texts=st.lists(st.tuples(TEXTS, st.binary(max_size=50)), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
@example(texts=[("😆🏽‍♀️ \x00\x0b\n\t\"'<&>", b"ink"), ('data="x"', b"")])
def test_what_is_written_is_read(kit: Any, texts: list[tuple[str, bytes]]) -> None:
    records = [kit.sms(body=text) for text, _ in texts]
    records += [kit.mms(kit.ZORA, [], text, media=media.hex()) for text, media in texts]
    data = kit.document(*records).encode()
    expected = [text.translate(LEGAL) for text, _ in texts]
    read = _texts("sms.xml", data)
    assert read[: len(texts)] == expected
    assert read[len(texts) :] == expected


def test_emoji_written_by_an_ordinary_library_are_read_too() -> None:
    root = ET.Element("smses", count="1")
    ET.SubElement(root, "sms", address="+447700900123", body="ink 😆 & \n quill")
    for encoding in ("utf-8", "us-ascii", "utf-16"):
        data = ET.tostring(root, encoding=encoding)
        assert _texts("sms.xml", data) == ["ink 😆 & \n quill"]
