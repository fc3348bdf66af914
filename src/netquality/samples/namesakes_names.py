"""Names of several cultures for a labelled set of identities; every family name is invented.

Given names are real, because short forms and ways of spelling are a matter of the language.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from netquality.samples.words import NAME_ENDS, NAME_STARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CULTURES", "Name", "ascii_mail", "bare", "digraphs", "drawn_name", "mistyped"]


class Name(NamedTuple):
    """A person's name: as used, the familiar form, and the spelling of another language.

    Examples
    --------
    >>> Name("Giorgos", "Melanidis", "", "Γιώργος", "Μελανίδης").full
    'Giorgos Melanidis'
    """

    given: str
    family: str
    short: str = ""
    other_given: str = ""
    other_family: str = ""

    @property
    def full(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"

    @property
    def reversed(self) -> str:
        """Family name first, without a comma, as in East Asia and in sorted lists."""
        return f"{self.family} {self.given}"

    @property
    def sorted(self) -> str:
        """Family name first, with a comma; a Dutch particle stays with the given name."""
        words = self.family.split()
        particle = [word for word in words if word.islower()]
        last = " ".join(word for word in words if not word.islower())
        return f"{last}, {' '.join([self.given, *particle])}"

    @property
    def familiar(self) -> str:
        """The short form of the given name, where there is one."""
        return f"{self.short or self.given} {self.family}"

    @property
    def initial(self) -> str:
        """Only the first letter of the given name."""
        return f"{self.given[0]}. {self.family}"

    @property
    def foreign(self) -> str:
        """The name in another script or romanisation, else the name itself."""
        return f"{self.other_given or self.given} {self.other_family or self.family}"


# In each list the commonest stand first; a name is written "usual/short/other spelling".
_TEXT = {
    "english": (
        """William/Bill, Elizabeth/Liz, James/Jim, Margaret/Peggy, Robert/Bob, Katherine/Kate,
        Thomas/Tom, Alexander/Alex, Alexandra/Alex, Richard/Dick, Edward/Ted, Deborah/Debbie,
        John/Jack, Jonathan/Jon, Samuel/Sam, Samantha/Sam, Theodora/Dora, Leonard/Len""",
        """Smithling, Brownwick, Quill, Marrowby, Inkfield, Oatwick, Penfeather, Nibworth,
        Blotterby, Vellumshaw, O'Quillan, McBlotter, Thistlequay, Waxmoor-Penn""",
    ),
    "german": (
        """Jürgen//Juergen, Elisabeth/Lisa, Friedrich/Fritz, Günther//Guenther, Josef/Sepp,
        Katharina/Kathi, Jörg//Joerg, Sebastian/Basti, Bärbel//Baerbel, Johannes/Hannes,
        Margarete/Grete, Matthias/Matze, Käthe//Kaethe, Maximilian/Max""",
        """Müllerquast//Muellerquast, Schönfeder//Schoenfeder, Federkiel, Tintengrün//Tintengruen,
        Krähenfeder//Kraehenfeder, Löschblatt//Loeschblatt, Bleistifter, Weißpapier//Weisspapier""",
    ),
    "nordic": (
        """Søren//Soeren, Margrethe/Grete, Bjørn//Bjoern, Sigrid/Siri, Jørgen//Joergen, Åse//Aase,
        Kristoffer/Stoffer, Øyvind//Oeyvind, Kristian/Kris, Kristina/Kris, Lars, Ingeborg/Inga""",
        """Blekkstrøm//Blekkstroem, Pennelund, Fjærhaug//Fjaerhaug, Åkerblekk//Aakerblekk,
        Skrivesen, Papirøy//Papiroey""",
    ),
    "slavic": (
        """Aleksandr/Sasha/Александр, Dmitry/Dima/Дмитрий, Yuri/Yura/Юрий, Evgeny/Zhenya/Евгений,
        Mikhail/Misha/Михаил, Sergey/Seryozha/Сергей, Ivan/Vanya/Иван, Vladimir/Volodya/Владимир""",
        """Chernilov//Чернилов, Bumazhnikov//Бумажников, Klyaksov//Кляксов,
        Promokashkin//Промокашкин, Zakladkin//Закладкин, Skrepochkin//Скрепочкин""",
    ),
    "greek": (
        """Giorgos/Yorgos/Γιώργος, Nikolaos/Nikos/Νικόλαος, Dimitrios/Dimitris/Δημήτριος,
        Konstantinos/Kostas/Κωνσταντίνος, Ioannis/Yannis/Ιωάννης""",
        """Melanidis//Μελανίδης, Pennopoulos//Πεννόπουλος, Chartakis//Χαρτάκης,
        Grafeidis//Γραφείδης""",
    ),
    "chinese": (
        """Meiling/May, Jianyu/Jerry, Xiaotao, Haoran/Howard, Yuxin/Cindy, Wenbin, Zihan, Ruolan""",
        """Mo, Zhi, Yanmo, Bixin, Juanshu, Fengmo""",
    ),
    "japanese": (
        """Haruto, Aiko, Kenjirō//Kenjiro, Yūki//Yuki, Shōta//Shota, Ryōko//Ryoko, Yōsuke//Yousuke,
        Jun'ichi//Junichi""",
        """Sumikawara, Fudezaki, Kamishirō//Kamishiro, Suzurihara, Ōfude//Ofude, Inkuyama""",
    ),
    "arabic": (
        """Mohammed/Hamada/Muhammad, Fatima/Fatoum/Fatma, Yusuf/Joe/Youssef, Khalid//Khaled,
        Aisha//Aysha, Hussein//Husayn, Abdulrahman/Abdu/Abd al-Rahman, Layla//Leila""",
        """Al-Qalami//El Kalamy, Al-Hibri//El-Hebry, Warraqi//Warraky, Al-Daftari//Eldaftary,
        Mahbarawi//Mehbarawy""",
    ),
    "iberian": (
        """Francisco/Paco, Dolores/Lola, José/Pepe/Jose, Guadalupe/Lupe, Ignacio/Nacho,
        Antônio/Toninho/Antonio, Concepción/Concha/Concepcion, Sebastião/Tião/Sebastiao""",
        """Plumares, Tinteiro, Papelón//Papelon, Cuadernal, Borrones, Lapiceira""",
    ),
    "indian": (
        """Rajesh/Raju, Priya, Lakshmi//Laxmi, Subramaniam/Subbu/Subramanyam, Venkatesh/Venky,
        Ananya/Anu, Krishnan/Kittu, Deepak//Dipak""",
        """Syahiwal, Kalamdhar, Patrakiran, Lekhanpuri//Lekhanpury, Maseepathi, Pustakar""",
    ),
    "african": (
        """Chukwuemeka/Emeka, Oluwaseun/Seun, Kwame, Amina//Aminah, Ngozi, Babatunde/Tunde,
        Wanjiru/Ciru, Sipho""",
        """Adetinta, Okalamu, Nkwakili, Mbewino, Karatasi, Dlawino""",
    ),
    "turkish": (
        """İbrahim/İbo/Ibrahim, Şükran//Sukran, Çağlar//Caglar, Gülşah//Gulsah, Işıl//Isil,
        Mehmet/Memo, Fatma/Fatoş""",
        """Kalemoğlu//Kalemoglu, Mürekkepçi//Murekkepci, Kâğıtöz//Kagitoz, Defterkaya""",
    ),
    "polish": (
        """Małgorzata/Gosia/Malgorzata, Katarzyna/Kasia, Aleksander/Olek,
        Stanisław/Staszek/Stanislaw, Łukasz//Lukasz, Agnieszka/Aga""",
        """Piórkowicz//Piorkowicz, Atramentiuk, Żółtopiór//Zoltopior,
        Kałamarz-Bibuł//Kalamarz-Bibul""",
    ),
    "french": (
        """François//Francois, Hélène//Helene, Jean-Pierre/JP, Frédérique/Fred/Frederique,
        Frédéric/Fred/Frederic, Marie-Claire, Benoît//Benoit""",
        """Plumeverte, Encrier, Papyrault, L'Écritoire//L'Ecritoire, Buvardeau""",
    ),
    "dutch": (
        """Pieter/Piet, Johanna/Hanneke, Hendrik/Henk, Willemijn/Mijntje, Cornelis/Kees""",
        """van der Inkt, de Pennaert, van Vloeipapier, Kroontjespen, ter Vulpen""",
    ),
}


