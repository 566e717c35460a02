"""Readiness: what keeps a document in the house is told everywhere alike, and gone once mended."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pikepdf
import pytest
from PIL import Image

from careerprint.building.build import Options, build
from careerprint.building.inspection import Given, Inspector
from careerprint.building.outbox import keep_plans
from careerprint.building.record import open_record
from careerprint.composing.compose import compose
from careerprint.core.concerns import PAGE_EMPTY, Concern, told_of
from careerprint.core.diagnostics import Diagnostic, Location, Severity, error
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.core.targets import DRAFT, PRESS, PRESS_DRAFT, SCREEN, Target
from careerprint.desk.printroom import Printroom
from careerprint.exchange.units import units
from careerprint.fairs.fair import Fair
from careerprint.finished.readback import normalized, read_back
from careerprint.output.report import report_pdf
from careerprint.planning.season import by_id, read_season
from careerprint.profiles.content import read_profile
from careerprint.profiles.facts import Facts, Pay, PayRange
from careerprint.profiles.marks import check_mark
from careerprint.profiles.numbers import unlike_numbers
from careerprint.readiness.apprenticeships import candidates, official_name
from careerprint.readiness.judging import RULES
from careerprint.readiness.statedpay import contradictions, other_pay
from careerprint.translation.approving import approve, waiting
from careerprint.translation.domains import domains, locales_of

from .cards import ENGLISH, stand_cards, with_picture
from .conftest import PROFILE, ROOT, SLUG, Workspace
from .workspaces import PHONE

TODAY = date.today()
TOML, TABLE = "careerprint.toml", "content/fairs.csv"
NEXT_YEAR = f"12.03.{TODAY.year + 1}"
ROW = "Kennung;Messe;Beginn;Layout;Telefon\njobtag;Jobtag;{};card;{}\n"


def edits(*changes: tuple[str, str, str]) -> Callable[[Workspace], None]:
    def make(workspace: Workspace) -> None:
        for change in changes:
            workspace.edit(*change)

    return make


# What a workspace says that fails by one rule, on a card in English for a fair.
TITLE, SUBTITLE = (
    '"Customer service in Dortmund"',
    '"Customer service: a job for people who listen well"',
)
LONG_AGO = TODAY - timedelta(days=580)
FAILING: dict[str, Callable[[Workspace], None]] = {
    "check-mark": edits((PROFILE, "updated:", f"{check_mark('Stimmt der Titel?')}\nupdated:")),
    "placeholder": edits((ENGLISH, f"msgstr {TITLE}", 'msgstr "[Title] in Dortmund"')),
    "issuer": edits((TOML, "Unsere Beratungsstelle", "Ihre Beratungsstelle")),
    "contact": edits((TOML, '# phone = "…"', 'phone = "030 23125 014"')),
    "foreign-text": edits((ENGLISH, f"msgstr {SUBTITLE}", 'msgstr ""')),
    "numbers": edits(
        (PROFILE, "Sie klären Fragen", "Sie klären seit 1965 Fragen"),
        (ENGLISH, "Sie klären Fragen", "Sie klären seit 1965 Fragen"),
        (ENGLISH, "how to get started.", "how to get started since 1956."),
    ),
    "pay-text": edits(
        (PROFILE, "Hier lesen Sie,", "Man verdient 2.900 bis 3.300 Euro. Hier lesen Sie,"),
        (ENGLISH, "Hier lesen Sie,", "Man verdient 2.900 bis 3.300 Euro. Hier lesen Sie,"),
    ),
    "credit": edits((PROFILE, "    credit: Musterfoto\n", "")),
    "approval": edits((ENGLISH, "You answer questions", "You settle questions")),
    "outdated": edits((PROFILE, f"updated: {TODAY}", f"updated: {LONG_AGO}")),
    "minimum-wage": edits((PROFILE, "2300", "900")),
    "official-name": edits((PROFILE, "name: Servicefachkraft für", "name: Servicekraft im")),
    "fair-past": edits((TABLE, NEXT_YEAR, f"{TODAY - timedelta(days=1):%d.%m.%Y}")),
    "fair-contact": edits((TABLE, PHONE, "030 23125 014")),
}
BESIDES = {  # what is changed is not approved, in a catalog whose former name is gone too
    "placeholder": {"approval"},
    "numbers": {"approval"},
    "pay-text": {"approval"},
    "official-name": set[str](),
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace that declares English cards, in which all is in order; not to be changed."""
    workspace = stand_cards(tmp_path_factory.mktemp("ready") / "workspace", ["en"])
    workspace.edit(TOML, 'shop = "standard"', 'shop = "office"')
    workspace.edit(PROFILE, "updated: 2026-11-22", f"updated: {TODAY}")
    workspace.edit(
        PROFILE, "    period: month\n", "    period: month\n    basis: gross_full_time\n"
    )
    drawn = BytesIO()
    Image.new("RGB", (600, 400), "teal").save(drawn, "JPEG")
    with_picture(workspace, drawn.getvalue())
    with (workspace.root / ENGLISH).open("a", encoding="utf-8") as catalog:
        catalog.write('\nmsgid "Ein Platz im Büro"\nmsgstr "A desk in an office"\n')
    reader = Reader(workspace.root)
    approve(reader, waiting(reader, ["en"], SLUG), "Tests", TODAY)
    (workspace.root / TABLE).write_text(ROW.format(NEXT_YEAR, PHONE), "utf-8")
    return workspace


