"""Killed, a full disk, a second process, the wrong file: the workspace is as before or as after.

One process is started and loads netquality; it forks a child for every trial, so that a trial
costs only what is tried. The child says what it is about to do, and the test kills it from
outside, with SIGKILL, at a moment that was drawn.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pytest

from netquality.errors import BadInput
from netquality.pipeline.keeping import Workspace
from netquality.samples.write import sample
from netquality.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

SEED = 20261124
IMPORT_KILLS, FORGET_KILLS = 20, 10
AT = "2026-11-20T12:00:00+00:00"
OWN_TABLES = ("meta", "imports", "people", "forgotten", "reports")

# What the started process does. A job is one line of JSON; `steps` are functions that are told
# (or that kill, or that wait) right before they run, or after, with a "+" behind their name.
SERVER = """
import json, os, resource, signal, sys, time
from datetime import datetime
from pathlib import Path
from netquality.cli.app import cli
from netquality.errors import BadInput
from netquality.pipeline.keeping import Workspace
from netquality.workspace.store import Store

OWNERS = {"put": Store, "rewrite": Store, "_swap": Store, "_refresh": Workspace, "replace": Path,
          "close": Workspace}

def say(*words):
    os.write(1, (json.dumps(words) + "\\n").encode())

def act(how, step):
    say("step", step)
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "wait":
        time.sleep(600)

def watch(step, how):
    name = step.rstrip("+")
    owner, real = OWNERS[name], getattr(OWNERS[name], name)
    def watched(self, *args, **more):
        wanted = name != "replace" or self.suffix == ".part"
        if wanted and not step.endswith("+"):
            act(how, step)
        result = real(self, *args, **more)
        if wanted and step.endswith("+"):
            act(how, step)
        return result
    setattr(owner, name, watched)

def work(job):
    for step, how in job.get("steps", {}).items():
        watch(step, how)
    if "limit" in job:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["limit"], job["limit"]))
    at = datetime.fromisoformat(job["at"])
    with Workspace(job["place"]) as workspace:
        if job["what"] == "import":
            workspace.read(job["source"], at=at)
        elif job["what"] == "forget":
            workspace.forget(job["person"])
        else:
            len(workspace.network().ties)
            act("wait", "open")

for line in sys.stdin:
    job = json.loads(line)
    gate = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.read(gate[0], 1)  # so that the server's word comes first
            work(job)
        except BadInput as error:
            say("refused", str(error))
        except BaseException as error:
            say("broken", repr(error))
        else:
            say("done")
        os._exit(0)
    say("begun", child)
    os.write(gate[1], b".")
    os.close(gate[0])
    os.close(gate[1])
    sys.stdin.readline()  # reap only when the test is done with the child, so that its id is its
    say("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


class Child(NamedTuple):
    """A forked child at work, and what it says."""

    server: subprocess.Popen[str]
    pid: int
    began: float

    def heard(self) -> list[Any]:
        """Return the next that it, or the server, says."""
        assert self.server.stdout is not None
        line = self.server.stdout.readline()
        assert line, "the server is gone"
        words: list[Any] = json.loads(line)
        return words

    def until(self, step: str) -> float:
        """Wait until it says a step; return the time since it began."""
        while (said := self.heard()) != ["step", step]:
            assert said[0] == "step", said
        return time.perf_counter() - self.began

    def kill_after(self, seconds: float) -> int:
        """Kill it in so many seconds; return its exit code."""
        time.sleep(seconds)
        os.kill(self.pid, signal.SIGKILL)
        return self.end()[1]

    def end(self) -> tuple[list[Any], int]:
        """Wait for its end; return its last word and its exit code."""
        assert self.server.stdin is not None
        print(file=self.server.stdin, flush=True)
        last: list[Any] = []
        while (said := self.heard())[0] != "ended":
            last = said
        return last, int(said[1])


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SERVER]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as running:
        yield running
        assert running.stdin is not None
        running.stdin.close()


def begin(server: subprocess.Popen[str], what: str, place: Path, **job: Any) -> Child:
    assert server.stdin is not None
    words = {"what": what, "place": str(place), "at": AT, **job}
    print(json.dumps(words, default=str), file=server.stdin, flush=True)
    word, pid = Child(server, 0, 0.0).heard()
    assert word == "begun"
    return Child(server, int(pid), time.perf_counter())


