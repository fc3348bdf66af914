"""Large mailboxes and phone backups: memory and rows a second, beside a bare pass of a library.

A gigabyte each of mail (attachments and all) and of text messages (pictures and all), written
once and read in processes of their own. ``NETQUALITY_BENCH_DIR`` keeps the files between runs,
``NETQUALITY_BENCH_MEGABYTES`` makes smaller ones for a quick trial.
"""

from __future__ import annotations

import base64
import json
import os
import random
import resource
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.handler import ContentHandler

from measured import MEGABYTE, Cost, middle, run, table, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

ROUNDS, MOST_MEGABYTES = 3, 500.0
START = datetime(2016, 1, 4, 8, tzinfo=UTC)
OWNER = "juniper@vellichor.example"
# Name of the file, what makes it, bare pass, and whether the library reads it as it is.
FILES = ("mail.mbox", "sms.xml")
BARE = {"mail.mbox": "mailbox (stdlib)", "sms.xml": "defusedxml (expat), the same mended bytes"}


def main() -> None:
    size = int(os.environ.get("NETQUALITY_BENCH_MEGABYTES", "1024"))
    with _folder() as folder:
        rows = []
        for name in FILES:
            path = folder / f"{size}-{name}"
            if not path.exists():
                _write(name, path, size << 20)
            ours, bare = _turns(path, name)
            rows += [("netquality.read", name, *ours), (BARE[name], name, *bare)]
            print(f"{name}: {verdict(ours[2], MOST_MEGABYTES, 'MB')} (peak, the network included)")
        header = [
            "median of 3",
            "file",
            "rows",
            "wall s",
            "peak MB",
            "rows a second",
            "MB a second",
        ]
        print(f"\n{size:,} MB each\n\n{table(header, [_row(row, size) for row in rows])}")


def _row(row: tuple[object, ...], size: int) -> tuple[object, ...]:
    name, file, count, wall, peak = row
    assert isinstance(wall, float)
    assert isinstance(count, int)
    return name, file, f"{count:,}", wall, peak, count / wall, size / wall


def _turns(path: Path, name: str) -> tuple[tuple[int, float, float], tuple[int, float, float]]:
    """Read in turn, so that a busy machine is unfair to nobody."""
    costs: dict[str, list[Cost]] = {"ours": [], "bare": []}
    counts = dict.fromkeys(costs, 0)
    for _ in range(ROUNDS):
        for how, every in costs.items():
            told = json.loads(run([sys.executable, __file__, how, name, str(path)]).output)
            counts[how] = told.pop("rows")
            every.append(Cost(**told))
    found = {how: middle(every) for how, every in costs.items()}
    return tuple((counts[how], found[how].wall, found[how].peak) for how in costs)  # type: ignore[return-value]


@contextmanager
def _folder() -> Iterator[Path]:
    kept = os.environ.get("NETQUALITY_BENCH_DIR")
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(kept or passing)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder


def _write(name: str, path: Path, size: int) -> None:
    rng = random.Random(7)
    write = _mails if name == "mail.mbox" else _texts
    with path.open("wb") as file:
        write(file, size, rng)


def _mails(file: BinaryIO, size: int, rng: random.Random) -> None:
    """Most mails are short, a few carry most of the bytes: attachments, as in real mailboxes."""
    row = 0
    while file.tell() < size:
        row += 1
        other = f"person{rng.randrange(2_000)}@quill.example"
        ends = (OWNER, other) if rng.random() < 0.4 else (other, OWNER)
        at = START + timedelta(minutes=row * 37)
        heavy = rng.random() < 0.04
        body = b"Good morning,\n\nlet us meet on Monday.\n" * rng.randrange(5, 120)
        file.write(_mail(row, ends, at, _attached(rng) if heavy else body))


