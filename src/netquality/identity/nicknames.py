"""How one given name relates to another: diminutives above all.

Words are case-folded already. A diminutive counts from the full name to the short one only:
two full names are never linked, whatever short form they share.
"""

from __future__ import annotations

import re
from functools import lru_cache

from netquality.identity.spelling import (
    OTHER,
    SLIP,
    SOFT,
    VARIANT,
    Likeness,
    loose,
    spellings,
    word,
)

__all__ = ["diminutive", "full_names", "given_word"]

# Diminutives that are not cut out of the full name, and those of languages other than English.
_IRREGULAR = """
william bill billy; robert bob bobby; richard dick; edward ted teddy ned; theodore ted teddy;
henry hank harry hal; john jack johnny jon; james jim jimmy; charles chuck charlie; francis frank;
margaret peggy peg meg maisie daisy; elizabeth betsy betty bess bessie libby; mary molly polly;
sarah sally sadie; dorothy dolly dot dottie; ann nancy nan annie; katherine kitty kate katie;
catherine kitty kate katie; harriet hattie; helen nell nellie; eleanor nell nora; martha patty;
lawrence larry; laurence larry; anthony tony; antonio tony toni; gerald jerry; terence terry;
joseph joe joey; michael mike mick mickey; eugene gene; nathaniel nate nat; jacob jake;
matilda tilly; rebecca becky becca; patrick paddy; susannah sukey sue; virginia ginny;
alexander sasha alex sandro xander; aleksandr sasha sanya; aleksandra sasha; alexandra sasha;
dmitri dima mitya; dmitry dima mitya; mikhail misha; nikolai kolya; nikolay kolya; ivan vanya;
yekaterina katya; ekaterina katya; tatiana tanya; natalia natasha; maria masha; anna anya;
sergei seryozha; sergey seryozha; vladimir volodya vova; yevgeny zhenya; evgeny zhenya;
yelena lena; elena lena; olga olya; yulia yulya; svetlana sveta; aleksei alyosha lyosha;
johannes hans hannes; johann hans; josef sepp beppo; heinrich heinz heiner; georg jorg schorsch;
elisabeth lisbeth sissi elli; katharina kathi katja; magdalena lena leni; wolfgang wolf wolfi;
francisco paco pancho curro; jose pepe; ignacio nacho; guadalupe lupe; rosario charo;
enrique quique kike; dolores lola; mercedes merche; concepcion concha; jesus chuy;
giuseppe beppe peppe pino; giovanni gianni vanni; francesco checco; luigi gigi;
stanislaw staszek; jan janek; katarzyna kasia; malgorzata gosia; aleksander olek; tomasz tomek;
joao joaozinho; jacques jacquot; cornelis kees cor; johannes jan joop; willem wim; hendrik henk
"""
# Full names in their own right that a list of nicknames may call short forms of another one.
_OWN = """
ada adela adelaide adele adeline agnes aileen alan albert alexander allan allen amanda amelia
amos ana andrew angel angelika angelique ann anna anne ansel anselm anthony ashley ashly august
austin barbara barnabas basil beatrice bela benjamin brad bridgit briana brianna bryan bryant carl
carla carly carol carole caroline casey cassandra catherine cathleen cecilia celia charles charlotte
christina claire clair clara clare clarissa clement clifford cole cora cordelia daniel dean deborah
delia delilah dian dianne dora dorothea edwin eileen elaine elbert eleanor elenor elizabeth ella
ellen eloise emanuel emily emma emmanuel eric erica erick ericka erik erika erin erna ernest
ernestine erwin esther eunice eva evan eve evelina felix fiona flora florence francine francis
frederick gail garratt garret gary george georgia geraldine gertrude glen gordon greta hailey hannah
harman harold haylee hayley helen heloise henry hilary honor hugh ian ina inez irving irwin isabella
ivy jacob jaelyn james jane janet jasper jean joan john johnathan johnathon jonathan jonathon joy
jude judith julia julian julie june justina justus kara karla kayla kelly kendrick kenneth laura
laurence lawrence lea leah lee lenora leon lewis lily linda lindsey lisa lloyd lois loren lorne
louis louise lucas lucinda lucius lucy luke lynn mabel madeline madelyn margaret margery maria
mariah marianna marie marion maris marjorie mark marc marvin mary maud maureen melissa michael
miguel minerva mira miranda mitchell mona moses nathan neil nichole nicole noah noel norah oliver
orlando patricia perry peter phoebe rachael ralph rasmus raymond reginald rhett richard robert
robin rodger roger roland rolf ronald rosa rose rosemarie ross roy rupert ruth sandra sara saul
savanna scott selma shaun shawn shirley sophia sophie stacey stacy stella stephany stephine susan
sybill tabitha terence teresa thaddeus theodore theresa thomas tracy valerie verna vernon victor
victoria vince virginia walter wendy wesley wilber wilbur wilhelmina william wilma winnifred
"""
_OWN_NAMES = frozenset(_OWN.split())
# One name of one language, written in Latin letters in several ways.
_ROMANISED = tuple(
    frozenset(line.split())
    for line in (
        "mohammed muhammad mohamed mohammad mohamad muhammed mohamad muhamad",
        "ahmed ahmad ahmet",
        "yusuf yousef youssef yusef yousuf",
        "hussein hussain husain husayn hossein",
        "abdullah abdallah abdulla",
        "khaled khalid",
        "hassan hasan",
        "ibrahim ebrahim",
        "mustafa mostafa moustafa",
    )
)


