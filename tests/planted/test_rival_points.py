"""Where other tools lose rows, people or dates: measured on samples of four eras."""

from __future__ import annotations

import hashlib
import logging
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import netquality as nq
from netquality.cli.app import cli
from netquality.samples.crowd import OWNER_ROW
from netquality.samples.cut import Cut, cut_of
from netquality.samples.write import Sample, sample
from netquality.sources.addresses import folded_name

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.network import Network

ERAS = (2018, 2020, 2023, 2026)
LINKED = (2023, 2026)
CONTACTS, MESSAGES, SEED = 2_000, 20_000, 7
GHOSTS = 40
MARKER = "MARKER-7f3a"


class Read(NamedTuple):
    """One era: what was written, what is true, and what was read."""

    made: Sample
    cut: Cut
    network: Network


_read: dict[int, Read] = {}


@pytest.fixture(scope="module")
def root_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rivals")


@pytest.fixture(scope="module", params=ERAS)
def era(request: pytest.FixtureRequest, root_folder: Path) -> Read:
    return of_era(request.param, root_folder)


@pytest.fixture(scope="module", params=LINKED)
def linked(request: pytest.FixtureRequest, root_folder: Path) -> Read:
    return of_era(request.param, root_folder)


@pytest.fixture(scope="module")
def latest(root_folder: Path) -> Read:
    return of_era(2026, root_folder)


def of_era(year: int, folder: Path) -> Read:
    """Read each era once for all tests of this file."""
    if year not in _read:
        size = {"contacts": CONTACTS, "messages": MESSAGES, "seed": SEED}
        made = sample(folder / str(year), era=year, log=False, **size)
        _read[year] = Read(made, cut_of(era=year, **size), nq.read(made.archive))
    return _read[year]


def file_of(network: Network, kind: str) -> pd.Series:
    rows = network.sources[network.sources["format"] == f"linkedin/{kind}"]
    assert len(rows) == 1
    return rows.iloc[0]


def reasons(network: Network, kind: str) -> dict[str, int]:
    rejects = network.rejects
    mine = rejects[rejects["source"] == file_of(network, kind)["source"]]
    return {str(reason): int(n) for reason, n in mine["reason"].value_counts().items()}


# 1. Read everything, say everything


def test_all_connections_are_read_and_ghosts_are_nobody(era: Read) -> None:
    file = file_of(era.network, "connections")
    assert (file["read"], file["kept"], file["merged"]) == (CONTACTS + GHOSTS, CONTACTS, 0)
    found = reasons(era.network, "connections")
    assert sum(found.values()) == GHOSTS
    assert all("ghost" in reason for reason in found)
    assert (era.network.relations["kind"] == "connected").sum() == CONTACTS
    assert era.network.people["name"].str.strip().ne("").all()


def test_all_messages_are_kept_or_set_aside_with_a_reason(era: Read) -> None:
    file, what = file_of(era.network, "messages"), era.cut.world.messages["what"]
    assert file["read"] == MESSAGES
    assert file["read"] == file["kept"] + file["merged"] + file["rejected"]
    set_aside = reasons(era.network, "messages")
    assert sum(set_aside.values()) == file["rejected"]
    drafts = int(what.isin(["draft", "bare draft"]).sum())
    # Before conversations had titles, a sponsored row is one more hidden member's.
    sponsored = 0 if era.cut.era.old else int((what == "sponsored").sum())
    assert file["rejected"] == drafts + sponsored
    assert sum(n for reason, n in set_aside.items() if "draft" in reason) == (
        0 if era.cut.era.old else drafts
    )


def test_all_dates_are_understood(era: Read) -> None:
    messages = era.network.events[era.network.events["kind"] == "message"]
    assert messages["day"].notna().all()
    assert messages["at"].notna().all()
    assert not reasons(era.network, "messages").get("no date in a known form")
    true = era.cut.until(era.cut.world.messages)["at"].to_numpy() // 86_400
    assert messages["day"].min() >= true.min() - 1
    assert messages["day"].max() <= true.max() + 1
    connected = era.network.relations.query("kind == 'connected'")["start"]
    assert sorted(connected.tolist()) == sorted(era.cut.people["connected"].tolist())


# 2. The right person


def true_credits(cut: Cut) -> pd.DataFrame:
    """Each (row of the file, contact) that a direct or group message is to be credited to."""
    inbox = cut.inbox().reset_index(drop=True)
    inbox["row"] = inbox.index + 1
    personal = inbox[inbox["what"].isin(["direct", "group"])]
    members = cut.world.threads["members"].to_numpy()[personal["thread"]]
    listed = [
        (row, what, who)
        for row, what, contact, group in zip(
            personal["row"], personal["what"], personal["contact"], members, strict=True
        )
        for who in ((contact,) if contact >= 0 else group)
    ]
    frame = pd.DataFrame(listed, columns=["row", "what", "who"])
    assert (frame["who"] != OWNER_ROW).all()
    return frame.assign(slug=cut.world.people["slug"].to_numpy()[frame["who"]])


