"""What GraphML and GEXF have in common: numbered attributes and text fit for XML.

Both are written as text. A tree of elements costs ten times as long for a million attributes,
and says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DECLARATION", "TYPES", "Forms", "inside", "quoted"]

DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
# Both formats call the types alike.
TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}


class Forms:
    """The attributes of nodes and edges as lines; alike nodes, and alike edges, share a form.

    Parameters
    ----------
    prefix
        What an attribute's id begins with; then comes its number, in the order of appearance.
    line
        The line of one attribute, with ``{key}`` for its id and ``%s`` for its value.

    Attributes
    ----------
    keys
        The ids by scope, name and type. An attribute that is now a whole number and now a
        fraction has two, or else a reader would take the one for the other.

    Examples
    --------
    >>> forms = Forms("d", "<data key='{key}'>%s</data>")
    >>> forms.filled("edge", {"basis": "<given>", "weight": 0.5})
    "<data key='d0'>&lt;given&gt;</data><data key='d1'>0.5</data>"
    >>> forms.keys
    {('edge', 'basis', <class 'str'>): 'd0', ('edge', 'weight', <class 'float'>): 'd1'}
    """

    def __init__(self, prefix: str, line: str) -> None:
        self.keys: dict[tuple[str, str, type], str] = {}
        self._prefix, self._line = prefix, line
        self._forms: dict[tuple[str, tuple[str, ...], tuple[type, ...]], str] = {}

    def filled(self, scope: str, data: Mapping[str, Any]) -> str:
        """Return the lines of one node, edge or graph; none if it has no attributes."""
        values = data.values()
        kind = scope, tuple(data), tuple(map(type, values))
        form = self._forms.get(kind)
        if form is None:
            form = self._forms[kind] = self._form(*kind)
        return form % tuple([inside(value) for value in values])

    def _form(self, scope: str, names: tuple[str, ...], types: tuple[type, ...]) -> str:
        met = [(scope, name, kind) for name, kind in zip(names, types, strict=True)]
        for key in met:
            self.keys.setdefault(key, f"{self._prefix}{len(self.keys)}")
        return "".join(self._line.format(key=self.keys[key]) for key in met)


def inside(value: Any) -> Any:
    r"""Return a value as it stands between tags or quotes; numbers pass as they are.

    Examples
    --------
    >>> inside("the <Owl> & \"Anvil\""), inside(0.5), inside(True)
    ('the &lt;Owl&gt; &amp; &quot;Anvil&quot;', 0.5, 'true')
    """
    if isinstance(value, str):
        return escape(value).replace('"', "&quot;")
    return str(value).lower() if isinstance(value, bool) else value


def quoted(value: Any) -> str:
    """Return a value as it stands in an attribute, with its quotes.

    Examples
    --------
    >>> quoted('the "Owl"'), quoted(3)
    ('"the &quot;Owl&quot;"', '"3"')
    """
    return f'"{inside(value)}"'
