"""Sessions and features from events, each with its arithmetic."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netquality.ids import event_ids
from netquality.network import Network, build
from netquality.schema import Tables, as_table

AS_OF = 20_000


def network(
    rows: list[tuple[str, str, float]],
    *,
    owner: str | None = "zora",
    kind: str = "message",
    as_of: int = AS_OF,
    **more: object,
) -> Network:
    """A network of (sender, recipient, day) rows; days may be fractions."""
    frame = pd.DataFrame(rows, columns=["sender", "recipient", "day"])
    seconds = (frame["day"] * 86_400).round().astype("int64")
    at = pd.to_datetime(seconds, unit="s", utc=True).astype("datetime64[us, UTC]")
    ordinal = frame.groupby(["sender", "recipient", "day"]).cumcount()
    people = sorted({*frame["sender"], *frame["recipient"]} | ({owner} if owner else set()))
    events = as_table(
        "events",
        {
            "event": event_ids("message", frame["sender"] + frame["recipient"], seconds, ordinal),
            "at": at,
            "day": seconds // 86_400,
            "precision": "second",
            "sender": frame["sender"],
            "recipient": frame["recipient"],
            "role": "to",
            "kind": kind,
            "channel": "log",
            "audience": 1,
            "source": "s",
            "row": np.arange(len(frame)),
            **more,
        },
        rows=len(frame),
    )
    accounts = as_table(
        "accounts",
        {
            "account": people,
            "source": "s",
            "key": "platform",
            "value": people,
            "name": people,
            "kind": "person",
        },
    )
    source = as_table(
        "sources",
        {
            "source": ["s"],
            "name": "x",
            "bundle": "x",
            "format": "log",
            "zone": "UTC (given)",
            "shows": "message",
            "owner": owner,
            "read": len(frame),
            "kept": len(frame),
        },
        rows=1,
    )
    return build(Tables(sources=source, accounts=accounts, events=events), as_of=as_of)


def strengths(net: Network) -> dict[tuple[str, str], float]:
    return {(a, b): s for a, b, s in net.ties[["a", "b", "strength"]].itertuples(index=False)}


def test_messages_of_half_an_hour_are_one_session() -> None:
    noon = AS_OF - 3 + 0.5
    net = network(
        [
            ("zora", "odo", noon),
            ("zora", "odo", noon + 0.01),
            ("odo", "zora", noon + 0.015),
            ("zora", "odo", noon + 0.2),
        ]
    )
    tie = net.ties.iloc[0]
    # 12:00 and 12:14 fall into one half-hour, 16:48 into another; the answer is one
    assert (tie["out"], tie["in"], tie["days"]) == (2, 1, 1)


def test_one_exchange_is_the_large_step() -> None:
    day = AS_OF - 30
    nothing, said, exchanged = (
        network(rows).ties["strength"].tolist()
        for rows in ([], [("zora", "odo", day)], [("zora", "odo", day), ("odo", "zora", day + 0.2)])
    )
    assert nothing == []
    # one way: intensity alone, ln(1 + .722) / ln(41.7) = .1457 -> -4 + 2.5 * .1457 = -3.636
    assert said[0] == pytest.approx(1 / (1 + np.exp(3.6357)), abs=1e-4)
    assert exchanged[0] > 0.25


def test_parts_sum_to_the_strength() -> None:
    net = network(
        [("zora", "odo", AS_OF - 9 * k) for k in range(20)]
        + [("odo", "zora", AS_OF - 9 * k - 1.3) for k in range(15)]
    )
    strength = net.ties["strength"].iloc[0]
    assert net.parts.sum(axis=1).iloc[0] == pytest.approx(
        np.log(strength / (1 - strength)), abs=1e-9
    )
    shown = net.explain("zora", "odo")
    assert sum(shown.parts.values()) == pytest.approx(np.log(strength / (1 - strength)), abs=1e-9)
    assert len(shown.events["intensity"]) == 35


def test_who_only_writes_is_not_close() -> None:
    loud = network([("odo", "zora", AS_OF - 3 * k) for k in range(100)])
    mild = network(
        [("odo", "zora", AS_OF - 30 * k) for k in range(12)]
        + [("zora", "odo", AS_OF - 30 * k - 0.1) for k in range(12)]
    )
    assert loud.ties["strength"].iloc[0] < 0.2 < 0.7 < mild.ties["strength"].iloc[0]
    assert loud.ties["grade"].iloc[0] == "weak"


def test_crowds_carbon_copies_and_templates_weigh_less() -> None:
    rows = [("zora", "odo", AS_OF - 5.0)]
    one = network(rows).parts["intensity"].iloc[0]

    # amounts: 1, 1/4, 1/2, .2, and nothing above 20 addressed or for a robot
    def amount(x: float) -> float:
        faded = x * (0.5 * 2 ** (-5 / 30) + 0.5 * 2 ** (-5 / 365))
        return float(2.5 * np.log1p(faded) / np.log1p(40.7))

    assert one == pytest.approx(amount(1.0))
    assert network(rows, audience=4).parts["intensity"].iloc[0] == pytest.approx(amount(0.25))
    assert network(rows, role="cc").parts["intensity"].iloc[0] == pytest.approx(amount(0.5))
    assert network(rows, marks="templated").parts["intensity"].iloc[0] == pytest.approx(amount(0.2))
    # What is addressed to a crowd or sent by a robot makes no tie at all.
    assert network(rows, audience=21).ties.empty
    assert network(rows, marks="automatic").ties.empty


def test_an_archive_shows_no_tie_between_two_contacts() -> None:
    net = network([("zora", "odo", AS_OF - 1.0), ("odo", "mab", AS_OF - 1.0)])
    assert set(strengths(net)) == {("zora", "odo")}
    group = network([("zora", "odo", AS_OF - 1.0), ("odo", "mab", AS_OF - 1.0)], owner=None)
    assert set(strengths(group)) == {("odo", "zora"), ("mab", "odo")}


def test_standing_needs_both_sides() -> None:
    rows = [("zora", "odo", AS_OF - 1.0), ("odo", "zora", AS_OF - 1.5), ("odo", "mab", AS_OF - 1.0)]
    assert network(rows).ties["standing"].isna().all()
    whole = network(rows, owner=None).ties.set_index(["a", "b"])["standing"]
    assert whole.notna().all()
    assert whole["odo", "zora"] > whole["mab", "odo"]


def test_what_comes_later_is_not_seen() -> None:
    rows = [
        ("zora", "odo", AS_OF - 50.0),
        ("odo", "zora", AS_OF - 49.5),
        ("zora", "odo", AS_OF - 2.0),
    ]
    whole = network(rows)
    then = whole.at(AS_OF - 40)
    assert (
        then.ties["strength"].iloc[0]
        == network(rows[:2], as_of=AS_OF - 40).ties["strength"].iloc[0]
    )
    assert then.at(AS_OF).ties["strength"].iloc[0] == whole.ties["strength"].iloc[0]


def test_messages_that_cross_have_no_order() -> None:
    """Both write in the same second, twice: no order of rows and no name decides who answered."""
    rows = [
        ("zora", "odo", AS_OF - 50.5),
        ("odo", "zora", AS_OF - 50.5),
        ("zora", "odo", AS_OF - 40.5),
        ("zora", "odo", AS_OF - 30.5),
        ("odo", "zora", AS_OF - 30.5),
    ]
    swapped = [(b, a, day) for a, b, day in rows]
    first = strengths(network(rows, owner=None))
    assert list(strengths(network(rows[::-1], owner=None)).values()) == list(first.values())
    assert list(strengths(network(swapped, owner=None)).values()) == list(first.values())


rows_of = st.lists(
    st.tuples(
        st.sampled_from(["zora", "odo", "mab"]),
        st.sampled_from(["zora", "odo", "mab"]),
        st.integers(0, 900),
    ),
    min_size=1,
    max_size=25,
).map(lambda rows: [(a, b, AS_OF - float(d) - 0.5) for a, b, d in rows if a != b])
relaxed = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(rows_of, st.randoms())
def test_order_of_rows_does_not_matter(rows: list[tuple[str, str, float]], random: object) -> None:
    mixed = rows[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert strengths(network(mixed, owner=None)) == pytest.approx(
        strengths(network(rows, owner=None)), abs=1e-12
    )


@relaxed
@given(rows_of, st.integers(-3000, 3000))
def test_shifting_all_dates_changes_nothing(rows: list[tuple[str, str, float]], shift: int) -> None:
    moved = [(a, b, day + shift) for a, b, day in rows]
    assert strengths(network(moved, owner=None, as_of=AS_OF + shift)) == pytest.approx(
        strengths(network(rows, owner=None)), abs=1e-12
    )


@relaxed
@given(rows_of)
def test_a_new_contact_leaves_the_other_ties_alone(rows: list[tuple[str, str, float]]) -> None:
    before = strengths(network(rows, owner=None))
    after = strengths(network([*rows, ("zora", "pim", AS_OF - 1.5)], owner=None))
    assert {pair: after[pair] for pair in before} == pytest.approx(before, abs=1e-12)


@relaxed
@given(rows_of)
def test_renaming_people_changes_nothing(rows: list[tuple[str, str, float]]) -> None:
    names = {"zora": "x3", "odo": "x2", "mab": "x1"}
    renamed = strengths(network([(names[a], names[b], day) for a, b, day in rows], owner=None))
    plain = {
        frozenset(names[p] for p in pair): s
        for pair, s in strengths(network(rows, owner=None)).items()
    }
    assert {frozenset(pair): s for pair, s in renamed.items()} == pytest.approx(plain, abs=1e-12)


def test_a_meeting_of_three_is_not_one_to_one() -> None:
    rows = [("zora", "odo", AS_OF - 3.0), ("zora", "mab", AS_OF - 3.0)]
    meeting = {"kind": "meeting", "event": "m", "audience": 2}
    assert network(rows, **meeting).ties["one_to_one"].tolist() == [0.0, 0.0]
    alone = network(rows[:1], **{**meeting, "audience": 1})
    assert alone.ties["one_to_one"].tolist() == [1.0]


@pytest.mark.parametrize("absent", [0, 1, 2])
def test_who_declined_a_meeting_was_not_there(absent: int) -> None:
    people = ["odo", "mab", "pim"]
    rows = [("zora", who, AS_OF - 3.0) for who in people]
    answers = ["declined" if k == absent else "accepted" for k in range(3)]
    meeting = {"kind": "meeting", "event": "m", "audience": 3, "answer": answers}
    ties = network(rows, owner=None, **meeting).ties
    present = {"zora", *people} - {people[absent]}
    assert set(ties["a"]) | set(ties["b"]) == present
    assert len(ties) == 3
    assert ties["strength"].nunique() == 1


def test_a_template_that_went_to_many_is_not_one_to_one() -> None:
    rows = [("zora", "odo", AS_OF - 3.0)]
    assert network(rows, marks="templated").ties["one_to_one"].tolist() == [0.0]
    assert network(rows, marks="thanks").ties["one_to_one"].tolist() == [1.0]
