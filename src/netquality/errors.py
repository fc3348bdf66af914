"""The error root and its few leaves.

Every error that netquality raises on purpose is a `NetQualityError`. What
describes bad input is also a `ValueError`, so that old handlers keep working.
A message says what was found, where, what is accepted and what to do.

    NetQualityError
    ├── BadInput (ValueError)      a file, an option or a cell that cannot be used
    │   └── Ambiguous              several readings are possible; an option decides
    ├── NotObserved (ValueError)   a question that this data cannot answer
    └── BrokenTable (ValueError)   a table breaks the schema: a defect of netquality
"""

from __future__ import annotations

__all__ = ["Ambiguous", "BadInput", "BrokenTable", "NetQualityError", "NotObserved"]


class NetQualityError(Exception):
    """The root of all errors raised on purpose.

    Examples
    --------
    >>> issubclass(BadInput, NetQualityError) and issubclass(BadInput, ValueError)
    True
    """


class BadInput(NetQualityError, ValueError):
    """A file, an option or a cell that cannot be used.

    Parameters
    ----------
    found
        What was found, and where.
    accepted
        What is accepted instead.
    todo
        What the user can do about it.

    Examples
    --------
    >>> print(BadInput("x.pdf is a PDF.", accepted="A ZIP, a folder or a CSV.", todo="Pass one."))
    x.pdf is a PDF. Accepted: A ZIP, a folder or a CSV. Pass one.
    """

    def __init__(self, found: str, *, accepted: str = "", todo: str = "") -> None:
        self.found, self.accepted, self.todo = found, accepted, todo
        parts = [found, f"Accepted: {accepted}" if accepted else "", todo]
        super().__init__(" ".join(part for part in parts if part))


class Ambiguous(BadInput):
    """Several readings are possible, and guessing would be wrong too often."""


class NotObserved(NetQualityError, ValueError):
    """The question has an answer, but not in this data.

    Examples
    --------
    >>> raise NotObserved("A LinkedIn export holds no tie between two contacts.")
    Traceback (most recent call last):
    netquality.errors.NotObserved: A LinkedIn export holds no tie between two contacts.
    """


class BrokenTable(NetQualityError, ValueError):
    """A table breaks the schema at a boundary: a defect of netquality, not of the input."""
