"""What is installed, and what some files hold, file by file."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import click

from netquality import __version__
from netquality.cli.output import draw

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["diagnosed", "installed"]

_PACKAGES = ("pandas", "pyarrow", "networkx", "scipy", "matplotlib", "jupyterlab")
_NAME = 36
_COUNTS = ["read", "kept", "merged", "rejected"]


def installed() -> None:
    """Print the versions of netquality, Python and the libraries that matter most."""
    click.echo(f"netquality {__version__}, Python {platform.python_version()}, {platform.system()}")
    for package in _PACKAGES:
        click.echo(f"  {package:<12}{_version(package)}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        optional = package == "jupyterlab"
        return "not installed (pip install netquality[notebook])" if optional else "missing"


def diagnosed(source: Path, options: dict[str, Any]) -> None:
    """Print what each file of a source holds, which are not needed, and what was rejected.

    Raises
    ------
    BadInput
        When the source cannot be read.
    """
    from netquality.pipeline.reading import options_of
    from netquality.sources.sniff import read_source

    tables = read_source(source, options_of(**options))
    files = tables.sources
    used = files[files["unused"].isna()]
    click.echo()
    if len(used):
        what = used["format"].str.removeprefix("linkedin/")
        shown = used.assign(file=used["name"], what=what)[["file", "what", *_COUNTS]]
        draw(shown, str(source), len(shown), first=_NAME)
    _unneeded(files[files["unused"].notna()])
    odd = int(used["odd"].sum())
    if odd:
        click.echo(f"{odd:,} dates lie before 1990 or after the export; they are kept.")
    reasons = tables.rejects.groupby("reason").size().rename("rows").reset_index()
    if len(reasons):
        click.echo()
        draw(reasons, "Rejected, by reason", len(reasons))


def _unneeded(files: pd.DataFrame) -> None:
    from netquality.text import clean

    if len(files):
        click.echo("Not needed:")
    for why, names in files.groupby("unused", sort=False)["name"]:
        click.echo(f"  {', '.join(clean(name) for name in names)}: {clean(why)}")
