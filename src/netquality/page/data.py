"""What the page's script reads: tables and people as JSON, packed by column."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netquality.page.crowd import Crowd
    from netquality.page.tables import Table

__all__ = ["embedded", "packed", "people_data", "table_data"]

_ESCAPED = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def embedded(data: object) -> Markup:
    r"""Return JSON that may stand inside a script element: no text of it can end the element.

    Examples
    --------
    >>> embedded({"name": "</script>\u2028"})
    Markup('{"name":"\\u003c/script\\u003e\\u2028"}')
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Every sign that means something to HTML is gone, so it needs no escaping (and may have none:
    # a script's text is taken as it stands).
    return Markup(text.translate(_ESCAPED))  # noqa: S704


def packed(values: Sequence[str]) -> Any:
    """Return a column: its few different values once and numbers for the rows, or as it is.

    Examples
    --------
    >>> packed(["weak", "weak", "weak", "strong"])
    {'values': ['weak', 'strong'], 'codes': [0, 0, 0, 1]}
    >>> packed(["Zora", "Milo"])
    ['Zora', 'Milo']
    """
    codes: dict[str, int] = {}
    numbers = [codes.setdefault(value, len(codes)) for value in values]
    if 2 * len(codes) > len(values):
        return list(values)
    return {"values": list(codes), "codes": numbers}


def table_data(table: Table) -> dict[str, Any]:
    """Return a table for the script: headings, columns, and who each row is about."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    return {
        "heads": [column.label for column in table.columns],
        "kinds": [column.kind for column in table.columns],
        "looks": [column.look for column in table.columns],
        "columns": [packed(column) for column in columns],
        "who": [list(places) for places in zip(*table.who, strict=True)],
        "choose": table.choose,
        "size": table.size,
        "more": table.more,
    }


def people_data(crowd: Crowd) -> dict[str, Any]:
    """Return the people for the script: what a search looks at, and where a name leads."""
    return {
        "names": list(crowd.names),
        "employers": packed(crowd.employers),
        "slugs": packed(crowd.slugs),
    }
