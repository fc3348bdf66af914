"""How one word of a name relates to another: spelling, script, diminutive, slip.

Words are case-folded already. A diminutive counts from the full name to the short one only:
two full names are never linked, whatever short form they share.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["EQUAL", "OTHER", "SLIP", "VARIANT", "diminutive", "given_word", "spellings", "word"]

# How far apart two words are; the worst part of a name decides.
EQUAL, VARIANT, SLIP, OTHER = range(4)
Likeness = tuple[int, str]

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
_OWN_NAMES = frozenset(
    """ada adela adelaide adele adeline agnes aileen alan albert alexander allan allen amanda amelia
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
victoria vince virginia walter wendy wesley wilber wilbur wilhelmina william wilma winnifred""".split()
)
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
_WIDE = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj", "ő": "oe", "ű": "ue"}
)
_LETTERS = re.compile(r"[^a-z]")
_NARROW = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
_SOFT = (("x", "ks"), ("j", "i"), ("y", "i"))
_LOOSE = (
    *(("shch", "sch"), ("zh", "j"), ("kh", "h"), ("ph", "f"), ("x", "ks"), ("w", "v")),
    *(("tz", "c"), ("ts", "c"), ("ck", "k"), ("c", "k"), ("yo", "e")),
    *_SOFT,
)


@lru_cache(1 << 17)
def spellings(word: str) -> frozenset[str]:
    """Return the Latin spellings of a word, with and without the letters an umlaut stands for.

    Examples
    --------
    >>> sorted(spellings("müller")), sorted(spellings("øst"))
    (['mueller', 'muller'], ['oest', 'ost'])
    """
    from anyascii import anyascii

    both = (anyascii(text).casefold() for text in (word, word.translate(_WIDE)))
    return frozenset(text for form in both if (text := _LETTERS.sub("", form)))


@lru_cache(1 << 17)
def script(word: str) -> str:
    """Return "latin", "cyrillic", "greek", or "other" for whatever cannot be read for certain.

    Examples
    --------
    >>> script("ødegård"), script("юлия"), script("李")
    ('latin', 'cyrillic', 'other')
    """
    if word.isascii():
        return "latin"
    letters = (unicodedata.name(letter, "").split(" ")[0].lower() for letter in word)
    found = {name for name in letters if name in ("latin", "cyrillic", "greek")}
    foreign = any(unicodedata.category(c) == "Lo" and ord(c) > 0x590 for c in word)
    return "other" if foreign or len(found) != 1 else found.pop()


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


@lru_cache(1 << 17)
def word(a: str, b: str) -> Likeness:
    """Compare two words of a name.

    Returns
    -------
    tuple of int and str
        `EQUAL`, `VARIANT` (an initial, a transliteration), `SLIP` (a letter, another spelling)
        or `OTHER`, and why.

    Examples
    --------
    >>> word("z", "zora"), word("quill", "quil"), word("müller", "mueller")
    ((1, 'initial'), (2, 'one letter differs'), (0, 'transliteration'))
    """
    one, two = spellings(a), spellings(b)
    if a == b or one & two:
        return EQUAL, "" if a == b else "transliteration"
    if not one or not two:
        return OTHER, ""
    if min(len(a), len(b)) == 1 and script(a) == script(b):
        return (VARIANT, "initial") if _first(one) & _first(two) else (OTHER, "")
    if _narrow(one) & _narrow(two):
        return VARIANT, "transliteration"
    if _loose(one) & _loose(two):
        across = script(a) != script(b)
        return (VARIANT, "transliteration") if across else (SLIP, "other spelling")
    if _skeletons_meet(a, b):
        return SLIP, "the same consonants in another script"
    return (SLIP, "one letter differs") if _slip(one, two) else (OTHER, "")


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


def _first(forms: frozenset[str]) -> set[str]:
    return {form[0] for form in forms}


def _narrow(forms: frozenset[str]) -> set[str]:
    """Write every umlaut short; short words keep theirs (Su and Sue are two names)."""
    found = set()
    for text in forms:
        form = text
        for wide, thin in _NARROW if len(text) > 4 else ():
            form = form.replace(wide, thin)
        found.add(form)
    return found


def _loose(forms: frozenset[str], rules: tuple[tuple[str, str], ...] = _LOOSE) -> set[str]:
    """Write what sounds alike alike, in words long enough to tell."""
    found = set()
    for text in forms:
        form = text
        for old, new in rules if len(text) > 3 else ():
            form = form.replace(old, new)
        found.add(re.sub(r"(?<=[aeiou])h$", "", re.sub(r"(.)\1+", r"\1", form)))
    return found


def _romanised(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether both write one name of another script (Sergey and Sergei)."""
    listed = any(one & group and two & group for group in _ROMANISED)
    silent = {form[-1] == "h" for form in (*one, *two)} == {True, False}
    return listed or (not silent and bool(_loose(one, _SOFT) & _loose(two, _SOFT)))


def _skeletons_meet(a: str, b: str) -> bool:
    """Arabic and Hebrew leave vowels out, so that only consonants can be compared."""
    if (script(a) == "other") == (script(b) == "other"):
        return False
    one, two = (
        {re.sub(r"(.)\1+", r"\1", re.sub("[aeiouwy]", "", form)) for form in spellings(each)}
        for each in (a, b)
    )
    return bool({text for text in one & two if text})


def _slip(one: frozenset[str], two: frozenset[str]) -> bool:
    from rapidfuzz.distance import OSA

    pairs = ((a, b) for a in one for b in two if min(len(a), len(b)) > 3)
    return any(OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in pairs)


def _mistyped(a: str, b: str) -> bool:
    """Whether one given name can be a slip of the pen for the other.

    Not when both are names that many bear, and not when only the ending differs.
    """
    known = _diminutives()
    common = [any(f in known or f in _OWN_NAMES for f in spellings(each)) for each in (a, b)]
    return min(len(a), len(b)) > 3 and a[-1] == b[-1] and not all(common)
