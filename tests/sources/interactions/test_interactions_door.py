"""Which files of a folder are taken for logs."""

from __future__ import annotations

import pytest

from netquality.sources.interactions.log import looks_like_log


@pytest.mark.parametrize(
    "data",
    [
        b"PAR1\x15\x04",
        b"timestamp,caller,callee,duration\n5,7,9,60\n",
        b"src dst time\n1 2 1082040961\n",
        b" user_a,user_b\n0,512\n",
        b"582 364 0\n168 472 2797\n",
        b"1 2\t1 21574\n1 3\t1 21578\n",
        b"1385982020 454 640 MP MP\n1385982020 1 939 2BIO3 2BIO3\n",
        "from;to;date\nZoë;Odo;5\n".encode("utf-16"),
        b"sender,recipient,at\n" + b"7,9,100\n" * 20_000,
        b"582 364 0\n" * 20_000,
    ],
)
def test_logs(data: bytes) -> None:
    assert looks_like_log("x", data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("ties.csv", b"a,a_name,b,b_name,strength\nzora,Z,odo,O,0.5\n"),
        ("genders.csv", b"user,female\n0,0\n"),
        ("ages.txt", b"650\t2BIO1\tF\n498\t2BIO1\tF\n"),
        ("letter.txt", b"Dear Zora,\nfrom here to there, and when?\nOdo\n"),
        ("notes.txt", b"who went to the fair\nfrom a to b\n"),
        ("table.md", b"| source | target |\n|---|---|\n| 1 | 2 |\n"),
        ("README", b"| source | target |\n|---|---|\n| 1 | 2 |\n"),
        ("graph.xml", b"<graphml><edge source='1' target='2'/></graphml>"),
        ("rows.json", b'[{"from": 1, "to": 2}]'),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("one.txt", b"1\n2\n3\n"),
    ],
)
def test_other_files(name: str, data: bytes) -> None:
    assert not looks_like_log(name, data)