def found_credits(network: Network) -> pd.DataFrame:
    """Each (row of the file, person) that was credited, the owner left out."""
    events = network.events[network.events["source"] == file_of(network, "messages")["source"]]
    person_of = network.identity.person_of
    both = pd.concat(
        [
            pd.DataFrame({"row": events["row"], "person": events[end].map(person_of)})
            for end in ("sender", "recipient")
        ]
    )
    return both[~both["person"].isin(network.egos)].drop_duplicates()


def only_names(cut: Cut) -> pd.Series:
    """Slugs by folded name, of those whose name nobody else bears."""
    cast = cut.cast
    names = pd.Series(cut.names[: len(cast)]).map(folded_name)
    alone = ~names.duplicated(keep=False)
    return pd.Series(cast["slug"].to_numpy()[alone], index=names[alone])


def slugs_of(read: Read) -> pd.Series:
    """The true slug of each person read: by link, else by an only name."""
    people = read.network.people
    by_name = people["name"].map(folded_name, na_action="ignore").map(only_names(read.cut))
    return people["profile"].fillna(by_name)


def compared(read: Read) -> pd.DataFrame:
    """True and found credits side by side; `_merge` says which of the two has it."""
    found = found_credits(read.network)
    found["slug"] = found["person"].map(slugs_of(read)).fillna("? " + found["person"].astype("str"))
    true = true_credits(read.cut)
    personal = found[found["row"].isin(true["row"])]
    return true.merge(
        personal[["row", "slug", "person"]].drop_duplicates(["row", "slug"]),
        how="outer",
        indicator=True,
    )


def test_credits_go_to_the_right_person(linked: Read) -> None:
    table = compared(linked)
    right, wrong = ((table["_merge"] == side).sum() for side in ("both", "right_only"))
    wanted = len(true_credits(linked.cut))
    assert wanted > 18_000
    assert right >= 0.999 * wanted, f"{right} of {wanted} right, {wrong} to somebody else"
    assert wrong <= 0.001 * wanted, table[table["_merge"] == "right_only"].head().to_string()


@pytest.mark.parametrize("what", ["direct", "group"])
@pytest.mark.parametrize("year", [2018, 2020])
def test_credits_by_name_are_right(year: int, what: str, root_folder: Path) -> None:
    """These layouts have names where later ones have links: an only name is enough."""
    read = of_era(year, root_folder)
    table, told = compared(read), set(only_names(read.cut))
    wanted = table[table["slug"].isin(told) & (table["what"] == what)]
    right = int((wanted["_merge"] == "both").sum())
    assert len(wanted) > 0.9 * (true_credits(read.cut)["what"] == what).sum()
    assert right >= 0.999 * len(wanted), f"{right} of {len(wanted)} {what} credits are right"


def test_one_contact_has_one_tie(era: Read) -> None:
    slugs = slugs_of(era).reindex(era.network.ties["b"])
    contacts = slugs[slugs.isin(era.made.people.index)]
    twice = sorted(set(contacts[contacts.duplicated()]))
    assert not twice, f"{len(twice)} contacts have several ties: {twice[:6]}"
    known = set(only_names(era.cut)) & set(era.made.people.index)
    assert known <= set(contacts), f"{len(known - set(contacts))} contacts have no tie"


def test_owner_and_hidden_members_get_no_credit(era: Read) -> None:
    ties, people = era.network.ties, era.network.people
    owner = era.made.owner
    assert era.network.egos == (owner.slug,) or people.loc[era.network.ego, "name"] == owner.name
    assert not (ties["b"] == era.network.ego).any()
    tied = people.loc[ties["b"]]
    assert not tied["name"].isin([owner.name, "LinkedIn Member"]).any()
    assert (tied["kind"] == "person").all()


def test_namesakes_with_links_stay_apart(linked: Read) -> None:
    twins = linked.made.people[linked.made.people["homonym"]]
    assert len(twins) == 28
    profiles = linked.network.people["profile"]
    assert twins.index.isin(profiles).all()
    table = compared(linked)
    theirs = table[table["slug"].isin(twins.index)]
    assert (theirs["_merge"] == "both").all()
    strangers = found_credits(linked.network).groupby("person")["row"].size()
    assert strangers.index.isin(linked.network.people.index).all()


