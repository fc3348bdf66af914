"""To one at a time or to many at once, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import netquality as nq
from netquality.measures.figures import gini, hill

if TYPE_CHECKING:
    from collections.abc import Callable

EIGHT = ";".join(f"p{number}" for number in range(8))


def rows_of(personal: int, mailings: int) -> list[tuple[str, str, str]]:
    rows = [
        ("zora", f"p{k % 8}", f"2026-{k % 12 + 1:02}-0{k % 8 + 1} 09:00") for k in range(personal)
    ]
    return rows + [
        ("zora", EIGHT, f"2026-{k % 12 + 1:02}-20 1{k // 12}:00") for k in range(mailings)
    ]


@pytest.mark.parametrize(
    ("personal", "mailings", "habit"), [(8, 1, "mixed"), (24, 1, "handshake"), (8, 4, "megaphone")]
)
def test_person_times_and_habit(
    log: Callable[..., nq.Network], personal: int, mailings: int, habit: str
) -> None:
    network = log(rows_of(personal, mailings), ego="zora", separator=";", as_of="2026-12-31")
    zora = nq.broadcast(network).frame.loc["zora"]
    assert (zora["personal"], zora["many"]) == (personal, 8 * mailings)
    assert zora["one_to_one"] == pytest.approx(personal / (personal + 8 * mailings))
    assert zora["one_to_one_low"] <= zora["one_to_one"] <= zora["one_to_one_high"]
    assert (zora["habit"], zora["reached"], zora["mailings"]) == (habit, 8, mailings)
    assert nq.profile(network).frame.loc["zora", "one_to_one"] == zora["one_to_one"]


def test_answers_to_the_megaphone_and_to_the_hand(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", EIGHT, "2026-03-01 09:00"),
        ("p0", "zora", "2026-03-03 09:00"),  # one of eight answers
        ("p1", "zora", "2026-03-20 09:00"),  # 19 days later: no answer to it
        ("zora", "p2", "2026-06-01 09:00"),
        ("p2", "zora", "2026-06-02 09:00"),
        ("zora", "p3", "2026-06-01 09:30"),
        ("zora", EIGHT, "2026-12-25 09:00"),  # too young to be unanswered on 31 December
    ]
    network = log(rows, ego="zora", separator=";", as_of="2026-12-31")
    zora = nq.broadcast(network).frame.loc["zora"]
    assert (zora["answers_many"], zora["answers_personal"]) == (1, 1)
    assert zora["per_thousand"] == pytest.approx(1000 / 8)
    assert zora["per_thousand_low"] < 125 < zora["per_thousand_high"]
    assert zora["per_handshake"] == pytest.approx(1 / 2)


def test_every_mailing_is_a_try_of_its_own(log: Callable[..., nq.Network]) -> None:
    """Ten monthly mailings to eight people, one answer to the third: 1 of 80."""
    rows = [("zora", EIGHT, f"2026-{month:02}-01 09:00") for month in range(1, 11)]
    rows.append(("p4", "zora", "2026-03-05 09:00"))
    network = log(rows, ego="zora", separator=";", as_of="2026-12-31")
    zora = nq.broadcast(network).frame.loc["zora"]
    assert (zora["many"], zora["answers_many"]) == (80, 1)
    assert zora["per_thousand"] == pytest.approx(1000 / 80)


def test_breadth_and_depth_by_month(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", "odo", "2026-03-01 09:00"),
        ("odo", "zora", "2026-03-01 18:00"),  # the same day
        ("zora", "odo", "2026-03-09 09:00"),
        ("mab", "zora", "2026-03-12 09:00"),
        ("zora", "mab", "2026-05-12 09:00"),
    ]
    months = nq.broadcast(log(rows, ego="zora")).months
    assert months["month"].dt.strftime("%Y-%m").tolist() == ["2026-03", "2026-05"]
    assert months["people"].tolist() == [2, 1]
    assert months["depth"].tolist() == [3 / 2, 1]  # odo on two days, mab on one
    assert months["personal"].tolist() == [2, 1]
    assert months["posts"].isna().all(), "No file here can show posts."


def test_without_dates_months_are_thirty_days(log: Callable[..., nq.Network]) -> None:
    day = 86_400
    rows = [("zora", "odo", str(at)) for at in (0, 29 * day, 31 * day)]
    months = nq.broadcast(log(rows, ego="zora")).months
    assert months["month"].tolist() == [0, 1]
    assert months["personal"].tolist() == [2, 1]


def test_posts_of_an_archive_are_counted_and_reach_nobody(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made = nq.sample(tmp_path_factory.mktemp("sample"), contacts=200, messages=1200, log=False)
    network = nq.read(made.archive)
    result = nq.broadcast(network)
    posts = network.events[network.events["kind"] == "post"]
    recent = network.as_of - posts["day"] < 365
    assert result.frame["posts"].iloc[0] == recent.sum()
    assert result.months["posts"].sum() == len(posts) > 0
    assert "not in these files" in " ".join(result.coverage)


def test_connections_alone_show_no_habit(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("alone") / "Connections.csv"
    path.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,,Founder,03 Mar 2024\n"
    )
    result = nq.broadcast(nq.read(path))
    assert result.frame.drop(columns="habit").isna().all(axis=None)
    assert result.frame["habit"].isna().all()
    assert result.months.empty


def test_diversity_and_dispersion_by_hand() -> None:
    amounts = np.array([[4.0, 1.0], [4.0, 1.0], [8.0, 0.0], [0.0, 0.0]])
    # shares .25, .25, .5: exp(.25 ln 4 * 2 + .5 ln 2) = exp(1.0397) = 2.8284
    assert hill(amounts).round(4).tolist() == [2.8284, 2.0]
    # 4, 4, 8 and nothing else: 2 (1 * 4 + 2 * 4 + 3 * 8) / (3 * 16) - 4 / 3 = 1.5 - 1.3333
    assert gini(amounts).round(4).tolist() == [0.1667, 0.0]
    assert np.isnan(hill(np.zeros((2, 1)))).all()
    assert np.isnan(gini(np.zeros((2, 1)))).all()


def test_a_word_to_one_does_not_swallow_the_mailing(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", EIGHT, "2026-03-02 09:00"),
        ("zora", "p0", "2026-03-02 09:10"),
        ("zora", "p1", "2026-03-02 09:11"),
    ]
    zora = nq.broadcast(log(rows, ego="zora", separator=";")).frame.loc["zora"]
    assert (zora["personal"], zora["many"], zora["reached"]) == (2, 8, 8)


def test_answers_in_the_same_second_depend_on_no_order(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", EIGHT, "2026-03-02 10:00"),
        *((f"p{k}", "zora", "2026-03-02 10:00") for k in range(2)),
    ]
    one, other = (
        nq.broadcast(log(each, ego="zora", separator=";", as_of="2026-06-01")).frame.loc["zora"]
        for each in (rows, rows[::-1])
    )
    assert one["per_thousand"] == other["per_thousand"] == 0


def test_months_and_year_count_the_same(log: Callable[..., nq.Network]) -> None:
    network = log(rows_of(24, 3), ego="zora", separator=";", as_of="2026-12-31")
    result = nq.broadcast(network)
    for name in ("personal", "many"):
        assert result.months[name].sum() == result.frame.loc["zora", name]
    single = nq.broadcast(log([("zora", "odo", "2026-03-02 10:00")], ego="zora"))
    assert single.months["many"].isna().all()


def test_two_of_three_is_a_handshake(log: Callable[..., nq.Network]) -> None:
    network = log(rows_of(16, 1), ego="zora", separator=";", as_of="2026-12-31")
    assert nq.broadcast(network).frame.loc["zora", "habit"] == "handshake"
