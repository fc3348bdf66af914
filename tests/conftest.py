"""What holds for every test: no network, no window system, public data only where named."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ["MPLBACKEND"] = "Agg"

_OUTWARD = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.bind"}
)
_open_for: list[str] = []


class NetworkUsedError(RuntimeError):
    """A test, or the code it tests, reached for the network."""


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _OUTWARD or _open_for:
        return
    address = arguments[0] if event == "socket.getaddrinfo" else arguments[-1]
    if isinstance(address, tuple) or event == "socket.getaddrinfo":
        raise NetworkUsedError(f"{event} {address!r}")


# An audit hook sees every socket of this process, also those opened by compiled code and by
# the doctests under src, which no fixture of this file reaches. Addresses that are paths
# (AF_UNIX) stay on this machine and are let through.
sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def _network_only_where_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """A notebook's kernel is driven over local sockets; nothing else may open one."""
    marked = [m for m in ("notebook",) if request.node.get_closest_marker(m)]
    _open_for.extend(marked)
    yield
    del _open_for[len(_open_for) - len(marked) :]


@pytest.fixture
def ends_soon() -> Iterator[None]:
    """Hold a test to a time that only work growing faster than its input exceeds.

    Seconds of the processor, and twenty times what any machine needs: no measure of speed.
    """
    began = time.process_time()
    yield
    assert time.process_time() - began < 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on public data are skipped, and say so, where the data is not at hand."""
    if os.environ.get("NETQUALITY_DATA"):
        return
    skip = pytest.mark.skip(reason="NETQUALITY_DATA does not name the public data sets")
    for item in items:
        if item.get_closest_marker("data"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def public_data() -> Path:
    """The folder of the public data sets; a wrong name fails, it does not skip."""
    folder = Path(os.environ["NETQUALITY_DATA"])
    assert folder.is_dir(), f"NETQUALITY_DATA names {folder}, which is no folder."
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    """The fictional export that the project ships."""
    folder = root / "data" / "samples"
    assert any(folder.rglob("*")), f"{folder} is empty."
    return folder