@pytest.mark.parametrize("year", [2018, 2020])
def test_namesakes_without_links_are_listed_and_never_joined(year: int, root_folder: Path) -> None:
    read = of_era(year, root_folder)
    true, found = true_credits(read.cut), found_credits(read.network)
    direct = true[true["what"] == "direct"].merge(found, on="row")
    sure = direct[~direct["person"].map(read.network.people["ambiguous"]).astype(bool)]
    joined = sure.groupby("person")["slug"].nunique()
    assert joined.max() == 1, f"{(joined > 1).sum()} people are made of several"
    people = read.made.people
    names = people["name"].map(folded_name)
    # Who is written to is a name alone in these layouts.
    written = names[people["homonym"] & (people["sent"] > 0)]
    unclear = read.network.people[read.network.people["ambiguous"]]
    assert len(written)
    assert set(written) <= set(unclear["name"].map(folded_name))
    assert any("borne by several people" in note for note in read.network.notes)


def test_commas_of_credentials_are_no_recipients(linked: Read) -> None:
    """A name like "Zora Quill, PhD" is one person wherever it stands."""
    people = linked.made.people
    titled = people[people["name"].str.contains(",") & (people["days"] > 0)]
    assert len(titled) >= 10
    table = compared(linked)
    assert (table.loc[table["slug"].isin(titled.index), "_merge"] == "both").all()
    shown = linked.network.people.loc[linked.network.ties["b"], "name"]
    assert not shown.str.fullmatch(r"\W*(PhD|MBA|CFA|PMP|MSc)\W*", case=False).any()


# 4. No saturation


def test_few_share_the_highest_strength(era: Read) -> None:
    top = np.isclose(era.network.ties["strength"], era.network.ties["strength"].max(), atol=1e-9)
    assert top.sum() <= 0.01 * CONTACTS


def test_strong_covers_about_as_many_as_were_planted(latest: Read) -> None:
    ties = latest.network.ties
    strong = ties[ties["grade"] == "strong"]
    planted = latest.made.people["planted"]
    right = int((planted.reindex(strong["b"]) == "strong").sum())
    assert 80 <= len(strong) <= 120, f"{len(strong)} called strong, {right} of 100 planted"
    assert right >= 0.8 * len(strong)


def test_the_ranking_is_that_of_the_archive_not_of_the_day(latest: Read) -> None:
    again = nq.read(latest.made.archive)
    assert again.as_of == latest.cut.day
    pd.testing.assert_frame_equal(again.ties, latest.network.ties)


def test_only_the_command_line_may_read_the_clock(root: Path) -> None:
    clock = re.compile(r"\b(?:datetime|date|dt|Timestamp)\.(?:now|today|utcnow)\b|\btime\.time\(")
    source = root / "src" / "netquality"
    modules = [path for path in source.rglob("*.py") if path.parent != source / "cli"]
    assert len(modules) > 50
    found = [str(path) for path in modules if clock.search(path.read_text("utf-8"))]
    assert not found


# 9. Never touch or invent data, and 12: no message body anywhere

VERBS = {
    "report": ["-o", "OUT"],
    "ties": ["--format", "csv"],
    "profile": ["--format", "json"],
    "introductions": ["--format", "md"],
    "export": ["-o", "OUT"],
    "doctor": [],
}


@pytest.fixture(scope="module", params=[2018, 2026])
def folder_sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Sample:
    folder = tmp_path_factory.mktemp("untouched")
    size = {"contacts": 100, "messages": 1000, "log": True, "zipped": False}
    size["complete"] = request.param == 2026
    return sample(folder, era=request.param, **size)


