"""The guard that proves "nothing leaves this machine" must itself be seen to work."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("method", ["connect", "connect_ex", "bind"])
def test_a_socket_that_leaves_the_process_is_refused(method: str) -> None:
    with socket.socket() as end, pytest.raises(RuntimeError, match=r"127\.0\.0\.1"):
        getattr(end, method)(("127.0.0.1", 9))


def test_a_datagram_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end,
        pytest.raises(RuntimeError, match=r"socket\.sendto"),
    ):
        end.sendto(b"x", ("127.0.0.1", 9))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_two_ends_within_the_process_are_allowed() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"local")
        assert other.recv(5) == b"local"
