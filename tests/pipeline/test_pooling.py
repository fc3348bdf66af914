"""Several owners in one network: with consent only; each sees their own and what is released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import netquality as nq
from netquality.errors import BadInput
from netquality.pipeline.keeping import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from netquality.network import Network

SAID = "2026-11-24T10:30"
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
# Ada and Bela each know Zora; Odo is Ada's alone, Ximena and the meeting with Yoko are Bela's.
ADA_BOOK = HEAD + (
    "Zora,Quill,https://www.linkedin.com/in/zora-quill,,Quill Works,Engineer,05 Jan 2024\n"
    "Odo,Brass,https://www.linkedin.com/in/odo-brass,,Brass Ltd,Baker,06 Jan 2024\n"
    "Bela,Broom,https://www.linkedin.com/in/bela-broom,,Broom Inc,Broker,07 Jan 2024\n"
)
BELA_BOOK = HEAD + (
    "Zora,Quill,https://www.linkedin.com/in/zora-quill,,Quill Works,Engineer,05 Feb 2024\n"
    "Ximena,Xenolith,https://www.linkedin.com/in/ximena-xenolith,x@xeno.example,Xeno Corp,"
    "Alchemist,06 Feb 2024\n"
    "Ada,Amber,https://www.linkedin.com/in/ada-amber,,Amber AG,Analyst,07 Jan 2024\n"
    "Yoko,Yarrow,https://www.linkedin.com/in/yoko-yarrow,,Yarrow Farm,Yogi,08 Feb 2024\n"
)
PRIVATE = ("Ximena", "Xenolith", "x@xeno.example", "Xeno Corp", "Alchemist", "Yarrow", "Yogi")


def archive(folder: Path, first: str, last: str, mail: str, book: str) -> Path:
    """An archive of somebody, with messages to the first contact of the book."""
    folder.mkdir()
    (folder / "Connections.csv").write_text(book)
    (folder / "Profile.csv").write_text(
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
        f"Geo Location,Twitter Handles,Websites,Instant Messengers\n{first},{last},,,,,,,,,,,\n"
    )
    (folder / "Email Addresses.csv").write_text(
        f"Email Address,Confirmed,Primary,Updated On\n{mail},Yes,Yes,1/1/24, 1:00 AM\n".replace(
            "1/1/24, 1:00 AM", '"1/1/24, 1:00 AM"'
        )
    )
    me, slug = f"{first} {last}", f"{first}-{last}".lower()
    rows = [
        (
            "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
            "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
        )
    ]
    for number, line in enumerate(book.splitlines()[1:3]):
        name = " ".join(line.split(",")[:2])
        url = line.split(",")[2]
        mine = f"https://www.linkedin.com/in/{slug}"
        ends = [(me, mine, name, url), (name, url, me, mine)]
        for day, (sender, from_url, to, to_url) in enumerate(ends, 1):
            rows.append(
                f"{first}-{number},,{sender},{from_url},{to},{to_url},"
                f"2026-0{number + 1}-0{day} 10:00:00 UTC,,hello there,INBOX"
            )
    (folder / "messages.csv").write_text("\n".join(rows) + "\n")
    return folder


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    return archive(tmp_path / "ada", "Ada", "Amber", "ada@amber.example", ADA_BOOK)


@pytest.fixture
def bela(tmp_path: Path) -> Path:
    return archive(tmp_path / "bela", "Bela", "Broom", "bela@broom.example", BELA_BOOK)


@pytest.fixture
def pool(ada: Path, bela: Path, tmp_path: Path) -> Workspace:  # type: ignore[misc]
    with Workspace(tmp_path / "pool.duckdb") as workspace:
        workspace.read(ada)
        workspace.read(bela, consent="by mail", at=SAID)
        yield workspace


def texts(frame: pd.DataFrame) -> str:
    return frame.reset_index().astype(object).to_csv(index=False).casefold()


def everything(network: Network) -> dict[str, str]:
    names = ("sources", "accounts", "events", "relations", "attributes", "rejects", "given")
    found = {name: texts(network.tables[name]) for name in (*names, "decisions")}
    found |= {"people": texts(network.people), "ties": texts(network.ties)}
    found |= {"person of": texts(network.identity.person_of.to_frame())}
    found |= {"links": texts(network.identity.links), "said": texts(network.history.said)}
    found |= {f"whole {name}": texts(network._whole[name]) for name in (*names, "decisions")}
    return found


def ids(network: Network) -> set[str]:
    return {*network.tables.events["event"], *network.tables.accounts["account"]}


def test_another_owners_files_are_refused_without_consent(
    ada: Path, bela: Path, tmp_path: Path
) -> None:
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.read(ada)
        before = len(workspace.files)
        with pytest.raises(BadInput, match="Bela"):
            workspace.read(bela)
        assert len(workspace.files) == before
        with pytest.raises(BadInput, match="when"):
            workspace.read(bela, consent="by mail")
        assert len(workspace.files) == before
        assert len(workspace.decisions) == 0


def test_two_owners_at_once_are_refused(ada: Path, bela: Path, tmp_path: Path) -> None:
    with Workspace(tmp_path / "w.duckdb") as workspace:
        with pytest.raises(BadInput, match="several owners"):
            workspace.read(ada, bela)
        assert len(workspace.files) == 0


def test_consent_is_recorded_with_how_and_when(pool: Workspace) -> None:
    consents = pool.network().history.consents
    assert consents["owner"].tolist() == [pool.network().person("Bela Broom")]
    assert consents["how"].tolist() == ["by mail"]
    assert len(pool.network().egos) == 2


def test_own_joins_another_address_of_one_owner(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("sender,recipient,at\nme@q.example,odo@q.example,2026-01-05\n")
    second.write_text("sender,recipient,at\nme@work.example,wren@q.example,2026-01-06\n")
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.read(first, ego="me@q.example")
        with pytest.raises(BadInput):
            workspace.read(second, ego="me@work.example")
        workspace.read(second, ego="me@work.example", own=True, at=SAID)
        network = workspace.network()
        assert network.egos == (network.person("me@work.example"),)
        assert len(network.ties) == 2


def test_the_whole_network_knows_both_owners_and_ties_between_contacts(pool: Workspace) -> None:
    network = pool.network()
    ends = {frozenset(pair) for pair in zip(network.ties["a"], network.ties["b"], strict=True)}
    bela, ximena = network.person("Bela Broom"), network.person("Ximena Xenolith")
    ada, zora = network.person("Ada Amber"), network.person("Zora Quill")
    # For Ada, Bela and Ximena are two others: what she alone cannot see is observed here.
    assert {frozenset((bela, ximena)), frozenset((ada, zora)), frozenset((bela, zora))} <= ends
    assert {ada, bela} == set(network.egos)


@pytest.mark.parametrize("how", ["workspace", "read"])
def test_an_owner_sees_nothing_that_only_the_other_shows(
    how: str, pool: Workspace, ada: Path, bela: Path
) -> None:
    if how == "workspace":
        whole, view = pool.network(), pool.network(ego="Ada Amber")
    else:
        whole, view = nq.read(ada, bela), nq.read(ada, bela, ego="Ada Amber")
    assert any("xenolith" in text for text in everything(whole).values())
    hidden = ids(nq.read(bela)) - ids(nq.read(ada))
    assert hidden
    for name, text in everything(view).items():
        for private in (*PRIVATE, *hidden):
            assert private.casefold() not in text, (name, private)
    assert view.ego == view.person("Ada Amber")
    assert view.person("Odo Brass")


def test_an_owner_sees_exactly_what_their_files_alone_show(pool: Workspace, ada: Path) -> None:
    alone, view = nq.read(ada), pool.network(ego="Ada Amber")
    for name in ("accounts", "events", "relations", "attributes", "rejects"):
        assert texts(alone.tables[name]) == texts(view.tables[name]), name
    assert set(alone.people.index) == set(view.people.index)


def test_what_was_said_about_the_others_contacts_is_not_shown(pool: Workspace) -> None:
    ximena = "Ximena Xenolith"
    note = "Ximena is moving"
    pool.record("never", ximena, at=SAID, note=note)
    pool.record("promise", "Bela Broom", "Zora Quill", at=SAID, about="Ximena")
    pool.record("rating", ximena, at=SAID, value="5", note=note)
    word = pool.record("release", "Bela Broom", "Yoko Yarrow", at=SAID, note=note)
    pool.record("undo", at=SAID, undoes=word, note=note)
    pool.record("rating", "Odo Brass", at=SAID, value="3")
    pool.record("call", ximena, at=SAID, ego="Bela Broom", note=note)
    view = pool.network(ego="Ada Amber")
    for name, text in everything(view).items():
        assert "ximena" not in text, name
    assert view.history.ratings.empty  # whose they are is not said
    assert view.history.consents.empty
    assert not view.history.said["kind"].isin(["promise", "release"]).any()


def test_page_and_exports_of_one_owner_hold_nothing_of_the_other(
    pool: Workspace, tmp_path: Path
) -> None:
    pool.record("rating", "Ximena Xenolith", at=SAID, value="5", note="Ximena")
    out = tmp_path / "report"
    nq.report(pool.network(ego="Ada Amber"), output=out)
    files = [path for path in out.rglob("*") if path.is_file()]
    assert any(b"Odo Brass" in path.read_bytes() for path in files)
    for path in files:
        for private in PRIVATE:
            assert private.encode() not in path.read_bytes(), (path.name, private)


def ways(network: Network) -> list[tuple[str, str]]:
    return list(zip(network.routes["owner_name"], network.routes["name"], strict=True))


def test_a_released_way_is_shown_to_who_can_ask_and_does_not_know_the_person(
    pool: Workspace,
) -> None:
    assert ways(pool.network(ego="Ada Amber")) == []
    word = pool.record("release", "Bela Broom", "Ximena Xenolith", at=SAID)
    pool.record("release", "Bela Broom", "Zora Quill", at=SAID)  # Ada knows her already
    pool.record("release", "Ada Amber", "Odo Brass", at=SAID)
    assert ways(pool.network(ego="Ada Amber")) == [("Bela Broom", "Ximena Xenolith")]
    assert ways(pool.network(ego="Bela Broom")) == [("Ada Amber", "Odo Brass")]
    assert ways(pool.network()) == []
    ada = pool.network(ego="Ada Amber")
    assert ada.routes["employer"].tolist() == ["Xeno Corp"]
    assert "Ximena Xenolith" not in set(ada.people["name"])
    pool.record("undo", at=SAID, undoes=word)
    assert ways(pool.network(ego="Ada Amber")) == []


def test_a_way_is_not_shown_to_who_has_no_tie_with_its_owner(tmp_path: Path, bela: Path) -> None:
    book = "".join(line for line in ADA_BOOK.splitlines(keepends=True) if "Bela" not in line)
    ada = archive(tmp_path / "ada", "Ada", "Amber", "ada@amber.example", book)
    bela_book = BELA_BOOK.replace("Ada,Amber,", "Ava,Umber,").replace("ada-amber", "ava-umber")
    (bela / "Connections.csv").write_text(bela_book)
    # A log of others in which Bela has contact with somebody, but not with Ada.
    log = tmp_path / "log.csv"
    log.write_text(
        "sender,recipient,at\n"
        + "".join(
            f"{a}@h.example,{b}@h.example,2026-01-0{day}\n"
            for day, (a, b) in enumerate([("ida", "wren"), ("wren", "kay"), ("kay", "lou")], 1)
        )
        + "bela@broom.example,ida@h.example,2026-01-05\n"
    )
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.read(ada)
        workspace.read(bela, consent="by mail", at=SAID)
        workspace.read(log)
        workspace.record("release", "Bela Broom", "Ximena Xenolith", at=SAID)
        view = workspace.network(ego="Ada Amber")
        assert ways(view) == []


def test_consent_is_taken_back_by_taking_the_files_out(pool: Workspace) -> None:
    word = pool.decisions["decision"][pool.decisions["kind"] == "consent"].iloc[0]
    with pytest.raises(BadInput, match="taking the files out"):
        pool.record("undo", at=SAID, undoes=word)
    assert len(pool.network().history.consents) == 1


def test_an_archive_is_taken_out_of_its_owner_only(pool: Workspace) -> None:
    sources = pool.files
    name = sources["bundle"].value_counts().index[0]
    with_both = sources[sources["bundle"] == name]["owner"].nunique() > 1
    if with_both:
        with pytest.raises(BadInput, match="several owners"):
            pool.remove(name)
    assert pool.remove(name, ego="Ada Amber") > 0
    assert len(pool.network().egos) >= 1


def test_the_order_of_owners_does_not_matter(ada: Path, bela: Path, tmp_path: Path) -> None:
    found = []
    for number, (first, second) in enumerate([(ada, bela), (bela, ada)]):
        with Workspace(tmp_path / f"{number}.duckdb") as workspace:
            workspace.read(first)
            workspace.read(second, consent="by mail", at=SAID)
            views = [workspace.network(), workspace.network(ego="Ada Amber")]
            tables = ("accounts", "events", "relations", "attributes", "sources")
            found.append([texts(view.tables[name]) for view in views for name in tables])
            found[-1] += [texts(view.ties) for view in views]
    assert found[0] == found[1]


def test_ratings_and_notes_are_in_nobody_elses_view(pool: Workspace) -> None:
    view = pool.network(ego="Ada Amber")
    contact = next(person for person in view.people.index if person not in view.egos)
    pool.record("rating", contact, at=SAID, value="1")
    pool.record("never", contact, at=SAID, note="I cannot stand them")
    for ego in ("Ada Amber", "Bela Broom"):
        said = pool.network(ego=ego).tables.decisions
        assert "rating" not in set(said["kind"])
        assert said["note"].isna().all()
    assert contact in pool.network(ego="Ada Amber").history.never