@lru_cache(1)
def _diminutives() -> dict[str, frozenset[str]]:
    """Return the short forms of each full name."""
    from nicknames import name_triplets

    found: dict[str, set[str]] = {}
    for full, relation, short in name_triplets():
        if relation == "has_nickname" and _cut_from(full, short):
            found.setdefault(full, set()).add(short)
    for line in _IRREGULAR.split(";"):
        full, *shorts = line.split()
        found.setdefault(full, set()).update(shorts)
    return {full: frozenset(shorts) for full, shorts in found.items()}


def _cut_from(full: str, short: str) -> bool:
    """Whether the short form is a piece of the full name, perhaps with an ending of its own.

    Lists of nicknames also hold pairs of names that are merely related (Aaron and Erin).
    """
    if short in _OWN_NAMES or len(short) > len(full) + 1 or len(short) < 2:
        return False
    stem = re.sub(r"(ie|ey|y|i)$", "", short)
    plain = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return len(plain) > 1 and plain in full


@lru_cache(1 << 16)
def diminutive(full: str, short: str) -> bool:
    """Whether the second word is a usual short form of the first, never the other way round.

    Examples
    --------
    >>> diminutive("william", "bill"), diminutive("bill", "william"), diminutive("aaron", "erin")
    (True, False, False)
    """
    known = _diminutives()
    return any(spellings(short) & known.get(form, frozenset()) for form in spellings(full))


@lru_cache(1)
def _full_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for full, shorts in _diminutives().items():
        for short in shorts:
            found.setdefault(short, set()).add(full)
    return {short: frozenset(every) for short, every in found.items()}


def full_names(short: str) -> frozenset[str]:
    """Return the full names that a word is a usual short form of.

    Examples
    --------
    >>> sorted(full_names("bill")), sorted(full_names("zora"))
    (['william'], [])
    """
    return _full_forms().get(short, frozenset())


@lru_cache(1 << 17)
def given_word(a: str, b: str) -> Likeness:
    """Compare two given names: like `word`, with diminutives, and stricter about slips.

    Daniel and Daniela differ by a letter and are two people's names.

    Examples
    --------
    >>> given_word("bill", "william"), given_word("daniel", "daniela"), given_word("sam", "tom")
    ((1, 'nickname: Bill for William'), (3, ''), (3, ''))
    """
    for full, short in ((a, b), (b, a)):
        if len(short) > 1 and diminutive(full, short):
            return VARIANT, f"nickname: {short.title()} for {full.title()}"
    level, why = word(a, b)
    if level in (SLIP, OTHER) and _romanised(spellings(a), spellings(b)):
        return VARIANT, "transliteration"
    if why == "one letter differs" and not _mistyped(a, b):
        return OTHER, ""
    return level, why


def _romanised(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether both write one name of another script (Sergey and Sergei)."""
    listed = any(one & group and two & group for group in _ROMANISED)
    silent = {form[-1] == "h" for form in (*one, *two)} == {True, False}
    return listed or (not silent and bool(loose(one, SOFT) & loose(two, SOFT)))


def _mistyped(a: str, b: str) -> bool:
    """Whether one given name can be a slip of the pen for the other.

    Not when both are names that many bear, and not when only the ending differs.
    """
    known = _diminutives()
    common = [any(f in known or f in _OWN_NAMES for f in spellings(each)) for each in (a, b)]
    return min(len(a), len(b)) > 3 and a[-1] == b[-1] and not all(common)
