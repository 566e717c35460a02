"""What a profile may state as a fact: each is declared here, and nowhere else.

All else follows from a declaration: what the front matter may say and its errors, the phrases of
`{names}` in texts, the texts in catalogs with their notes, what `new profile` asks (in German, as
profiles are), and the table in docs/layouts.md. Where a fact is printed is for layouts to say.

`title` is what a fact is called, `description` explains it or one of its entries, `examples` has
what a new profile has in its place.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, model_validator

from careerprint.core.diagnostics import N_
from careerprint.core.schema import Given, Text, invalid
from careerprint.profiles.shapes import Entry, Euros, Note, Said, Texts, WithEntries, Years


class PayRange(Entry):
    """What is paid at one stage of the career, in whole euros for the period of `Pay`.

    With `open_top`, `max` is the usual upper end, and somewhat more is possible; such a stage has
    no lower end. A stage with a lower end alone is open, too: its `max` is its `min`.
    """

    label: Text
    min: Annotated[Euros | None, Said.EUROS] = None
    max: Annotated[Euros, Said.EUROS]
    open_top: Annotated[
        bool,
        Field(
            description="Ohne „min“ und mit „open_top: true“ wird daraus: bis gut 3.000 €. "
            "Mit „min“ allein: ab 3.000 €."
        ),
    ] = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.min > self.max:
            raise invalid(
                N_("The lower end of “{key}” is above its upper end."),
                N_("Swap “min” and “max”."),
            )
        if self.min is not None and self.open_top:
            raise invalid(
                N_("“{key}” has both “min” and “open_top”."),
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


class Apprenticeship(Entry):
    """A way in by vocational training: `name` is its official German name, `years` its length."""

    kind: Annotated[
        Literal["apprenticeship"], Field(description="Eine Ausbildung mit ihrer Dauer in Jahren …")
    ]
    name: Annotated[Text, Said.TEXT, Note("the official name stays; explain it")]
    years: Annotated[Years, Said.YEARS]


class Step(Entry):
    """A station on a winding way in; `years` is how long people usually stay, where known."""

    name: Annotated[Text, Note("station")]
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
            N_("“{key}” does not say its “kind”."),
            N_("Add “kind: apprenticeship” or “kind: career_change”."),
        )
    return way


WayIn = Annotated[
    Annotated[Apprenticeship | CareerChange, Field(discriminator="kind")],
    BeforeValidator(_says_kind),
]


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
