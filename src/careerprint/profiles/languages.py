"""What is usual in print in each language: quotation marks, dashes, what holds together.

The source of each rule stands beside it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # NARROW NO-BREAK SPACE
EN_DASH = "–"
EM_DASH = "—"
# Shows the parts of a long word, and no voice says it: Bredel, Maaß, Leichte Sprache (2016).
MEDIOPOINT = re.compile(r"(?<=[^\W\d_])·(?=[^\W\d_])")

ROOT_QUOTES = ("“", "”", "‘", "’")  # CLDR, main/root, delimiters


@dataclass(frozen=True, slots=True)
class Language:
    """What is usual in a language.

    `quotes` are opening and closing marks, then those of a quotation within a quotation;
    `abbreviations` hold together within, and have their spaces where `opens` says so, though none
    were typed; `before_words`, `before_numbers` and `before_amounts` hold with what follows, the
    last of them with what is counted too; `bound` are the letters that, as words, stand at no
    line's end; `years` are the words, as a pattern, that a year is written with; `with_ordinals`
    says that a point makes a number an ordinal; `range_dash` is what stands between the ends of a
    range; `spaced_marks` says that a space stands before ; : ! ? and within quotation marks.
    """

    quotes: tuple[str, str, str, str] = ROOT_QUOTES
    dash: str = EN_DASH
    range_dash: str = EN_DASH
    spaced_marks: bool = False
    bound: str = ""
    abbreviations: tuple[str, ...] = ()
    opens: bool = False
    before_words: tuple[str, ...] = ()
    before_numbers: tuple[str, ...] = ()
    before_amounts: tuple[str, ...] = ()
    years: str = r"(?!)"
    with_ordinals: bool = False


# Hrvatski pravopis (IHJJ, 2013): marks, ordinals; EU Interinstitutional Style Guide, part 4.
# Bosnian and Serbian have most of it, too.
_CROATIAN = Language(
    quotes=("„", "”", "»", "«"),
    bound="iuskoa",
    abbreviations=("i sl.", "i dr."),
    before_words=("dr.", "prof.", "ul.", "npr.", "tj."),
    before_numbers=("br.", "str.", "čl.", "st.", "pogl."),
    before_amounts=("oko", "cca"),
    with_ordinals=True,
)
# Quotation marks: CLDR 48, main/LOCALE, delimiters; where another source is named, that one.
LANGUAGES: Mapping[str, Language] = {
    # Duden, Textverarbeitung und E-Mails; DIN 5008 (protected spaces in abbreviations).
    "de": Language(
        quotes=("„", "“", "‚", "‘"),
        abbreviations=(
            *("z. B.", "d. h.", "u. a.", "u. v. m.", "u. v. a.", "i. d. R.", "o. Ä.", "u. Ä."),
            *("z. T.", "z. Z.", "z. Zt.", "u. U.", "v. a.", "s. o.", "s. u.", "o. g.", "s. a."),
            *("m. E.", "i. A.", "i. V.", "i. S. d.", "e. V.", "a. D.", "a. M.", "v. Chr."),
            *("n. Chr.", "m. a. W.", "u. dgl.", "o. dgl.", "b. a. W.", "z. Hd.", "i. e. S."),
            *("Co. KG", "Co. OHG", "u. ä.", "o. ä."),
        ),
        opens=True,
        before_words=("Dr.", "Prof.", "Dipl.-Ing.", "Hr.", "Fr.", "St."),
        before_numbers=(
            *("Nr.", "Nrn.", "S.", "Abs.", "Art.", "Kap.", "Bd.", "Abb.", "Tab.", "Ziff.", "Rn."),
            *("Seite", "Absatz", "Artikel", "Nummer", "Satz", "Kapitel"),
        ),
        before_amounts=("ca.", "mind.", "max."),
        years=r"[A-ZÄÖÜ]\w+",  # a noun after the number is what it counts: 2000 Stellen
        with_ordinals=True,
    ),
    # New Hart's Rules, 2.5 and 14.
    "en": Language(
        before_words=("Dr", "Dr.", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Prof."),
        before_numbers=("No.", "no.", "p.", "pp.", "ch.", "fig."),
    ),
    # Türk Dil Kurumu, Yazım Kılavuzu: Kısaltmalar; Nokta (ordinals).
    "tr": Language(
        before_words=("Dr.", "Prof.", "Doç.", "Av."),
        before_numbers=("No.", "s.", "md.", "böl."),
        with_ordinals=True,
    ),
    # The ends of a range follow the direction of the line, its first one at the right (W3C, Text
    # Layout Requirements for the Arabic Script): with a dash, not with a hyphen (UAX #9, W4, N1).
    "ar": Language(quotes=("”", "“", "’", "‘")),
    # Український правопис 2019, § 161 to 167; Державні стандарти видань: no preposition at an end.
    "uk": Language(
        quotes=("«", "»", "„", "“"),
        dash=EM_DASH,
        bound="зувійао",
        abbreviations=("т. д.", "т. п.", "т. ч.", "т. зв.", "та ін.", "н. е."),
        opens=True,
        before_words=("вул.", "просп.", "ім.", "проф.", "див."),
        before_numbers=("с.", "ст.", "п.", "розд.", "бл."),
        years=r"рр?\.|р[оі]к\w*",
    ),
    # Мильчин, Чельцова: Справочник издателя и автора (spaces that hold; dash; abbreviations).
    "ru": Language(
        quotes=("«", "»", "„", "“"),
        dash=EM_DASH,
        bound="ивскуоая",
        abbreviations=("т. д.", "т. п.", "т. е.", "т. к.", "т. н.", "т. ч.", "н. э.", "и др."),
        opens=True,
        before_words=("ул.", "просп.", "им.", "проф.", "см."),
        before_numbers=("с.", "ст.", "п.", "гл.", "стр.", "рис."),
        years=r"гг?\.|год\w*|лет",
    ),
    # PWN, Zasady pisowni i interpunkcji; PN-83/P-55366 (no one-letter word at a line's end).
    "pl": Language(
        quotes=("„", "”", "«", "»"),
        bound="aiouwz",
        abbreviations=("m. in.", "p. n. e.", "n. e."),
        before_words=("np.", "m.in.", "tj.", "tzn.", "tzw.", "dr", "prof.", "ul.", "al.", "im."),
        before_numbers=("nr", "s.", "str.", "art.", "ust.", "pkt", "rozdz.", "godz."),
        before_amounts=("ok.", "ca"),
        years=r"r\.|rok\w*",
        with_ordinals=True,
    ),
    # Academia Română, DOOM 3; CLDR.
    "ro": Language(
        quotes=("„", "”", "«", "»"),
        abbreviations=("de ex.", "ș. a.", "ș. a. m. d.", "î. Hr.", "d. Hr."),
        before_words=("dr.", "prof.", "str.", "dl", "dna"),
        before_numbers=("nr.", "art.", "alin.", "pag.", "p.", "cap."),
        before_amounts=("cca", "aprox."),
    ),
    # Официален правописен речник на българския език (БАН); CLDR has one pair for both levels.
    "bg": Language(
        quotes=("„", "“", "„", "“"),
        bound="всиаео",
        abbreviations=("т. е.", "т. н.", "т. нар.", "пр. Хр.", "сл. Хр."),
        opens=True,
        before_words=("гр.", "ул.", "бул.", "проф.", "д-р", "вж."),
        before_numbers=("с.", "стр.", "чл.", "ал.", "т.", "гл."),
        years=r"гг?\.|годин\w*",
    ),
    # Imprimerie nationale, Lexique des règles typographiques.
    "fr": Language(
        quotes=(f"«{NARROW}", f"{NARROW}»", f"«{NARROW}", f"{NARROW}»"),
        spaced_marks=True,
        abbreviations=("p. ex.", "av. J.-C.", "apr. J.-C."),
        opens=True,
        before_words=("M.", "MM.", "Mme", "Mlle", "Dr", "Pr"),
        before_numbers=("n°", "nos", "p.", "art.", "chap.", "al."),
        before_amounts=("env.",),
    ),
    # RAE, Ortografía 2010: marks (CLDR has “ ” first); a hyphen between the ends of a range.
    "es": Language(
        quotes=("«", "»", "“", "”"),
        range_dash="-",
        abbreviations=("p. ej.", "EE. UU.", "a. C.", "d. C.", "p. m.", "a. m."),
        opens=True,
        before_words=("Sr.", "Sra.", "D.", "Dña.", "Dr.", "Dra.", "Prof."),
        before_numbers=("n.º", "núm.", "pág.", "págs.", "art.", "cap."),
    ),
    # فرهنگستان زبان و ادب فارسی, دستور خط فارسی 1401 (marks); dashes as in Arabic.
    "fa": Language(
        quotes=("«", "»", "‹", "›"),
        before_words=("دکتر", "مهندس"),
        before_numbers=("شمارهٔ", "صفحهٔ", "ص.", "ش."),
    ),
    # CLDR has root's marks; printed Sorani has those of Persian.
    "ckb": Language(
        quotes=("«", "»", "‹", "›"),
        before_words=("د.",),
        before_numbers=("ژمارە", "لاپەڕە", "ل.", "ژ."),
    ),
    # CLDR.
    "ku": Language(before_words=("Dr.", "Prof."), before_numbers=("hej.", "rûp.", "r.")),
    # CLDR, also for the hyphen between the ends of a range.
    "sq": Language(
        range_dash="-",
        before_words=("Dr.", "Prof.", "z.", "znj.", "p.sh."),
        before_numbers=("nr.", "Nr.", "fq.", "neni"),
    ),
    "hr": _CROATIAN,
    # Halilović, Pravopis bosanskoga jezika (2017).
    "bs": replace(_CROATIAN, quotes=("„", "”", "‘", "’")),
    # Pravopis srpskoga jezika (Matica srpska, 2010).
    "sr-Latn": replace(
        _CROATIAN,
        quotes=("„", "”", "‚", "’"),
        before_words=("dr", "prof.", "ul.", "npr.", "tj."),
    ),
    # EU Interinstitutional Style Guide, part 4 (marks, abbreviations); CLDR (range).
    "it": Language(
        quotes=("«", "»", "“", "”"),
        range_dash="-",
        abbreviations=("p. es.", "a. C.", "d. C."),
        opens=True,
        before_words=("sig.", "sig.ra", "dott.", "dott.ssa", "prof.", "prof.ssa", "avv.", "ing."),
        before_numbers=("n.", "nn.", "p.", "pp.", "pag.", "art.", "cap.", "par."),
        before_amounts=("ca.", "circa"),
    ),
    # EU Interinstitutional Style Guide, part 4 (marks, abbreviations).
    "el": Language(
        quotes=("«", "»", "“", "”"),
        bound="οηό",
        before_words=("κ.", "κα", "π.χ.", "δηλ.", "οδ.", "Δρ.", "καθ."),
        before_numbers=("αρ.", "αριθ.", "σελ.", "σ.", "άρθρο", "κεφ."),
        before_amounts=("περ.",),
    ),
    # CLDR (marks, range); "tháng 3", "năm 2027": the number names the month or the year.
    "vi": Language(
        range_dash="-",
        before_words=("TP.", "TS.", "ThS.", "PGS.", "GS.", "BS."),
        before_numbers=("số", "trang", "điều", "khoản", "chương", "ngày", "tháng", "năm"),
    ),
}
