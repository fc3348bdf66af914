"""Who is who in everyday files: chains of strong keys, namesakes, shared keys, nobody real."""

from __future__ import annotations

import datetime as dt
import re
import time
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pandas as pd
import pytest
from click.testing import CliRunner

from netquality.cli import verbs
from netquality.errors import BadInput
from netquality.samples.write import Sample, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Key = tuple[str, str]

CONTENTS = ("mail", "calendar", "contacts", "google", "sms", "calls", "telegram", "slack")


def small(folder: Path, **options: object) -> Sample:
    return sample(folder, contacts=60, messages=400, everyday=True, **options)  # type: ignore[arg-type]


def files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files(folder)}


def texts(folder: Path) -> Iterator[str]:
    """All everyday files as text, those in ZIPs too."""
    for path in files(folder):
        if path.name.startswith(("Complete", "truth")):
            continue
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield archive.read(name).decode()
        else:
            yield path.read_bytes().decode()


def test_same_call_same_bytes_and_another_seed_is_another_life(tmp_path: Path) -> None:
    one, two = small(tmp_path / "one"), small(tmp_path / "two")
    assert contents(one.directory) == contents(two.directory)
    pd.testing.assert_frame_equal(one.accounts, two.accounts)
    pd.testing.assert_frame_equal(one.people, two.people)
    other = small(tmp_path / "three", seed=8)
    for medium in CONTENTS:
        assert one.media[medium].read_bytes() != other.media[medium].read_bytes()


def test_the_archive_is_the_same_with_and_without(tmp_path: Path) -> None:
    plain = sample(tmp_path / "plain", contacts=60, messages=400)
    rich = small(tmp_path / "rich")
    assert plain.archive.read_bytes() == rich.archive.read_bytes()
    assert not plain.media
    assert plain.accounts.empty
    assert rich.log is None
    pd.testing.assert_frame_equal(plain.people, rich.people[plain.people.columns])
    held = {path.name for path in files(plain.directory)}
    assert held == {plain.archive.name, "log.csv"}


def test_everything_is_written_and_soon(tmp_path: Path) -> None:
    start = time.perf_counter()
    made = sample(tmp_path, contacts=300, messages=3000, everyday=True)
    assert time.perf_counter() - start < 5
    assert made.media["sms"].name == "sms-20261120090000.xml"
    assert made.media["telegram"].relative_to(tmp_path).as_posix() == "telegram/result.json"
    assert all(path.exists() for path in made.media.values())


@pytest.mark.parametrize(("contacts", "messages"), [(60, 400), (300, 3000), (500, 20_000)])
def test_there_are_about_as_many_events_as_messages(
    tmp_path: Path, contacts: int, messages: int
) -> None:
    made = sample(tmp_path, contacts=contacts, messages=messages, everyday=True)
    raw = {name: made.media[name].read_text("utf-8") for name in ("mail", "sms", "calls")}
    counts = [
        raw["mail"].count("@xxx "),
        raw["sms"].count("<sms ") + raw["calls"].count("<call "),
        made.media["telegram"].read_text("utf-8").count('"date_unixtime"'),
    ]
    with zipfile.ZipFile(made.media["slack"]) as archive:
        counts.append(sum(archive.read(name).count(b'"ts"') for name in archive.namelist()))
    chats = [path for path in made.media["whatsapp"].iterdir() if path.suffix == ".txt"]
    counts += [len(path.read_bytes().splitlines()) for path in chats]
    assert 0.7 * messages < sum(counts) < 2.2 * messages


def test_every_key_is_one_person_s(everyday: Sample) -> None:
    known = everyday.accounts
    assert not known.duplicated(["key", "value"]).any()
    persons = known[known["kind"] == "person"]
    assert persons["person"].notna().all()
    assert known.loc[~known["kind"].isin(["person", "owner"]), "person"].isna().all()
    everybody = {*everyday.people.index, *everyday.others.index}
    assert set(persons["person"]) <= everybody
    assert (known[known["key"] == "phone"]["value"].str.fullmatch(r"\+\d{10,13}")).all()
    mails = known[known["key"] == "mail"]["value"]
    assert (mails == mails.str.lower()).all()