def _mail(row: int, ends: tuple[str, str], at: datetime, body: bytes) -> bytes:
    date = f"{at:%a, %d %b %Y %H:%M:%S +0000}"
    head = (
        f"From {row:019d}@xxx {at:%a %b %d %H:%M:%S +0000 %Y}\n"
        f"X-GM-THRID: {row // 4}\nX-Gmail-Labels: Inbox\nDelivered-To: {OWNER}\n"
        f"Received: from mx.quill.example by mx.vellichor.example; {date}\n"
        f"Message-ID: <{row}.bench@quill.example>\nDate: {date}\n"
        f"From: Somebody <{ends[0]}>\nTo: Somebody else <{ends[1]}>\nSubject: Ink {row // 4}\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=ink\n\n"
    )
    return head.encode() + body + b"\n\n"


def _attached(rng: random.Random) -> bytes:
    return base64.encodebytes(rng.randbytes(rng.randrange(100_000, 1_500_000)))


def _texts(file: BinaryIO, size: int, rng: random.Random) -> None:
    file.write(b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"0\">\n")
    row = 0
    while file.tell() < size:
        row += 1
        number = f"+4477009{rng.randrange(200):05d}"
        at = int((START + timedelta(minutes=row * 11)).timestamp() * 1000)
        file.write(_picture(number, at, rng) if rng.random() < 0.01 else _text(number, at, rng))
    file.write(b"</smses>\n")


def _text(number: str, at: int, rng: random.Random) -> bytes:
    body = "See you on Monday &#55357;&#56838; " * rng.randrange(1, 6)
    return (
        f'  <sms protocol="0" address="{number}" date="{at}" type="{rng.randrange(1, 3)}" '
        f'subject="null" body="{body}" toa="null" sc_toa="null" read="1" status="-1" '
        f'date_sent="0" readable_date="" contact_name="Somebody" />\n'
    ).encode()


def _picture(number: str, at: int, rng: random.Random) -> bytes:
    data = base64.b64encode(rng.randbytes(rng.randrange(50_000, 600_000))).decode()
    return (
        f'  <mms date="{at}" msg_box="1" address="{number}" m_type="132"><parts>'
        f'<part seq="0" ct="image/jpeg" text="null" data="{data}" />'
        f'<part seq="0" ct="text/plain" text="Look!" /></parts><addrs>'
        f'<addr address="{number}" type="137" charset="106" /></addrs></mms>\n'
    ).encode()


# From here on: what a child does.


def _child(how: str, name: str, path: Path) -> None:
    work = _ours if how == "ours" else {"mail.mbox": _mailbox, "sms.xml": _xml}[name]
    clock, spent = time.perf_counter(), time.process_time()
    rows = work(path)
    wall, cpu = time.perf_counter() - clock, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(json.dumps({"rows": rows, "wall": wall, "cpu": cpu, "peak": peak}))


def _ours(path: Path) -> int:
    import netquality as nq

    network = nq.read(path, ego=OWNER)
    assert len(network.ties)
    return int(network.sources["read"].sum())


def _mailbox(path: Path) -> int:
    import mailbox

    return sum(1 for mail in mailbox.mbox(path) if mail["From"] and mail["To"] and mail["Date"])


def _xml(path: Path) -> int:
    """Parse the bytes that `netquality` parses: any parser stops at the first emoji of the file."""
    from defusedxml.expatreader import DefusedExpatParser

    from netquality.sources.files import gather
    from netquality.sources.phone.media import without_media
    from netquality.sources.phone.repair import Repair

    rows = 0

    class Counting(ContentHandler):
        def startElement(self, name: str, _attrs: object) -> None:  # noqa: N802
            nonlocal rows
            rows += name in ("sms", "mms")

    parser, repair = DefusedExpatParser(), Repair()
    parser.setContentHandler(Counting())
    with gather(path)[0].members[0].stream() as stream:
        for block in without_media(stream):
            parser.feed(repair.feed(block))
    return rows


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _child(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    else:
        main()
