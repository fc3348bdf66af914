"""Who begins and who answers, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

# Zora asks on 1 May, Odo answers two hours later, Zora thanks. On 1 June Odo asks and gets no
# answer; on 1 July he asks again. On 10 August Zora asks; the log ends on 12 August.
TALK = [
    ("zora", "odo", "2026-05-01 10:00"),
    ("odo", "zora", "2026-05-01 12:00"),
    ("zora", "odo", "2026-05-01 13:00"),
    ("odo", "zora", "2026-06-01 10:00"),
    ("odo", "zora", "2026-07-01 10:00"),
    ("zora", "odo", "2026-08-10 10:00"),
    ("zora", "mab", "2026-08-12 10:00"),
]


def one(network: nq.Network, alter: str = "odo") -> pd.Series:
    frame = nq.initiative(network).frame
    return frame[frame["alter"] == alter].iloc[0]


def test_who_begins(log: Callable[..., nq.Network]) -> None:
    odo = one(log(TALK, ego="zora"))
    # Each of 1 May, 1 June, 1 July, 10 August breaks a silence of 14 days.
    assert (odo["conversations"], odo["started"]) == (4, 2)
    assert odo["initiative"] == pytest.approx(0.5)
    assert odo["initiative_low"] < 0.5 < odo["initiative_high"]


def test_who_answers_and_how_fast(log: Callable[..., nq.Network]) -> None:
    odo = one(log(TALK, ego="zora"))
    # Zora's turns: 1 May (answered after 2 h); her thanks end the exchange and ask nothing; 10
    # August is two days old: open.
    assert (odo["asked"], odo["answered"], odo["open"]) == (1, 1, 1)
    assert odo["reply_rate"] == 1.0
    assert odo["wait_hours"] == pytest.approx(2.0)
    # Odo's: 1 May is answered by the thanks within 1 h, 1 June and 1 July are not.
    assert (odo["own_asked"], odo["own_answered"], odo["own_open"]) == (3, 1, 0)
    assert odo["own_rate"] == pytest.approx(1 / 3)
    assert odo["own_wait_hours"] == pytest.approx(1.0)


def test_what_is_young_is_open_and_what_is_old_is_not(log: Callable[..., nq.Network]) -> None:
    mab = one(log(TALK, ego="zora"), "mab")
    assert (mab["asked"], mab["open"]) == (0, 1)
    assert mab[["reply_rate", "reply_rate_low", "wait_hours", "own_rate"]].isna().all()
    later = one(log(TALK, ego="zora", as_of="2026-08-27"), "mab")
    assert (later["asked"], later["answered"], later["open"]) == (1, 0, 0)
    assert (later["reply_rate"], later["reply_rate_low"]) == (0.0, 0.0)


def test_a_group_sees_each_tie_from_both_ends(log: Callable[..., nq.Network]) -> None:
    frame = nq.initiative(log(TALK)).frame.set_index(["person", "alter"])
    there, back = frame.loc[("zora", "odo")], frame.loc[("odo", "zora")]
    assert there["conversations"] == back["conversations"]
    assert there["started"] + back["started"] == there["conversations"]
    assert there["asked"] == back["own_asked"]
    assert there["wait_hours"] == back["own_wait_hours"]


def test_totals_add_up_over_alters(log: Callable[..., nq.Network]) -> None:
    result = nq.initiative(log(TALK, ego="zora"))
    totals = result.totals.loc["zora"]
    for name in ("conversations", "started", "asked", "answered", "open", "own_asked"):
        assert totals[name] == result.frame[name].sum()
    assert totals["initiative"] == pytest.approx(3 / 5)


def test_a_chat_is_over_after_an_hour(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", "odo", "2026-05-01 10:00", "chat"),
        ("odo", "zora", "2026-05-01 10:30", "chat"),  # within the hour: the same conversation
        ("odo", "zora", "2026-05-01 11:31", "chat"),  # 61 minutes later: his own
        ("zora", "odo", "2026-05-03 10:00", "chat"),
    ]
    odo = one(log(rows, "channel", ego="zora"))
    assert (odo["conversations"], odo["started"]) == (3, 2)


def test_the_megaphone_begins_no_conversation(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", "odo;mab", "2026-05-01 10:00"),
        ("odo", "zora", "2026-05-02 10:00"),  # an answer to it is no beginning either
        ("mab", "zora", "2026-07-01 10:00"),  # two months later: a beginning
    ]
    network = log(rows, ego="zora", separator=";")
    assert (one(network)["conversations"], one(network)["answered"]) == (0, 1)
    assert (one(network, "mab")["conversations"], one(network, "mab")["started"]) == (1, 0)


def test_without_times_nobody_begins(log: Callable[..., nq.Network]) -> None:
    network = log([("zora", "odo"), ("odo", "zora")], ego="zora")
    result = nq.initiative(network)
    assert result.frame.empty
    assert "nothing shows" in result.coverage[0]


def test_who_asks_again_is_answered_after_the_last_word(log: Callable[..., nq.Network]) -> None:
    rows = [("zora", "odo", f"2026-03-{day} 10:00") for day in ("01", "10", "19")]
    odo = one(log([*rows, ("odo", "zora", "2026-03-19 11:00")], ego="zora", as_of="2026-06-01"))
    assert (odo["asked"], odo["answered"], odo["wait_hours"]) == (1, 1, 1.0)
    assert odo["own_asked"] == 0, "His answer asks nothing."


def test_a_question_long_after_messages_that_crossed_is_open(
    log: Callable[..., nq.Network],
) -> None:
    rows = [
        ("zora", "odo", "2025-01-01 10:00"),
        ("odo", "zora", "2025-01-01 10:00"),
        ("zora", "odo", "2026-08-10 10:00"),
    ]
    odo = one(log(rows, ego="zora", as_of="2026-08-12"))
    assert (odo["asked"], odo["open"]) == (0, 1)
    assert odo["conversations"] == 1, "Who began in 2025 nobody can tell."


def test_waits_of_the_totals_are_on_their_own_side(log: Callable[..., nq.Network]) -> None:
    totals = nq.initiative(log(TALK, ego="zora")).totals.loc["zora"]
    assert (totals["wait_hours"], totals["own_wait_hours"]) == (2.0, 1.0)


def test_a_new_thread_of_mail_is_a_beginning(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", "odo", "2026-05-01 10:00", "mail", "t1"),
        ("odo", "zora", "2026-05-02 10:00", "mail", "t1"),
        ("odo", "zora", "2026-05-03 10:00", "mail", "t2"),
        ("zora", "odo", "2026-07-03 10:00", "mail", "t2"),  # late, and the same thread
    ]
    odo = one(log(rows, "channel", "thread", ego="zora"))
    assert (odo["conversations"], odo["started"]) == (2, 1)


def test_what_goes_to_a_crowd_asks_nobody(log: Callable[..., nq.Network]) -> None:
    crowd = ";".join(["odo", *(f"p{number}" for number in range(20))])
    rows = [("zora", crowd, "2026-05-01 10:00"), ("zora", "odo", "2026-06-01 10:00")]
    network = log(rows, ego="zora", separator=";", as_of="2026-12-31")
    assert one(network)["asked"] == 1
    assert network.ties["b"].tolist() == ["odo"], "Mail to 21 people makes no tie."
    assert nq.broadcast(network).frame.loc["zora", "many"] == 21
    assert nq.profile(network).frame.loc["zora", "active"] == 1
