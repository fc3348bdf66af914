"""One's own past: what was known then, and what changed clearly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Callable


def fortnightly(who: str, year: int) -> list[tuple[str, str, str]]:
    days = [f"{year}-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 17)]
    ends = [("zora", who), (who, "zora")]
    return [(*ends[k % 2], f"{day} 12:00") for k, day in enumerate(days)]


def test_each_year_is_asked_as_it_was_known(log: Callable[..., nq.Network]) -> None:
    rows = fortnightly("odo", 2024)
    for who in ("odo", "mab", "pim"):
        rows += fortnightly(who, 2025)
    network = log(rows, ego="zora", as_of="2025-12-31")
    frame = nq.past(network).frame
    assert frame["label"].tolist() == ["2024-12-31", "2025-12-31"]
    assert frame["contacts"].tolist() == [1, 3]
    assert frame["close"].tolist() == [1, 3]
    then = nq.profile(network.at("2024-12-31")).frame.loc["zora"]
    assert frame["fame_low"].iloc[0] == then["fame_low"]


def test_the_change_of_the_last_year(log: Callable[..., nq.Network]) -> None:
    rows = fortnightly("odo", 2024)
    for who in ("odo", "mab", "pim", "tib", "wex"):
        rows += fortnightly(who, 2025)
    change = nq.past(log(rows, ego="zora", as_of="2025-12-31")).change("zora")
    assert change.loc["close", ["before", "now", "change"]].tolist() == [1, 5, 4]
    assert change.loc["active", "clear"]
    assert not change.loc["contacts", "clear"], "A plain count has no interval to be clear by."
    same = nq.past(log(rows[:24], ego="zora", as_of="2024-12-31")).change("zora")
    assert same.empty, "There is one year only."


def test_how_far_back_is_asked_and_no_further(log: Callable[..., nq.Network]) -> None:
    rows = [line for year in range(2019, 2026) for line in fortnightly("odo", year)]
    network = log(rows, ego="zora", as_of="2025-12-31")
    assert len(nq.past(network, years=2).frame) == 3
    assert len(nq.past(network).frame) == 6
    assert nq.past(network, years=0).frame["day"].tolist() == [network.as_of]


def test_a_group_has_rows_for_everybody_and_no_draws(log: Callable[..., nq.Network]) -> None:
    rows = fortnightly("odo", 2024) + fortnightly("mab", 2025)
    frame = nq.past(log(rows, as_of="2025-12-31")).frame
    assert frame.groupby("label")["person"].apply(list).to_dict() == {
        "2024-12-31": ["mab", "odo", "zora"],
        "2025-12-31": ["mab", "odo", "zora"],
    }
    assert frame["active_low"].isna().all()


def test_without_times_there_is_no_past(log: Callable[..., nq.Network]) -> None:
    result = nq.past(log([("zora", "odo")], ego="zora"))
    assert result.frame.empty
    with pytest.raises(KeyError):
        result.change("zora").loc["fame"]


def test_a_fall_is_clear_too_and_the_last_year_is_the_one_compared(
    log: Callable[..., nq.Network],
) -> None:
    rows = fortnightly("odo", 2024)
    for who in ("odo", "mab", "pim", "tib", "wex"):
        rows += fortnightly(who, 2025)
    rows += fortnightly("odo", 2026)
    change = nq.past(log(rows, ego="zora", as_of="2026-12-31")).change("zora")
    assert change.loc["close", ["before", "now", "change"]].tolist() == [5, 1, -4]
    assert change.loc["active", "clear"]


def test_public_posts_are_no_contact(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("posts")
    (folder / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,,Founder,03 Mar 2024\n"
    )
    (folder / "Shares.csv").write_text(
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        "2024-02-02 08:00:00,https://www.linkedin.com/feed/update/1,Ferns,,,MEMBER_NETWORK\n"
    )
    network = nq.read(folder)
    me = nq.profile(network).frame.iloc[0]
    assert me[["active", "two_way", "close", "fame", "intimacy", "weekly"]].isna().all()
    assert nq.past(network).frame.empty


def test_posts_before_the_first_contact_make_no_year(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("posts")
    (folder / "log.csv").write_text(
        "sender,recipient,at\n"
        + "".join(f"{a},{b},{at}\n" for a, b, at in fortnightly("odo", 2025))
    )
    (folder / "Shares.csv").write_text(
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        "2021-02-02 08:00:00,https://www.linkedin.com/feed/update/1,Ferns,,,MEMBER_NETWORK\n"
    )
    network = nq.read(folder, ego="zora", as_of="2025-12-31")
    assert (network.events["kind"] == "post").sum() == 1
    assert nq.past(network).frame["label"].tolist() == ["2025-12-31"]