def held(place: Path) -> dict[str, list[str]]:
    """Return all rows of all tables, sorted, as a plain DuckDB reader sees them."""
    with duckdb.connect(str(place)) as db:
        query = "SELECT * FROM {} ORDER BY ALL"
        names = (*TABLES, *OWN_TABLES)
        return {
            name: [repr(r) for r in db.execute(query.format(name)).fetchall()] for name in names
        }


def opened(place: Path) -> dict[str, list[str]]:
    """Open it as a user does, and return what it holds."""
    with Workspace(place):
        pass
    return held(place)


def left_behind(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir() if ".part" in path.name)


class Ground(NamedTuple):
    """A workspace with one log in it, and an archive that is to be imported."""

    base: Path
    archive: Path

    def copy(self, folder: Path, name: str = "w.duckdb") -> Path:
        return Path(shutil.copy2(self.base, folder / name))


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, server: subprocess.Popen[str]) -> Ground:
    folder = tmp_path_factory.mktemp("ground")
    sample(folder / "sample", contacts=400, messages=4000)
    base = folder / "base.duckdb"
    job = begin(server, "import", base, source=folder / "sample" / "log.csv")
    assert job.end() == (["done"], 0)
    # A few files of the archive: the others would only make every trial longer.
    few = (
        "Connections.csv",
        "messages.csv",
        "Invitations.csv",
        "Profile.csv",
        "Email Addresses.csv",
    )
    with zipfile.ZipFile(next((folder / "sample").glob("*.zip"))) as whole:
        for name in few:
            whole.extract(name, folder / "archive")
    return Ground(base, folder / "archive")


def strata(rng: random.Random, count: int, length: float) -> list[float]:
    """Draw one moment in each of so many equal parts of a time."""
    return [(part + rng.random()) / count * length for part in range(count)]


@pytest.fixture(scope="module")
def imported(ground: Ground, server: subprocess.Popen[str], tmp_path_factory: Any) -> Any:
    """Return what an undisturbed import leaves, and how long its stages last."""
    place = ground.copy(tmp_path_factory.mktemp("imported"))
    steps = {"put": "say", "_refresh+": "say"}
    child = begin(server, "import", place, source=ground.archive, steps=steps)
    reading, written = child.until("put"), child.until("_refresh+")
    assert child.end() == (["done"], 0)
    whole = time.perf_counter() - child.began
    stages = reading, written - reading, whole - written
    return opened(place), place.stat().st_size, stages


