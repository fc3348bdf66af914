"""Nobody who was forgotten is in any byte, comes back, or takes somebody else along."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from netquality.errors import BadInput
from netquality.pipeline.forgetting import holding
from netquality.pipeline.keeping import Workspace

if TYPE_CHECKING:
    from pathlib import Path

SAID = "2026-11-24T10:30"
NAME, MAIL, SLUG, PHONE = (
    "Zora Quillfeather",
    "zora.q@quill.example",
    "zora-quillfeather-7",
    "+41790000077",
)
MARKS = (NAME, MAIL, SLUG, PHONE, "Quillfeather")

LOG = f"""sender,recipient,at
me@q.example,{MAIL},2026-01-05T10:00
{MAIL},me@q.example,2026-01-06T10:00
me@q.example,odo@q.example,2026-02-05T10:00
odo@q.example,me@q.example,2026-02-06T10:00
me@q.example,wren@q.example,2026-03-05T10:00
"""
CALLS = f"""sender,recipient,at
+41790000001,{PHONE},2026-01-05T10:00
{PHONE},+41790000001,2026-01-06T10:00
+41790000001,+41790000002,2026-01-07T10:00
"""
OF, TO = f"Assistant of {NAME}", f"Aide to {NAME.upper()}"
CONNECTIONS = f"""First Name,Last Name,URL,Email Address,Company,Position,Connected On
Zora,Quillfeather,https://www.linkedin.com/in/{SLUG},{MAIL},Quill Works,Engineer,05 Jan 2024
Odo,Brass,https://www.linkedin.com/in/odo-brass,odo@q.example,{OF},{TO},06 Jan 2024
Wren,Ashby,https://www.linkedin.com/in/wren-ashby,,Ashby & Sons,Baker,07 Jan 2024
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files that name her, one of them in its own name."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in {
        f"Chat with {NAME}.csv": LOG,
        f"{SLUG}_calls.csv": CALLS,
        "Connections.csv": CONNECTIONS,
    }.items():
        (folder / name).write_text(content)
    return sorted(folder.iterdir())


ME = "me@q.example"
EGOS = {"Chat": ME, "zora": "+41790000001"}


def read(workspace: Workspace, file: Path, *, again: bool = False) -> None:
    ego = EGOS.get(file.name[:4])
    given = {} if ego is None else {"ego": ego}
    workspace.read(file, own=True, at=SAID, again=again, **given)


def filled(path: Path, files: list[Path]) -> Workspace:
    workspace = Workspace(path)
    for file in files:
        read(workspace, file)
    found = set(workspace.network().tables.accounts["value"])
    if {MAIL, PHONE} <= found:
        workspace.people.merge(MAIL, PHONE, at=SAID)
    return workspace


def traces_in(path: Path, marks: tuple[str, ...] = MARKS) -> list[str]:
    """Which marks stand in the bytes of the file, its log, and anything beside it."""
    found = []
    for each in path.parent.glob(f"*{path.name}*"):
        content = each.read_bytes().lower()
        for mark in marks:
            found += [
                f"{mark} in {each.name} as {code}"
                for code in ("utf-8", "utf-16-le", "utf-16-be")
                if mark.lower().encode(code) in content
            ]
    return found


def rows_with(path: Path, mark: str) -> list[str]:
    found = []
    with duckdb.connect(str(path), read_only=True) as db:
        for (table,) in db.execute("SHOW TABLES").fetchall():
            rows = db.execute(f'SELECT * FROM "{table}"').fetchall()
            found += [f"{table}: {r}" for r in rows if mark.casefold() in repr(r).casefold()]
    return found


def balanced(workspace: Workspace) -> bool:
    for sources in (workspace.files, workspace.network().sources):
        if not (sources["read"] == sources[["kept", "merged", "rejected"]].sum(axis=1)).all():
            return False
    return True


def spoken(workspace: Workspace) -> None:
    """Say and record things in which she stands, also about others."""
    workspace.record("never", MAIL, at=SAID, ego=ME, note=f"{NAME} asked me")
    workspace.record(
        "rating", "odo@q.example", at=SAID, value="4", note=f"friend of {NAME.lower()}"
    )
    workspace.record("promise", "odo@q.example", at=SAID, ego=ME, about=f"call {MAIL} for him")
    workspace.record("knows", MAIL, "odo@q.example", at=SAID, value="yes")
    workspace.record("call", MAIL, at=SAID, ego=ME, note="long")
    workspace.record("call", "odo@q.example", at=SAID, ego=ME, note=f"about {NAME} and {PHONE}")
    workspace.record("meeting", MAIL, "odo@q.example", at=SAID, ego=ME)


