"""Look for bytes that crash, hang or bloat a reader: ``python tests/fuzz/fuzz.py mbox 240``.

Needs atheris (``pip install atheris``, not a dependency of anything here). Starts from the files
in ``tests/fuzz/seeds/NAME`` and keeps there what found new ways through the code; what fails is
written to ``tests/fuzz/seeds/NAME/crash-…`` and replayed by ``test_seeds.py`` from then on.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).parent / "seeds"
# Limits on one input: seconds, and megabytes of the whole process.
SECONDS, MEGABYTES, LONGEST = 10, 1024, 1 << 16


def main(door: str, seconds: int, corpus: Path) -> None:
    import atheris

    sys.path.insert(0, str(Path(__file__).parent))
    with atheris.instrument_imports(include=["netquality.sources", "icalendar", "vobject"]):
        from doors import OPTIONS, enter

    def once(data: bytes) -> None:
        enter(door, data, OPTIONS[len(data) % len(OPTIONS)])

    corpus.mkdir(parents=True, exist_ok=True)
    flags = [f"-max_total_time={seconds}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}"]
    flags += [f"-max_len={LONGEST}", f"-artifact_prefix={corpus}/crash-", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *flags, str(corpus), str(SEEDS / door)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) == 4:
        main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    else:
        kept = SEEDS / sys.argv[1]
        subprocess.run([sys.executable, __file__, *sys.argv[1:3], str(kept)], check=False)
