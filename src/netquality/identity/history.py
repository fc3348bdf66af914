"""The user's word, folded once: what holds, and about whom."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from netquality.decisions import in_force, latest

__all__ = ["History", "folded"]

_SIDES = ("subject", "object", "third")


@dataclass(frozen=True, eq=False)
class History:
    """What the user said and did not take back, about people instead of accounts.

    Attributes
    ----------
    said
        The decisions in force, oldest first; ``subject``, ``object`` and ``third`` are people,
        missing where no source shows the account (any more).

    Examples
    --------
    >>> from datetime import datetime, UTC
    >>> from netquality.decisions import decided
    >>> said = decided("never", "a1", at=datetime(2026, 1, 5, tzinfo=UTC))
    >>> folded(said, pd.Series({"a1": "zora"})).never
    frozenset({'zora'})
    """

    said: pd.DataFrame

    def _of(self, kind: str) -> pd.DataFrame:
        return self.said[self.said["kind"] == kind]

    @property
    def never(self) -> frozenset[str]:
        """People who are not to be suggested."""
        return frozenset(self._of("never")["subject"].dropna())

    @property
    def acquainted(self) -> pd.DataFrame:
        """Pairs who know each other, or do not: ``a``, ``b``, ``knows``; the last word on each."""
        rows = latest(self._of("knows").dropna(subset=["subject", "object"]), ["subject", "object"])
        return pd.DataFrame(
            {"a": rows["subject"], "b": rows["object"], "knows": rows["value"] == "yes"}
        ).reset_index(drop=True)

    @property
    def ratings(self) -> pd.DataFrame:
        """How close the user feels, 1 to 5, the last word.

        Columns ``person``, ``favour``, ``value``, ``at``.
        """
        rows = latest(self._of("rating").dropna(subset=["subject"]), ["subject", "favour"])
        return pd.DataFrame(
            {
                "person": rows["subject"],
                "favour": rows["favour"],
                "value": rows["value"].astype("Int64"),
                "at": rows["at"],
            }
        ).reset_index(drop=True)

    @property
    def outcomes(self) -> pd.DataFrame:
        """What became of asking: ``person``, ``favour``, ``way``, ``acted``, ``at``; every word."""
        rows = self._of("outcome").dropna(subset=["subject"])
        frame = rows.rename(columns={"subject": "person", "about": "way"})
        acted = frame["value"] == "yes"
        return frame.assign(acted=acted)[["person", "favour", "way", "acted", "at"]].reset_index(
            drop=True
        )

    @property
    def promises(self) -> pd.DataFrame:
        """Promises: ``promise`` (its id), ``by``, ``to``, ``about``, ``due``, ``kept``.

        ``kept`` is missing while a promise is open.
        """
        rows = self._of("promise")
        ends = latest(self._of("kept"), ["about"]).set_index("about")["value"]
        kept = rows["decision"].map(ends == "yes").astype("boolean")
        frame = rows.rename(columns={"decision": "promise", "subject": "by", "object": "to"})
        frame = frame[["promise", "at", "by", "to", "about", "due"]].assign(kept=kept)
        return frame.reset_index(drop=True)

    @property
    def introductions(self) -> pd.DataFrame:
        """How far each introduction has come: ``a``, ``b``, ``introducer``, ``step``, ``at``."""
        rows = latest(self._of("introduction"), ["subject", "object"])
        frame = rows.rename(columns={"subject": "a", "object": "b", "third": "introducer"})
        return frame.rename(columns={"value": "step"})[
            ["a", "b", "introducer", "step", "at"]
        ].reset_index(drop=True)

    @property
    def consents(self) -> pd.DataFrame:
        """Owners who agreed that their archives are pooled: ``owner``, ``how``, ``at``."""
        rows = latest(self._of("consent"), ["subject"])
        frame = rows.rename(columns={"subject": "owner", "value": "how"})
        return frame[["owner", "how", "at"]].reset_index(drop=True)

    @property
    def releases(self) -> pd.DataFrame:
        """Ways that an owner lets the others ask for: ``owner``, ``person``."""
        rows = self._of("release")[["subject", "object"]].dropna().drop_duplicates()
        return rows.set_axis(["owner", "person"], axis=1).reset_index(drop=True)


def folded(decisions: pd.DataFrame, person_of: pd.Series, day: int | None = None) -> History:
    """Fold decisions into what holds on a day.

    Parameters
    ----------
    decisions
        The table.
    person_of
        The person of each account.
    day
        Later decisions are not seen; None sees all.
    """
    said = in_force(decisions, day)
    people = {side: said[side].map(person_of).astype("str") for side in _SIDES}
    return History(said.assign(**people))