def test_no_byte_is_left_of_name_mail_phone_and_slug(files: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "kept" / "w.duckdb"
    with filled(path, files) as workspace:
        spoken(workspace)
        assert len(workspace.people.why(MAIL)) >= 1
    assert traces_in(path), "the test would show nothing"
    with Workspace(path) as workspace:
        workspace.forget(NAME)
        assert balanced(workspace)
        assert traces_in(path) == []
    assert traces_in(path) == []
    for mark in MARKS:
        assert rows_with(path, mark) == []
    with Workspace(path) as workspace:
        with pytest.raises(BadInput):
            workspace.network().person(NAME)
        for other in ("odo@q.example", "wren-ashby"):
            assert workspace.network().person(other)
        calls = workspace.network().events
        assert (calls["kind"] == "call").sum() == 1
        assert (calls["kind"] == "meeting").sum() == 1


def test_what_others_had_of_her_in_their_rows_is_masked_not_lost(
    files: list[Path], tmp_path: Path
) -> None:
    with filled(tmp_path / "w.duckdb", files) as workspace:
        spoken(workspace)
        workspace.forget(NAME)
        people = workspace.network().people
        odo = people.loc[workspace.network().person("odo-brass")]
        assert odo["employer"] == "Assistant of (forgotten)"
        assert odo["title"] == "Aide to (forgotten)"
        notes = workspace.decisions["note"].dropna().tolist()
        assert notes == ["friend of (forgotten)"]


def test_the_same_files_again_reject_her_as_forgotten_and_leave_no_byte(
    files: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "kept" / "w.duckdb"
    with filled(path, files) as workspace:
        workspace.forget(NAME)
        people = set(workspace.network().identity.people.index)
        for again in (False, True):
            for file in files:
                read(workspace, file, again=again)
            network = workspace.network()
            assert set(network.identity.people.index) == people
            assert balanced(workspace)
            assert "forgotten" in set(network.rejects["reason"])
        # Two of the five rows of the log are with her, one of three connections is she.
        sources = workspace.files.set_index("name")
        assert sources.loc["Connections.csv", "rejected"] == 1
        assert sources["rejected"][sources["bundle"].str.startswith("Chat")].tolist() == [2]
    assert traces_in(path) == []


def test_files_that_come_after_she_was_forgotten_do_not_bring_her_back(
    files: list[Path], tmp_path: Path
) -> None:
    connections = next(f for f in files if f.name == "Connections.csv")
    rest = [f for f in files if f != connections]
    path = tmp_path / "kept" / "w.duckdb"
    with filled(path, [connections]) as workspace:
        workspace.forget(NAME)
    with filled(path, rest) as workspace:
        network = workspace.network()
        assert balanced(workspace)
        assert not network.people["name"].str.contains("Quill").any()
        assert MAIL not in set(network.tables.accounts["value"])
        assert "odo@q.example" in set(network.tables.accounts["value"])
    # Nobody knew the number to be hers when she was forgotten; all else is known again.
    assert traces_in(path, tuple(mark for mark in MARKS if mark != PHONE)) == []


def test_what_is_loaded_later_does_not_name_her_again(files: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "kept" / "w.duckdb"
    with filled(path, files) as workspace:
        workspace.record("never", MAIL, at=SAID, ego=ME, note=f"{NAME} asked me")
        workspace.record("call", MAIL, at=SAID, ego=ME, note=f"with {NAME}")
        workspace.record("call", "odo@q.example", at=SAID, ego=ME)
        saved = workspace.save(tmp_path / "said.csv")
        workspace.forget(NAME)
        assert workspace.load(saved) == 0
        assert len(workspace.decisions[workspace.decisions["kind"] == "never"]) == 0
        assert (workspace.network().events["kind"] == "call").sum() == 1
    assert traces_in(path) == []


def test_a_namesake_and_who_shares_the_mailbox_stay(tmp_path: Path) -> None:
    book = tmp_path / "Connections.csv"
    lines = [
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "Odo,Twin,https://www.linkedin.com/in/odo-a,a@x.example,,,05 Jan 2024",
        "Odo,Twin,https://www.linkedin.com/in/odo-b,home@x.example,,,06 Jan 2024",
        "Ida,Brass,https://www.linkedin.com/in/ida-c,home@x.example,,,07 Jan 2024",
    ]
    book.write_text("\n".join(lines) + "\n")
    path = tmp_path / "w.duckdb"
    with Workspace(path) as workspace:
        workspace.read(book)
        with pytest.raises(BadInput, match="2 people"):
            workspace.forget("Odo Twin")
        done = workspace.forget("odo-b")
        assert {text.casefold() for text in done.shared} == {"odo twin", "home@x.example"}
        for again in (False, True):
            workspace.read(book, again=again)
            network = workspace.network()
            assert network.person("odo-a") == network.person("Odo Twin")
            assert network.person("ida-c") == network.person("home@x.example")
            assert balanced(workspace)
            with pytest.raises(BadInput):
                network.person("odo-b")
    assert rows_with(path, "odo-b") == []
    assert traces_in(path, ("odo-b",)) == []


def test_an_owner_and_nobody_cannot_be_forgotten(files: list[Path], tmp_path: Path) -> None:
    with filled(tmp_path / "w.duckdb", files) as workspace:
        for who in ("me@q.example", "nobody@q.example"):
            with pytest.raises(BadInput):
                workspace.forget(who)


def test_what_was_taken_back_stays_so_when_somebody_else_is_forgotten(
    files: list[Path], tmp_path: Path
) -> None:
    with filled(tmp_path / "w.duckdb", files) as workspace:
        never = workspace.record("never", "odo@q.example", at=SAID, ego=ME)
        workspace.record("undo", at="2026-11-24T11:00", undoes=never)
        call = workspace.record("call", "odo@q.example", at=SAID, ego=ME, note=f"on {NAME}")
        workspace.record("undo", at="2026-11-24T11:00", undoes=call, note=f"on {NAME}")
        workspace.forget(NAME)
        assert workspace.network().history.never == frozenset()
        assert "call" not in set(workspace.network().events["kind"])


@pytest.mark.parametrize(
    "name", [NAME, "Zoë Ångström", "Odo O'Quill", 'Ida "Ink" Brass', "Wren <b> & Co"]
)
@pytest.mark.parametrize(
    "written",
    [
        str,
        str.upper,
        html.escape,
        lambda text: html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
        json.dumps,
        lambda text: json.dumps(text, ensure_ascii=False),
        lambda text: json.dumps(html.escape(text)),
        lambda text: (
            json.dumps(text)
            .replace("<", "\\u003c")
            .replace("&", "\\u0026")
            .replace("'", "\\u0027")
            .replace(">", "\\u003e")
        ),
        lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
        lambda text: '"' + text.replace('"', '""') + '"',
    ],
)
def test_reports_that_hold_the_name_are_listed_however_it_is_written(
    tmp_path: Path, name: str, written: object
) -> None:
    folder = tmp_path / "report"
    (folder / "tables").mkdir(parents=True)
    (folder / "index.html").write_text(f"<td>{written(name)}</td>", encoding="utf-8")  # type: ignore[operator]
    (folder / "tables" / "ties.csv").write_text("a,b\nme,odo\n")
    assert holding([str(folder), str(tmp_path / "gone")], [name]) == (folder / "index.html",)


def test_a_file_that_bears_the_name_itself_is_listed(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.ics").write_text("BEGIN:VCALENDAR")
    (tmp_path / "other.ics").write_text("BEGIN:VCALENDAR")
    assert holding([str(tmp_path)], [NAME]) == (tmp_path / f"{NAME}.ics",)


def test_report_folders_are_listed_and_a_folder_of_her_name_leaves_no_byte(
    files: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "kept" / "w.duckdb"
    folder, named = tmp_path / "report", tmp_path / f"report on {NAME}"
    for each in (folder, named):
        each.mkdir()
        (each / "index.html").write_text(f"<p>{NAME}</p>")
    with filled(path, files) as workspace:
        workspace.reported(folder)
        workspace.reported(named)
        done = workspace.forget(NAME)
        assert set(done.reports) == {folder / "index.html", named / "index.html"}
    assert traces_in(path) == []