@pytest.fixture
def card(ready: Workspace, tmp_path: Path) -> Workspace:
    copytree(ready.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def fairs_of(workspace: Workspace) -> dict[str, Fair]:
    return dict(by_id(read_season(workspace.root / TABLE, Reader(workspace.root), TODAY).fairs))


def edition_for(target: str = SCREEN.name) -> Edition:
    return Edition(SLUG, "card", "en", "", "jobtag", target)


def concerns(workspace: Workspace, day: date = TODAY) -> dict[str, Severity]:
    """Return the rules by which the card of a workspace fails on a day, and how badly."""
    fair = fairs_of(workspace)["jobtag"]
    job = compose(edition_for(PRESS.name), Reader(workspace.root), fair)
    return {told.rule: told.severity for told in told_of(job.concerns, day, PRESS)}


@pytest.mark.parametrize("rule", FAILING)
def test_each_rule_finds_what_it_is_for_and_nothing_once_it_is_mended(
    card: Workspace, rule: str
) -> None:
    before = {f: f.read_bytes() for f in card.root.rglob("*") if f.is_file()}
    assert concerns(card) == {}
    FAILING[rule](card)
    assert concerns(card).keys() == {rule} | BESIDES.get(rule, set())
    for file, content in before.items():
        file.write_bytes(content)
    assert concerns(card) == {}


def test_there_is_a_failing_workspace_for_every_rule() -> None:
    # What is said of plain language is in test_plain_language.py: there is none of a card in English.
    assert FAILING.keys() | {"plain-language"} == {rule.id for rule in RULES}


def built(workspace: Workspace, target: str, options: Options = Options()) -> Outcome:  # noqa: B008 - it is never changed
    out = workspace.root / "out"
    fairs = fairs_of(workspace)
    (outcome,) = build([edition_for(target)], Reader(workspace.root), out, options, fairs=fairs)
    return outcome


def told_in_all_places(workspace: Workspace) -> dict[str, set[str]]:
    """Return, by place, the readiness rules that a user reads of there."""
    out = workspace.root / "out"
    found = {
        "build": built(workspace, SCREEN.name).diagnostics,
        "status": built(workspace, SCREEN.name, Options(dry_run=True)).diagnostics,
        "build for the press": built(workspace, PRESS.name).diagnostics,
        "status for the press": built(workspace, PRESS.name, Options(dry_run=True)).diagnostics,
    }
    with open_record(out) as record:
        keep_plans(record, workspace.root / TABLE, {"": [edition_for()]}, (), ())
        file = out / edition_for().output
        given = Given(file, file.name, file.read_bytes())
        checked = Inspector(Reader(workspace.root), out, record, TODAY).check(given)
    found["check"] = tuple(finding.diagnostic for finding in checked.findings)
    with Printroom(workspace.root, out, lambda _: None) as printroom:
        printroom.offer([edition_for()], fairs_of(workspace))
        found["preview"] = printroom.look("viewer", edition_for()).result().outcome.diagnostics
    report = normalized(" ".join(read_back(report_pdf([(given, checked)], TODAY, "en")).runs))
    found["report"] = tuple(d for d in found["check"] if normalized(d.words(str)[0]) in report)
    return {place: {d.rule for d in told if d.rule} for place, told in found.items()}


@pytest.mark.slow
@pytest.mark.process
def test_each_concern_is_told_alike_in_all_places_and_gone_once_mended(card: Workspace) -> None:
    for fail in FAILING.values():
        fail(card)
    told = told_in_all_places(card)
    assert told == {place: set(FAILING) for place in told}


@pytest.mark.slow
@pytest.mark.process
def test_of_what_is_in_order_nothing_is_told_anywhere(card: Workspace) -> None:
    told = told_in_all_places(card)
    assert told == {place: set[str]() for place in told}


def test_a_draft_is_printed_for_the_screen_and_not_for_the_press(card: Workspace) -> None:
    FAILING["issuer"](card)
    screen, press = built(card, SCREEN.name), built(card, PRESS.name)
    assert (screen.state, press.state) == (State.PRINTED, State.FAILED)
    assert {d.severity for d in screen.diagnostics} == {Severity.WARNING}
    assert {d.severity for d in press.diagnostics} == {Severity.ERROR}
    assert not screen.is_ready
    assert not (card.root / "out" / edition_for(PRESS.name).output).exists()


def test_what_was_printed_before_it_was_out_of_date_is_told_without_being_composed(
    card: Workspace,
) -> None:
    assert built(card, PRESS.name).state is State.PRINTED
    late = built(card, PRESS.name, Options(today=TODAY + timedelta(days=800)))
    assert late.state is State.FAILED
    assert {d.rule for d in late.diagnostics} == {"outdated", "fair-past"}
    assert built(card, PRESS.name).state is State.FRESH


@pytest.mark.parametrize("target", [DRAFT, PRESS_DRAFT], ids=lambda target: target.name)
def test_each_page_of_a_draft_is_marked_and_says_the_same(card: Workspace, target: Target) -> None:
    FAILING["issuer"](card)
    outcome = built(card, target.name)
    assert outcome.state is State.PRINTED, outcome.diagnostics
    plain = built(card, SCREEN.name)
    files = [card.root / "out" / each.edition.output for each in (outcome, plain)]
    assert read_back(files[0].read_bytes()) == read_back(files[1].read_bytes())
    for file, is_marked in zip(files, (True, False), strict=True):
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                page.contents_coalesce()
                assert (b"/draft gs" in page.Contents.read_bytes()) == is_marked


# Pay, by date


PAY = """\
  pay:
    period: {}
    basis: {}
    ranges:
      - id: start
        label: {}
        min: {}
        max: 50000
"""


def pay_told(card: Workspace, pay: str, day: date, more: str = "") -> list[Diagnostic]:
    """Return what is told on a day of a profile with other pay, and no fair."""
    file = card.root / PROFILE
    head, _, rest = file.read_text("utf-8").partition("  pay:\n")
    rest = rest[rest.index("  sectors:") :]
    text = f"{head}{pay}{more}{rest}"
    file.write_text(text.replace("{pay.entry}", "").replace("{pay.experienced}", ""), "utf-8")
    job = compose(Edition(SLUG, "card", "de", target=PRESS.name), Reader(card.root))
    return [t for t in told_of(job.concerns, day, PRESS) if t.rule == "minimum-wage"]


HOURS = "  working_hours:\n    - 40 Stunden in der Woche\n"
FULL, NET = "gross_full_time", "net_full_time"


@pytest.mark.parametrize(
    ("period", "basis", "label", "least", "day", "more", "severity"),
    [
        ("hour", FULL, "Start", 13, date(2026, 6, 1), "", Severity.ERROR),
        ("hour", FULL, "Start", 14, date(2026, 6, 1), "", None),
        ("hour", FULL, "Start", 14, date(2027, 1, 1), "", Severity.ERROR),
        ("hour", FULL, "Start", 14, date(2026, 12, 31), "", None),
        ("month", FULL, "Start", 2408, date(2026, 6, 1), HOURS, Severity.ERROR),
        ("month", FULL, "Start", 2410, date(2026, 6, 1), HOURS, None),
        ("month", FULL, "Start", 2410, date(2027, 6, 1), HOURS, Severity.ERROR),
        ("month", FULL, "Start", 2100, date(2026, 6, 1), "", Severity.WARNING),
        ("month", NET, "Start", 1700, date(2026, 6, 1), HOURS, None),
        ("year", FULL, "Start", 28911, date(2026, 6, 1), HOURS, Severity.ERROR),
        ("year", FULL, "Start", 28912, date(2026, 6, 1), HOURS, None),
        ("month", FULL, "1. Ausbildungsjahr", 723, date(2026, 6, 1), HOURS, Severity.WARNING),
        ("month", FULL, "1. Ausbildungsjahr", 724, date(2026, 6, 1), HOURS, None),
        ("month", FULL, "Im 3. Lehrjahr", 976, date(2026, 6, 1), "", Severity.WARNING),
        ("month", FULL, "In der Ausbildung", 730, date(2026, 6, 1), "", None),
        ("month", FULL, "Nach der Ausbildung", 1200, date(2026, 6, 1), HOURS, Severity.ERROR),
    ],
)
def test_pay_is_compared_with_what_the_law_asks_for_on_that_day(  # noqa: PLR0913, PLR0917
    card: Workspace,
    period: str,
    basis: str,
    label: str,
    least: int,
    day: date,
    more: str,
    severity: Severity | None,
) -> None:
    told = pay_told(card, PAY.format(period, basis, label, least), day, more)
    assert [each.severity for each in told] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Das Gehalt liegt zwischen 2.300 und 2.700 Euro.", "zwischen 2.300 und 2.700 Euro"),
        ("Nach der Ausbildung verdienen sie 2.900 Euro brutto im Monat.", "2.900 Euro"),
        ("Mit Erfahrung verdient man bis zu 3.300 Euro.", "3.300 Euro"),
        ("Zum Einstieg gibt es nach TVöD SuE S 8a rund 2.950 € brutto.", "2.950 €"),
        ("Nach TVöD SuE S 8a gibt es rund 2.950 € brutto im Monat.", ""),
        ("Das Gehalt liegt zwischen 2.300 und 2.800 Euro.", ""),
        ("Das Gehalt liegt bei {pay.entry} im Monat.", ""),
        ("In der Ausbildung verdienen Sie 1.100 Euro im Monat.", ""),
        ("Im zweiten Ausbildungsjahr bekommen Sie 1.200 Euro Vergütung.", ""),
        ("Der Kurs kostet 1.900 Euro und wird bezahlt.", ""),
        ("Zum Gehalt kommen 400 Euro Zulage.", ""),
        ("Der Mindestlohn liegt bei 2.340 Euro im Monat.", ""),
        ("Netto sind das vom Gehalt rund 1.900 Euro.", ""),
        ("Als Meisterin verdient man 4.200 Euro.", ""),
        ("Im Durchschnitt verdient man 2.600 Euro.", ""),
        ("In Teilzeit verdient man 1.500 Euro.", ""),
        ("Früher lag das Gehalt bei 1.900 Euro.", ""),
        ("Im Jahr verdient man 33.000 Euro.", ""),
        ("Die Firma macht 3.000 Euro Gewinn.", ""),
    ],
)
def test_pay_in_the_text_that_no_fact_declares_is_told_where_that_is_sure(
    text: str, told: str
) -> None:
    stages = [("entry", "Zum Einstieg", 2300, 2800), ("experienced", "Mit Erfahrung", None, 3400)]
    ranges = tuple(
        PayRange(id=name, label=Text(label, Location("")), min=least, max=most)
        for name, label, least, most in stages
    )
    facts = Facts(pay=Pay(period="month", basis="gross_full_time", ranges=ranges))
    assert [found.words.strip() for found in other_pay(text, facts)] == [told] * bool(told)