def _parsed(text: str) -> list[tuple[str, str, str]]:
    entries = [entry.split("/") for entry in " ".join(text.split()).split(", ")]
    padded = [[*entry, "", ""] for entry in entries]
    return [(one, two, three) for one, two, three, *_ in padded]


CULTURES: Mapping[str, tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]] = (
    MappingProxyType({key: (_parsed(one), _parsed(two)) for key, (one, two) in _TEXT.items()})
)
# Most English family names are borne by one person here, the others by many.
_RARE = 0.6
_SHARES = np.array([5.0 if culture == "english" else 1.0 for culture in CULTURES])


def drawn_name(rng: np.random.Generator, *cultures: str) -> Name:
    """Draw a name: some are as common as "Smith", most are rare.

    Parameters
    ----------
    rng
        The dice.
    cultures
        Of `CULTURES`; by default all of them, a quarter of the people English.

    Examples
    --------
    >>> drawn_name(np.random.default_rng(7), "greek").full
    'Dimitrios Grafeidis'
    """
    names = cultures or tuple(CULTURES)
    weights = None if cultures else _SHARES / _SHARES.sum()
    givens, families = CULTURES[names[int(rng.choice(len(names), p=weights))]]
    given, short, other = givens[_ranked(rng, len(givens))]
    family, _, other_family = families[_ranked(rng, len(families))]
    if families is CULTURES["english"][1] and rng.random() < _RARE:
        family = f"{rng.choice(NAME_STARTS)}{rng.choice(NAME_ENDS)}"
    return Name(given, family, short, other, other_family)


