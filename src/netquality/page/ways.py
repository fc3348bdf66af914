"""People whom another owner of a pool lets you ask for: all of theirs that a page may show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netquality.page.tables import Column, Table, table
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Network

__all__ = ["ways"]

_LONG = 80


def ways(network: Network) -> Table | None:
    """Return who can be asked for whom; None where nobody released a way.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> way = {"owner": "milo", "owner_name": "Milo Brasket", "name": "Odo Fern"}
    >>> routes = pd.DataFrame([way | {"employer": "Brass Teapot Ltd", "title": ""}])
    >>> ways(SimpleNamespace(routes=routes)).rows
    (('Milo Brasket', 'Odo Fern', 'Brass Teapot Ltd', ''),)
    """
    if network.routes.empty:
        return None
    columns = (("Ask", "owner_name"), ("For", "name"), ("Employer", "employer"), ("Title", "title"))
    return table(
        "Ways through others, as they released them",
        [(Column(label), _text(name)) for label, name in columns],
        network.routes,
    )


def _text(column: str) -> Callable[[Any], str]:
    return lambda row: clean(row[column], limit=_LONG)
