"""Words that stand around a name: titles, degrees, generations, particles."""

from __future__ import annotations

__all__ = [
    "AFTER_COMMA",
    "CREDENTIALS",
    "FACULTIES",
    "GENERATIONS",
    "NOT_CALLED",
    "PARTICLES",
    "TITLES",
]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES = _listed(
    """
    van von vom zu zum zur der den dem de del della dello dei degli di da das do dos du la le
    las los el al bin bint binti ibn ben abu af av ter ten te
    """
)
TITLES = _listed(
    """
    dr prof professor professorin mr mrs ms miss mx herr frau sir dame mag ing dott avv lic arq
    eng rev hon capt sgt lt mme mlle sr sra dra doctor
    """
)
# Behind a title and before two more words only: Phil and Nat are names too.
FACULTIES = _listed("med rer nat phil pol oec iur jur habil hc h c univ")
CREDENTIALS = _listed(
    """
    phd mba emba cpa pmp pgmp md msc bsc mphil dphil esq cfa cissp csm cspo llb llm mph mpa msw
    lcsw frm acca fca cma cima cscp cpim itil ccna ccie ceh cisa cism crisc cipp cfp chfc clu
    cpcu shrm sphr phr gphr edd psyd dba beng meng mres pharmd bsn msn dds dvm rn leed riba facs
    faap frcs mrcp mcips cmgr capm acp cbap oscp fcca fcma bba bcom mcom btech mtech togaf
    """
)
# Words of names as well: credentials only behind a comma.
AFTER_COMMA = _listed(
    "ma ba ca pe od do ms bs ap sa np mt pt ot hr mbe obe cbe kc jd aia cia aws cp scp"
)
GENERATIONS = {
    **dict.fromkeys(("jr", "jnr", "junior", "filho", "fils"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior"), "sr"),
    **dict.fromkeys(("ii", "2nd"), "ii"),
    **dict.fromkeys(("iii", "3rd"), "iii"),
    **dict.fromkeys(("iv", "4th"), "iv"),
}
NOT_CALLED = _listed("hiring retired ret external extern ext guest contractor open to")
