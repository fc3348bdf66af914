"""The documents are held to the program: links, names, dependencies, examples.

Every ``console`` and ``python`` block of the documents below is run on a copy of the sample.
What is not meant to be run bears another name (``sh``, ``text``, ``csv``). Lines that a
``console`` block shows under a command must be in what the command prints.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TEXT = {".md", ".py", ".toml", ".ipynb", ".csv", ".html", ".css", ".js", ".j2", ".json", ".txt", ""}
# Written in pieces, so that this file does not name a machine's folder itself.
MACHINE = re.compile(
    "|".join(["/" + "work/", "/" + r"home/\w", "/" + r"Users/\w", "/" + "root/", "/" + "tmp/"])
    + r"|[A-Z]:\\"
    + r"Users"
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(document: Path, language: str) -> list[str]:
    fence = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return fence.findall(document.read_text("utf-8"))


def with_examples(language: str) -> list[Path]:
    return [document for document in DOCUMENTS if blocks(document, language)]


def slug(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(document: Path) -> set[str]:
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)}


@pytest.fixture
def workplace(tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own in which `data/samples` is where the documents say it is."""
    shutil.copytree(sample, tmp_path / "data" / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETQUALITY_WORKSPACE", str(tmp_path / "kept.duckdb"))
    return tmp_path


# --- links and names ---------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        reached = (document.parent / path).resolve() if path else document
        assert reached.exists(), f"{name_of(document)} links to {target}, which is not there."
        if anchor:
            assert anchor in anchors(reached), f"{name_of(document)}: no heading for #{anchor}."


def test_the_links_are_not_checked_in_vain() -> None:
    assert slug("What it cannot know: a star") == "what-it-cannot-know-a-star"
    assert len(anchors(ROOT / "README.md")) > 3


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{name_of(path)}: {hit.group()}" for hit in MACHINE.finditer(text)]
    assert not found


def test_the_search_for_machine_paths_finds_one() -> None:
    assert MACHINE.search("see /" + "home/zora/export.zip")
    assert not MACHINE.search("see data/samples and /usr/bin/chromium")


def test_the_changelog_opens_with_this_version() -> None:
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions[0] == PROJECT["project"]["version"]


# --- dependencies ------------------------------------------------------------------------


def declared() -> dict[str, str]:
    """Every dependency of `pyproject.toml` with the place where it is declared."""
    project = PROJECT["project"]
    places = {"build": PROJECT["build-system"]["requires"], "runtime": project["dependencies"]}
    places |= {f"extra {k}": v for k, v in project.get("optional-dependencies", {}).items()}
    places |= {f"group {k}": v for k, v in PROJECT.get("dependency-groups", {}).items()}
    return {
        re.split(r"[<>=!~\[; ]", requirement)[0]: place
        for place, requirements in places.items()
        for requirement in requirements
    }


def explained() -> set[str]:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    return set(re.findall(r"^\| `([\w.-]+)` \|", text, re.M))


@pytest.mark.parametrize(("package", "place"), declared().items())
def test_every_dependency_is_explained(package: str, place: str) -> None:
    assert package in explained(), f"docs/dependencies.md says nothing about {package} ({place})."


def test_no_explained_dependency_is_gone() -> None:
    assert explained() <= set(declared())


# --- commands and examples ---------------------------------------------------------------


def program() -> click.Group:
    from netquality.cli.app import cli

    return cli


def test_every_command_is_in_the_readme_or_the_guide() -> None:
    text = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "docs/guide.md"))
    missing = [name for name in program().commands if f"netquality {name}" not in text]
    assert not missing


def options_of(command: click.Command) -> set[str]:
    found = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return found.union(*map(options_of, below))


def test_every_command_option_in_the_documents_exists() -> None:
    known = {"--help", "--version", *options_of(program())}
    for document in DOCUMENTS:
        for line in re.findall(r"^\$? ?netquality .*$", document.read_text("utf-8"), re.M):
            options = set(re.findall(r"(?<!\S)--[a-z][a-z-]*", line))
            assert options <= known, f"{name_of(document)}: {line}"


