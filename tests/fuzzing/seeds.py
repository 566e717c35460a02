"""What fuzzing begins with: small valid inputs of each kind, and some that are nearly so.

Texts lie in corpus/TARGET/; what is a container or a picture is made here.
"""

import io
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pikepdf
from openpyxl import Workbook
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from careerprint.building.entries import Entry, Failure, Origin, Plan
from careerprint.building.record import RECORD_FILE, open_record
from careerprint.core.concerns import Concern
from careerprint.core.diagnostics import Location, error, warning
from careerprint.core.edition import Edition, Look
from careerprint.core.sources import FileStat, Stamp

from .. import wordfiles
from ..tablefiles import ods, ods_of, packed, saved, unpacked, xlsx

CORPUS = Path(__file__).parent / "corpus"
_HEADS = ("Kennung", "Messe", "Ort", "Beginn", "Ende", "Profil", "Sprachen", "Anzahl")
_ROWS = (
    _HEADS,
    ("herbst", "Berufe im Herbst", "Musterstadt", date(2027, 3, 12), None, "koch", "de, en", 250),
    (
        "winter",
        "Winter\nund Eis",
        "",
        datetime(2027, 12, 1, 9, 30),
        "",
        "kundendienst",
        "alle",
        1.5,
    ),
)


def seeds(target: str) -> list[bytes]:
    """Return what the fuzzing of a target begins with."""
    stored = [file.read_bytes() for file in sorted((CORPUS / target).glob("*"))]
    return [*stored, *_MADE.get(target, list)()]


def _xlsx() -> list[bytes]:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in _ROWS:
        sheet.append(list(row))
    sheet["A4"] = "=A2"
    sheet["B4"] = "=1/0"
    sheet.merge_cells("C4:D4")
    book.create_sheet("Mehr").append(["ID", "Fair"])
    return [_slim(xlsx(_ROWS)), _slim(saved(book))]


def _slim(workbook: bytes) -> bytes:
    """Return a workbook without what nobody reads here, not compressed."""
    members = unpacked(workbook)
    kept = {name: members[name] for name in members if "theme" not in name and "docP" not in name}
    return packed(kept, compressed=False)


def _ods() -> list[bytes]:
    rest = (
        '<table:table table:name="T"><table:table-row table:number-rows-repeated="3">'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string">'
        "<text:p>ID</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1/0" calcext:value-type="error" '
        'office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table>"
    )
    return [stored(ods(_ROWS)), stored(ods_of(rest))]


def _word() -> list[bytes]:
    body = (
        wordfiles.paragraph("Koch", style="Title"),
        wordfiles.paragraph("Was man tut", style="heading 1"),
        wordfiles.paragraph("Kochen und ", wordfiles.run("braten", "<w:b/>"), " mit * und {x}."),
        wordfiles.paragraph("Suppe", numbering=wordfiles.BULLET),
        wordfiles.paragraph("Brühe", numbering=wordfiles.NUMBER, level=1),
        wordfiles.table(("a", "b"), ("c", "d")),
        '<w:p><w:hyperlink r:id="h"><w:r><w:t>Link</w:t></w:r></w:hyperlink>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:ins><w:r><w:t>neu</w:t></w:r></w:ins>'
        "<mc:AlternateContent><mc:Choice><w:r><w:t>x</w:t></w:r></mc:Choice></mc:AlternateContent>"
        "</w:p>",
        wordfiles.paragraph("Zum Einstieg 2.100 Euro brutto Gehalt.", style="Quote"),
    )
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>'
    made = wordfiles.word_file(
        *body, parts={"footnotes": notes}, links={"h": "https://www.example.org"}
    )
    return [stored(made), stored(wordfiles.word_file(wordfiles.paragraph("Koch")))]


def _logo() -> list[bytes]:
    found = []
    for mode, colour in (("RGBA", (9, 8, 7, 200)), ("P", 1), ("1", 0), ("I;16", 7)):
        file = io.BytesIO()
        Image.new(mode, (200, 60), colour).save(file, "PNG")
        found.append(file.getvalue())
    return found


def _record() -> list[bytes]:
    place = Location("content/koch/profile.md", 3, page=1, left=2, top=3)
    said = (error(place, "“{a}” is wrong.", "Correct it.", a="b"), warning(place, "a", "b"))
    concerns = (Concern(said[0]), Concern(said[1], date(2026, 1, 1), date(2027, 1, 1)))
    origin = Origin({"careerprint": "1"}, {"careerprint.toml": "d" * 64, "a.po": None})
    entry = Entry("j", "p", Look("j", "", 2, ("skills",)), 1.5, 1, concerns, said, said, origin)
    with tempfile.TemporaryDirectory() as folder:
        with open_record(Path(folder)) as opened:
            opened.put("a/a.pdf", entry, {"de.po": {"x": "y"}})
            opened.put_failure("a/b.pdf", Failure(said, origin))
            opened.put_plan("all", Plan((Edition("koch", "flyer", "de"),), origin))
            opened.put_stamps({"/x": Stamp(FileStat(1, 2, 3, 4), "d" * 64)})
        file = Path(folder) / RECORD_FILE
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA page_size = 512")
        connection.execute("VACUUM")
        connection.close()
        return [file.read_bytes()]


def _pdf() -> list[bytes]:
    return [_drawn(), _empty()]


