"""What a profile may state as a fact: each is declared here, and nowhere else.

All else follows from a declaration: what the front matter may say and its errors, the phrases of
`{names}` in texts, the texts in catalogs with their notes, what `new profile` asks (in German, as
profiles are), and the table in docs/layouts.md. Where a fact is printed is for layouts to say.

`title` is what a fact is called, `description` explains it or one of its entries, `examples` has
what a new profile has in its place.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    model_validator,
)

from careerprint.core.diagnostics import N_
from careerprint.core.schema import Given, Model, Text, WebAddress, invalid
from careerprint.profiles.shapes import (
    Entry,
    Euros,
    EurosAndCents,
    Note,
    Said,
    Texts,
    WithEntries,
    Years,
)


class PayRange(Entry):
    """What is paid at one stage of the career, in euros for the period of `Pay`.

    With `open_top`, `max` is the usual upper end, and somewhat more is possible; such a stage has
    no lower end. A stage with a lower end alone is open, too: its `max` is its `min`.
    """

    label: Text
    min: Annotated[EurosAndCents | None, Said.EUROS] = None
    max: Annotated[EurosAndCents, Said.EUROS]
    open_top: Annotated[
        bool,
        Field(
            description="Ohne „min“ und mit „open_top: true“ wird daraus: bis gut 3.000 €. "
            "Mit „min“ allein: ab 3.000 €."
        ),
    ] = False

    @property
    def is_from(self) -> bool:
        """Whether its lower end alone is known."""
        return self.open_top and self.min is not None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.min > self.max:
            raise invalid(
                N_("The lower end of “{key}” is above its upper end."),
                N_("Swap ⟨“min” and “max”|the two amounts⟩."),
            )
        if self.min is not None and self.open_top:
            raise invalid(
                N_(
                    "“{key}” has both ⟨“min” and “open_top”|an amount under “From” and "
                    "“Somewhat more is possible”⟩."
                ),
                N_("Delete one of the two: “a little over …” is said of an upper end alone."),
            )
        return self

    @model_validator(mode="wrap")
    @classmethod
    def _from_its_lower_end(cls, data: object, made: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, dict) and "min" in data and not data.keys() & {"max", "open_top"}:
            stage = made({**data, "max": data["min"]})
            return stage.model_copy(update={"open_top": True})
        return made(data)


class Pay(WithEntries):
    """Pay by stage, in career order. `as_of` is the day on which the figures were true.

    What is not known of period, basis and day is left out, and not printed.
    """

    period: Annotated[
        Literal["month", "year", "hour"] | None,
        Given,
        Field(description="Wofür gezahlt wird: month (Monat), year (Jahr) oder hour (Stunde)."),
    ] = None
    basis: Annotated[
        Literal["gross_full_time", "net_full_time"] | None,
        Given,
        Field(
            description="gross_full_time (brutto, Vollzeit) oder net_full_time (netto, Vollzeit)."
        ),
    ] = None
    as_of: Annotated[
        date | None, Given, Field(description="Der Tag, an dem die Zahlen stimmten.")
    ] = None
    ranges: Annotated[
        tuple[PayRange, ...],
        Said.PAY,
        Field(
            min_length=1,
            max_length=6,
            description="Ganze Euro ohne Punkt. „id“ ist der Name in geschweiften Klammern.",
        ),
    ]


def _time(written: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", written):
        raise invalid(
            N_("“{key}” is “{value}”, not a time of day."),
            N_("Write hours and minutes with a colon between them: 7:30."),
        )
    return written


class Apprenticeship(Entry):
    """A way in by vocational training: `name` is its official German name, `years` its length.

    `form` says of one that is not dual that it is at a school, or regulated otherwise.
    """

    kind: Annotated[
        Literal["apprenticeship"], Field(description="Eine Ausbildung mit ihrer Dauer in Jahren …")
    ]
    name: Annotated[Text, Said.TEXT, Note(N_("the official name stays; explain it"))]
    years: Annotated[Years, Said.YEARS]
    form: Annotated[
        Literal["school", "other"] | None,
        Given,
        Field(
            description="Nur, wenn es keine duale Ausbildung ist: school (an einer Schule) oder "
            "other (anders geregelt)."
        ),
    ] = None


class Step(Entry):
    """A station on a winding way in; `years` is how long people usually stay, where known."""

    name: Annotated[Text, Note(N_("station"))]
    years: Annotated[Years | None, Said.YEARS] = None


class CareerChange(Entry, WithEntries):
    """A way in from another occupation, station by station."""

    kind: Annotated[
        Literal["career_change"],
        Field(description="… und ein Quereinstieg mit zwei bis fünf Stationen."),
    ]
    name: Annotated[Text, Said.TEXT]
    steps: Annotated[tuple[Step, ...], Field(min_length=2, max_length=5)]


def _says_kind(way: object) -> object:
    if isinstance(way, dict) and "kind" not in way:
        raise invalid(
            N_("“{key}” does not say its ⟨“kind”|kind⟩."),
            N_(
                "⟨Add “kind: apprenticeship” or “kind: career_change”|Remove this entry, and "
                "add it anew: a button names its kind⟩."
            ),
        )
    return way


WayIn = Annotated[
    Annotated[Apprenticeship | CareerChange, Field(discriminator="kind")],
    BeforeValidator(_says_kind),
]


class TrainingYear(Entry):
    """What is paid in one year of the training: gross, a month, in whole euros."""

    amount: Annotated[Euros, Said.EUROS]


class TrainingPay(WithEntries):
    """Pay by year of training, the first year first; `minimum` says that it is the least by law.

    `only_for` names the training where there are several ways in, and only one is paid so.
    """

    as_of: Annotated[
        date | None, Given, Field(description="Der Tag, an dem die Zahlen stimmten.")
    ] = None
    minimum: Annotated[
        bool, Field(description="true: Das ist die gesetzliche Mindestvergütung.")
    ] = False
    only_for: Annotated[
        Text | None,
        Given,
        Note(N_("the training that it holds for")),
        Field(description="Für welche Ausbildung das gilt, wenn nicht für alle Wege."),
    ] = None
    years: Annotated[tuple[TrainingYear, ...], Field(min_length=1, max_length=5)]


class Requirements(Model):
    """What is asked for before one can begin, each in a few words."""

    school: Annotated[Text | None, Given, Said.TEXT, Note(N_("school leaving certificate"))] = None
    language: Annotated[Text | None, Given, Said.TEXT, Note(N_("level of German"))] = None


class Moment(Model):
    """A moment of a day: its time, "7:00" for example, and what one does then."""

    time: Annotated[str, AfterValidator(_time)]
    what: Annotated[Text, Note(N_("what one does then"))]


class Quotation(Model):
    """What somebody says of the job; only with their consent."""

    text: Annotated[Text, Note(N_("what somebody says"))]
    name: Annotated[Text, Note(N_("who says it; a name stays, or is transcribed"))]
    role: Annotated[Text | None, Given, Note(N_("what they do"))] = None


class NextStep(Model):
    """What to do next, and the day until which it is to be done."""

    what: Annotated[Text, Note(N_("what to do"))]
    until: Annotated[date | None, Given] = None


class Employer(Model):
    """An employer, or a kind of them, and a number."""

    name: Annotated[Text, Note(N_("an employer, or a kind of them"))]
    number: Annotated[int | None, Given, Field(ge=0)] = None


class Employers(Model):
    """Employers; `counted` says what their numbers count, as of when, and whose they are."""

    counted: Annotated[
        Text | None,
        Given,
        Note(N_("what the numbers count")),
        Field(description="Was die Zahlen zählen, aus welchem Jahr und von wem."),
    ] = None
    rows: Annotated[tuple[Employer, ...], Field(min_length=1, max_length=8)]


class Link(Model):
    """A web address, printed as a QR code with its label."""

    label: Annotated[Text, Note(N_("label of a QR code"))]
    url: WebAddress


class Info(Model):
    """A box with a heading and a few sentences."""

    title: Annotated[Text, Note(N_("heading of a box"))]
    text: Annotated[Text, Note(N_("text of a box"))]


_PAY = {
    "period": "month",
    "basis": "gross_full_time",
    "as_of": date(2026, 1, 1),
    "ranges": [
        {"id": "entry", "label": "[Zum Einstieg]", "min": 1000, "max": 2000},
        {"id": "experienced", "label": "[Mit Erfahrung]", "max": 3000, "open_top": True},
    ],
}
_STEPS = [
    {"id": "before", "name": "[Station 1]", "years": 2},
    {"id": "after", "name": "[Station 2]"},
]
_SCHOOL = {"kind": "apprenticeship", "name": "[Amtlicher Name der Ausbildung]", "years": 3}
_TRAINING_PAY = {
    "as_of": date(2026, 1, 1),
    "years": [{"id": "first", "amount": 1000}, {"id": "second", "amount": 1100}],
}
_REQUIREMENTS = {"school": "[Schulabschluss]", "language": "[Deutsch, Niveau B1]"}
_DAY = [
    {"time": "7:00", "what": "[So beginnt der Tag]"},
    {"time": "16:00", "what": "[So endet er]"},
]
_QUOTATION = {"text": "[Ein Satz über den Beruf]", "name": "[Vorname]", "role": "[2. Lehrjahr]"}
_NEXT_STEPS = [{"what": "[Schritt 1]", "until": date(2026, 12, 31)}, {"what": "[Schritt 2]"}]
_EMPLOYERS = {
    "counted": "[Beschäftigte 2025, Quelle]",
    "rows": [{"name": "[Betriebe dieser Art]", "number": 100}, {"name": "[Andere Betriebe]"}],
}
_LINKS = [{"label": "[Mehr dazu]", "url": "https://www.example.org/"}]
_INFO = {"title": "[Gut zu wissen]", "text": "[Zwei oder drei Sätze, die sonst nirgends stehen.]"}
_CHANGE = {"kind": "career_change", "name": "[Ein typischer Umweg]", "steps": _STEPS}
_WAYS_IN = [{"id": "school", **_SCHOOL}, {"id": "change", **_CHANGE}]


def _about(title: str, description: str, example: object) -> Any:  # noqa: ANN401 - as Field
    return Field(title=title, description=description, examples=[example])


def _texts(title: str, description: str, word: str, count: int) -> Any:  # noqa: ANN401 - as Field
    return _about(title, description, [f"[{word} {number}]" for number in range(1, count + 1)])


class Facts(WithEntries):
    """What is known of the profession besides the text; layouts leave out what is not."""

    pay: Annotated[
        Pay | None, Given, _about("Gehalt", "Das Gehalt. Die Zahlen sind nur Beispiele.", _PAY)
    ] = None
    sectors: Annotated[
        Texts,
        _texts("Branchen", "Wo der Beruf gebraucht wird: je Zeile eine Branche.", "Branche", 3),
    ] = ()
    channels: Annotated[
        Texts, _texts("Kontaktwege", "Wie man mit der Kundschaft spricht.", "Kontaktweg", 2)
    ] = ()
    skills: Annotated[
        Texts, _texts("Fähigkeiten", "Was man mitbringen sollte.", "Fähigkeit", 3)
    ] = ()
    training: Annotated[
        Texts, _texts("Fortbildungen", "Wie man sich weiterbildet.", "Fortbildung", 2)
    ] = ()
    working_hours: Annotated[
        Texts, _texts("Arbeitszeit", "Stunden in der Woche, Schichten.", "Arbeitszeit", 2)
    ] = ()
    ways_in: Annotated[
        tuple[WayIn, ...],
        Field(min_length=1, max_length=6),
        _about("Wege in den Beruf", "Die Wege in den Beruf.", _WAYS_IN),
    ] = ()
    training_pay: Annotated[
        TrainingPay | None,
        Given,
        _about("Ausbildungsvergütung", "Brutto im Monat, je Ausbildungsjahr.", _TRAINING_PAY),
    ] = None
    requirements: Annotated[
        Requirements | None,
        Given,
        _about("Voraussetzungen", "Was man vor dem Anfang braucht.", _REQUIREMENTS),
    ] = None
    places: Annotated[Texts, _texts("Arbeitsorte", "Wo man arbeitet.", "Arbeitsort", 2)] = ()
    day: Annotated[
        tuple[Moment, ...],
        Field(min_length=2, max_length=8),
        _about("Ein Tag im Beruf", "Ein Tag, Uhrzeit für Uhrzeit.", _DAY),
    ] = ()
    suits_me: Annotated[
        Texts,
        _texts("Passt das zu mir?", "Sätze zum Ankreuzen, die mit „Ich“ beginnen.", "Satz", 3),
    ] = ()
    next_steps: Annotated[
        tuple[NextStep, ...],
        Field(min_length=1, max_length=6),
        _about("Nächste Schritte", "Was man als Nächstes tut, und bis wann.", _NEXT_STEPS),
    ] = ()
    employers: Annotated[
        Employers | None,
        Given,
        _about("Arbeitgeber", "Arbeitgeber vor Ort, mit einer Zahl.", _EMPLOYERS),
    ] = None
    similar: Annotated[Texts, _texts("Ähnliche Berufe", "Was auch passen könnte.", "Beruf", 3)] = ()
    quotation: Annotated[
        Quotation | None,
        Given,
        _about("Zitat", "Was jemand sagt, der den Beruf hat. Nur mit Einwilligung.", _QUOTATION),
    ] = None
    links: Annotated[
        tuple[Link, ...],
        Field(min_length=1, max_length=4),
        _about("QR-Codes", "Webadressen, jede mit ihrem QR-Code.", _LINKS),
    ] = ()
    info: Annotated[
        Info | None, Given, _about("Infokasten", "Ein Kasten mit wenigen Sätzen.", _INFO)
    ] = None