@pytest.fixture(scope="module")
def saved(everyday: Sample, cards: Callable[[Path], list[tuple[str, Any]]]) -> list[frozenset[Key]]:
    """The keys that stand together on each card."""
    found = []
    for name, card in cards(everyday.media["contacts"]):
        keys = {("name", name)}
        keys |= {("mail", each.value.lower()) for each in card.contents.get("email", [])}
        for each in card.contents.get("tel", []):
            keys.add(("phone", re.sub(r"[^+\d]", "", each.value)))
        for each in card.contents.get("url", []):
            keys.add(("profile", unquote(each.value.rpartition("/in/")[2])))
        found.append(frozenset(keys))
    return found


def test_strong_keys_alone_lead_to_every_person(
    everyday: Sample, saved: list[frozenset[Key]]
) -> None:
    """Cards, the contacts of Telegram, the users of Slack and LinkedIn hold keys together."""
    rows = everyday.accounts[everyday.accounts["kind"] == "person"]
    columns = zip(rows["key"], rows["value"], rows["person"], strict=True)
    person = {(key, value): who for key, value, who in columns}
    linked: dict[str, list[set[Key]]] = {}
    for keys in saved:
        owners = {person[key] for key in keys if key in person}
        # What several people share stands on each of their cards, and leads to none of them.
        assert len(owners) <= 1
        if owners:
            linked.setdefault(owners.pop(), []).append({key for key in keys if key in person})
    for who, group in rows.groupby("person"):
        used = {key for key in zip(group["key"], group["value"], strict=True)
                if key[0] != "platform"}  # fmt: skip
        assert used
        if len(used) > 1:
            assert len(linked[str(who)]) == 1
            assert used == linked[str(who)][0]
    for who in set(rows["person"]) & set(everyday.people.index):
        carded = any(("profile", who) in keys for keys in linked.get(who, []))
        assert carded or everyday.people.at[who, "mail_shown"]


def test_namesakes_are_both_saved_and_told_apart(
    everyday: Sample, saved: list[frozenset[Key]]
) -> None:
    twins = everyday.people[everyday.people["homonym"]]
    assert len(twins) >= 4
    names = everyday.accounts[
        (everyday.accounts["key"] == "phone") & (everyday.accounts["kind"] == "person")
    ]
    phones = names.set_index("person")["value"]
    carded = {who for who in twins.index if any(("profile", who) in keys for keys in saved)}
    for _, pair in twins.groupby("name"):
        assert set(pair.index) <= carded
        both = phones[phones.index.isin(pair.index)]
        assert both.is_unique
    assert (twins["closeness"] > 0.05).all()


def test_people_are_written_differently_from_medium_to_medium(
    everyday: Sample, saved: list[frozenset[Key]]
) -> None:
    raw = everyday.media["mail"].read_text("utf-8")
    full = [name for name in everyday.people["name"] if name.isascii() and name.count(" ") == 1]
    turned = [f'"{last}, {first}"' for first, last in (name.split() for name in full)]
    assert sum(name in raw for name in turned) > 5
    called = {name for keys in saved for key, name in keys if key == "name"}
    assert len(called & set(full)) < 0.8 * len(called)
    assert any(name.endswith(")") for name in called)


def test_shared_keys_are_on_two_cards_and_nobody_s(
    everyday: Sample, saved: list[frozenset[Key]]
) -> None:
    shared = everyday.accounts[everyday.accounts["kind"] == "shared"]
    assert len(shared) == 7
    for key, value in shared[["key", "value"]].to_numpy():
        bearers = [keys for keys in saved if (key, value) in keys]
        assert len(bearers) == (1 if value.startswith("info@") else 2)
    raw = everyday.media["calls"].read_text("utf-8")
    assert all(value in raw for value in shared["value"] if value.startswith("+4930"))


def test_robots_lists_and_rooms_occur(everyday: Sample) -> None:
    kinds = everyday.accounts["kind"].value_counts()
    assert kinds["robot"] >= 10
    assert kinds["list"] == kinds["room"] == 2
    written = "".join(texts(everyday.directory)).casefold()
    for value in everyday.accounts.loc[
        everyday.accounts["kind"].isin(["robot", "list", "room"]), "value"
    ]:
        ident = value.partition(":")[2].removeprefix("user") or value
        assert ident.casefold() in written


