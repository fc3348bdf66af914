"""Look for bytes that crash, hang or bloat a reader: ``python tests/fuzz/fuzz.py mbox 240``.

Needs atheris (``pip install atheris``), which is no dependency of anything here. It starts from
``tests/fuzz/seeds/NAME`` and from a corpus of its own outside of the repository; the first input
of every fault is written to ``tests/fuzz/seeds/NAME`` as ``fault-...`` and replayed by
``test_seeds.py`` from then on. It goes on after an exception and stops at what hangs or bloats.

When all doors are done, ``python tests/fuzz/fuzz.py --keep mbox`` copies into the seeds some of
what found new ways through the code, small files and larger ones.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import traceback
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

HERE = Path(__file__).parent
SEEDS = HERE / "seeds"
CORPUS = Path(tempfile.gettempdir()) / "netquality-fuzz"
# Limits on one input: seconds, megabytes of the whole process, bytes.
SECONDS, MEGABYTES, LONGEST = 10, 1024, 1 << 14
# Of how many inputs one is read into tables; the others are read and thrown away.
WHOLE = 25
INSTRUMENTED = ["netquality.sources", "icalendar", "vobject", "recurring_ical_events"]
# How many files of the corpus are kept as seeds, and how large each may be.
KEPT, LARGEST = 10, 3000


def main(door: str, arguments: list[str]) -> None:
    import atheris

    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=INSTRUMENTED):
        import icalendar  # noqa: F401
        import recurring_ical_events  # noqa: F401
        import vobject  # noqa: F401
        from doors import OPTIONS, enter, sound

    faults: set[str] = set()
    hasty = _hasty()

    def once(data: bytes) -> None:
        options = OPTIONS[len(data) % len(OPTIONS)]
        try:
            if zlib.crc32(data) % WHOLE:
                with hasty():
                    enter(door, data, options)
            else:
                sound(enter(door, data, options))
        except Exception as error:
            _note(door, data, error, faults)

    # By this name the fuzzer calls itself when it compares files.
    atheris.Setup([f"{sys.executable} {__file__} --one {door}", *arguments], once)
    atheris.Fuzz()


def _hasty() -> Callable[[], AbstractContextManager[None]]:
    """Return a way to read without making tables, which takes twenty times as long as reading."""
    from netquality.schema import Tables
    from netquality.sources.diary import Diary
    from netquality.sources.ledger import Ledger

    nothing = Tables()

    def unwritten(diary: Diary, *_book: object, **_rest: object) -> Tables:
        diary._flush()
        diary.parties.ids()
        return nothing

    @contextmanager
    def hasty() -> Iterator[None]:
        with (
            patch.object(Diary, "close", unwritten),
            patch.object(Ledger, "close", lambda *_a, **_k: nothing),
            patch.object(Tables, "concat", lambda parts: [*parts] and nothing),
        ):
            yield

    return hasty


def _note(door: str, data: bytes, error: Exception, faults: set[str]) -> None:
    """Keep the first input of each kind of fault, told by where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:])
    fault = f"{type(error).__name__} {place}"
    if fault not in faults:
        faults.add(fault)
        traceback.print_exception(error)
        name = f"fault-{hashlib.sha256(fault.encode()).hexdigest()[:8]}"
        (SEEDS / door / name).write_bytes(data)


def fuzz(door: str, seconds: int) -> int:
    """Fuzz one door, in a process of its own."""
    corpus, words = CORPUS / door, HERE / "words" / f"{door}.txt"
    corpus.mkdir(parents=True, exist_ok=True)
    flags = [f"-max_total_time={seconds}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}"]
    flags += [f"-max_len={LONGEST}", f"-artifact_prefix={SEEDS / door}/fault-"]
    flags += ["-print_final_stats=1", *([f"-dict={words}"] if words.exists() else [])]
    return _run(door, [*flags, str(corpus), str(SEEDS / door)])


def keep(door: str) -> int:
    """Add to the seeds some files of every size that reach what the seeds do not."""
    with tempfile.TemporaryDirectory() as place:
        code = _run(door, ["-merge=1", place, str(SEEDS / door), str(CORPUS / door)])
        mine = {path.read_bytes() for path in (SEEDS / door).iterdir()}
        found = sorted(Path(place).iterdir(), key=lambda path: path.stat().st_size)
        new = [path for path in found if path.read_bytes() not in mine]
        small = [path for path in new if path.stat().st_size <= LARGEST]
        for path in small[:: max(-(-len(small) // KEPT), 1)]:
            (SEEDS / door / f"found-{path.name[:8]}").write_bytes(path.read_bytes())
    return code


def _run(door: str, flags: list[str]) -> int:
    return subprocess.run([sys.executable, __file__, "--one", door, *flags], check=False).returncode


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        main(sys.argv[2], sys.argv[3:])
    elif sys.argv[1] == "--keep":
        sys.exit(keep(sys.argv[2]))
    else:
        sys.exit(fuzz(sys.argv[1], int(sys.argv[2])))
