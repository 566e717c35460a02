"""Proposes whose drawings a profile gets: the occupational field that its title tells.

The fields are the sixteen occupational fields (Berufsfelder) of the German employment agency, and
customer service. What no word tells is left open: then the neutral drawings are printed.
"""

import re

# Parts of German names of occupations, by the name of the field's folder of drawings. The first
# that fits counts: a rare word stands before a common one ("Automobilkaufmann" is about business).
_SAID = (
    (
        "customer-service",
        r"kundendienst|kundenservice|customer|call-?center|dialogmarketing|kundenberat"
        r"|hotline",
    ),
    (
        "transport",
        r"spedition|verkehrsservice|kurier|luftverkehr|schifffahrt|zugverkehr|straßenwärt",
    ),
    (
        "services",
        r"hotel|touris|reiseverkehr|fitness|veranstaltungskauf|bäderbetrieb|industrieservice"
        r"|textilreinig",
    ),
    (
        "metal",
        r"kraftfahrzeug|\bkfz|zweirad|fahrrad|baumaschinen|fluggerät|flugzeug|karosserie"
        r"|behälter|produktionstechnolog",
    ),
    ("agriculture", r"tierpfleg|tiermed|wasserwirt|wasserbau|wasserversorg|schädling"),
    ("social", r"heilerzieh|heilpädag"),
    (
        "manufacturing",
        r"holzmechan|holzbearb|holz- und k|verfahrensmech|textil|industriekeram|lackier"
        r"|naturwerkstein|edelstein|feinoptik|porzellan|aufbereitung|bergbau|bergmann"
        r"|milchtechn|thermometer|glasblä|verfahrenstechnolog m|weintechn|bootsbau|segelmach"
        r"|spielzeug",
    ),
    (
        "construction",
        r"bautechn|maler und|bauzeichn|bautenschutz|bautenschütz|steinmetz|werkstein|klempner"
        r"|ofen- und luft|leitungsbau|geomatik|straßen",
    ),
    ("health", r"gesundheitswes|pharmazeut|drogist|orthoptist"),
    (
        "media",
        r"mediengestalt|medientechnolog|medien|buchhänd|buchhandel|buchbind|druck|journalis"
        r"|redakt|verlag|film|video|musikfach",
    ),
    (
        "arts",
        r"fotograf|maskenbild|geigen|instrument|klavier|orgelb|bogenmach|keram|goldschmied"
        r"|silberschmied|bühne|veranstaltungstechn|bildhau|holzbild|vergold|schauspiel"
        r"|musik|künstler|visuelles marketing|raumausstatt|requisit|schmuck|glasmal|glasveredl"
        r"|modist|wachsbild|drechsl|lichtreklame|\bgestalter|\bkunst\b|\bdesign",
    ),
    (
        "business",
        r"kauf(?:mann|frau|leute)|kaufmänn|verkäuf|verwaltung|büro|\bbank|\bsteuer|justiz"
        r"|rechtsanwalt|notar|patentanwalt|sozialversich|versicherung|immobilien|personaldienst"
        r"|fachangestellter? für (?:arbeitsmarkt|markt-)|handel\b|buchhalt|sekretär|sachbearbeit"
        r"|marketing|automatenfach|\bzoll",
    ),
    (
        "it",
        r"informatik|software|it-system|programmier|webentwick|digitalisierung|datenanaly"
        r"|netzwerk",
    ),
    (
        "health",
        r"pflege|pfleger|medizin|arzt|ärzt|sanitäter|physio|ergother|logopäd|hebamme|geburtshilf"
        r"|zahn|augenopt|hörakust|orthopäd|apothek|kranken|gesundheit|rettungs|podolog"
        r"|\bdiät|masseur|anästhesie|radiolog|therapeut|heilprakt",
    ),
    (
        "social",
        r"erzieh|sozial|kita\b|kinder|lehrer|lehrkr|pädagog|betreuung|jugend|familien",
    ),
    (
        "agriculture",
        r"landwirt|gärtner|gartenbau|\bgarten|winzer|weinbau|forst|tierwirt|pferde|fischwirt"
        r"|imker|agrar|pflanzen|revierjäg|hufbeschlag|umwelttechn|abwasser|kreislauf|baumpfleg"
        r"|florist",
    ),
    (
        "transport",
        r"logisti|\blager|kraftfahrer|lokführ|eisenbahn|schiff|hafen|\bflug|fahrdienst"
        r"|fahrbetrieb|zustell|brief|binnen|umzug|möbel-, k|\bpost|pilot|verkehr",
    ),
    (
        "science",
        r"laborant|chemik|pharmakant|biolog|physik|prüftechn|werkstoffprüf|chemie|stoffprüf",
    ),
    (
        "engineering",
        r"produktdesign|systemplan|modellbau|mikrotechnolog|zeichner|ingenieur|konstrukteur"
        r"|qualitätstechn",
    ),
    (
        "construction",
        r"maurer|beton|zimmer|dachdeck|gleisbau|kanalbau|rohrleitungsbau|stuckateur|fliesen"
        r"|estrich|trockenbau|isolier|bauwerk|vermessung|hochbau|tiefbau|ausbau|gerüst"
        r"|schornstein|maler|baugerät|brunnenbau|parkett|bodenleg|glaser\b|baustoff|architekt"
        r"|spezialtief|asphalt|abbruch|rollladen|fassaden|baufach|\bbau\b|bauarbeit",
    ),
    ("electrical", r"elektro|elektrik|kältetech|solar|\bmechatron"),
    (
        "metal",
        r"mechanik|mechatron|metall|schlosser|schmied|zerspan|fräs|gießer|werkzeug|schweiß"
        r"|uhrmach|büchsen|graveur|federmach|stanz|dreher",
    ),
    (
        "manufacturing",
        r"tischler|schreiner|bäcker|kondit|metzger|fleisch|brauer|müller|maschinen-|anlagenführ"
        r"|schneider|schuh|sattler|polster|papier|verpack|kunststoff|kautschuk|\bglas"
        r"|\bholz|lebensmittel|süßware|böttcher|leder|pelz|kürschner|produktion|fertigung"
        r"|packmittel|seiler|weber|bürsten|destillat|fruchtsaft|gerber|konfektion|brenner"
        r"|kerzen",
    ),
    (
        "services",
        r"\bkoch|köch|gastro|gastgewerb|restaurant|küche|friseur|kosmetik|reinig|hauswirt"
        r"|sicherheit|service|\breise|bestatt|sport|gebäude|hausmeist|feuerwehr|polizei"
        r"|detektiv|tankwart",
    ),
    (
        "humanities",
        r"archiv|bibliothek|dolmetsch|übersetz|histori|soziolog|politik|museum|philosoph",
    ),
)


def field_said(title: str) -> str:
    """Return the field that the words of a title tell, the name of its folder; "" for none.

    What stands before a dash or a colon names the profession; what is behind it may be anything.
    """
    for words in (re.split(r"\s[–-]\s|:", title.lower())[0], title.lower()):
        if told := next((field for field, said in _SAID if re.search(said, words)), ""):
            return told
    return ""