def test_an_import_that_is_killed_has_happened_or_has_not(
    ground: Ground, imported: Any, server: subprocess.Popen[str], tmp_path: Path
) -> None:
    before, (after, _, stages) = opened(ground.base), imported
    assert len(after["events"]) > len(before["events"]) + 3000 > 3000
    rng = random.Random(SEED)
    print(f"seed {SEED}, seconds of reading, writing, commit and close: {stages}")
    # Half of the kills after the reading is done, and half of those from the commit on.
    plan = [("", moment) for moment in strata(rng, IMPORT_KILLS // 2, stages[0])]
    plan += [("put", moment) for moment in strata(rng, IMPORT_KILLS // 4, stages[1])]
    plan += [("_refresh+", moment) for moment in strata(rng, IMPORT_KILLS // 4, stages[2])]
    steps = {"put": "say", "_refresh+": "say"}
    killed, pace = 0, 1.0
    for turn, (step, late) in enumerate(plan):
        moment = late * pace
        place = ground.copy(tmp_path, f"{turn}.duckdb")
        child = begin(server, "import", place, source=ground.archive, steps=steps)
        if step:
            child.until(step)
        hit = child.kill_after(moment) == -signal.SIGKILL
        # A machine that has become quicker since the stages were timed is met earlier.
        killed, pace = killed + hit, pace if hit else 0.8 * pace
        found = opened(place)
        print(f"{step or 'begin'} + {moment:.3f} s:", "after" if found == after else "before")
        assert found in (before, after)
        assert begin(server, "import", place, source=ground.archive).end() == (["done"], 0)
        assert opened(place) == after
        assert not place.with_name(f"{place.name}.wal").exists()
    assert killed >= IMPORT_KILLS // 2  # else the moments missed the run


@pytest.mark.parametrize("step", ["put", "put+", "_refresh+"])
def test_until_the_commit_an_import_has_not_happened(
    ground: Ground, server: subprocess.Popen[str], tmp_path: Path, step: str
) -> None:
    place = ground.copy(tmp_path)
    child = begin(server, "import", place, source=ground.archive, steps={step: "kill"})
    assert child.end()[1] == -signal.SIGKILL
    assert opened(place) == opened(ground.base)


def test_from_the_commit_on_an_import_has_happened(
    ground: Ground, imported: Any, server: subprocess.Popen[str], tmp_path: Path
) -> None:
    place = ground.copy(tmp_path)
    child = begin(server, "import", place, source=ground.archive, steps={"close": "kill"})
    assert child.end()[1] == -signal.SIGKILL
    assert place.with_name("w.duckdb.wal").exists()
    assert opened(place) == imported[0]


def test_a_workspace_that_is_killed_while_it_is_made_can_be_made_again(
    server: subprocess.Popen[str], tmp_path: Path
) -> None:
    rng = random.Random(SEED)
    for turn, moment in enumerate(strata(rng, 8, 0.08)):
        place = tmp_path / f"{turn}.duckdb"
        begin(server, "import", place, source=tmp_path).kill_after(moment)
        with Workspace(place) as workspace:
            assert len(workspace.files) == 0
        assert left_behind(place) == []


class Person(NamedTuple):
    """Somebody to be forgotten, and the words that must be gone then."""

    full: Path
    name: str
    mail: str


@pytest.fixture(scope="module")
def person(ground: Ground, server: subprocess.Popen[str], tmp_path_factory: Any) -> Person:
    """Return a workspace with somebody in it whose name and address nobody else has."""
    folder = tmp_path_factory.mktemp("person")
    place, log = ground.copy(folder), folder / "more.csv"
    log.write_text(
        "sender,recipient,at\n"
        + "".join(
            f"zenobia.quillfeather@quill.example,odo{n}@quill.example,2026-01-{n:02}\n"
            f"odo{n}@quill.example,odo{n + 1}@quill.example,2026-02-{n:02}\n"
            for n in range(1, 21)
        )
    )
    assert begin(server, "import", place, source=log).end() == (["done"], 0)
    return Person(place, "Zenobia Quillfeather", "zenobia.quillfeather@quill.example")


FORGETTING = {"rewrite": "say", "replace+": "say"}


@pytest.fixture(scope="module")
def forgotten(person: Person, server: subprocess.Popen[str], tmp_path_factory: Any) -> Any:
    place = Path(shutil.copy2(person.full, tmp_path_factory.mktemp("forgotten")))
    child = begin(server, "forget", place, person=person.mail, steps=FORGETTING)
    rewriting, swapped = child.until("rewrite"), child.until("replace+")
    assert child.end() == (["done"], 0)
    whole = time.perf_counter() - child.began
    return opened(place), (rewriting, swapped - rewriting, whole - swapped)


def forgot(place: Path, person: Person, before: Any, after: Any) -> bool:
    """Say whether the person is gone; they must be there entirely or gone entirely."""
    found = opened(place)
    assert left_behind(place) == []
    assert found in (before, after)
    gone = found == after
    for path in place.parent.glob(f"*{place.name}*"):
        assert (person.mail.encode() in path.read_bytes()) is not gone
    return gone


def test_forgetting_that_is_killed_leaves_all_of_a_person_or_nothing(
    person: Person, forgotten: Any, server: subprocess.Popen[str], tmp_path: Path
) -> None:
    before, (after, stages) = opened(person.full), forgotten
    assert len(after["accounts"]) == len(before["accounts"]) - 1
    rng = random.Random(SEED)
    print(f"seed {SEED}, seconds until the rewriting, the swap, the end: {stages}")
    plan = [("", moment) for moment in strata(rng, 2, stages[0])]
    plan += [("rewrite", moment) for moment in strata(rng, FORGET_KILLS - 5, stages[1])]
    plan += [("replace+", moment) for moment in strata(rng, 3, stages[2])]
    for turn, (step, moment) in enumerate(plan):
        place = Path(shutil.copy2(person.full, tmp_path / f"{turn}.duckdb"))
        child = begin(server, "forget", place, person=person.mail, steps=FORGETTING)
        if step:
            child.until(step)
        child.kill_after(moment)
        gone = forgot(place, person, before, after)
        print(f"{step or 'begin'} + {moment:.3f} s:", "gone" if gone else "there")


@pytest.mark.parametrize(
    ("step", "gone"),
    [
        ("rewrite", False),
        ("_swap", False),
        ("replace", False),
        ("replace+", True),
        ("_swap+", True),
        ("rewrite+", True),
        ("close", True),
    ],
)
def test_forgetting_that_is_killed_between_two_steps(
    person: Person,
    forgotten: Any,
    server: subprocess.Popen[str],
    tmp_path: Path,
    step: str,
    gone: bool,
) -> None:
    place = Path(shutil.copy2(person.full, tmp_path / "w.duckdb"))
    child = begin(server, "forget", place, person=person.mail, steps={step: "kill"})
    assert child.end()[1] == -signal.SIGKILL
    assert forgot(place, person, opened(person.full), forgotten[0]) is gone


CLI = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from netquality.cli.app import main
main()
"""


def one_line(message: str, *words: str) -> None:
    """Check that a message is one line, tells no inner workings, and holds some words."""
    assert "\n" not in message
    assert "Traceback" not in message
    for word in words:
        assert word in message


# From the first byte of the log of changes on to where only the checkpoint at the end fails, of
# which closing says nothing: the log keeps what was committed.
@pytest.mark.parametrize("limit", [1_000, 100_000, 700_000, 1_500_000, 2_600_000])
def test_where_files_may_not_grow_an_import_has_happened_or_has_not(
    ground: Ground, imported: Any, server: subprocess.Popen[str], tmp_path: Path, limit: int
) -> None:
    place = ground.copy(tmp_path)
    last, code = begin(server, "import", place, source=ground.archive, limit=limit).end()
    assert code == 0
    assert last[0] == "refused" or limit > 1_000_000
    if last[0] == "refused":
        one_line(last[1], str(place), "cannot be written")
    assert opened(place) == (opened(ground.base) if last[0] == "refused" else imported[0])
    assert begin(server, "import", place, source=ground.archive).end() == (["done"], 0)
    assert opened(place) == imported[0]


def test_a_disk_too_full_to_make_a_workspace(server: subprocess.Popen[str], tmp_path: Path) -> None:
    place = tmp_path / "w.duckdb"
    last, _ = begin(server, "look", place, limit=2000).end()
    assert last[0] == "refused"
    one_line(last[1], place.name)
    assert list(tmp_path.iterdir()) == []
    with Workspace(place) as workspace:
        assert len(workspace.files) == 0


# The last ones are enough for the rows, and too little for the file that they shall stand in.
@pytest.mark.parametrize("limit", [1_000, 20_000, 100_000, 700_000])
def test_forgetting_on_a_full_disk_leaves_everything(
    person: Person, server: subprocess.Popen[str], tmp_path: Path, limit: int
) -> None:
    place, before = Path(shutil.copy2(person.full, tmp_path)), opened(person.full)
    last, _ = begin(server, "forget", place, person=person.mail, limit=limit).end()
    assert last[0] == "refused"
    one_line(last[1], "cannot be written")
    assert [path.name for path in tmp_path.iterdir()] == [place.name]
    assert opened(place) == before


def test_the_command_line_tells_of_a_full_disk_in_a_line(ground: Ground, tmp_path: Path) -> None:
    place, before = ground.copy(tmp_path), opened(ground.base)
    command = [sys.executable, "-c", CLI, "100000", "import"]
    command += [str(ground.archive), "--workspace", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    told = [line for line in done.stderr.splitlines() if "cannot be written" in line]
    assert len(told) == 1
    one_line(done.stderr.replace("\n", " "), str(place))
    assert opened(place) == before


@pytest.fixture
def small_disk(tmp_path: Path, ground: Ground) -> Iterator[Path]:
    """A file system with hardly more room than the workspace needs."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = ground.base.stat().st_size + (256 << 10)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    able = sys.platform.startswith("linux") and shutil.which("mount") and os.geteuid() == 0
    if not able or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up(
    ground: Ground, server: subprocess.Popen[str], small_disk: Path
) -> None:
    place, before = ground.copy(small_disk), opened(ground.base)
    last, code = begin(server, "import", place, source=ground.archive).end()
    assert code == 0
    assert last[0] == "refused"
    one_line(last[1], str(place), "cannot be written")
    assert opened(place) == before


@pytest.mark.parametrize("what", ["import", "look"])
def test_a_second_process_is_told_who_has_it(
    ground: Ground, server: subprocess.Popen[str], tmp_path: Path, what: str
) -> None:
    place = ground.copy(tmp_path)
    child = begin(server, what, place, source=ground.archive, steps={"put": "wait"})
    child.until("put" if what == "import" else "open")
    with pytest.raises(BadInput, match="in use by another process") as refused:
        Workspace(place)
    one_line(str(refused.value), str(place), f"(process {child.pid})")
    assert child.kill_after(0) == -signal.SIGKILL
    assert opened(place) == opened(ground.base)


def test_a_process_that_comes_second_leaves_the_first_in_peace(
    ground: Ground, imported: Any, server: subprocess.Popen[str], tmp_path: Path
) -> None:
    place = ground.copy(tmp_path)
    with Workspace(place) as first:
        last, _ = begin(server, "import", place, source=ground.archive).end()
        assert last[0] == "refused"
        one_line(last[1], "in use by another process", f"(process {os.getpid()})")
        assert len(first.files) == 1
    assert begin(server, "import", place, source=ground.archive).end() == (["done"], 0)
    assert opened(place) == imported[0]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextlib.contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_only_the_owner_may_read_what_is_made(ground: Ground, tmp_path: Path, mask: int) -> None:
    place = tmp_path / "new" / "deep" / "w.duckdb"
    log = ground.archive.parent / "sample" / "log.csv"
    with umask(mask):
        with Workspace(place) as workspace:
            workspace.read(log)
            made = {path.name: mode(path) for path in place.parent.iterdir()}
            assert os.umask(mask) == mask  # left as it was
        assert mode(place) == 0o600
        with Workspace(place) as workspace:
            workspace.forget(sorted(workspace.people.frame["name"])[0])
            made |= {f"again {path.name}": mode(path) for path in place.parent.iterdir()}
    assert set(made) >= {"w.duckdb", "w.duckdb.wal", "again w.duckdb"}
    assert set(made.values()) == {0o600}
    assert mode(place) == 0o600
    assert mode(tmp_path / "new") == mode(place.parent) == 0o700


def test_a_file_that_others_could_read_is_tightened(ground: Ground, tmp_path: Path) -> None:
    place = ground.copy(tmp_path)
    place.chmod(0o644)
    tmp_path.chmod(0o755)
    with Workspace(place):
        assert mode(place) == 0o600
    assert mode(place) == 0o600
    assert mode(tmp_path) == 0o755  # a folder that we did not make is not ours to change


def foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE TABLE cats AS SELECT 1 AS lives")


WRONG = {
    "garbage": lambda path: path.write_bytes(b"neither this nor that\n" * 400),
    "an empty file": lambda path: path.touch(),
    "a text": lambda path: path.write_text("sender,recipient,at\n"),
    "a folder": lambda path: path.mkdir(),
    "another's DuckDB file": foreign,
    "a cut workspace": lambda path: path.write_bytes(
        path.with_name("base.duckdb").read_bytes()[:9000]
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_workspace_is_refused_and_left_alone(
    ground: Ground, tmp_path: Path, what: str
) -> None:
    ground.copy(tmp_path, "base.duckdb")
    place = tmp_path / "w.duckdb"
    WRONG[what](place)
    place.chmod(0o755 if place.is_dir() else 0o644)
    before = place.stat().st_mode, None if place.is_dir() else place.read_bytes()
    with pytest.raises(BadInput) as refused:
        Workspace(place)
    one_line(str(refused.value), str(place))
    assert (place.stat().st_mode, None if place.is_dir() else place.read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.duckdb", "w.duckdb"]


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    with Workspace(tmp_path / "a" / "b" / "w.duckdb") as workspace:
        assert len(workspace.files) == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    place = tmp_path / "file" / "w.duckdb"
    with pytest.raises(BadInput) as refused:
        Workspace(place)
    one_line(str(refused.value), str(place), "--workspace")


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="needs a folder where not even root may"
)
def test_a_folder_that_cannot_be_written_is_told() -> None:
    for place in (Path("/proc/w.duckdb"), Path("/proc/self/new/w.duckdb")):
        with pytest.raises(BadInput) as refused:
            Workspace(place)
        one_line(str(refused.value), place.name)
