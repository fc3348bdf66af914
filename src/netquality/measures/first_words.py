"""With whom the first words lie between two exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.days import shown
from netquality.measures.found import Found, rows_of, shaped
from netquality.schema import KINDS
from netquality.ties.dyads import UNDATED

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["first_words"]

WORDS = ("message", "call", "meeting")


def first_words(network: Network, earlier: int, later: int) -> Found:
    """Find with whom the first words ever seen lie between the two days.

    Unknown where no words up to the earlier day are shown, or no file covers the time after it.

    Parameters
    ----------
    network
        Of one owner.
    earlier, later
        UTC days of the two exports.

    Returns
    -------
    Found
        Rows of ``first words``, with their day.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> first_words(build(Tables()), 0, 1).unknown
    {'first words': 'no message, call or meeting up to 1970-01-01 is shown'}
    """
    words = _words(network)
    known = set(words["channel"][words["day"] <= earlier])
    why = _unheard(network, words["day"].max(), known, earlier)
    if why:
        said = (f"Nothing is known of first words: {why}.",)
        return Found(rows_of({}), said, {"first words": why})
    # A crowd's mail is no word to anybody, and words without a day may have been the first.
    meant = words[words["meant"]]
    undated = meant["person"][meant["day"].isna()]
    firsts = meant.sort_values("day", kind="stable").drop_duplicates("person")
    firsts = firsts[((firsts["day"] > earlier) & (firsts["day"] <= later)).fillna(False)]
    sure = firsts["channel"].isin(known) & ~firsts["person"].isin(undated)
    heard = _heard_said(network, int((~sure).sum()), earlier, later)
    return Found(shaped(firsts[sure].assign(what="first words")), heard)


def _words(network: Network) -> pd.DataFrame:
    """Return the owner's messages, calls and meetings: with whom, on which day, how."""
    acts, people = network.contact.acts, network.contact.people
    owner = people.get_indexer(pd.Index(network.egos))
    spoken = np.isin(acts.kind, [KINDS.index(kind) for kind in WORDS])
    mine = np.flatnonzero(spoken & (np.isin(acts.a, owner) | np.isin(acts.b, owner)))
    other = np.where(np.isin(acts.a[mine], owner), acts.b[mine], acts.a[mine])
    day = pd.Series(acts.day[mine], dtype="Int64")
    return pd.DataFrame(
        {
            "person": pd.Series(people.to_numpy()[other], dtype="str"),
            "day": day.mask(day == UNDATED),
            "channel": acts.channel[mine],
            "meant": acts.weight[mine] > 0,
        }
    )


def _unheard(network: Network, last: int, known: set[int], earlier: int) -> str | None:
    """Say why nobody can tell which words were the first, if so."""
    if not known:
        return f"no message, call or meeting up to {shown(earlier)} is shown"
    if max(last, *_heard_until(network).values()) <= earlier:
        return f"no file shows messages, calls or meetings after {shown(earlier)}"
    return None


def _heard_until(network: Network) -> dict[str, int]:
    """Return the last day that files with words cover: of LinkedIn's, and of all others."""
    files = network.sources[network.sources["unused"].isna()]
    spoken = files["shows"].fillna("").map(lambda shows: bool(set(WORDS) & set(shows.split(","))))
    until = files["exported"].fillna(files["last"])[spoken]
    linkedin = files["format"][spoken] == "linkedin/messages"
    sides = {"LinkedIn messages": until[linkedin], "Words in other files": until[~linkedin]}
    return {name: int(days.max()) for name, days in sides.items() if days.notna().any()}


def _heard_said(network: Network, unsure: int, earlier: int, later: int) -> tuple[str, ...]:
    until = {name: day for name, day in _heard_until(network).items() if day < later}
    lines = [f"{name} are seen up to {shown(day)} only." for name, day in until.items()]
    if unsure:
        lines.append(
            "People with whom the first dated words were perhaps not the first (other words have "
            f"no day, or nothing shows that channel up to {shown(earlier)}), left out: {unsure:,}."
        )
    return tuple(lines)