def squashed(text: str) -> str:
    return " ".join(text.split())


def run_console(block: str) -> None:
    printed: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            words = shlex.split(line[2:], comments=True)
            assert words[0] == "netquality", f"A console block can only run netquality: {line}"
            result = CliRunner().invoke(program(), words[1:], prog_name="netquality")
            assert result.exit_code == 0, f"{line}\n{result.output}"
            printed = [squashed(each) for each in result.output.splitlines()]
        elif line.strip() not in ("", "..."):
            assert squashed(line) in printed, f"Not printed: {line}"


@pytest.mark.parametrize("document", with_examples("console"), ids=name_of)
def test_the_console_examples_run(document: Path, workplace: Path) -> None:
    for block in blocks(document, "console"):
        run_console(block)


@pytest.mark.parametrize("document", with_examples("python"), ids=name_of)
def test_the_python_examples_run(document: Path, workplace: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(document, "python"):
        exec(compile(block, name_of(document), "exec"), names)


def test_the_readme_has_examples_of_both_kinds() -> None:
    for language in ("console", "python"):
        assert ROOT / "README.md" in with_examples(language)


# --- the floors ----------------------------------------------------------------------------


def test_every_floor_of_the_contract_is_described() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    floors = next(each["layers"] for each in contracts if each["containers"] == ["netquality"])
    rooms = [room.strip() for floor in floors for room in floor.split("|")]
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = "".join(re.findall(r"^\| \d \|.*$", text, re.M))
    assert [room for room in rooms if room != "__main__" and f"`{room}`" not in table] == []


def test_every_table_and_column_is_described() -> None:
    from netquality.schema import TABLES

    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for name, columns in TABLES.items():
        row = re.search(rf"^\| `{name}` \|.*$", text, re.M)
        assert row, f"docs/architecture.md has no row for the table {name}."
        if name != "decisions":
            assert [column for column in columns if f"`{column}`" not in row.group()] == []


def test_the_weights_in_the_reference_are_those_of_the_program() -> None:
    from netquality.ties.strength import WEIGHTS

    text = (ROOT / "docs" / "measures.md").read_text("utf-8")
    stated = re.findall(r"^\| `(\w+)` \|.*\| ([−\d.]+) \|[^|]*\|$", text, re.M)
    assert {name: float(size.replace("−", "-")) for name, size in stated} == dict(WEIGHTS)


def test_the_efforts_in_the_reference_are_those_of_the_program() -> None:
    from netquality.ties.dyads import EFFORT

    row = re.search(
        r"^\| κ \| ([^|]+) \|", (ROOT / "docs" / "measures.md").read_text("utf-8"), re.M
    )
    assert row
    stated: dict[str, float] = {}
    waiting: list[str] = []
    for part in row.group(1).split(", "):
        name, _, size = part.rpartition(" ") if part[-1].isdigit() else (part, "", "")
        waiting.append(name)
        if size:
            stated |= dict.fromkeys(waiting, float(size))
            waiting = []
    assert stated == EFFORT


@pytest.mark.parametrize(
    "name",
    [
        *("broadcast", "circles", "initiative", "ladder", "multiplexity", "past", "persistence"),
        *("profile", "reciprocity", "replies", "silence", "standing", "structure", "weights"),
    ],
)
def test_every_column_of_a_measure_is_in_the_reference(name: str, sample: Path) -> None:
    import netquality as nq

    text = (ROOT / "docs" / "measures.md").read_text("utf-8")
    frame = getattr(nq, name)(nq.read(sample / "log.csv")).frame
    plain = {"alter", "a", "b", "person", "day", "label", "last", "latent", "two_way", "reason"}
    names = {re.sub(r"_(low|high)$", "", str(column)) for column in frame} - plain
    assert [column for column in sorted(names) if f"`{column}`" not in text] == []
