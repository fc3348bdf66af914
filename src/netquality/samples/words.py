"""What fictional people are made of: names, firms, titles, skills. All of it is invented."""

from __future__ import annotations

__all__ = [
    "CREDENTIALS",
    "FIRM_ENDS",
    "FIRM_STARTS",
    "FIRST_NAMES",
    "FOREIGN_NAMES",
    "FUNCTIONS",
    "HOSTILE_NAMES",
    "NAME_ENDS",
    "NAME_STARTS",
    "OPTIONS",
    "PLACES",
    "RANKS",
    "SKILLS",
    "STICKERS",
    "TOPICS",
]

_FIRST_NAMES_TEXT = """
    Zora Juniper Caspian Ottoline Fennel Isolde Tobiah Marigold Peregrine Linnet Ambrose Wren
    Thaddeus Saffron Leopold Clementine Barnaby Primrose Lysander Tansy Cornelius Rosamund
    Balthazar Ottilie Philippa Crispin Araminta Fergus Hyacinth Evander Seraphina Osbert Bryony
    Ignatius Petronella Rufus Mirabel Quentin Delphine Casimir Winifred Alaric Cressida Horatio
    Eulalia Florian Gwendolen Hektor Imogen Jasper Katinka Lorenz Melisande Nikodemus Odalys
    Pascal Quirin Rosalind Severin Thekla Ulrika Valentin Wilhelmina Xaver Ysolde Zacharias
    Anselm Beatrix Cosmo Dorothea Emmerich Felicitas Gideon Henrike Ingwer Jolanthe
    Zoë Renée Søren Łucja Jürgen Ángel Björn Chloé Günther Noël
"""
FIRST_NAMES = tuple(_FIRST_NAMES_TEXT.split())
_NAME_STARTS_TEXT = """
    Quill Bramble Thistle Moon Lantern Copper Velvet Marrow Pepper Tinder Willow Cinder Button
    Hazel Ink Kettle Lark Moss Nettle Oat Pebble Raven Saddle Tumble Umber Vellum Whistle Yarrow
    Zephyr Acorn Biscuit Candle Dapple Ember Fiddle Ginger Harp Ivory Jumble Knotty
"""
NAME_STARTS = tuple(_NAME_STARTS_TEXT.split())
_NAME_ENDS_TEXT = """
    feather worth wick by ington field more dale thorpe bottom croft well ford shaw combe leigh
    marsh mere nook pool stead stone tree wood wright hollow bury gate holm kiel stern see bach
    wald fjörd brücke ström lünd strøm
"""
NAME_ENDS = tuple(_NAME_ENDS_TEXT.split())
# (first names, last names) in other scripts; the words mean feather, moon, ink and the like.
FOREIGN_NAMES = (
    (("Перослав", "Лунара", "Чернилий"), ("Тихолунов", "Перышкин", "Бумажный")),
    (("Φτερούλα", "Φεγγάρης", "Πενάκιος"), ("Μελανίδου", "Χαρτόπουλος", "Φαναρίτσα")),
    (("羽毛", "月光", "墨水"), ("月亮", "羽筆", "灯火")),
    (("ريشة", "قنديل", "حبرية"), ("القمر", "الورق", "المصباح")),
    (("はね", "すみれこ", "つきみ"), ("つきの", "ふでばこ", "ともしび")),
    (("נוצה", "דיונה", "ירחיאל"), ("ירחי", "פנסון", "ניירוני")),
)
# What strangers may type into a name field: markup, a formula, an order of reading reversed.
HOSTILE_NAMES = (
    ("<script>alert(1)</script>", "Brackethorn"),
    ('=HYPERLINK("http://x")', "Formulary"),
    ("Rev\u202eersa", "Mirrorwick"),
)
CREDENTIALS = (", PhD", ", MBA", ", Ph.D.", ", PhD, MBA", ", CPA", ", Dr. rer. nat.")
STICKERS = ("🚀", "🌱", "✨", "🪶", "📚")

_FIRM_STARTS_TEXT = """
    Lumen Kestrel Nordlicht Papyrus Saltmarsh Orchard Bellwether Cobalt Driftwood Evergreen
    Foxglove Gossamer Halcyon Inkwell Jackdaw Kupfer Lodestar Meridian Nightjar Obsidian Pinwheel
    Quicksilver Rookery Sundial Tidewater Uhrwerk Vantage Wagtail Yonder Zitrus
"""
FIRM_STARTS = tuple(_FIRM_STARTS_TEXT.split())
FIRM_ENDS = (
    "Works",
    "& Quill",
    "Papierwerke GmbH",
    "Analytics",
    "Atelier",
    "Freight",
    "Robotics",
    "Seed Fund",
    "Labs",
    "Optics AG",
    "Foods",
    "Energy",
    "Instruments",
    "Press",
    "Health",
    "Studios, Inc.",
    "Logistik",
    "Systems",
    "Museum",
    "Cooperative",
)
RANKS = ("", "Senior ", "Lead ", "Head of ", "Director of ", "Junior ", "VP ")
FUNCTIONS = (
    "Procurement",
    "Product Design",
    "Data Engineering",
    "Clinical Research",
    "Field Sales",
    "Talent Acquisition",
    "Process Engineering",
    "Finance",
    "Quality Assurance",
    "Brand Strategy",
    "Supply Planning",
    "Public Affairs",
    "Software Engineering",
    "Legal Affairs",
    "Customer Success",
)
SKILLS = (
    "Negotiation",
    "Python",
    "Typography",
    "Kiln Design",
    "Project Management",
    "Public Speaking",
    "Statistics",
    "Fundraising",
    "Supply Chains",
    "Copy Editing",
    "Optics",
    "Facilitation",
    "Patent Law",
    "Food Safety",
    "Machine Learning",
)
OPTIONS = ("Twice a week", "Every day", "Never", "It depends", "Only on Fridays")
PLACES = (
    "Inkhaven",
    "Upper Quill",
    "Saltmarsh Bay",
    "Papierberg",
    "Lanternstead",
    "Moorbach",
    "Little Whistle",
    "Kupferau",
    "Velvet Cross",
    "Sankt Tinte",
    "Oatminster",
    "Nebelhain",
    "Pebble Quay",
    "Federstadt",
)
TOPICS = (
    "carbon accounting",
    "medical device approval",
    "port logistics",
    "typeface licensing",
    "grant writing",
    "battery recycling",
    "museum lighting",
    "drone surveying",
    "cheese export",
    "seed funding",
)
