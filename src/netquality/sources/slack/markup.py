"""Slack's own marks in a text: who is mentioned, and what a person would read."""

from __future__ import annotations

import html
import re

__all__ = ["mentions", "plain"]

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_MARK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def mentions(text: str) -> tuple[str, ...]:
    """Return the ids of the users that a text mentions, each once.

    Examples
    --------
    >>> mentions("<@U123> and <@U456|odo>, once more <@U123>")
    ('U123', 'U456')
    """
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def plain(text: str) -> str:
    """Return a text without marks: mentions gone, links by their label, entities as signs.

    Examples
    --------
    >>> plain("<@U123> see <https://ink.example|the ink> &amp; <#C1|paper>, <!here>")
    ' see the ink & paper, '
    """
    return html.unescape(_MARK.sub(_read, text))


def _read(found: re.Match[str]) -> str:
    sign, target, label = found.groups()
    if sign in ("@", "!"):
        return ""
    return label or ("" if sign else target)