def _ranked(rng: np.random.Generator, count: int) -> int:
    """Draw a place by Zipf's law, a little flattened so that rare names occur at all."""
    weights = 1.0 / (np.arange(count) + 2.0)
    return int(rng.choice(count, p=weights / weights.sum()))


_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa", "Æ": "Ae"}
)
_BARE = str.maketrans(
    "äöüøåæéèêëîïôûúóíáãõñçğşıİłżźśćńęąōūĀāŌŪâÄÖÜØÅŁŻÉÇŞ",
    "aouoaaeeeeiiouuoiaaoncgsiIlzzscneaouAaOUaAOUOALZECS",
)


def digraphs(text: str) -> str:
    """Write umlauts and their like with two letters.

    Examples
    --------
    >>> digraphs("Jürgen Weißpapier")
    'Juergen Weisspapier'
    """
    return text.translate(_DIGRAPHS)


def bare(text: str) -> str:
    """Leave the marks off, as a machine without them does.

    Examples
    --------
    >>> bare("Jürgen Blekkstrøm")
    'Jurgen Blekkstrom'
    """
    return text.translate(_BARE).replace("ß", "ss")


def ascii_mail(name: Name) -> tuple[str, str]:
    """Return given and family name as they stand in an address.

    Examples
    --------
    >>> ascii_mail(Name("Pieter", "van der Inkt")), ascii_mail(Name("Zoë", "O'Quillan"))
    (('pieter', 'vanderinkt'), ('zoe', 'oquillan'))
    """
    words = (bare(part).casefold() for part in (name.given, name.family))
    given, family = ("".join(c for c in word if c.isascii() and c.isalnum()) for word in words)
    return given, family


def mistyped(rng: np.random.Generator, text: str) -> str:
    """Swap, drop or double one letter inside a word, never its first.

    Examples
    --------
    >>> mistyped(np.random.default_rng(3), "Quill") != "Quill"
    True
    """
    places = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha()]
    i, how = int(rng.choice(places)), int(rng.integers(3))
    if how == 0 and text[i] != text[i + 1]:
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + text[i + 1 :] if how == 1 else text[:i] + text[i] * 2 + text[i + 1 :]
