"""Mailboxes made up of nothing but addresses: they would take the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest
    from tests.sources.mail.conftest import Post


def _mails(post: Post, count: int, body: str = "ink") -> bytes:
    def one(number: int) -> bytes:
        to = ", ".join(f"{name}{number}@b.example" for name in ("odo", "zora", "bram"))
        return post.mail(f"Message-ID: <{number}@b.example>", to=to, body=body)

    return post.box(*map(one, range(count)))


def test_more_people_than_bytes_would_have_room_for(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("netquality.sources.mail.box._PEOPLE", 20)
    monkeypatch.setattr("netquality.sources.mail.box._EACH", 500)
    found = post.mbox(_mails(post, 12))
    assert found.counts == [12, 6, 0, 6]
    assert set(found.reasons) == {"more people than a mailbox can have"}


def test_a_large_mailbox_of_many_people_is_read_whole(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("netquality.sources.mail.box._PEOPLE", 20)
    assert post.mbox(_mails(post, 40)).counts == [40, 40, 0, 0]
