"""The plain rules count what the sample wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import netquality as nq
from netquality.errors import NotObserved
from netquality.evaluation.baselines import (
    BASELINES,
    decayed_count,
    decayed_reciprocity,
    direct_messages,
    last_contact,
    message_count,
    reciprocity,
)
from netquality.samples.write import Sample, sample

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.network import Network


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample(tmp_path_factory.mktemp("plain"), contacts=120, messages=1200, log=False)


@pytest.fixture(scope="module")
def network(made: Sample) -> Network:
    return nq.read(made.archive)


def test_rules_agree_with_the_truth(made: Sample, network: Network) -> None:
    messages = direct_messages(network)
    true = made.people[made.people["days"] > 0]
    counts = message_count(messages).reindex(true.index)
    lesser = reciprocity(messages).reindex(true.index)
    both = np.minimum(true["received"], true["sent"])
    assert counts.tolist() == (true["received"] + true["sent"]).tolist()
    assert lesser.tolist() == both.tolist()
    exported = pd.Timestamp(made.exported)
    age = (exported - true["last"].dt.normalize()).dt.days
    assert (-last_contact(messages).reindex(true.index)).tolist() == age.tolist()


def test_nobody_else_is_counted(made: Sample, network: Network) -> None:
    """Hidden accounts write directly too; apart from them there are contacts only."""
    people = network.people.loc[direct_messages(network)["person"].unique()]
    persons = people[people["kind"] == "person"]
    assert set(persons.index) <= set(made.people.index)
    assert network.ego not in people.index


def test_decay_fades_and_never_adds(network: Network) -> None:
    messages = direct_messages(network)
    assert (decayed_count(messages) <= message_count(messages)).all()
    assert (decayed_reciprocity(messages) <= reciprocity(messages)).all()
    endless = decayed_reciprocity(messages, half_life=1e12)
    assert np.allclose(endless, reciprocity(messages))


def test_one_sided_contact_has_no_reciprocity(made: Sample, network: Network) -> None:
    one_sided = made.people.index[made.people["planted"].isin(["broadcaster", "outreach"])]
    scores = decayed_reciprocity(direct_messages(network)).reindex(one_sided).dropna()
    assert len(scores)
    assert (scores == 0).all()


def test_all_rules_rate_the_same_contacts(network: Network) -> None:
    messages = direct_messages(network)
    contacts = {name: tuple(sorted(rule(messages).index)) for name, rule in BASELINES.items()}
    assert len(set(contacts.values())) == 1


def test_a_group_without_ego_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("sender,recipient,at\nzora,odo,2026-01-05\nodo,mina,2026-01-06\n", "utf-8")
    with pytest.raises(NotObserved, match="one ego"):
        direct_messages(nq.read(log))
