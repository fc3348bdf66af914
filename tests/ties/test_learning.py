"""What a user says moves the weights of strength: a little at first, signs kept, told how far."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import netquality as nq
from netquality.decisions import decided
from netquality.errors import BadInput
from netquality.network import build
from netquality.ties.strength import SHIPPED, logit

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MAILERS, CALLERS = [f"mailer{k}" for k in range(30)], [f"caller{k}" for k in range(30)]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    """Zora writes to thirty people often, and to thirty others seldom, but by three media."""
    rows = []
    for number, who in enumerate([*MAILERS, *CALLERS]):
        often = who in MAILERS
        for k in range(24 if often else 9):
            # Nobody shares a minute, or it would be one mail to several.
            at = NOON - timedelta(days=(8 if often else 20) * k + 3, minutes=number)
            channel = "mail" if often else ("mail", "chat", "call")[k % 3]
            rows.append(f"zora@example.org,{who}@example.org,{at:%Y-%m-%d %H:%M},{channel}")
            back = at + timedelta(hours=5)
            rows.append(f"{who}@example.org,zora@example.org,{back:%Y-%m-%d %H:%M},{channel}")
    log = tmp_path_factory.mktemp("log") / "log.csv"
    log.write_text("sender,recipient,at,channel\n" + "\n".join(rows), "utf-8")
    return nq.read(log, ego="zora@example.org")


def told(network: nq.Network, words: list[tuple[str, str, dict[str, str]]]) -> nq.Network:
    """Return the network after words of (person, kind, what is said)."""
    of = {person: account for account, person in network.identity.person_of.items()}
    said = [
        decided(kind, of[f"{who}@example.org"], at=NOON + timedelta(seconds=k), **what)
        for k, (who, kind, what) in enumerate(words)
    ]
    tables = replace(network.tables, decisions=pd.concat(said, ignore_index=True))
    return build(tables, ego=network.ego)


def rated(people: list[str], value: int) -> list[tuple[str, str, dict[str, str]]]:
    return [(who, "rating", {"value": str(value)}) for who in people]


def lead(network: nq.Network) -> float:
    """Return by how many log-odds callers are stronger than mailers."""
    z = logit(network.ties["strength"])
    callers = network.ties["b"].str.contains("caller").to_numpy()
    return float(z[callers].mean() - z[~callers].mean())


def test_without_words_the_weights_are_those_shipped(network: nq.Network) -> None:
    assert network.weights is SHIPPED
    assert nq.weights(network).coverage[-1].endswith("no rating and no outcome is recorded.")


def test_words_move_the_weights_the_more_the_more_there_are(network: nq.Network) -> None:
    """Whoever is called in several ways is close to this user: media weigh more, intensity less."""
    few = told(network, rated(CALLERS[:4], 5) + rated(MAILERS[:4], 1))
    many = told(network, rated(CALLERS, 5) + rated(MAILERS, 1))
    assert lead(network) < lead(few) < lead(many)
    found = nq.weights(many)
    frame = found.frame.set_index("feature")
    assert frame.loc["media", "moved"] > 0.5
    assert frame.loc["intensity", "moved"] < 0
    assert frame["moved"]["favours"] == pytest.approx(0.0, abs=1e-3)
    assert "60 ratings and 0 outcomes" in found.coverage[0]
    assert "Moved most" in found.coverage[1]
    assert (frame["low"] <= frame["weight"]).all()
    assert (frame["weight"] <= frame["high"]).all()


def test_signs_hold_whatever_is_said(network: nq.Network) -> None:
    """Even who calls the silent close and the lively strangers gets no negative intensity."""
    weights = told(network, rated(CALLERS, 1) + rated(MAILERS, 1)).weights
    for name, value in SHIPPED.value.items():
        assert np.sign(weights.value[name]) in (0.0, np.sign(value))


def test_the_parts_still_add_up_and_all_days_have_one_yardstick(network: nq.Network) -> None:
    after = told(network, rated(CALLERS, 5) + rated(MAILERS, 1))
    z = logit(after.ties["strength"])
    assert after.parts.sum(axis=1).to_numpy() == pytest.approx(z.to_numpy(), abs=1e-9)
    # Nothing was said by that day; the yardstick is today's all the same.
    assert after.at("2026-03-01").weights is after.weights
    now = after.ties.set_index("b")["strength"]
    who = now.index[now.index.str.startswith("mailer3@")][0]
    assert nq.lift(after, who, "answer").frame["now"].iloc[0] == pytest.approx(now[who])


def test_what_was_said_later_does_not_weigh_in_a_backtest(network: nq.Network) -> None:
    after = told(network, rated(CALLERS, 5) + rated(MAILERS, 1))
    before, now = (nq.backtest(each, days=30).frame for each in (network, after))
    assert_frame_equal(before, now)


def test_outcomes_give_a_rung_a_curve_of_its_own(network: nq.Network) -> None:
    """Thirty and more, and the warrant says so; they move the weights as well."""
    words = [
        (
            who,
            "outcome",
            {
                "value": "yes" if who in CALLERS or number % 3 == 0 else "no",
                "favour": "introduction",
                "about": "mail",
            },
        )
        for number, who in enumerate([*CALLERS, *MAILERS])
    ]
    after = told(network, words)
    found = nq.ladder(after, way="mail")
    rung = found.frame.set_index("favour").loc["introduction"]
    assert (rung["warrant"], rung["outcomes"]) == ("recorded", 60)
    # Forty of sixty did it, and all sixty are asked anew.
    assert rung["helpers_low"] < 40 < rung["helpers_high"]
    assert rung["helpers_high"] - rung["helpers_low"] < 25
    assert found.frame.set_index("favour").loc["call", "warrant"] == "assumed"
    assert nq.ladder(after).frame.set_index("favour")["helpers_low"]["introduction"] > 45
    assert found.curves["introduction"].outcomes == 60
    # The profile counts helpers by the same curve, asked in person.
    helpers = nq.profile(after).helpers.set_index("favour")
    assert helpers["warrant"].to_dict() == dict.fromkeys(helpers.index, "assumed") | {
        "introduction": "recorded"
    }
    in_person = nq.ladder(after).frame.set_index("favour").loc["introduction"]
    assert helpers.loc["introduction", "low"] == pytest.approx(in_person["helpers_low"])
    weights = nq.weights(after)
    assert "0 ratings and 60 outcomes" in weights.coverage[0]
    assert weights.frame.set_index("feature").loc["media", "moved"] > 0
    few = told(network, words[:29])
    assert nq.ladder(few).frame.set_index("favour").loc["introduction", "warrant"] == "assumed"


def test_an_outcome_needs_a_favour_and_a_way() -> None:
    with pytest.raises(BadInput, match="needs a favour") as error:
        decided("outcome", "a1", value="yes", at=NOON)
    assert "introduction" in str(error.value)
    with pytest.raises(BadInput, match="No way to ask is called 'pigeon'"):
        decided("outcome", "a1", value="yes", favour="call", about="pigeon", at=NOON)


def test_history_keeps_every_outcome(network: nq.Network) -> None:
    """Who was asked three times is three outcomes; of ratings only the last word counts."""
    said = {"favour": "call", "about": "person"}
    words = [("caller1", "outcome", {"value": value, **said}) for value in ("yes", "no", "yes")]
    history = told(network, words + rated(["caller1"], 2) + rated(["caller1"], 5)).history
    assert history.outcomes["acted"].tolist() == [True, False, True]
    assert history.outcomes["way"].tolist() == ["person"] * 3
    assert history.ratings["value"].tolist() == [5]
