"""What GraphML and GEXF have in common: numbered attributes and text fit for XML.

Both are written as text. A tree of elements costs ten times as long for a million attributes,
and gives the same file.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

__all__ = ["DECLARATION", "TYPES", "Keys", "inside", "quoted"]

DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
# Both formats call the types alike.
TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}


class Keys(dict[tuple[str, str, type], str]):
    """An id for each attribute, by scope, name and type, in the order in which they are met.

    An attribute that is now a whole number and now a fraction is declared twice, or else a
    reader would take the one for the other.

    Examples
    --------
    >>> keys = Keys("d")
    >>> keys["node", "name", str], keys["edge", "weight", float], keys["node", "name", str]
    ('d0', 'd1', 'd0')
    """

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, key: tuple[str, str, type]) -> str:
        self[key] = number = f"{self._prefix}{len(self)}"
        return number


def inside(value: Any) -> str:
    """Return a value as it stands between two tags.

    Examples
    --------
    >>> inside("Owl & Anvil"), inside(0.5)
    ('Owl &amp; Anvil', '0.5')
    """
    return escape(value) if isinstance(value, str) else str(value)


def quoted(value: Any) -> str:
    """Return a value as it stands in an attribute, with its quotes; truth as XML spells it.

    Examples
    --------
    >>> quoted('the "Owl"'), quoted(3), quoted(True)
    ('"the &quot;Owl&quot;"', '"3"', '"true"')
    """
    if isinstance(value, str):
        return '"' + escape(value).replace('"', "&quot;") + '"'
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'
