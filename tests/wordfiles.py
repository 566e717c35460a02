"""Word documents for the tests, written by hand: the parts of a .docx that matter here."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLE_NAMES = ("Title", "Subtitle", "heading 1", "heading 2", "heading 3")
_NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(2))
    + "</w:abstractNum>"
    for n, kind in ((1, "bullet"), (2, "decimal"))
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
BULLET, NUMBER = 1, 2


def run(text: str, properties: str = "") -> str:
    """Return a run of text with properties, such as <w:b/>."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, style: str = "", numbering: int = 0, level: int = 0) -> str:
    """Return a paragraph of runs, or of texts, which become runs."""
    runs = "".join(c if c.startswith("<") else run(c) for c in content)
    named = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' if style else ""
    listed = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
        if numbering
        else ""
    )
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of cells, each a paragraph."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def word_file(
    *body: str, parts: Mapping[str, str] | None = None, links: Mapping[str, str] | None = None
) -> bytes:
    """Return a .docx: `parts` are further ones by their name below word/, without .xml.

    `links` are the addresses of hyperlinks by their id.
    """
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/></w:style>'
        for name in _STYLE_NAMES
    )
    more = {"styles": styles, "numbering": _NUMBERING, **(parts or {})}
    relations = [
        f'<Relationship Id="p{n}" Type="{_OFFICE}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for n, name in enumerate(more)
    ] + [
        f'<Relationship Id="{link}" Type="{_OFFICE}/hyperlink" Target="{address}" '
        'TargetMode="External"/>'
        for link, address in (links or {}).items()
    ]
    files = {
        "[Content_Types].xml": _content_types(more),
        "_rels/.rels": _relationships(
            f'<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relationships(*relations),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
        **{
            f"word/{name}.xml": f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
            for name, content in more.items()
            for tag in [name.rpartition("/")[2]]
        },
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return written.getvalue()


def _content_types(parts: Iterable[str]) -> str:
    kinds = "application/vnd.openxmlformats-"
    main = f"{kinds}officedocument.wordprocessingml."
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{main}{name.rstrip("0123456789")}+xml"/>'
        for name in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{kinds}package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}document.main+xml"/>'
        f"{overrides}</Types>"
    )


def _relationships(*entries: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(entries)
        + "</Relationships>"
    )
