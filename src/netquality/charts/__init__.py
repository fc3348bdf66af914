"""Charts: each takes a result, computes nothing and returns the matplotlib Axes.

``netquality.charts`` is a public name, so its functions stand here. Each chart has its words for
those who do not see it under the same name with ``alt_`` before it.
"""

from netquality.charts.balance import alt_give_and_take, give_and_take
from netquality.charts.by_month import alt_months, months
from netquality.charts.fame_intimacy import alt_profile, profile
from netquality.charts.favours import alt_ladder, ladder
from netquality.charts.how_reliable import alt_reliability, reliability
from netquality.charts.over_time import alt_path, path
from netquality.charts.ring_map import alt_rings, rings
from netquality.charts.style import fresh, save
from netquality.charts.weak_strong import alt_ties, ties
from netquality.charts.when_silent import alt_silence, silence

__all__ = [
    "alt_give_and_take",
    "alt_ladder",
    "alt_months",
    "alt_path",
    "alt_profile",
    "alt_reliability",
    "alt_rings",
    "alt_silence",
    "alt_ties",
    "fresh",
    "give_and_take",
    "ladder",
    "months",
    "path",
    "profile",
    "reliability",
    "rings",
    "save",
    "silence",
    "ties",
]
