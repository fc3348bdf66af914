"""Which tables a workspace has: the schema's, and a few of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.schema import TABLES

if TYPE_CHECKING:
    import duckdb

__all__ = ["OWN", "PER_SOURCE", "create"]

PER_SOURCE = ("sources", "accounts", "events", "relations", "attributes", "rejects", "given")
OWN = {
    "meta": "name VARCHAR PRIMARY KEY, value VARCHAR",
    "imports": 'source VARCHAR PRIMARY KEY, "at" TIMESTAMPTZ',
    "people": "account VARCHAR, person VARCHAR, name VARCHAR, kind VARCHAR",
    "forgotten": "hash VARCHAR PRIMARY KEY",
    "reports": "folder VARCHAR PRIMARY KEY",
}


def create(db: duckdb.DuckDBPyConnection, catalog: str = "") -> None:
    """Make all tables that are missing, in the schema's columns."""
    prefix = f"{catalog}." if catalog else ""
    for name, columns in TABLES.items():
        listed = ", ".join(f'"{column}" {_type(dtype)}' for column, dtype in columns.items())
        db.execute(f"CREATE TABLE IF NOT EXISTS {prefix}{name} ({listed})")
    for name, columns_ in OWN.items():
        db.execute(f"CREATE TABLE IF NOT EXISTS {prefix}{name} ({columns_})")


def _type(dtype: Any) -> str:
    if isinstance(dtype, pd.CategoricalDtype):
        listed = ", ".join(f"'{value}'" for value in dtype.categories)
        return f"ENUM ({listed})"
    kinds = {"str": "VARCHAR", "int64": "BIGINT", "Int64": "BIGINT"}
    kinds |= {"float64": "DOUBLE", "Float64": "DOUBLE"}
    return kinds.get(str(dtype), "TIMESTAMPTZ")
