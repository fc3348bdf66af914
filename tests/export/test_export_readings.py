"""JSON of the profile and of what was read."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.export.readings import profile_json, reading_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Network


def profile() -> Any:
    row = {"contacts": [3], "fame": [0.25], "employers": [np.nan], "reach": [np.inf]}
    helpers = {"person": ["me"], "favour": ["reply"], "low": [1.0], "warrant": ["assumed"]}
    return SimpleNamespace(
        frame=pd.DataFrame(row, index=pd.Index(["me"], name="person")),
        helpers=pd.DataFrame(helpers),
        coverage=["No posts\x00 were read."],
    )


def test_a_profile_has_null_for_what_is_unknown() -> None:
    assert json.loads(profile_json(profile())) == {
        "people": [{"person": "me", "contacts": 3, "fame": 0.25, "employers": None, "reach": None}],
        "helpers": [{"person": "me", "favour": "reply", "low": 1.0, "warrant": "assumed"}],
        "coverage": ["No posts were read."],
    }


def test_a_reading_accounts_for_every_file(network: Network) -> None:
    reading = json.loads(reading_json(network))
    messages, logins = reading["files"]
    assert messages["read"] == messages["kept"] + messages["merged"] + messages["rejected"] == 17
    assert messages["reasons"] == {"no date": 2, "too short": 1}
    assert (messages["first"], messages["last"]) == ("1970-01-03", "1970-01-21")
    assert (messages["zone"], messages["unused"]) == ("UTC (assumed)", None)
    assert (logins["unused"], logins["first"], logins["reasons"]) == (
        "It holds no contact.",
        None,
        {},
    )
    assert (reading["people"], reading["ties"], reading["notes"]) == (4, 3, ["UTC is assumed."])
    assert reading["as_of"] == "1970-01-21"


def test_a_log_without_real_dates_counts_days(make: Callable[..., Network]) -> None:
    reading = json.loads(reading_json(make(relative=True)))
    assert (reading["as_of"], reading["files"][0]["last"]) == (20, 20)


def test_the_text_is_strict_json(network: Network) -> None:
    assert "NaN" not in reading_json(network)
    assert "Infinity" not in profile_json(profile())
