// A table in a grid: only the rows in view are drawn, so that thousands scroll as fast as ten.
// Keys and roles are those of the ARIA Authoring Practices for grids.

import { cellsOf, HEADINGS, keyOf, nameOfRow } from "./rows.js";
import { element, word } from "./words.js";

const HEIGHT = 34; // CSS px of a row
const MARGIN = 24; // rows drawn above and below those in view
const NEAR = 8; // rows that are left before more are drawn
const WIDEST = 30; // characters of a column
const MEASURED = 300; // rows that tell how wide columns are

export class Grid {
  /** `edit` is called with cells to write, `row` with the row that is entered, `chosen` when the choice of rows changes,
   * `undo` when the last edit is to be taken back, `written` when a cell has been left. */
  constructor(table, { edit, row, chosen, undo, written }) {
    this.undo = undo;
    this.written = written;
    this.edit = edit;
    this.entered = row;
    this.choiceChanged = chosen;
    this.wanted = { text: "", faults: false, sheet: "" };
    this.hasSheets = Object.keys(table.next).length > 1;
    this.extra = this.hasSheets ? 4 : 3; // columns before the table's own: choice, number of the row, sheet, flyers
    this.sorting = null; // {column, down}
    this.chosen = new Set(); // of rows, by their keys
    this.flyers = {};
    this.at = { row: null, column: this.extra };
    this.drawn = [0, 0]; // the first row drawn, and the one behind the last
    this.head = element("thead", {});
    this.body = element("tbody", {});
    this.columns = element("colgroup", {});
    this.sheet = element("table", { role: "grid", "aria-label": word("Table of job fairs") }, this.columns, this.head, this.body);
    this.box = element("div", { className: "grid", tabIndex: -1 }, this.sheet);
    this.box.addEventListener("scroll", () => this.#fill());
    new ResizeObserver(() => this.#fill()).observe(this.box);
    this.body.addEventListener("mousedown", (event) => this.#pressed(event));
    this.body.addEventListener("dblclick", () => this.#write());
    this.body.addEventListener("keydown", (event) => this.#key(event));
    this.body.addEventListener("paste", (event) => this.#paste(event));
    this.body.addEventListener("copy", (event) => this.#copy(event));
    this.body.addEventListener("focusin", (event) => this.#followFocus(event));
    this.#hold(table);
  }

  #hold(table) {
    this.table = table;
    this.byKey = new Map(table.rows.map((row) => [keyOf(row), row]));
    this.chosen = new Set([...this.chosen].filter((key) => this.byKey.has(key)));
    this.#order();
  }

  /** Take in the table as it is now; place, choice, filter and sorting stay. */
  renew(table) {
    const isFocused = this.body.contains(document.activeElement);
    this.#hold(table);
    this.draw();
    if (isFocused) this.#focus();
  }

  draw() {
    this.#drawHead();
    this.body.replaceChildren();
    this.#fill();
  }

  filter(wanted) {
    Object.assign(this.wanted, wanted);
    this.#order();
    this.draw();
  }

  showFlyers(flyers) {
    this.flyers = flyers;
    if (this.wanted.faults && !this.isWriting) this.#order();
    this.#redraw();
  }

  /** Whether there is a fault or a remark in a row, or its flyers must not go out as they are. */
  isTold({ findings, fair }) {
    const { unready = [], failed = 0 } = this.flyers[fair] ?? {};
    return findings.length > 0 || unready.length > 0 || failed > 0;
  }

  /** Draw all rows in view anew; the focus stays where it is. */
  #redraw() {
    const isFocused = this.body.contains(document.activeElement);
    if (this.isWriting) return;
    this.body.replaceChildren();
    this.#fill();
    if (isFocused) this.#focus(false);
  }

  /** Whether somebody is writing into a cell, which must not be drawn anew. */
  get isWriting() {
    return this.body.querySelector("td[data-column] input") !== null;
  }

  currentRow = () => this.byKey.get(this.at.row) ?? null;
  textAt = (key, column) => this.byKey.get(key)?.cells[column] ?? (key === HEADINGS ? this.table.headings[column] ?? "" : "");
  chosenRows = () => [...this.chosen].map((key) => this.byKey.get(key)).filter(Boolean);
  chosenFairs = () => [...new Set(this.chosenRows().map(({ fair }) => fair).filter(Boolean))];

  /** Show cells as they will be, before they are saved. */
  take(edits) {
    for (const { row, column, text } of edits) {
      const held = this.byKey.get(row);
      if (held) held.cells[column] = text;
    }
    this.body.replaceChildren();
    this.#fill();
    this.#focus();
  }

  /** Enter a row, given by its key: the first cell in which something is off. */
  goTo(key) {
    const { findings = [] } = this.byKey.get(key) ?? {};
    const placed = findings.filter(({ column: head }) => head);
    const first = placed.find(({ severity }) => severity === "error") ?? placed[0];
    const column = this.table.headings.indexOf(first?.column ?? "");
    this.at = { row: key, column: Math.max(column, 0) + this.extra };
    this.#focus();
  }

  /** Begin a row below the last one of a sheet: of the one that is shown alone, or that the user is in. */
  add() {
    const { rows, headings, next } = this.table;
    const sheet = this.wanted.sheet || (this.currentRow()?.sheet ?? Object.keys(next).at(-1));
    const row = { sheet, row: this.#free(sheet), cells: headings.map(() => ""), fair: "", copies: [], isNone: false, findings: [] };
    rows.splice(rows.findLastIndex((other) => other.sheet === sheet) + 1, 0, row);
    this.byKey.set(keyOf(row), row);
    this.wanted = { ...this.wanted, text: "", faults: false };
    this.#order();
    this.at = { row: keyOf(row), column: this.extra };
    this.draw();
    this.#focus();
  }

  /** Return the number of the first row of a sheet below all that it has. */
  #free = (sheet) => Math.max(this.table.next[sheet], ...this.table.rows.filter((row) => row.sheet === sheet).map(({ row }) => row + 1));

  clearChosen() {
    const edits = [...this.chosen].flatMap((row) => this.byKey.get(row).cells.map((text, column) => text && { row, column, text: "" }).filter(Boolean));
    this.chosen.clear();
    this.edit(edits);
  }

  #order() {
    const { text, faults, sheet } = this.wanted;
    const sought = text.trim().toLocaleLowerCase();
    this.shown = this.table.rows.filter(
      (row) => (!sheet || row.sheet === sheet) && (!faults || this.isTold(row)) && (!sought || row.cells.some((cell) => cell.toLocaleLowerCase().includes(sought))),
    );
    if (this.sorting) {
      const { column, down } = this.sorting;
      const compare = new Intl.Collator("de", { numeric: true }).compare;
      const key = ({ cells }) => cells[column]?.replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, (_, d, m, y) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`) ?? "";
      this.shown.sort((a, b) => compare(key(a), key(b)) * (down ? -1 : 1));
    }
    if (!this.shown.some((row) => keyOf(row) === this.at.row)) this.at = { row: this.shown[0] ? keyOf(this.shown[0]) : null, column: this.at.column };
  }

  #drawHead() {
    const all = element("input", { type: "checkbox", "aria-label": word("Choose all rows shown") });
    all.checked = this.shown.length > 0 && this.shown.every((row) => this.chosen.has(keyOf(row)));
    all.addEventListener("change", () => {
      for (const row of this.shown) this.chosen[all.checked ? "add" : "delete"](keyOf(row));
      this.body.replaceChildren();
      this.#fill();
      this.choiceChanged();
    });
    const heads = this.table.headings.map((head, column) => {
      const sorted = this.sorting?.column === column ? (this.sorting.down ? "descending" : "ascending") : "none";
      const turn = element("button", { type: "button", className: "head" }, head || "–");
      turn.addEventListener("click", () => {
        this.sorting = sorted === "descending" ? null : { column, down: sorted === "ascending" };
        this.#order();
        this.draw();
      });
      const made = element("th", { scope: "col", "aria-sort": sorted, className: this.table.meanings[column] ? "" : "unread" }, turn);
      made.classList.toggle("pin", this.#isName(column));
      return made;
    });
    this.#measure();
    this.head.replaceChildren(
      element(
        "tr",
        { "aria-rowindex": 1 },
        element("th", { scope: "col", className: "pin" }, all),
        element("th", { scope: "col", className: "pin" }, word("Row")),
        this.hasSheets ? element("th", { scope: "col" }, word("Sheet")) : "",
        element("th", { scope: "col" }, word("Flyers")),
        ...heads,
      ),
    );
    this.#pin();
    this.sheet.setAttribute("aria-rowcount", this.shown.length + 1);
    this.sheet.setAttribute("aria-colcount", this.table.headings.length + this.extra);
  }

  #isName = (column) => this.table.meanings[column] === "fair";

  /** Keep in view what a row is called while its other cells are scrolled sideways. */
  #pin() {
    let width = 0;
    for (const [n, head] of [...this.head.querySelectorAll(".pin")].entries()) {
      this.sheet.style.setProperty(`--pin-${n + 1}`, `${width}px`);
      if (getComputedStyle(head).left !== "auto") width += head.offsetWidth;
    }
    this.box.style.scrollPaddingInlineStart = `${width}px`;
  }

  /** Give the columns widths by what stands in them, so that no row drawn later moves them. */
  #measure() {
    const longest = (column) => Math.max(...this.table.rows.slice(0, MEASURED).map(({ cells }) => cells[column]?.length ?? 0), 0);
    const widths = this.table.headings.map((head, column) => Math.min(Math.max(longest(column), head.length + 2, 6), WIDEST) + 2);
    const longestSheet = Math.max(...Object.keys(this.table.next).map((sheet) => sheet.length), 4) + 2;
    const all = [3, 7, ...(this.hasSheets ? [Math.min(longestSheet, WIDEST)] : []), 17, ...widths];
    this.columns.replaceChildren(...all.map(() => element("col", {})));
    all.forEach((width, n) => (this.columns.children[n].style.width = `${width}ch`));
    this.sheet.style.width = `${all.reduce((sum, width) => sum + width, 0)}ch`;
  }

  /** Draw the rows in view and some around them; rows of empty height stand for the others.
   * What is drawn stays until the view comes near its end: most steps of scrolling change nothing. */
  #fill() {
    const top = Math.floor(this.box.scrollTop / HEIGHT);
    const bottom = Math.min(this.shown.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / HEIGHT));
    const isEmpty = !this.body.firstChild;
    const [from, to] = this.drawn;
    if (!isEmpty && (from === 0 || from <= top - NEAR) && (to === this.shown.length || to >= bottom + NEAR)) return;
    const [first, last] = (this.drawn = [Math.max(0, top - MARGIN), Math.min(this.shown.length, bottom + MARGIN)]);
    const there = new Map([...this.body.children].filter((row) => row.dataset.row).map((row) => [row.dataset.row, row]));
    const rows = this.shown.slice(first, last).map((row, n) => there.get(keyOf(row)) ?? this.#row(row, first + n));
    const gap = (count) => element("tr", { className: "gap", role: "presentation", style: `height: ${count * HEIGHT}px` });
    const focused = this.body.contains(document.activeElement);
    this.body.replaceChildren(gap(first), ...rows, gap(this.shown.length - last));
    if (focused && this.body.querySelector('[tabindex="0"]')) this.#focus(false);
  }

  #row(row, n) {
    const key = keyOf(row);
    const errors = row.findings.some(({ severity }) => severity === "error");
    const made = element("tr", { "data-row": key, "aria-rowindex": n + 2, className: errors ? "error" : this.isTold(row) ? "warning" : "" });
    const tick = element("input", { type: "checkbox", tabIndex: -1, "aria-label": word("Choose row {row}", { row: nameOfRow(row) }), checked: this.chosen.has(key) });
    tick.addEventListener("change", () => {
      this.chosen[tick.checked ? "add" : "delete"](key);
      this.choiceChanged();
    });
    const flyers = this.flyers[row.fair];
    const told = flyers ? (flyers.printed ? word("{done} of {total} up to date", flyers) : word("not printed yet")) : "";
    const held = flyers?.unready.length ? [word("Must not go out yet: {languages}.", { languages: flyers.unready.join(", ") })] : [];
    const toFault = { type: "button", tabIndex: -1, "aria-label": word("Row {row}: go to what is off", { row: nameOfRow(row) }), title: [...row.findings.map(({ message }) => message), ...held].join("\n"), onclick: () => this.goTo(key) };
    const number = this.isTold(row) ? element("button", toFault, `${row.row}`) : `${row.row}`;
    made.append(...[element("td", { role: "gridcell", className: "pin" }, tick), element("td", { role: "gridcell", className: "pin" }, number), this.hasSheets ? element("td", { role: "gridcell", title: row.sheet }, row.sheet) : "", element("td", { role: "gridcell", className: flyers?.failed ? "failed" : "" }, told)].filter(Boolean));
    for (let column = 0; column < this.table.headings.length; column += 1) {
      const found = row.findings.filter(({ column: head }) => head && head === this.table.headings[column]);
      const cell = element("td", { role: "gridcell", "data-column": column + this.extra, tabIndex: -1, lang: "de" }, row.cells[column] ?? "");
      if (found.length) {
        cell.classList.add(found.some(({ severity }) => severity === "error") ? "error" : "warning");
        cell.title = found.map(({ message, hint }) => `${message} ${hint}`).join("\n");
        cell.setAttribute("aria-invalid", found.some(({ severity }) => severity === "error"));
        cell.setAttribute("aria-description", cell.title);
      }
      cell.classList.toggle("pin", this.#isName(column));
      if (key === this.at.row && column + this.extra === this.at.column) cell.tabIndex = 0;
      made.append(cell);
    }
    return made;
  }

  #cell = () => this.body.querySelector(`tr[data-row="${CSS.escape(this.at.row)}"] td[data-column="${this.at.column}"]`);

  #focus(scroll = true) {
    const n = this.shown.findIndex((row) => keyOf(row) === this.at.row);
    if (n < 0) return;
    if (scroll) {
      const top = n * HEIGHT;
      const bottom = top + HEIGHT * 2;
      if (top < this.box.scrollTop) this.box.scrollTop = top;
      else if (bottom > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = bottom - this.box.clientHeight + HEIGHT;
      this.#fill();
    }
    for (const cell of this.body.querySelectorAll('[tabindex="0"]')) cell.tabIndex = -1;
    const cell = this.#cell();
    if (!cell) return;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    if (scroll) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #followFocus({ target }) {
    const cell = target.closest("td[data-column]");
    if (!cell) return;
    const { row } = cell.parentElement.dataset;
    const isOther = row !== this.at.row;
    this.at = { row, column: Number(cell.dataset.column) };
    for (const other of this.body.querySelectorAll('[tabindex="0"]')) if (other !== cell) other.tabIndex = -1;
    cell.tabIndex = 0;
    if (isOther || this.told !== row) this.entered(this.byKey.get(row));
    this.told = row;
  }

  #pressed(event) {
    const cell = event.target.closest("td[data-column]");
    if (!cell || cell.querySelector("input")) return;
    event.preventDefault();
    cell.focus();
  }

  #move(rows, columns) {
    const n = this.shown.findIndex((row) => keyOf(row) === this.at.row);
    const to = Math.max(0, Math.min(this.shown.length - 1, n + rows));
    const column = Math.max(this.extra, Math.min(this.table.headings.length + this.extra - 1, this.at.column + columns));
    this.at = { row: this.shown[to] ? keyOf(this.shown[to]) : null, column };
    this.#focus();
  }

  #key(event) {
    if (event.target.matches("input")) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "z") {
      event.preventDefault();
      this.undo();
      return;
    }
    const page = Math.max(1, Math.floor(this.box.clientHeight / HEIGHT) - 2);
    const far = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: [far ? -Infinity : -1, 0], ArrowDown: [far ? Infinity : 1, 0], ArrowLeft: [0, far ? -Infinity : -1], ArrowRight: [0, far ? Infinity : 1],
      PageUp: [-page, 0], PageDown: [page, 0], Home: [far ? -Infinity : 0, -Infinity], End: [far ? Infinity : 0, Infinity],
    };
    if (event.key in moves) this.#move(...moves[event.key]);
    else if (event.key === "Enter" || event.key === "F2") this.#write();
    else if (event.key === "Delete" || event.key === "Backspace") this.#put([[""]]);
    else if (event.key === " " && event.shiftKey) this.#tick();
    else if (event.key.length === 1 && !far && !event.altKey) this.#write(event.key);
    else return;
    event.preventDefault();
  }

  #tick() {
    const { row } = this.at;
    this.chosen[this.chosen.has(row) ? "delete" : "add"](row);
    const tick = this.body.querySelector(`tr[data-row="${CSS.escape(row)}"] input`);
    if (tick) tick.checked = this.chosen.has(row);
    this.choiceChanged();
  }

  /** Write into the cell: its text, or what was typed on it. */
  #write(typed = null) {
    const cell = this.#cell();
    if (!cell || !this.table.writable || cell.querySelector("input")) return;
    const column = this.at.column - this.extra;
    const before = this.textAt(this.at.row, column);
    const names = this.table.choices[this.table.meanings[column]] ?? [];
    const list = names.length ? element("datalist", { id: "grid-choices" }, ...names.map((name) => element("option", { value: name }))) : "";
    const input = element("input", { "aria-label": this.table.headings[column], lang: "de" });
    if (list) input.setAttribute("list", "grid-choices");
    input.value = typed ?? before;
    cell.replaceChildren(input, list);
    input.focus();
    let isOver = false;
    const end = (keeps, rows = 0, columns = 0) => {
      if (isOver) return;
      isOver = true;
      const text = input.value;
      cell.replaceChildren(keeps ? text : before);
      if (keeps && text !== before) this.edit([{ row: this.at.row, column, text }]);
      if (rows || columns) this.#move(rows, columns);
      else if (document.activeElement === document.body) this.#focus();
      this.written();
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") end(true, event.shiftKey ? -1 : 1, 0);
      else if (event.key === "Tab") end(true, 0, event.shiftKey ? -1 : 1);
      else if (event.key === "Escape") {
        end(false);
        this.#focus();
      } else return;
      event.preventDefault();
    });
    input.addEventListener("blur", () => end(true));
  }

  /** Write a block of texts, its first into the cell that is entered. */
  #put(block) {
    if (!this.table.writable) return;
    const here = this.currentRow();
    if (!here) return;
    const { sheet } = here; // what is pasted stays on its sheet
    const below = this.shown.slice(this.shown.indexOf(here)).filter((row) => row.sheet === sheet);
    const free = this.#free(sheet);
    const edits = block.flatMap((cells, down) => {
      const row = keyOf(below[down] ?? { sheet, row: free + down - below.length });
      return cells.map((text, right) => ({ row, column: this.at.column - this.extra + right, text }));
    });
    const changed = edits.filter(({ row, column, text }) => column < this.table.headings.length && this.textAt(row, column) !== text);
    this.edit(changed);
  }

  #paste(event) {
    if (event.target.matches("input")) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (text) this.#put(cellsOf(text));
  }

  #copy(event) {
    if (event.target.matches("input")) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", this.textAt(this.at.row, this.at.column - this.extra));
  }
}