def test_nobody_is_real(everyday: Sample) -> None:
    everything = re.sub(r"\r?\n ", "", "\n".join(texts(everyday.directory)))
    hosts = set(re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", everything))
    assert {host for host in hosts if not host.endswith(".example")} == set()
    links = set(re.findall(r"https?://([\w.-]+)", everything))
    assert {link for link in links if not link.endswith(".example")} == {"www.linkedin.com"}
    numbers = {re.sub(r"\D", "", hit) for hit in re.findall(r"\+\d{2}[ \d()-]{8,}\d", everything)}
    # What regulators keep for fiction in four countries.
    nobody = re.compile(r"49171392000\d|4917139200\d\d|4917604069\d{3}|467017406\d\d|"
                        r"447700900\d{3}|336399?\d+|3363998\d{4}|493023125\d{3}")  # fmt: skip
    assert {number for number in numbers if not nobody.fullmatch(number)} == set()
    assert len(numbers) > 50


def test_figures_stand_beside_the_contacts(everyday: Sample) -> None:
    people = everyday.people
    assert people["closeness"].between(0, 1).all()
    assert everyday.others["closeness"].max() > 0.5
    assert people.index.is_unique
    assert set(everyday.others.index).isdisjoint(people.index)
    phones = everyday.accounts[
        (everyday.accounts["key"] == "phone") & (everyday.accounts["kind"] == "person")
    ]
    told = pd.concat([people["phone"], everyday.others["phone"]])
    for who, value in phones[["person", "value"]].to_numpy():
        assert told[who] == value
    assert everyday.truth is not None
    written = pd.read_csv(everyday.truth, index_col="slug")
    assert written["closeness"].tolist() == pytest.approx(people["closeness"].tolist())


def test_a_sample_may_be_written_again_and_old_chats_go(tmp_path: Path) -> None:
    first = {path.name for path in files(small(tmp_path).media["whatsapp"])}
    again = small(tmp_path, seed=8)
    fresh = small(tmp_path / "new", seed=8)
    held = contents(again.media["whatsapp"])
    assert held == contents(fresh.media["whatsapp"])
    assert set(held) != first


@pytest.mark.parametrize("name", ["mail.mbox", "calendar.ics", "slack.zip", "whatsapp/mine.txt"])
def test_what_is_not_ours_is_never_replaced(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"mine")
    with pytest.raises(BadInput, match="nothing was changed"):
        small(tmp_path)
    assert [each.name for each in files(tmp_path)] == [path.name]
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["contacts.vcf", "whatsapp/more.txt", "telegram/result.json"])
def test_what_was_changed_since_is_never_replaced(tmp_path: Path, name: str) -> None:
    small(tmp_path)
    with (tmp_path / name).open("ab") as file:
        file.write(b"a line of mine\n")
    before = contents(tmp_path)
    with pytest.raises(BadInput, match="changed since"):
        small(tmp_path, seed=8)
    assert contents(tmp_path) == before


def test_the_command_writes_them_and_says_how_to_read_them(tmp_path: Path) -> None:
    sizes = ["--contacts", "60", "--messages", "400"]
    done = CliRunner().invoke(verbs.sample, [str(tmp_path / "rich"), *sizes, "--everyday"])
    assert done.exit_code == 0
    assert "mail.mbox" in done.output
    assert "--date-format dmy" in done.output
    made = small(tmp_path / "again")
    assert contents(tmp_path / "rich") == contents(made.directory)
    plain = CliRunner().invoke(verbs.sample, [str(tmp_path / "plain"), *sizes])
    assert plain.exit_code == 0
    assert not (tmp_path / "plain" / "mail.mbox").exists()


@pytest.mark.parametrize(("year", "habit"), [(2015, None), (2022, "handshake"), (2025, None)])
def test_an_export_of_an_earlier_day_holds_less(
    tmp_path: Path, year: int, habit: str | None
) -> None:
    late = small(tmp_path / "late", habit=habit)
    early = small(tmp_path / "early", habit=habit, exported=dt.date(year, 6, 30))
    assert early.media["calls"].name == f"calls-{year}0630090000.xml"
    for medium in ("mail", "sms", "calls", "telegram", "slack"):
        assert early.media[medium].stat().st_size < late.media[medium].stat().st_size
    starts = re.findall(r"\nDTSTART[^:]*:(\d{4})", early.media["calendar"].read_text("utf-8"))
    assert {int(start) for start in starts if int(start) > 1980} <= set(range(2010, year + 1))
    days = [name for name in early.people if name.endswith("_days")]
    both = early.people.index.intersection(late.people.index)
    # What was seen by then is seen later too; meetings of a series are planned anew.
    rest = [name for name in days if name != "meeting_days"]
    assert (early.people.loc[both, rest] <= late.people.loc[both, rest]).all().all()
