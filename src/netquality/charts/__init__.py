"""Charts: each takes a result, computes nothing and returns the matplotlib Axes.

``netquality.charts`` is a public name, so its functions stand here.
"""

from netquality.charts.fame_intimacy import alt_profile, profile
from netquality.charts.style import fresh, save
from netquality.charts.weak_strong import alt_ties, ties

__all__ = ["alt_profile", "alt_ties", "fresh", "profile", "save", "ties"]
