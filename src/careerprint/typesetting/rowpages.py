"""Writes the pages of a table whose rows were set one by one: content, structure, page numbers.

It adds to the PDF that WeasyPrint makes, before that is written.
"""

from collections.abc import Sequence
from typing import Any

import pydyf

from careerprint.core.geometry import PT_PER_PX
from careerprint.typesetting.linetexts import is_turned
from careerprint.typesetting.rows import Placed, Rows, SetRow


class _Element(pydyf.Object):  # type: ignore[misc]  # pydyf is untyped
    """A structure element (ISO 32000-1, 14.7.2) that knows its kids once all are written."""

    def __init__(self, pdf: Any, tag: str, parent: Any, said: bytes = b"") -> None:  # noqa: ANN401 - as above
        super().__init__()
        self._start = b"<</Type/StructElem/S/%s/P %s%s" % (tag.encode(), parent.reference, said)
        self.kids: list[bytes] = []
        pdf.add_object(self)
        if isinstance(parent, _Element):
            parent.kids.append(self.reference)

    @property
    def data(self) -> bytes:
        """The element as it stands in the file."""
        return b"%s/K[%s]>>" % (self._start, b" ".join(self.kids))


class _Page:
    """A page that is written: its content, and the elements of what is marked on it."""

    def __init__(self, marks: list[Any]) -> None:
        self.content: list[bytes] = []
        self.marks = marks
        self.reference = b""

    def draw(self, drawn: bytes, x: float, y: float) -> None:
        """Draw a line from a place on, in px."""
        self.content.append(b"q 1 0 0 1 %.2f %.2f cm BT\n%s\nET Q" % (x, y, drawn))

    def rule(self, row: SetRow, top: float) -> None:
        """Draw the rules above and below a row."""
        sample = row.sample
        for width, y in (
            (sample.above, top + sample.above / 2),
            (sample.below, top + row.height - sample.below / 2),
        ):
            if width:
                ends = (width, sample.left, y, sample.right, y)
                self.content.append(b"%.3f w %.2f %.3f m %.2f %.3f l S" % ends)


def add_rows(pdf: Any, rows: Rows) -> None:  # noqa: ANN401 - pydyf is untyped
    """Add rows to the pages of a PDF, and pages for those that these do not hold."""
    _Writer(pdf, rows).write()


