"""The sentences behind a suggestion; each is a fact of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netquality.advice.roles import role_of
from netquality.days import shown

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Pair", "reasons"]


class Pair(NamedTuple):
    """A suggestion to explain."""

    introducer: str
    a: str
    b: str
    knows: float


class _Facts(NamedTuple):
    name: str
    employer: str
    role: str


def _is_known(cell: str) -> bool:
    return bool(cell == cell and cell)


def reasons(network: Network, pairs: list[Pair]) -> list[str]:
    """Return the reasons of each pair as one string of sentences."""
    if not pairs:
        return []
    people = network.people
    wanted = {person for pair in pairs for person in pair[:3]}
    some = people[people.index.isin(wanted)]
    facts = {
        str(person): _Facts(name, employer, role)
        for person, name, employer, role in zip(
            some.index, some["name"], some["employer"], role_of(some["title"]), strict=True
        )
    }
    ties = _ties_of(network, wanted)
    return [" ".join(_sentences(network, pair, facts, ties)) for pair in pairs]


def _ties_of(network: Network, wanted: set[str]) -> dict[tuple[str, str], dict[str, object]]:
    ties = network.ties
    some = ties[ties["a"].isin(wanted) & ties["b"].isin(wanted)]
    rows = some[["a", "b", "out", "in", "days", "last"]].to_dict("records")
    return {(str(row["a"]), str(row["b"])): {str(k): v for k, v in row.items()} for row in rows}


def _sentences(
    network: Network,
    pair: Pair,
    facts: dict[str, _Facts],
    ties: dict[tuple[str, str], dict[str, object]],
) -> list[str]:
    found = []
    for person in (pair.a, pair.b):
        tie = ties.get((pair.introducer, person)) or ties.get((person, pair.introducer)) or {}
        found.append(_contact(network, facts[person].name, tie))
    one, other = facts[pair.a], facts[pair.b]
    if _is_known(one.role) and _is_known(other.role):
        found.append(f"By their titles {_article(one.role)} and {_article(other.role)}.")
    if _is_known(one.employer) and one.employer == other.employer:
        found.append(f"Both work at {one.employer}: they may know each other.")
    elif pair.knows >= 0.5:
        found.append("They were in conversations together: they likely know each other.")
    return found


def _contact(network: Network, name: str, tie: dict[str, object]) -> str:
    sessions = float(str(tie.get("out", "nan"))) + float(str(tie.get("in", "nan")))
    if sessions != sessions:
        return f"{name}: a tie given by the file."
    last = shown(tie.get("last"), network.relative)
    times = f"{sessions:,.0f} exchange{'s' if sessions != 1 else ''}"
    return f"{name}: {times}{f', last on {last}' if last else ''}."


def _article(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