def test_pay_that_contradicts_the_facts_is_told_with_place_and_facts(card: Workspace) -> None:
    FAILING["pay-text"](card)
    job = compose(edition_for(), Reader(card.root))
    (found,) = (c.told for c in job.concerns if c.told.rule == "pay-text")
    message, _ = found.words(str)
    assert message == (
        "The text says “2.900 bis 3.300 Euro”; the facts about pay say: "
        "Zum Einstieg 2.300–2.800\u00a0€; Mit Erfahrung und Fachwissen bis gut 3.400\u00a0€."
    )
    assert (found.location.path, found.severity) == (PROFILE, Severity.WARNING)


TRAINING_PAY = """\
  training_pay:
    years:
      - id: first
        amount: 1050
      - id: second
        amount: 1250
  sectors:
"""
YEARS = """
| Ausbildungsjahr | Vergütung brutto im Monat |
|---|---|
| 1. Ausbildungsjahr | 1.050 € |
| 2. Ausbildungsjahr | {} |
"""
STAGES = """
| Stufe | Gehalt brutto im Monat |
|---|---|
| Zum Einstieg | {} |
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (YEARS.format("1.250 €"), []),
        (YEARS.format("1.230 €"), [("1.230 €", "2. Ausbildungsjahr", "1.250\u00a0€")]),
        (YEARS.format("**1.230 €**"), [("1.230 €", "2. Ausbildungsjahr", "1.250\u00a0€")]),
        (YEARS.format("rund 1.200 €"), []),
        (YEARS.format("1.250 € bis 1.300 €"), []),
        ("| Ausbildungsjahr | Industrie | Handwerk |\n|---|---|---|\n| 1. | 1.050 € | 980 € |", []),
        (
            "Im zweiten Ausbildungsjahr bekommen Sie 1.200 Euro Vergütung.",
            [("1.200 Euro", "2. Ausbildungsjahr", "1.250\u00a0€")],
        ),
        ("In Teilzeit bekommen Sie im zweiten Ausbildungsjahr 900 Euro Vergütung.", []),
        (STAGES.format("2.300–2.800 €"), []),
        (
            STAGES.format("2.200–2.800 €"),
            [("2.200–2.800 €", "Zum Einstieg", "2.300–2.800\u00a0€")],
        ),
        (
            "Zum Einstieg verdienen Sie zwischen 2.200 und 2.800 Euro brutto im Monat.",
            [("zwischen 2.200 und 2.800 Euro", "Zum Einstieg", "2.300–2.800\u00a0€")],
        ),
        ("Zum Einstieg verdienen Sie 2.500 Euro brutto im Monat.", []),
        ("Zum Einstieg verdienen Sie 1.700 Euro netto im Monat.", []),
        ("Man verdient 2.900 Euro brutto im Monat.", []),
        ("Als Meisterin verdient man 4.200 Euro.", []),
    ],
)
def test_an_amount_of_the_same_stage_or_year_contradicts_the_fact(
    card: Workspace, text: str, told: list[tuple[str, str, str]]
) -> None:
    file = card.root / PROFILE
    written = file.read_text("utf-8").replace("  sectors:\n", TRAINING_PAY, 1)
    file.write_text(f"{written}\n## Verdienst\n\n{text}\n", "utf-8")
    found = contradictions(read_profile(Reader(card.root), SLUG))
    assert [(each.words, each.stage, each.fact) for each in found] == told


@pytest.mark.parametrize(
    ("ends", "text", "told"),
    [
        ("min: 4200", "über 4.200 Euro", []),
        ("min: 4200", "mindestens 4.200 Euro", []),
        ("min: 4200", "4.800 Euro", []),
        ("min: 4200", "4.300 bis 5.000 Euro", []),
        ("min: 4200", "bis zu 6.000 Euro", []),
        ("min: 4200", "bis zu 4.200 Euro", [("bis zu 4.200 Euro", "ab 4.200\u00a0€")]),
        ("min: 4200", "ab 4.500 Euro", [("ab 4.500 Euro", "ab 4.200\u00a0€")]),
        ("min: 4200", "4.000 Euro", [("4.000 Euro", "ab 4.200\u00a0€")]),
        ("max: 4200", "mehr als 4.200 Euro", [("mehr als 4.200 Euro", "bis 4.200\u00a0€")]),
        ("max: 4200", "ab 3.800 Euro", []),
        (
            "max: 4200\n        open_top: true",
            "über 4.200 Euro",
            [("über 4.200 Euro", "bis gut 4.200\u00a0€")],
        ),
    ],
)
def test_from_an_amount_contradicts_up_to_that_amount(
    card: Workspace, ends: str, text: str, told: list[tuple[str, str]]
) -> None:
    stage = f"      - id: master\n        label: Als Meisterin\n        {ends}\n"
    file = card.root / PROFILE
    written = file.read_text("utf-8").replace(
        "      - id: experienced\n", f"{stage}      - id: experienced\n"
    )
    file.write_text(
        f"{written}\n## Verdienst\n\nAls Meisterin verdient man {text} brutto im Monat.\n", "utf-8"
    )
    found = contradictions(read_profile(Reader(card.root), SLUG))
    assert [(each.words, each.fact) for each in found] == told


def test_a_table_that_contradicts_training_pay_keeps_the_edition_in_the_house(
    card: Workspace,
) -> None:
    card.edit(PROFILE, "  sectors:\n", TRAINING_PAY)
    file = card.root / PROFILE
    text = f"{file.read_text('utf-8')}\n## Ausbildung\n{YEARS.format('1.230 €')}"
    file.write_text(text, "utf-8")
    job = compose(Edition(SLUG, "brochure", "de", target=PRESS.name), Reader(card.root))
    (found,) = (c.told for c in job.concerns if c.told.rule == "pay-text")
    message, hint = found.words(str)
    assert (
        message == "The text says “1.230 €” for “2. Ausbildungsjahr”; the facts say: 1.250\u00a0€."
    )
    assert "write {training_pay.second.amount}" in hint
    assert (found.severity, found.location.line) == (Severity.ERROR, text.count("\n"))


def test_what_is_heard_of_a_picture_is_in_one_language(card: Workspace) -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    (card.root / "content" / SLUG / "bild.png").write_bytes(picture.getvalue())
    file = card.root / PROFILE
    file.write_text(f"{file.read_text('utf-8')}\n![Ein Lager voller Pakete](bild.png)\n", "utf-8")

    def untranslated(target: Target) -> list[str]:
        job = compose(Edition(SLUG, "brochure", "en", target=target.name), Reader(card.root))
        return [c.told.words(str)[0] for c in job.concerns if c.told.rule == "foreign-text"]

    (told,) = untranslated(SCREEN)
    assert told.endswith(": 1, first “Ein Lager voller\u00a0Pakete”.")
    assert not untranslated(PRESS), "its PDF says nothing of pictures"
    with (card.root / ENGLISH).open("a", encoding="utf-8") as catalog:
        catalog.write('\nmsgid "Ein Lager voller Pakete"\nmsgstr "A store"\n')
    assert not untranslated(SCREEN)


def test_what_has_no_word_needs_no_translation(card: Workspace) -> None:
    def untranslated() -> int:
        job = compose(Edition(SLUG, "brochure", "en"), Reader(card.root))
        (told,) = (c.told for c in job.concerns if c.told.rule == "foreign-text")
        return int(told.words(str)[0].split(": ")[1].partition(",")[0])

    card.edit(PROFILE, "  sectors:\n", TRAINING_PAY)
    file = card.root / PROFILE
    text = file.read_text("utf-8")
    words = "1.250 €", "12 345", "{pay.entry}, brutto"
    file.write_text("\n\n".join([text, *words]), "utf-8")
    before = untranslated()
    assert before == len(words)
    alike = "{training_pay.second.amount}", "**{pay.entry}** / {pay.experienced}", "–", "2026–2028"
    table = "\n".join(["| 2026 | {pay.entry.max} |", "|---|---|", "| {pay.entry} | ✓ |"])
    file.write_text("\n\n".join([text, *words, *alike, table]), "utf-8")
    assert untranslated() == before
    messages = {m.id for d in domains(Reader(card.root)) for m in d.template if d.name == SLUG}
    assert messages.issuperset(words)
    assert not messages.intersection((*alike, "{pay.entry}", "✓"))


def test_careerprint_toml_adds_to_the_table_of_minimum_wages(card: Workspace) -> None:
    pay, day = PAY.format("hour", FULL, "Start", 15), date(2028, 6, 1)
    assert pay_told(card, pay, day) == []
    rates = "rates = [{ valid_from = 2028-01-01, hourly = 15.50 }]"
    card.edit(TOML, "weekly_hours = 35", f"weekly_hours = 35\n{rates}")
    (told,) = pay_told(card, pay, day)
    assert "15 € an hour are below the minimum wage of 15.50 €" in told.sentence(str)


@pytest.mark.parametrize(
    ("name", "official", "is_it"),
    [
        ("Kaufmann/Kauffrau für Dialogmarketing", "Kaufmann für Dialogmarketing", True),
        ("Kauffrau für Dialogmarketing", "Kaufmann für Dialogmarketing", True),
        ("Koch und Köchin", "Koch", True),
        ("Mechatroniker/in", "Mechatroniker", True),
        ("Mechatroniker:in (m/w/d)", "Mechatroniker", True),
        ("Pflegefachmann/-frau", "Pflegefachmann", True),
        ("Fachkraft für Gastronomie", "Fachkraft für Gastronomie", True),
        ("Bürokaufmann", "Bürokaufmann", True),
        ("Kaufmann für Dialog-Marketing", "Kaufmann für Dialogmarketing", False),
        ("Erzieher/in (staatlich anerkannt)", "Erzieher", True),
        ("Zauberlehrling", "", False),
    ],
)
def test_names_of_trainings_are_known_in_the_forms_that_people_write(
    name: str, official: str, *, is_it: bool
) -> None:
    found, is_that = official_name(name)
    assert ((found.masculine if found else ""), is_that) == (official, is_it)


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        (
            "Anlagenmechaniker/in SHK",
            ["Anlagenmechaniker für Sanitär-, Heizungs- und Klimatechnik"],
        ),
        (
            "Anlagenmechanikerin (SHK)",
            ["Anlagenmechaniker für Sanitär-, Heizungs- und Klimatechnik"],
        ),
        ("Kfz-Mechatroniker/in", ["Kraftfahrzeugmechatroniker"]),
        ("KFZ-Mechatroniker", ["Kraftfahrzeugmechatroniker"]),
        ("ZFA", ["Zahnmedizinischer Fachangestellter"]),
        ("MFA", ["Medizinischer Fachangestellter"]),
        ("TFA", ["Tiermedizinischer Fachangestellter"]),
        ("PKA", ["Pharmazeutisch-kaufmännischer Angestellter"]),
        ("FI-AE", ["Fachinformatiker"]),
        ("FISI", ["Fachinformatiker"]),
        ("FaMI", ["Fachangestellter für Medien- und Informationsdienste"]),
        ("ReNo", ["Rechtsanwalts- und Notarfachangestellter"]),
        ("MTR", ["Medizinischer Technologe für Radiologie"]),
        ("XYZ", []),
    ],
)
def test_short_forms_are_known_by_the_initials_of_official_names(
    name: str, likely: list[str]
) -> None:
    assert [each.masculine for each in candidates(name)] == likely


def test_where_several_names_fit_all_are_offered_those_of_the_text_first(card: Workspace) -> None:
    old = "name: Servicefachkraft für Dialogmarketing\n      years: 2"
    card.edit(PROFILE, old, "name: Elektroniker/in XY\n      years: 3,5")
    file = card.root / PROFILE
    told = "\n\nDie Elektronikerin für Betriebstechnik arbeitet in Werken.\n"
    file.write_text(file.read_text("utf-8") + told, "utf-8")
    job = compose(Edition(SLUG, "card", "de"), Reader(card.root))
    (said,) = (c.told.sentence(str) for c in job.concerns if c.told.rule == "official-name")
    first = "“Elektroniker für Betriebstechnik/Elektronikerin für Betriebstechnik”, “"
    assert f"write the one that is meant: {first}" in said
    assert "“Elektroniker/Elektronikerin”" in said


@pytest.mark.parametrize(
    ("name", "years", "told"),
    [
        ("Bürokauffrau", 3, "It has become: Kaufmann für Büromanagement."),
        ("Tankwart/Tankwartin", 3, "No training has taken its place"),
        ("Koch/Köchin", 1, "takes 36 months, not 12."),
        ("Koch/Köchin", 3, ""),
        ("Mechatroniker/Mechatronikerin", 3, "takes 42 months, not 36."),
        ("Mechatroniker/Mechatronikerin", "3,5", ""),
        (
            "Kinderpflegerin/Kinderpfleger",
            2,
            "Is it a training at a school, or",
        ),
        ("Kinderpflegerin/Kinderpfleger", "2\n      form: school", ""),
        ("Koch/Köchin", "1\n      form: other", ""),
    ],
)
def test_former_names_and_other_lengths_of_trainings_are_told(
    card: Workspace, name: str, years: int | str, told: str
) -> None:
    old = "name: Servicefachkraft für Dialogmarketing\n      years: 2"
    card.edit(PROFILE, old, f"name: {name}\n      years: {years}")
    job = compose(Edition(SLUG, "card", "de"), Reader(card.root))
    sentences = [c.told.sentence(str) for c in job.concerns if c.told.rule == "official-name"]
    assert len(sentences) == bool(told)
    assert all(told in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("entry", "placeholder"),
    [
        ("alt: Ein Platz im Büro", "[Was auf dem Bild zu sehen ist]"),
        ("credit: Musterfoto", "[Wer es gemacht hat]"),
    ],
)
def test_a_placeholder_is_found_in_what_is_said_of_a_picture(
    card: Workspace, entry: str, placeholder: str
) -> None:
    card.edit(PROFILE, entry, f'{entry.partition(":")[0]}: "{placeholder}"')
    job = compose(Edition(SLUG, "card", "de"), Reader(card.root))
    (told,) = (c.told for c in job.concerns if c.told.rule == "placeholder")
    assert placeholder in told.sentence(str)
    assert told.location.line == card.line(PROFILE, placeholder)


@pytest.mark.parametrize(
    "text",
    [
        "Er sagte: „[…] das geht“",
        "so [sic] geschrieben",
        "Todo",
        "[1]",
        "[2, 3] [4–6] [^7] [Anm. 8]",
    ],
)
def test_what_quotations_have_in_brackets_is_no_placeholder(card: Workspace, text: str) -> None:
    card.edit(PROFILE, "title: Kundendienst in Dortmund", f'title: "{text}"')
    job = compose(Edition(SLUG, "card", "de"), Reader(card.root))
    assert {c.told.rule for c in job.concerns} == {"outdated"}, "which holds much later"


@pytest.mark.parametrize(
    ("german", "translated"),
    [
        ("2.900 bis 3.600 € im Monat", "€2,900 – €3,600 a month"),
        ("2.900 bis 3.600 € im Monat", "٢٬٩٠٠ إلى ٣٬٦٠٠ يورو"),
        ("3 600 Euro", "3\u202f600 euros"),
        ("14,50 € die Stunde", "14.5 € an hour"),
        ("zu 69 %", "%69"),
        ("am 12.3.2027", "12 March 2027"),
        ("am 12.03. um 16 Uhr", "on 3/12 at 4 pm"),
        ("am 3.12.2027", "on 03/12/2027"),
        ("seit 09/2026", "since September 2026"),
        ("drei von 4 Betrieben", "3 of four employers"),
        ("im ersten Jahr", "in year 1"),
        ("Telefon 0231 123-4567", "phone +49 231 1234567"),
        ("in den 90er Jahren", "in the 1990s"),
        ("3,5 Jahre", "3½ سنوات"),
        ("3½ Jahre", "3 1/2 years"),
        ("1,25 Stunden und 24/7", "1¼ hours, 24/7"),
        ("eine halbe Stunde", "½ hour"),
        ("3,4 Mio. Menschen", "3,400,000 people"),
        ("nach 24 Stunden {pay.entry}", "after a day {pay.entry}"),
    ],
)
def test_numbers_are_one_however_a_language_writes_them(german: str, translated: str) -> None:
    assert unlike_numbers(german, translated) == ([], [])


@pytest.mark.parametrize(
    ("german", "translated", "missing", "instead"),
    [
        ("zwischen 2.900 und 3.600 €", "2.900 € ile 3.060 € arası", "3.600", "3.060"),
        ("3.600 €", "٣٬٠٦٠ €", "3.600", "3٬060"),
        ("3.600 €", "360 €", "3.600", "360"),
        ("im 1. Jahr", "in year 2", "1", "2"),
        ("seit 2019", "depuis 2018", "2019", "2018"),
        ("0231 123-4567", "0231 123-4576", "02311234567", "02311234576"),
        ("2.300 und 2.300", "2.300 ve 2.030", "2.300", "2.030"),
        ("3,5 Jahre", "4½ years", "3,5", "4½"),
        ("3.600 €", "9" * 5000, "3.600", "9" * 5000),
    ],
)
def test_a_number_in_the_place_of_another_is_told(
    german: str, translated: str, missing: str, instead: str
) -> None:
    assert unlike_numbers(german, translated) == ([missing], [instead])


def test_the_shipped_translations_have_the_numbers_of_the_german_text() -> None:
    reader = Reader(ROOT)
    pairs = [
        (unit.original, unit.translation)
        for domain in domains(reader)
        for tag in locales_of(domain, reader)
        for unit in units(domain, tag, reader)
    ]
    assert len(pairs) > 600
    assert [pair for pair in pairs if unlike_numbers(*pair) != ([], [])] == []


def test_a_concern_holds_between_its_days() -> None:
    told = error("p", "a", "b")
    concern = Concern(told, date(2026, 1, 1), date(2026, 12, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [concern.holds_on(day) for day in days] == [False, True, True, False]


def test_a_page_that_is_almost_empty_does_not_go_to_the_press(card: Workspace) -> None:
    for old, new in (("<body>", '<body><main data-frame="page">'), ("</body>", "</main></body>")):
        card.edit("layouts/card/card.html.j2", old, new)
    style = card.root / "layouts/card/card.css"
    style.write_text(
        style.read_text("utf-8")
        + "body { line-height: 1 } h1, p { font-size: 0.65rem } .photo { height: 5mm }",
        "utf-8",
    )
    screen, press = built(card, SCREEN.name), built(card, PRESS.name)
    assert [d.rule for d in screen.diagnostics] == [PAGE_EMPTY], screen.diagnostics
    assert (screen.state, screen.is_ready) == (State.PRINTED, False)
    assert press.state is State.FAILED
    assert "% empty" in press.diagnostics[0].sentence(str)


def test_the_untouched_example_is_refused_for_the_press_in_one_clear_list(tmp_path: Path) -> None:
    from careerprint.intake.starter import make_workspace

    make_workspace(tmp_path / "workspace")
    workspace = Workspace(tmp_path / "workspace")
    done = workspace.run("build", "--layout", "flyer", "--target", "press")
    assert done.returncode == 1
    assert ", 11 failed." in done.stdout
    errors = [line for line in done.stderr.splitlines() if ": error: " in line]
    assert (
        "The issuer is still the placeholder: “Ihre Beratungsstelle; https://www.example.org/"
        in errors[0]
    )
    assert len(errors) == len(set(errors)), "the issuer, and each catalog once"
    told = {
        (line.partition(".po")[0].rpartition("/")[0], line.partition("approved ")[2][:13])
        for line in errors[1:]
    }
    expected = {(f"content/{SLUG}/locales", "these transla"), ("layouts/locales", "the words of ")}
    assert told == expected, "each by itself, and those that come with careerprint as such"
    assert not list((workspace.root / "out").rglob("*.pdf"))


def test_example_profiles_have_no_other_concern_than_their_pay() -> None:
    job = compose(Edition(SLUG, "flyer", "de"), Reader(ROOT))
    assert {told.rule for told in told_of(job.concerns, date(2026, 11, 29), PRESS)} == {
        "issuer",
        "minimum-wage",
    }