def _empty() -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(298, 420))
    return written(document)


def _drawn() -> bytes:
    """Return a PDF with a bit of everything that is looked at."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(298, 420))
    page.obj.TrimBox = Array([5, 5, 293, 415])
    tint = Dictionary(
        FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 0, 0])
    )
    spot = Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, pdf.make_indirect(tint)])
    profile = pdf.make_stream(b"no profile", N=4)
    image = pdf.make_stream(
        b"\x80" * 16,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=4,
        Height=4,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )
    image.SMask = pdf.make_stream(
        bytes(16),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=4,
        Height=4,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )
    form = pdf.make_stream(
        b"q 0 0 10 10 re f Q",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 10, 10]),
        Matrix=Array([1, 0, 0, 1, 0, 0]),
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK),
        Resources=Dictionary(),
    )
    tile = pdf.make_stream(
        b"1 0 0 rg 0 0 1 1 re f",
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 2, 2]),
        XStep=2,
        YStep=2,
        Resources=Dictionary(),
    )
    shade = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=Array([0, 0, 1, 1]),
        Function=Dictionary(
            FunctionType=3,
            Domain=Array([0, 1]),
            Functions=Array([tint, tint]),
            Bounds=Array([0.5]),
            Encode=Array([0, 1, 0, 1]),
        ),
    )
    glyphs = Dictionary(a=pdf.make_stream(b"10 0 0 0 9 9 d1 0 0 9 9 re f"))
    drawn = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 9, 9]),
        FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]),
        CharProcs=glyphs,
        Encoding=Dictionary(Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([10]),
        Resources=Dictionary(),
    )
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    state = Dictionary(
        SMask=Dictionary(S=Name.Luminosity, G=pdf.make_indirect(form)), Font=Array([plain, 9])
    )
    page.obj.Resources = Dictionary(
        ColorSpace=Dictionary(
            S=spot,
            I=Array([Name.ICCBased, profile]),
            X=Array([Name.Indexed, Name.DeviceRGB, 1, String(bytes(6))]),
            L=Array([Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1]))]),
            P=Array([Name.Pattern, Name.DeviceRGB]),
        ),
        XObject=Dictionary(I=image, F=form),
        Pattern=Dictionary(T=tile, H=Dictionary(PatternType=2, Shading=shade)),
        Shading=Dictionary(A=pdf.make_indirect(shade)),
        ExtGState=Dictionary(G=state),
        Font=Dictionary(T=pdf.make_indirect(drawn), H=pdf.make_indirect(plain)),
    )
    page.obj.Contents = pdf.make_stream(
        b"q /S cs 0.5 scn 10 10 50 50 re f Q\nq /I cs 0 0 0 1 sc 0 0 m 10 10 l S Q\n"
        b"q 100 0 0 100 20 20 cm /I Do Q\n/G gs /F Do\n/P cs 1 0 0 /T scn 0 0 5 5 re f*\n"
        b"/Pattern cs /H scn 0 0 5 5 re B\n/A sh\n0 0 0 1 k 1 0 0 RG 0.5 g\n"
        b"BT /H 12 Tf 20 300 Td (Koch) Tj 0 -14 TD [(a) -200 (b)] TJ T* (c) ' ET\n"
        b"BT /T 9 Tf 1 0 0 1 5 5 Tm 3 Tr (a) Tj ET\n/L cs 50 0 0 sc 1 1 2 2 re b\n"
        b"BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI\n"
    )
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([10, 10, 50, 20]),
        A=Dictionary(S=Name.URI, URI=String("https://www.example.org/")),
    )
    stamp = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=Array([0, 0, 9, 9]),
        C=Array([1, 0, 0]),
        AP=Dictionary(N=form),
    )
    page.obj.Annots = Array([pdf.make_indirect(link), pdf.make_indirect(stamp)])
    entry = pdf.make_indirect(Dictionary(Title=String("A"), Dest=String("d")))
    pdf.Root.Outlines = Dictionary(First=entry, Last=entry, Count=1)
    pdf.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String("d"), Array([page.obj, Name.Fit])]))
    )
    pdf.Root.Lang = String("de")
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String("FOGRA39"),
                DestOutputProfile=profile,
            )
        ]
    )
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    kid = Dictionary(Type=Name.StructElem, S=Name.P, Pg=page.obj, K=0)
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([kid]))
    pdf.Root.Metadata = pdf.make_stream(
        b"<?xpacket?><x><pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part>"
        b"<pdfaid:conformance>A</pdfaid:conformance>"
        b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></x>"
    )
    pdf.docinfo[Name.Title] = String("Koch")
    pdf.docinfo[Name.Trapped] = Name.False_ if hasattr(Name, "False_") else Name("/False")
    return written(pdf)


def written(document: pikepdf.Pdf) -> bytes:
    """Return a PDF as bytes of which as many as possible are legible."""
    file = io.BytesIO()
    document.save(
        file,
        static_id=True,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )
    return file.getvalue()


def stored(container: bytes) -> bytes:
    """Return a zip with the same files, not compressed, so that bytes in them can be changed."""
    return packed(unpacked(container), compressed=False)


_MADE: dict[str, Callable[[], list[bytes]]] = {
    "xlsx": _xlsx,
    "ods": _ods,
    "word": _word,
    "logo": _logo,
    "pdf": _pdf,
    "record": _record,
}
