"""Whether two people's work is complementary, by the words of their titles.

A fallback until offers and asks are known; the sizes are ours and marked so wherever they
are shown.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["ROLES", "complement", "role_of"]

# The first that fits wins: "co-founder and engineer" is a founder here.
ROLES: dict[str, str] = {
    "investor": r"investor|venture|angel|private equity|fund manager|limited partner",
    "founder": r"co-?founder|founder|founding|entrepreneur|owner|gründer(?:in)?",
    "recruiter": r"recruit\w*|talent|headhunter|people partner|human resources|hr",
    "researcher": r"research\w*|scientist|professor|lecturer|phd|postdoc|fellow|wissenschaft\w*",
    "designer": r"design\w*|ux|ui|illustrat\w*|architect",
    "product lead": r"product",
    "engineer": (
        r"engineer\w*|developer|programmer|software|devops|data|cto|entwickler\w*|ingenieur\w*"
    ),
    "seller": r"sales|account (?:executive|manager)|business development|vertrieb\w*",
    "marketer": r"marketing|brand|growth|communications|pr|editor|journalist|content",
    "finance expert": r"financ\w*|accountant|controller|cfo|auditor|analyst|bank\w*",
    "lawyer": r"lawyer|legal|counsel|attorney|solicitor|anwält\w*|anwalt",
    "student": r"student\w*|intern|trainee|apprentice|praktikant\w*",
    "consultant": r"consult\w*|advis[oe]r|coach|berater\w*",
    "executive": r"ceo|coo|chief|president|vp|director|head of|managing|partner|geschäftsführ\w*",
    "operator": r"operations|supply|logistics|project manager|program manager|office",
}
_PAIRS = {
    ("founder", "investor"): 1.0,
    ("founder", "engineer"): 0.8,
    ("founder", "designer"): 0.7,
    ("founder", "product lead"): 0.7,
    ("founder", "seller"): 0.7,
    ("founder", "marketer"): 0.6,
    ("founder", "researcher"): 0.7,
    ("founder", "lawyer"): 0.6,
    ("founder", "finance expert"): 0.6,
    ("founder", "recruiter"): 0.6,
    ("investor", "researcher"): 0.6,
    ("investor", "executive"): 0.5,
    ("recruiter", "engineer"): 0.6,
    ("recruiter", "student"): 0.7,
    ("recruiter", "executive"): 0.6,
    ("researcher", "engineer"): 0.6,
    ("researcher", "student"): 0.5,
    ("designer", "product lead"): 0.7,
    ("designer", "engineer"): 0.5,
    ("designer", "marketer"): 0.5,
    ("product lead", "engineer"): 0.6,
    ("product lead", "seller"): 0.5,
    ("seller", "marketer"): 0.5,
    ("seller", "executive"): 0.6,
    ("consultant", "executive"): 0.6,
    ("consultant", "founder"): 0.6,
    ("finance expert", "executive"): 0.5,
    ("lawyer", "executive"): 0.5,
    ("student", "engineer"): 0.5,
}
SAME, OTHER = 0.3, 0.2


def role_of(titles: pd.Series) -> pd.Series:
    """Return the role family of each title; missing where no word is known.

    Examples
    --------
    >>> role_of(pd.Series(["Angel Investor", "Beekeeper", None])).tolist()
    ['investor', nan, nan]
    """
    text = titles.fillna("").str.casefold()
    found = pd.Series(pd.NA, index=titles.index, dtype="str")
    for role, words in ROLES.items():
        found = found.mask(found.isna() & text.str.contains(rf"\b(?:{words})\b", regex=True), role)
    return found


def complement(roles: pd.Series) -> npt.NDArray[np.float64]:
    """Return how complementary each two people's roles are, missing where one is unknown.

    Examples
    --------
    >>> complement(pd.Series(["founder", "investor", "founder"])).tolist()
    [[0.3, 1.0, 0.3], [1.0, 0.3, 1.0], [0.3, 1.0, 0.3]]
    """
    names = list(ROLES)
    table = np.full((len(names) + 1, len(names) + 1), OTHER)
    np.fill_diagonal(table, SAME)
    for (one, other), value in _PAIRS.items():
        i, j = names.index(one), names.index(other)
        table[i, j] = table[j, i] = value
    table[-1, :] = table[:, -1] = np.nan
    codes = pd.Categorical(roles, categories=names).codes.astype(np.int64)
    return np.asarray(table[np.ix_(codes, codes)])
