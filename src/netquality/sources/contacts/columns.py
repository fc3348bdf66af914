"""Which column of an address book as CSV says what: Google's and Outlook's, old and new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.addresses import folded_name

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Layout", "layout_of"]

# A header of either kind at the least; LinkedIn's own lists of contacts have none of these.
_NEW_GOOGLE = frozenset({"first name", "last name", "file as", "labels"})
_OLD_GOOGLE = frozenset({"name", "given name", "family name", "group membership"})
_LINKEDIN = frozenset({"connected on", "createdat", "created at", "phone numbers", "phonenumbers"})
_VALUE = r"(\d+) - value"
_GOOGLE = {
    "mail": re.compile(rf"e-mail {_VALUE}"),
    "phone": re.compile(rf"phone {_VALUE}"),
    "link": re.compile(rf"website {_VALUE}"),
    "label": re.compile(r"phone (\d+) - (?:label|type)"),
    "employer": re.compile(r"organization(?: name| 1 - name)"),
    "job": re.compile(r"organization(?: title| 1 - title)"),
    "group": re.compile(r"labels|group membership"),
    "full": re.compile(r"name"),
    "filed": re.compile(r"file as"),
    "prefix": re.compile(r"name prefix"),
    "given": re.compile(r"(?:first|given) name"),
    "middle": re.compile(r"(?:middle|additional) name"),
    "family": re.compile(r"(?:last|family) name"),
    "suffix": re.compile(r"name suffix"),
    "nickname": re.compile(r"nickname|short name"),
    "maiden": re.compile(r"maiden name"),
}
# English, German, French, Spanish (which is half English); faxes, pagers, the switchboard and
# the assistant's line are not among them, because whoever answers there is somebody else.
_OUTLOOK = {
    "mail": re.compile(
        r"e-mail (?:\d )?address|e-mail-adresse|e-mail \d: adresse|adresse de messagerie(?: \d)?"
        r"|direcci[oó]n del? correo electr[oó]nico(?: \d)?"
    ),
    "phone": re.compile(
        r"(?:business|home|mobile|other|primary|car) phone(?: \d)?"
        r"|telefon \(?(?:geschäftlich|privat)(?: \d)?\)?|(?:mobil|auto|haupt)telefon(?: \d)?"
        r"|weiteres telefon|téléphone(?: \d)? \((?:bureau|domicile|autre|voiture)\)"
        r"|tél\. mobile|téléphone principal"
        r"|teléfono (?:del trabajo|particular|móvil|principal)(?: \d)?|otro teléfono|particular"
    ),
    "link": re.compile(
        r"(?:personal )?web ?page|(?:business )?home page|webseite|page web|página web"
    ),
    "employer": re.compile(r"company|firma|société|organización|compañía"),
    "job": re.compile(r"job title|position|puesto|cargo|titre"),
    "group": re.compile(r"categories|kategorien|catégories|categorías"),
    "shown": re.compile(r"e-mail(?:: angezeigter name| display name)"),
    "given": re.compile(r"first name|vorname|prénom|nombre"),
    "middle": re.compile(r"middle name|weitere vornamen|deuxième prénom|segundo nombre"),
    "family": re.compile(r"last name|nachname|nom|apellidos?"),
    "prefix": re.compile(r"title|anrede"),
    "suffix": re.compile(r"suffixe?"),
    "nickname": re.compile(r"nickname|spitzname|surnom|apodo"),
}
# French writes both the form of address and the position as "Titre": the latter comes last.
_ONLY_AFTER = {"titre": "employer"}


class Layout(NamedTuple):
    """Whose header it is, and the columns of each role, in their order."""

    form: str
    columns: dict[str, tuple[int, ...]]

    def cells(self, row: Sequence[str], role: str) -> list[str]:
        """Return what a row has in the columns of a role."""
        return [row[place] for place in self.columns.get(role, ()) if place < len(row)]


def layout_of(header: Sequence[str]) -> Layout | None:
    """Return the layout of an address book's header, None when it is another file's.

    Parameters
    ----------
    header
        Its cells.

    Examples
    --------
    >>> layout_of(["Vorname", "Nachname", "E-Mail-Adresse", "Mobiltelefon"]).form
    'outlook'
    >>> layout_of(["First Name", "Last Name", "URL", "Email Address", "Connected On"]) is None
    True
    """
    cells = [folded_name(cell.replace("\ufeff", "").replace("_", " ")) for cell in header]
    present = set(cells)
    if present & _LINKEDIN:
        return None
    if present >= _NEW_GOOGLE or present >= _OLD_GOOGLE:
        return Layout("google", _columns(cells, _GOOGLE))
    found = _columns(cells, _OUTLOOK)
    reach = len(found.get("mail", ())) + len(found.get("phone", ()))
    named = "given" in found and "family" in found
    # Two names and one way to reach people: no log and no list of members has these words.
    return Layout("outlook", found) if named and reach else None


def _columns(cells: list[str], roles: dict[str, re.Pattern[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        for role, pattern in roles.items():
            early = _ONLY_AFTER.get(cell)
            if pattern.fullmatch(cell) and (early is None or early in found):
                found.setdefault(role, []).append(place)
    return {role: tuple(places) for role, places in found.items()}