class _Writer:
    def __init__(self, pdf: Any, rows: Rows) -> None:  # noqa: ANN401 - as above
        self._pdf, self._rows = pdf, rows
        root = self._found(pdf.catalog["StructTreeRoot"])
        self._nums = self._found(root["ParentTree"])["Nums"]
        document = self._found(root["K"][0])
        self._table = _Element(pdf, "Table", document)
        document["K"].append(self._table.reference)
        self._group = -1
        self._body: _Element | None = None
        self._count = 0  # of rows
        self._over = b""  # the identifier of the head of the group

    def _found(self, reference: bytes) -> Any:  # noqa: ANN401 - as above
        return self._pdf.objects[int(reference.split()[0])]

    def write(self) -> None:
        rows, pdf = self._rows, self._pdf
        resources = self._found(self._found(pdf.page_references[0])["Resources"])
        for name, outline in rows.outlines.items():
            pdf.add_object(outline)
            resources["XObject"][name] = outline.reference
        for number, below in enumerate(rows.below):
            page, found = self._page(number)
            if number >= rows.first:
                self._draw(page, rows.pages[number - rows.first])
            page.content.append(b"/Artifact BMC")
            for line in below:
                page.draw(line.drawn, line.left, line.baseline)
            page.content.append(b"EMC")
            self._close(page, found)

    def _page(self, number: int) -> tuple[_Page, Any]:
        """Return a page, begun, and its dictionary, which is new where there is none yet."""
        references = self._pdf.page_references
        if number < len(references):
            found = self._found(references[number])
            page = _Page(self._nums[2 * number + 1])
        else:
            key = self._nums[-2] + 1
            found = pydyf.Dictionary({**self._found(references[0]), "StructParents": key})
            del found["Contents"]
            self._pdf.add_page(found)
            page = _Page(pydyf.Array())
            self._nums += [key, page.marks]
        page.reference = found.reference
        return page, found

    def _close(self, page: _Page, found: Any) -> None:  # noqa: ANN401 - as above
        """Put what was drawn on a page behind what is there."""
        height = found["MediaBox"][3]
        scale = PT_PER_PX
        begun = b"q %.6f 0 0 %.6f 0 %.6f cm 0 0 0 rg" % (scale, -scale, height)
        ours = pydyf.Stream([begun, *page.content, b"Q"], compress=True)
        if "Contents" in found:
            before = pydyf.Stream([b"q"], compress=True)
            ours.stream.insert(0, b"Q")
            self._pdf.add_object(before)
            self._pdf.add_object(ours)
            found["Contents"] = pydyf.Array([before.reference, found["Contents"], ours.reference])
        else:
            self._pdf.add_object(ours)
            found["Contents"] = ours.reference

    def _draw(self, page: _Page, placed: Sequence[Placed]) -> None:
        if not placed:
            return
        titles = self._rows.titles
        top = placed[0].top - titles.height
        if self._body is None:
            self._row(page, titles, top, _Element(self._pdf, "THead", self._table))
        else:
            page.content.append(b"/Artifact BMC")
            for cell, lines in zip(titles.sample.cells, titles.lines, strict=True):
                for line in lines:
                    y = top + titles.baseline(cell, line, lines[-1].number)
                    page.draw(line.drawn, cell.left + line.x, y)
            page.content.append(b"EMC")
        for each in placed:
            if each.group != self._group:
                self._group = each.group
                self._body = _Element(self._pdf, "TBody", self._table)
            self._row(page, each.row, each.top, self._body)
        page.content.append(b"/Artifact BMC")
        page.rule(titles, top)
        for each in placed:
            page.rule(each.row, each.top)
        page.content.append(b"EMC")

    def _row(self, page: _Page, row: SetRow, top: float, body: Any) -> None:  # noqa: ANN401 - as above
        element = _Element(self._pdf, "TR", body)
        self._count += 1
        head = b""
        for index, cell in enumerate(row.sample.cells):
            said = b"/Pg %s" % page.reference
            table = b"/O/Table" + (b"/ColSpan %d" % cell.span if cell.span > 1 else b"")
            if cell.is_head:
                scope = cell.attributes.get("scope", "col")
                key = b"(c%d)" % cell.column if scope == "col" else b"(r%d)" % self._count
                said += b"/ID%s" % key
                table += b"/Scope/Column" if scope == "col" else b"/Scope/Row"
                if scope == "rowgroup":
                    self._over = key
                elif scope == "row":
                    head = key
            else:
                columns = range(cell.column, cell.column + cell.span)
                keys = [head or self._over, *(b"(c%d)" % column for column in columns)]
                table += b"/Headers[%s]" % b"".join(keys)
            if lang := cell.attributes.get("lang"):
                said += b"/Lang%s" % pydyf.String(lang).data
            made = _Element(
                self._pdf, "TH" if cell.is_head else "TD", element, said + b"/A<<%s>>" % table
            )
            self._texts(page, row, index, top, made)

    def _texts(self, page: _Page, row: SetRow, index: int, top: float, element: _Element) -> None:
        """Draw the texts of a cell, as the content of its element or of theirs."""
        cell, texts, lines = row.sample.cells[index], row.texts[index], row.lines[index]
        pg = b"/Pg %s" % page.reference
        is_told = any(map(is_turned, texts))
        for number, lang in enumerate(cell.languages):
            own = [line for line in lines if line.text == number]
            if not own:
                continue
            owner = element
            if lang or is_told:
                said = b"/Lang%s" % pydyf.String(lang).data if lang else b""
                if is_told:
                    heard = "".join(line.heard for line in own)
                    said += b"/ActualText%s" % pydyf.String(heard).data
                owner = _Element(self._pdf, "Span", owner, pg + said)
            if is_told:  # MuPDF takes the text of a marked content's own element as it is seen
                owner = _Element(self._pdf, "Span", owner, pg)
            mark = len(page.marks)
            page.marks.append(owner.reference)
            owner.kids.append(b"%d" % mark)
            page.content.append(b"/Span<</MCID %d>>BDC" % mark)
            for line in own:
                y = top + row.baseline(cell, line, lines[-1].number)
                page.draw(line.drawn, cell.left + line.x, y)
            page.content.append(b"EMC")
