"""Which keys may join accounts without asking: those that are one person's own.

A profile or a platform id is. A mail address or a phone number is, unless the data shows that
several people use it: a family's mailbox, an office's line, an address that was handed on. A
landline and the address of a role are nobody's own. What is refused here is evidence for a
suggestion, never lost.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from netquality.identity.names import agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["STRONG", "contradictory", "is_role", "joining"]

STRONG = ("profile", "mail", "phone", "platform")
# Local parts that name a desk, not a person, in English and the languages around it.
_ROLES = frozenset(
    """
    abuse accounting accounts admin administration bewerbung billing booking bookings
    buchhaltung buero careers contact contact-us contacto customerservice do-not-reply
    donotreply einkauf enquiries enquiry events everyone familia familie family feedback
    finance frontdesk geschaeftsleitung hallo hello help helpdesk hola hostmaster hr info
    information inquiries jobs kontakt kontor legal mail mailbox mailer-daemon marketing
    media news newsletter no-reply noreply notification notifications office orders
    partner partners payroll post postmaster praxis press presse privacy reception
    rechnung recruiting registration rezeption sales secretary security sekretariat
    service services shop studio subscribe support team teams tech ventas verkauf vertrieb
    webmaster welcome
    """.split()  # noqa: SIM905 - a list of ninety words reads better as prose
)
_TAILS = frozenset({"info", "noreply", "no-reply", "office", "sales", "support", "team"})
_SURELY_MOBILE = "mobile"
# Nearly the same name, but as likely a colleague's, a wife's or a father's on one address.
_TWO_PEOPLE = ("same given name, other surname (maiden name?)", "Sr. stated once", "Jr. against II")
# So many different names on one key are a crowd's; comparing them all would say no more.
_CROWD = 12


def is_role(address: str) -> bool:
    """Say whether a mail address is a desk's (info@, sales@, no-reply@), not a person's.

    Examples
    --------
    >>> is_role("info@quill.example"), is_role("sales.emea@quill.example"), is_role("zo@q.example")
    (True, True, False)
    """
    local = address.partition("@")[0].partition("+")[0].casefold()
    parts = [part for part in local.replace("_", ".").split(".") if part]
    pieces = [*parts[:1], *local.replace("_", ".").replace("-", ".").split(".")]
    return local in _ROLES or bool({*pieces[:2]} & _ROLES or {*parts[-1:], pieces[-1]} & _TAILS)


def joining(accounts: pd.DataFrame) -> pd.Series:
    """Say of every row of ``accounts`` whether its key may join it to others.

    Parameters
    ----------
    accounts
        The table of all sources together.

    Returns
    -------
    pandas.Series
        Boolean, in the order of the rows.

    Examples
    --------
    >>> from netquality.schema import as_table
    >>> named = {"account": ["1", "2"], "source": "s", "key": "mail", "kind": "person"}
    >>> family = named | {"value": "home@quill.example", "name": ["Zora Quill", "Odo Quill"]}
    >>> joining(as_table("accounts", family)).tolist()
    [False, False]
    >>> joining(as_table("accounts", family | {"name": ["Zora Quill", "Quill, Zora"]})).tolist()
    [True, True]
    """
    key = accounts["key"].astype("str")
    usable = key.isin(STRONG) & (accounts["kind"] != "hidden")
    usable &= ~((key == "mail") & accounts["value"].map(is_role).astype(bool))
    shared = accounts[usable & key.isin(["mail", "phone"])]
    # An account that bears the key under several names is shared as much as two accounts are.
    several = shared.groupby(["key", "value"], observed=True)["account"].transform("nunique") > 1
    shared = shared.assign(name=shared["name"].where(~_is_handle(accounts)[shared.index]))
    names = shared["name"].groupby([shared["key"], shared["value"]], observed=True)
    open_ = shared[several | (names.transform("nunique") > 1)]
    if open_.empty:
        return usable
    keys = accounts[accounts["account"].isin(open_["account"])].groupby("account")["key"]
    own = {str(account): frozenset(map(str, kinds)) for account, kinds in keys}
    refused = [
        bearers.index
        for (kind, value), bearers in open_.groupby(["key", "value"], observed=True)
        if not _is_one(str(kind), str(value), bearers, own)
    ]
    for rows in refused:
        usable[rows] = False
    return usable


def _is_one(
    kind: str, value: str, bearers: pd.DataFrame, own: Mapping[str, frozenset[str]]
) -> bool:
    """Say whether all who bear a mail address or a number may be one person."""
    names = _names(bearers)
    if not all(_alike(a, b) for a, b in _pairs(names)):
        return False
    if kind == "mail":
        return True
    named = bearers[bearers["name"].isin(names)]["account"].nunique()
    line = _line(value)
    if line == _SURELY_MOBILE or named < 2:
        return True
    elsewhere = sum(bool(own[account] - {"phone", "name"}) for account in set(bearers["account"]))
    return line != "landline" and elsewhere < 2


def _is_handle(accounts: pd.DataFrame) -> pd.Series:
    """Say which names only repeat an address, a number or an id of the account: they are none."""
    keys = accounts[accounts["key"] != "name"]
    handles = set(zip(keys["account"], keys["value"].str.casefold(), strict=True))
    named = zip(accounts["account"], accounts["name"].str.casefold(), strict=True)
    return pd.Series([pair in handles for pair in named], index=accounts.index, dtype="bool")


def _alike(a: str, b: str) -> bool:
    found = agreement(a, b)
    return found.level != "different" and not set(found.reasons) & set(_TWO_PEOPLE)


def _names(rows: pd.DataFrame) -> list[str]:
    """Return the different names in some rows."""
    return sorted(set(rows["name"].dropna()))


def _pairs(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(list(names)[:_CROWD], 2)


@lru_cache(1 << 15)
def _line(number: str) -> str:
    """Return ``mobile``, ``landline`` or ``either``: in some countries a number does not tell."""
    import phonenumbers

    try:
        kind = phonenumbers.number_type(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return "either"
    types = phonenumbers.PhoneNumberType
    if kind in (types.MOBILE, types.PERSONAL_NUMBER):
        return _SURELY_MOBILE
    return "either" if kind in (types.FIXED_LINE_OR_MOBILE, types.UNKNOWN) else "landline"


def contradictory(accounts: pd.DataFrame, group: pd.Series) -> set[int]:
    """Return the groups of accounts in which two bear names that cannot be one person's.

    Two accounts contradict each other when no name of the one agrees with any of the other: a
    chain of shared keys may lead from Jana over "J." to Jonas, each link harmless by itself.

    Parameters
    ----------
    accounts
        Rows with ``account``, ``name`` and ``value``.
    group
        The group of each row.
    """
    named = accounts[accounts["name"].notna() & ~_is_handle(accounts)]
    named = named.assign(group=group[named.index]).drop_duplicates(["group", "account", "name"])
    several = named.groupby("group")["account"].transform("nunique") > 1
    several &= named.groupby("group")["name"].transform("nunique") > 1
    found = set()
    for number, rows in named[several].groupby("group"):
        each = [sorted(set(names)) for _, names in rows.groupby("account")["name"]]
        if any(_contradict(a, b) for a, b in combinations(each[:_CROWD], 2)):
            found.add(int(str(number)))
    return found


def _contradict(a: list[str], b: list[str]) -> bool:
    return all(agreement(one, other).level == "different" for one in a for other in b)
