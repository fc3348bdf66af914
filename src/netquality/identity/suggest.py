"""Who may be the same person: pairs to ask the user about, best first, with reasons.

Nothing is joined here. Pairs are found by keys that two names, addresses or numbers share, so
that thousands of people need no comparison of all with all.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.decisions import in_force, latest
from netquality.identity.cards import Card, Census, given_of, handle, surname_of, workplace
from netquality.identity.evidence import weighed
from netquality.identity.names import Name, parsed
from netquality.identity.nicknames import full_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.identity.people import Identity
    from netquality.schema import Tables

__all__ = ["suggestions"]

COLUMNS = ("a", "b", "a_name", "b_name", "score", "reasons", "against")
# A key that more people share tells nobody apart; another key narrows it, or the pair is missed.
LARGEST = 200
# Names that one person bears in many spellings; more of them say nothing new.
_NAMES = 4
Pair = tuple[str, str]


def suggestions(tables: Tables, identity: Identity, *, least: float = 0.5) -> pd.DataFrame:
    """Return pairs of people who may be one, to be decided by the user.

    Parameters
    ----------
    tables
        Accounts, attributes (employers), relations and decisions.
    identity
        Who is who so far.
    least
        The least score of a pair that is returned.

    Returns
    -------
    pandas.DataFrame
        ``a``, ``b`` (people, ``a < b``), ``a_name``, ``b_name``, ``score``, ``reasons`` and
        ``against`` (readable, "" for nothing), best first. The score is meant as the probability
        that they are one person; it comes from a rule with weights set by hand and is not
        calibrated. A name counts for more the rarer it is among these people, and for nothing
        by itself where three and more bear it.

        Left out: pairs that the user decided already, two profiles in one owner's contacts
        (unless name and mailbox or phone agree), hidden members, groups, lists, robots, rooms
        and organisations, and people who share only a key that more than 200 bear.

    Examples
    --------
    >>> from netquality.identity.people import identify
    >>> from netquality.schema import Tables, as_table
    >>> accounts = as_table("accounts", {
    ...     "account": ["1", "2"], "source": "s", "key": ["profile", "mail"], "kind": "person",
    ...     "value": ["zora-quill", "zora.quill@quillworks.example"],
    ...     "name": ["Zora Quill", "Quill, Zora (PhD)"]})
    >>> tables = Tables(accounts=accounts)
    >>> found = suggestions(tables, identify(tables))
    >>> found[["a", "b", "reasons"]].iloc[0].tolist()
    ['zora-quill', 'zora.quill@quillworks.example', 'same name; credentials aside']
    """
    cards = _cards(tables, identity)
    census = Census.of(cards.values())
    decided = _decided(tables, identity)
    names = identity.people["name"]
    rows: list[tuple[Any, ...]] = []
    for a, b in _candidates(cards):
        if (a, b) in decided:
            continue
        found = weighed(cards[a], cards[b], census)
        if found is not None and found.score >= least:
            said = "; ".join(dict.fromkeys(found.reasons)), "; ".join(found.against)
            rows.append((a, b, names[a], names[b], found.score, *said))
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {name: "float64" if name == "score" else "str" for name in COLUMNS}
    )
    order = ["score", "a", "b"]
    return frame.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _decided(tables: Tables, identity: Identity) -> set[Pair]:
    """Return the pairs of people about whom the user has said that they are one, or two."""
    said = in_force(tables.decisions)
    said = latest(said[said["kind"].isin(["same", "different"])], ["subject", "object"])
    ends = (said[side].map(identity.person_of) for side in ("subject", "object"))
    pairs = zip(*ends, strict=True)
    return {(min(p), max(p)) for p in pairs if all(isinstance(who, str) for who in p)}


def _cards(tables: Tables, identity: Identity) -> dict[str, Card]:
    """Gather what the accounts of each person say."""
    accounts = tables.accounts
    person = accounts["account"].map(identity.person_of)
    other = set(person[(accounts["kind"] != "person").to_numpy()])
    keys: dict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    rows = zip(
        person, accounts["key"].astype("str"), accounts["value"], accounts["name"], strict=True
    )
    for who, key, value, name in rows:
        if who in other:
            continue
        keys[who][key].add(value)
        if isinstance(name, str) and name != value:
            keys[who]["names"].add(name)
    _add_employers(tables, identity, keys)
    _add_exports(tables, identity, keys)
    return {who: _card(who, found) for who, found in sorted(keys.items()) if who not in other}


def _card(person: str, found: dict[str, set[Any]]) -> Card:
    named = found["names"] | found["name"]
    names = [text for text in sorted(named, key=lambda t: (-len(t), t)) if parsed(text)]
    return Card(
        person,
        tuple(names[:_NAMES]),
        *(frozenset(found[key]) for key in ("mail", "phone", "profile", "employer", "seen")),
    )


def _add_employers(
    tables: Tables, identity: Identity, keys: dict[str, dict[str, set[Any]]]
) -> None:
    rows = tables.attributes[tables.attributes["name"] == "employer"]
    for who, value in zip(rows["account"].map(identity.person_of), rows["value"], strict=True):
        if who in keys and (place := workplace(value)):
            keys[who]["employer"].add(place)


def _add_exports(tables: Tables, identity: Identity, keys: dict[str, dict[str, set[Any]]]) -> None:
    """Note in which file of whom a person is a connection."""
    rows = tables.relations[tables.relations["kind"] == "connected"]
    for side, owner in (("a", "b"), ("b", "a")):
        people = rows[side].map(identity.person_of)
        owners = rows[owner].map(identity.person_of)
        for who, whose, source in zip(people, owners, rows["source"], strict=True):
            if who in keys:
                keys[who]["seen"].add((whose, source))


def _candidates(cards: dict[str, Card]) -> list[Pair]:
    """Return the pairs that share a key which few enough bear."""
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for who, card in cards.items():
        for key in set(_blocks(card)):
            blocks[key].append(who)
    found: set[Pair] = set()
    for (kind, *_), people in blocks.items():
        if 1 < len(people) <= LARGEST:
            found.update(_pairs(people, cards, whole=kind in ("mail", "phone")))
    return sorted(found)


def _pairs(people: list[str], cards: dict[str, Card], *, whole: bool) -> Iterator[Pair]:
    """Yield the pairs of a block; two profiles of the same exports only where a key is shared."""
    rooms: dict[frozenset[tuple[str, str]], list[str]] = defaultdict(list)
    for who in people:
        card = cards[who]
        rooms[frozenset() if whole or not card.slugs else card.seen].append(who)
    loose = combinations(rooms.get(frozenset(), []), 2)
    across = (product(one, other) for one, other in combinations(rooms.values(), 2))
    for a, b in chain(loose, *across):
        yield (a, b) if a < b else (b, a)


def _blocks(card: Card) -> Iterator[tuple[str, ...]]:
    """Yield the keys under which a person is looked up."""
    for name in card.parts:
        yield from _name_blocks(name)
        for given in {given_of(name)} - {""}:
            for place in card.workplaces:
                yield ("work", given, place)
    for key in (*card.mails, *card.slugs):
        if letters := handle(key):
            yield ("handle", letters)
    for mail in card.mails:
        yield ("mail", mail)
    for phone in card.phones:
        digits = "".join(c for c in phone if c.isdigit())
        yield ("phone", digits[-9:])


def _name_blocks(name: Name) -> Iterator[tuple[str, ...]]:
    """Yield surname and initial, full name of a nickname, slips, other order, former names."""
    given, surname = given_of(name), surname_of(name)
    words = {surname, *(surname_of(Name(surnames=(w,))) for w in (*name.surnames, *name.others))}
    words |= {surname_of(Name(surnames=(w,))) for w in name.given[1:] if len(w) > 2}
    for word in words - {""}:
        # An initial stands for every given name; a nickname rarely shares its first letter.
        yield ("surname", word, given[:1])
        for each in (given, *name.nicknames, *name.given[1:]):
            if len(each) > 1:
                for full in {each, *full_names(each)}:
                    yield ("given", word, full)
    yield ("both", *sorted((given, surname)))
    if len(given) > 1 and len(surname) > 3:
        yield ("start", given, surname[:3])
        yield ("end", given, surname[-3:])
    if given and surname:
        yield from (("handle", text) for text in (given + surname, surname + given))
        yield from (("handle", text) for text in (given[0] + surname, surname + given[0]))
