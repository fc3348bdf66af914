"""What every measure returns: a frame, and what it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["Result"]

_SHOWN = 25


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A measure's answer with its provenance.

    Attributes
    ----------
    frame
        One row a person or a tie; the measure says which, and what its columns mean.
        What was not observed is missing, never 0.
    as_of
        The UTC day asked for.
    coverage
        What the figures stand on, and why some are missing, in sentences.
    parameters
        What the measure was asked with.
    version
        Of netquality.

    Examples
    --------
    >>> import pandas as pd
    >>> made = Result(pd.DataFrame({"ties": [2]}, index=pd.Index(["zora"], name="person")), 0)
    >>> made.to_frame().to_dict("list")
    {'person': ['zora'], 'ties': [2]}
    """

    frame: pd.DataFrame
    as_of: int
    coverage: tuple[str, ...] = field(default=(), kw_only=True)
    parameters: Mapping[str, object] = field(default_factory=dict, kw_only=True)

    @property
    def version(self) -> str:
        """The version of netquality that computed it."""
        return version("netquality")

    def to_frame(self) -> pd.DataFrame:
        """Return `frame` with a named index as a column."""
        return self.frame.reset_index() if self.frame.index.name else self.frame

    def __repr__(self) -> str:
        """Say what it is in a line; `frame` has the rest."""
        size = f"{len(self.frame):,} rows, {len(self.frame.columns)} columns"
        return f"<{type(self).__name__}: {size}. {self.coverage[0] if self.coverage else ''}>"

    def _repr_html_(self) -> str:
        return str(
            self.frame.head(_SHOWN).to_html(
                escape=True, na_rep="not observed", float_format=lambda value: f"{value:.3g}"
            )
        )
