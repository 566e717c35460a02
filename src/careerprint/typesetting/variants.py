"""Writes a laid-out document as the PDF that its target asks for.

What WeasyPrint leaves to chance (document ids, the time of day) follows from the job, so that the
same job makes the same bytes.
"""

import io
import uuid
from collections.abc import Callable
from typing import Any

from careerprint.composing.job import Job, PressConditions
from careerprint.layouts.inks import Inks
from careerprint.typesetting.marks import with_marks

PRESS_SPACE = "device-cmyk"  # what WeasyPrint calls the colour space of its output intent
# The public register of printing conditions, FOGRA39 among them (ISO 15930-7).
REGISTRY = "http://www.color.org"

# The identification of PDF/UA-1, and what PDF/A asks for with a schema that it does not know.
# Source: ISO 14289-1, 5; ISO 19005-2, 6.6.2.3
_UA_1 = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""
_END = b"</rdf:RDF>"


def written(document: Any, job: Job) -> bytes:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document that WeasyPrint has laid out as the PDF of the job's target."""
    if not job.target.has_links:
        for page in document.pages:
            page.links = []
    return WRITERS[job.target.writer](document, job)


def _accessible(document: Any, job: Job) -> bytes:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document as PDF/UA-1 and a variant of PDF/A in one file."""
    document.metadata = _metadata(document.metadata, lambda xmp: xmp.replace(_END, _UA_1 + _END))
    pdf: bytes = document.write_pdf(pdf_variant=job.target.pdf_variant)
    return pdf


def _exchange(document: Any, job: Job) -> bytes:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document as a variant of PDF/X, in the inks and with the marks of a print shop."""
    conditions = job.conditions
    if conditions is None:
        raise ValueError(job.target)
    profile = press_profile(job.bundle[conditions.profile], conditions)
    document.color_profiles = {PRESS_SPACE: profile}
    identifier = document_id(job)
    document.metadata = _metadata(document.metadata, lambda xmp: _identified(xmp, identifier))
    variant = job.target.pdf_variant
    pdf = document.write_pdf(pdf_variant=variant, pdf_tags=True, finisher=_registered)
    return with_marks(pdf, conditions.bleed) if conditions.marks else pdf


WRITERS = {"accessible": _accessible, "exchange": _exchange}


def document_id(job: Job) -> str:
    """Return the identifier of a press file (XMP, xmpMM:DocumentID): it follows from its job."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, job.digest))


def press_profile(content: bytes, conditions: PressConditions) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return WeasyPrint's output profile of a press file, with the inks that colours turn into.

    The patch of WeasyPrint's streams converts colours where it finds such a profile.
    """
    from weasyprint.css import ColorProfile

    profile = ColorProfile(
        io.BytesIO(content), conditions.profile, "relative-colorimetric", ("c", "m", "y", "k")
    )
    profile.inks = Inks(content, conditions.inks)
    return profile


def _metadata(found: Any, change: Callable[[bytes], bytes]) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document's metadata whose XMP is changed on its way into the PDF."""
    from weasyprint.pdf.metadata import DocumentMetadata

    class Metadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint is untyped
        def generate_rdf_metadata(self, *arguments: Any) -> bytes:  # noqa: ANN401 - as above
            return change(super().generate_rdf_metadata(*arguments))

        def include_in_pdf(self, *arguments: Any, compress: bool = False) -> None:  # noqa: ANN401, ARG002 - as above
            super().include_in_pdf(*arguments[:4], compress=False)  # ISO 19005-2, 6.6.2.1

    return Metadata(**vars(found))


def _identified(xmp: bytes, identifier: str) -> bytes:
    """Put an identifier into the place of a random one."""
    before, mark, rest = xmp.partition(b"xmp.did:")
    return before + mark + identifier.encode() + rest[len(identifier) :]


def _registered(document: Any, pdf: Any) -> None:  # noqa: ANN401, ARG001 - WeasyPrint's signature
    """Name the register in which the output intent's printing condition is found."""
    from pydyf import String

    for intent in pdf.catalog["OutputIntents"]:
        intent["RegistryName"] = String(REGISTRY)