def prints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.mark.parametrize("verb", VERBS)
def test_no_command_touches_its_input_or_shows_a_body(
    verb: str, folder_sample: Sample, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = prints(folder_sample.directory)
    assert any(
        MARKER.encode() in path.read_bytes() for path in folder_sample.archive.glob("*essages.csv")
    )
    out = tmp_path / "out"
    arguments = [str(out) if word == "OUT" else word for word in VERBS[verb]]
    with caplog.at_level(logging.DEBUG):
        done = CliRunner().invoke(cli, [verb, str(folder_sample.archive), *arguments])
    assert done.exit_code == 0, done.output
    assert prints(folder_sample.directory) == before
    assert MARKER not in done.output + done.stderr + caplog.text
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert bool(written) == ("OUT" in VERBS[verb])
    assert not [path.name for path in written if MARKER.encode() in path.read_bytes()]
    assert not any(MARKER in path.name for path in written)


def test_the_output_may_not_lie_in_the_input(folder_sample: Sample) -> None:
    before = prints(folder_sample.directory)
    inside = str(folder_sample.archive / "report")
    done = CliRunner().invoke(cli, ["report", str(folder_sample.archive), "-o", inside])
    assert done.exit_code == 2
    assert prints(folder_sample.directory) == before


# 10. Every documented option acts

GROUP = "sender,recipient,at\nzora,odo,2026-01-05\nodo,zora,2026-01-06\nodo,mina,2026-03-01\n"
NIGHT = "sender,recipient,at\nzora,odo,2026-01-05 23:30:00\nodo,zora,2026-01-07 12:00:00\n"
SLASHES = "sender,recipient,at\nzora,odo,03/02/2026\nodo,zora,05/04/2026\n"
ONE_WAY = "a1,b2,100\na1,b2,160\na1,b2,90000\n"
SIGHTINGS = "".join(f"{second},a1,b2\n" for second in (20, 40, 60, 400, 420, 4000))
SEVERAL = "sender;recipient;at\nzora;odo+mina;2026-01-05\nodo+mina;zora;2026-01-06\n"
CALLS = (
    "Number,Date,Duration,Type\n07700 900123,2026-01-05 10:00:00,60,Incoming\n"
    "+447700900123,2026-01-06 10:00:00,60,Outgoing\n"
)
TOLD = ["--columns"]
PAIR = [*TOLD, "a,b,at"]
SEEN = [*TOLD, "at,a,b"]
ACTS = {
    "ego": (GROUP, ["--ego", "odo"], ["--ego", "mina"]),
    "as-of": (GROUP, ["--as-of", "2026-02-01"], ["--as-of", "2026-03-01"]),
    "timezone": (NIGHT, ["--timezone", "UTC"], ["--timezone", "America/New_York"]),
    "date-format": (SLASHES, ["--date-format", "dmy"], ["--date-format", "mdy"]),
    "columns": (
        ONE_WAY,
        ["--columns", "sender,recipient,at"],
        ["--columns", "recipient,sender,at"],
    ),
    "every": (
        SIGHTINGS,
        ["--columns", "at,a,b", "--every", "20s"],
        ["--columns", "at,a,b", "--every", "1h"],
    ),
    "separator": (SEVERAL, ["--separator", "+"], []),
    "directed": (ONE_WAY, [*PAIR, "--directed"], [*PAIR, "--undirected"]),
    "top": (GROUP, ["--top", "1"], ["--top", "2"]),
    "names": (GROUP, ["--names"], ["--pseudonyms"]),
    "region": (CALLS, ["--region", "GB"], ["--region", "DE"]),
}


def printed(*words: str) -> str:
    done = CliRunner().invoke(cli, [*words, "--format", "csv"])
    assert done.exit_code == 0, done.output
    assert done.stdout.count("\n") > 1
    return done.stdout


@pytest.mark.parametrize("option", ACTS)
def test_every_option_of_reading_acts(option: str, tmp_path: Path) -> None:
    text, one, other = ACTS[option]
    log = tmp_path / "log.csv"
    log.write_text(text, "utf-8")
    shown = [] if option == "names" else ["--names"]
    assert printed("ties", str(log), *one, *shown) != printed("ties", str(log), *other, *shown)


def test_the_workspace_is_read_instead_of_sources(tmp_path: Path) -> None:
    log, kept = tmp_path / "log.csv", str(tmp_path / "kept.duckdb")
    log.write_text(GROUP, "utf-8")
    with nq.Workspace(kept) as workspace:
        workspace.read(log)
    assert printed("ties", "-w", kept, "--names") == printed("ties", str(log), "--names")


def test_the_cap_acts(latest: Read) -> None:
    for cap in (1, 3):
        pairs = nq.introductions(latest.network, cap=cap).frame
        load = pd.concat([pairs["a"], pairs["b"]]).value_counts()
        assert load.max() == cap


def test_the_number_of_introductions_acts(latest: Read) -> None:
    assert [len(nq.introductions(latest.network, top=top).frame) for top in (5, 20)] == [5, 20]
    few, more = (nq.introductions(latest.network, top=top).frame for top in (5, 20))
    pd.testing.assert_frame_equal(few, more.head(5))


def test_the_cut_acts(latest: Read) -> None:
    low = nq.read(latest.made.archive, cut=0.5)
    assert low.cut == 0.5
    strong = (low.ties["grade"] == "strong").sum()
    assert strong > (latest.network.ties["grade"] == "strong").sum()
    assert low.ties.loc[low.ties["grade"] == "strong", "strength"].min() >= 0.5


def test_every_option_of_the_command_line_is_tested_here() -> None:
    options = {
        name.removeprefix("--")
        for verb in ("ties", "introductions")
        for parameter in cli.commands[verb].params
        for name in parameter.opts
        if name.startswith("--")
    }
    elsewhere = {"above", "by", "format", "output", "explain", "cap", "workspace"}
    assert options - elsewhere == set(ACTS)
