"""PDFs as they come from elsewhere: whole, but with things in them that few programs write."""

import io
import re
import zlib
from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream


def saved(pdf: Pdf) -> bytes:
    pdf.save(target := io.BytesIO(), deterministic_id=True, fix_metadata_version=False)
    return target.getvalue()


def one_page(content: bytes = b"", **resources: object) -> Pdf:
    """Return a document with one page of A5 in which `content` is painted."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(420, 595))
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary({f"/{kind}": found for kind, found in resources.items()})
    return pdf


def with_picture(coding: str) -> bytes:
    """Return a page with a picture in a coding that nobody decodes here."""
    pdf = one_page(b"q 100 0 0 100 50 50 cm /I Do Q")
    image = pdf.make_stream(b"\x97JB2 as it may be")
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width = image.Height = 64
    image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceCMYK
    image.Filter = Name(f"/{coding}")
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image)
    return saved(pdf)


def with_null_annotations() -> bytes:
    """Return a page from whose annotations one was removed."""
    pdf = one_page()
    link = Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Annots = Array([None, pdf.make_indirect(link)])
    return saved(pdf)


def with_odd_font_name() -> bytes:
    """Return a page with a font whose name is no UTF-8 (as ISO 32000-1, 7.3.5, allows)."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ODDNAME"))
    pdf = one_page(b"BT /F 12 Tf 50 50 Td (odd) Tj ET", Font=Dictionary(F=font))
    pdf.save(
        target := io.BytesIO(), object_stream_mode=ObjectStreamMode.disable, deterministic_id=True
    )
    return target.getvalue().replace(b"/ODDNAME", b"/A#e9#ff")


def with_deep_shading() -> bytes:
    """Return a page with a shading whose functions stand for more colours than can be counted."""
    pdf = one_page(b"/S sh")
    function = pdf.make_indirect(
        Dictionary(
            FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0, 0, 0]), C1=Array([1, 1, 1])
        )
    )
    for _ in range(5):
        function = pdf.make_indirect(
            Dictionary(
                FunctionType=3,
                Domain=Array([0, 1]),
                Functions=Array([function] * 40),
                Bounds=Array([k / 40 for k in range(1, 40)]),
                Encode=Array([0, 1] * 40),
            )
        )
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]), Function=function
    )
    pdf.pages[0].obj.Resources.Shading = Dictionary(S=shading)
    return saved(pdf)


def claiming(claim: str, annotations: Array) -> bytes:
    """Return a page that claims to keep a standard, with what was put onto it."""
    pdf = one_page()
    pdf.pages[0].obj.Annots = annotations
    pdf.Root.Metadata = pdf.make_stream(f"<x>{claim}</x>".encode())
    return saved(pdf)


COMMENT = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([50, 50, 70, 70]))

KINDS: dict[str, Callable[[], bytes]] = {
    "JBIG2": lambda: with_picture("JBIG2Decode"),
    "unknown decoder": lambda: with_picture("NobodyDecode"),
    "null annotations": with_null_annotations,
    "odd font name": with_odd_font_name,
    "deep shading": with_deep_shading,
    "comment on press": lambda: claiming(
        "<p:GTS_PDFXVersion>PDF/X-4</p:GTS_PDFXVersion>", Array([COMMENT])
    ),
    "claims PDF/UA": lambda: claiming("<pdfuaid:part>1</pdfuaid:part>", Array()),
}

SPOILT = b"0 0 1 rg 0 0 9 9 re f 1 0 0 rg 1 1 7 7 re f\n"


def spoilt(place: Callable[[Pdf, Stream], None]) -> tuple[bytes, int]:
    """Return a PDF with a stream whose compressed data are spoilt, and the number of that object.

    `place` puts the stream somewhere on the first page. The second one has a script.
    """
    pdf = one_page(b"0 0 1 rg 0 0 9 9 re f")
    pdf.add_blank_page(page_size=(420, 595))
    pdf.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="0"))
    packed = zlib.compress(SPOILT)
    place(pdf, pdf.make_stream(packed, Filter=Name.FlateDecode))
    pdf.save(
        target := io.BytesIO(), object_stream_mode=ObjectStreamMode.disable, deterministic_id=True
    )
    content = target.getvalue()
    start = content.index(packed)
    number = int(re.findall(rb"(\d+) 0 obj", content[:start])[-1])
    return content[:start] + bytes(9) + content[start + 9 :], number


def _as_content(pdf: Pdf, stream: Stream) -> None:
    pdf.pages[0].obj.Contents = stream


def _as_form(pdf: Pdf, stream: Stream) -> None:
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(F=stream)
    page.Contents = pdf.make_stream(b"/F Do")


def _as_font(pdf: Pdf, stream: Stream) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Some)
    font.FontDescriptor = Dictionary(FontName=Name.Some, FontFile2=stream)
    page = pdf.pages[0].obj
    page.Resources.Font = Dictionary(F=font)
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 50 50 Td (some) Tj ET")


def _as_appearance(pdf: Pdf, stream: Stream) -> None:
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]))
    note.AP = Dictionary(N=stream)
    pdf.pages[0].obj.Annots = Array([note])


SPOILT_PLACES: dict[str, Callable[[Pdf, Stream], None]] = {
    "content": _as_content,
    "form": _as_form,
    "font": _as_font,
    "appearance": _as_appearance,
}
