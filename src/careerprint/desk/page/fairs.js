// The view of the job fairs: the table in a grid, what is off in it, and the printing of flyers.

import { bringing as openingOf, carriedOver, formerTables } from "./fairtables.js";
import { taking } from "./files.js";
import { Grid } from "./grid.js";
import { explain, notice, sentence } from "./notices.js";
import { button, choice, download, findingList, form, heading, labelled, link, orderGaps, sender, soft, tick } from "./parts.js";
import { columnsOf, counting, sheetChoice } from "./questions.js";
import { HEADINGS, keyOf, nameOfRow, placeOf } from "./rows.js";
import { act, give } from "./server.js";
import { inTurn } from "./turns.js";
import { element, language, word } from "./words.js";

const MOST_TOLD = 12; // reasons why no row can be printed
const MOST_NAMED = 4; // languages
let place = null;
let table = null;
let grid = null;
let pending = []; // batches of edits that are not saved yet
let isLate = false; // whether the grid shows a table before the one that is there
let chosen = {}; // what is chosen for printing, kept for the next time
let undone = []; // edits that take back others, the last first
let carried = null; // what was carried over into the table that was opened

// What changes the table is done one after the other, each on what the one before has left.
const turns = inTurn();
const change = (action, said) => turns(async () => renewOrDraw(await act(action, said)));

async function show(section, ...at) {
  place = section;
  const [found, { printing }] = await Promise.all([turns(() => act("fairs")), act("place")]);
  return () => {
    chosen = printing;
    draw(found);
    if (at[0]) grid?.goTo(at.join("/"));
  };
}

function draw(found) {
  table = found;
  grid = null;
  undone = [];
  pending = [];
  isLate = false;
  if (!table.table) {
    place.replaceChildren(heading("fairs", word("Job fairs")), element("p", {}, word("There is no table of job fairs here yet.")), bringing(), formerTables(back));
    return;
  }
  grid = new Grid(table, { edit: (edits) => save(edits), row: (row) => showRow(row), chosen: () => drawPrinting(), undo, written: () => isLate && renew(table) });
  place.replaceChildren(
    element("div", { className: "row-of spread" }, heading("fairs", word("Job fairs")), element("p", { id: "fairs-state", className: "saved", role: "status" })),
    table.writable ? "" : element("p", { className: "remark" }, word("This table can be read here, not changed: change it in your spreadsheet program, or save it there as .xlsx.")),
    element("details", {}, element("summary", {}, word("Open another table")), bringing()),
    formerTables(back),
    carriedOver(carried, save, drawOther),
    element("div", { id: "fairs-notes" }),
    tools(),
    grid.box,
    element("section", { id: "fairs-row", className: "boxed", "aria-live": "polite" }),
    element("section", { id: "fairs-printing", className: "boxed", "aria-labelledby": "fairs-print-heading" }),
    element("section", { id: "fairs-result", className: "boxed", hidden: true, role: "status" }),
    element("section", { id: "fairs-files", className: "boxed", "aria-labelledby": "fairs-files-heading", hidden: true }),
  );
  drawNotes();
  drawPrinting();
  showUndo();
  grid.draw();
  showRow(null);
  flyers();
}

const take = (file) => turns(async () => drawOther(await give("fairs-bring", { name: file.name }, file)));
const bring = taking("fairs", take);

/** Show a table that took the place of the one before. */
function drawOther(found) {
  carried = found.carried ?? null;
  draw(found);
}

const back = (name) => turns(async () => drawOther(await act("fairs-bring-back", { name })));
const bringing = () => openingOf(table, bring, drawOther);

function tools() {
  const search = element("input", { type: "search", id: "fairs-search", autocomplete: "off", oninput: () => grid.filter({ text: search.value }) });
  const faults = element("input", { type: "checkbox", id: "fairs-faults", onchange: () => grid.filter({ faults: faults.checked }) });
  const sheets = Object.keys(table.next);
  const sheet = choice([["", word("All sheets")], ...sheets.map((name) => [name, name])], "", { id: "fairs-shown", onchange: () => grid.filter({ sheet: sheet.value }) });
  const made = element(
    "div",
    { className: "row-of toolrow" },
    labelled(word("Search"), search),
    sheets.length > 1 ? labelled(word("Sheet"), sheet) : "",
    tick(faults, word("Only rows with faults or remarks")),
    soft("", { id: "fairs-count" }),
  );
  if (table.writable)
    made.append(
      button(word("Add a row"), () => grid.add()),
      button(word("Clear the chosen rows"), () => grid.clearChosen()),
      button(word("Undo"), undo, "button undo"),
    );
  made.append(download("fairs-table", {}, word("Download the table"), { className: "button" }));
  return made;
}

/** Tell what is said of the whole table, and ask what is missing in every row. */
function drawNotes() {
  const { notes, missing, rows, headings, examples } = table;
  drawCount();
  const asked = missing.filter(({ headings: unread, choices }) => unread.length || choices.length).map(({ heading: head, choices, headings: unread, column: meaning }) => {
    if (unread.length) {
      const which = choice(unread.map((name) => [name, name]), unread[0]);
      const send = () => change("fairs-map", { heading: which.value, column: meaning });
      return form({ className: "row-of" }, send, labelled(word("“{heading}” is missing. Which column is it?", { heading: head }), which), sender(word("It is this one")));
    }
    const names = choice([["", word("Choose…")], ...choices.map((name) => [name, name])], "", { required: true });
    const column = headings.length;
    const fairs = rows.filter(({ isNone }) => !isNone);
    const send = () => save([{ row: HEADINGS, column, text: head }, ...fairs.map((row) => ({ row: keyOf(row), column, text: names.value }))]);
    return form({ className: "row-of" }, send, labelled(word("“{heading}” is missing. For all rows:", { heading: head }), names), sender(word("Put it into the table")));
  });
  const isOpen = place.querySelector("#fairs-columns")?.open ?? false;
  const isNone = rows.length && rows.every(({ fair }) => !fair);
  const [faults, isAsked] = [isNone ? keeping(rows) : [], asked.length || notes.some(({ severity }) => severity === "error")];
  const why = faults.length || isAsked ? word("None of these rows can be printed like this. What is to be mended:") : word("No row holds a fair that is to be printed.");
  place.querySelector("#fairs-notes").replaceChildren(
    table.sheets.length > 1 ? sheetChoice(table, taken) : "",
    examples ? element("p", { className: "remark" }, element("span", { className: "mark" }, word("Example")), " ", word("Made-up fairs to try things out: {examples}. Open your own table in their place.", { examples })) : "",
    isNone ? element("p", { className: "remark error" }, why) : "",
    ...asked,
    faults.length ? findingList(faults) : "",
    table.sharing ? counting(table, taken) : "",
    columnsOf(table, isOpen, taken),
    notes.length ? element("details", { open: notes.some(({ severity }) => severity === "error") }, element("summary", {}, word("On the whole table")), listed(notes)) : "",
  );
}

/** Keep an answer on the table once all is saved, show the table as it is then, and go on there. */
const taken = (keep, next) =>
  turns(async () => {
    const found = await keep();
    if (found) renewOrDraw(found);
    place.querySelector(next)?.focus();
  }).catch(explain);

/** Whether a row has an error, or cannot be printed for one of the whole table. */
const isFaulty = ({ fair, isNone, findings }) => (!fair && !isNone) || findings.some(({ severity }) => severity === "error");

function drawCount() {
  const { rows } = table;
  const faulty = new Set(rows.filter((row) => isFaulty(row)));
  const warnings = rows.filter((row) => grid.isTold(row) && !faulty.has(row)).length;
  const faults = faulty.size;
  place.querySelector("#fairs-count").textContent = word("Rows: {rows}, with faults: {faults}, with remarks: {warnings}", { rows: rows.length, faults, warnings });
}

const listed = (findings) =>
  element("ul", { className: "notes" }, ...findings.map((finding) => element("li", { className: finding.severity }, sentence({ ...finding, where: placeIn(finding) }))));

/** Return where in a table something is: its sheet, where several are read, and its column. */
const placeIn = ({ sheet, column }) => [sheet && word("Sheet “{sheet}”", { sheet }), column].filter(Boolean).join(", ");

/** Tell what is off in a row, with what may be meant instead. */
function showRow(row) {
  const box = place.querySelector("#fairs-row");
  if (!row) return box.replaceChildren(soft(word("Arrow keys move, Enter or typing edits, Esc leaves as it was, Delete clears, Ctrl+V pastes cells from Excel, Ctrl+Z undoes.")));
  const items = row.findings.map((finding) => {
    const item = element("li", { className: finding.severity }, sentence({ ...finding, where: finding.column }));
    const column = table.headings.indexOf(finding.column);
    for (const text of column >= 0 && table.writable ? finding.proposals : []) item.append(" ", button(word("Take “{text}”", { text }), () => save([{ row: keyOf(row), column, text }]), "quiet"));
    const target = table.meanings.indexOf(finding.belongs);
    const [, name] = table.columns.find(([of]) => of === finding.belongs) ?? [];
    if (name && column >= 0 && table.writable && !row.cells[target]) item.append(" ", button(word("Put it into “{heading}”", { heading: table.headings[target] ?? name }), () => move(row, column, target, name, finding), "quiet"));
    return item;
  });
  const { files = [], unready = [], leftOut = {} } = grid.flyers[row.fair] ?? {};
  const ordered = row.copies.reduce((sum, { count }) => sum + count, 0);
  const each = row.copies.map(({ language, count }) => `${language} ${count}`).join(", ");
  const nothing = row.isNone ? word("This row holds no fair; nothing is printed of it.") : word("Nothing is off in this row.");
  box.replaceChildren(
    element("h2", {}, calledRow(row)),
    items.length ? element("ul", { className: "notes" }, ...items) : unready.length ? "" : soft(nothing),
    unready.length ? element("p", { className: "remark" }, word("Must not go out yet: {languages}.", { languages: unready.join(", ") }), " ", link("#/release/fairs", word("See what is open"), "")) : "",
    ordered ? element("p", {}, row.copies.length > 1 ? word("Copies ordered: {count} ({each})", { count: ordered, each }) : word("Copies ordered: {count}", { count: ordered })) : "",
    withoutRoom(leftOut, files.length),
    files.length ? element("p", { className: "row-of" }, `${word("Flyers")}:`, ...files.map(({ output, language }) => fileLink(output, language))) : "",
  );
}

const calledRow = ({ sheet, row }) => (sheet ? word("Sheet “{sheet}”, row {row}", { sheet, row }) : `${word("Row")} ${row}`);

/** Tell what the printed flyers of a row leave out, and in which languages unless it is in all. */
function withoutRoom(leftOut, count) {
  const names = Object.entries(leftOut).map(([name, languages]) => (languages.length === count ? name : `${name} (${[...new Set(languages)].join(", ")})`));
  return names.length ? element("p", { className: "remark" }, word("Left out, because there is no room: {names}", { names: names.join(", ") })) : "";
}

/** Put what belongs there into the cell of another column, which is added where there is none. */
function move(of, column, target, name, { moved, left }) {
  const [row, to] = [keyOf(of), target < 0 ? table.headings.length : target];
  const edits = [{ row, column: to, text: moved }, { row, column, text: left }];
  return save(target < 0 ? [{ row: HEADINGS, column: to, text: name }, ...edits] : edits);
}

const fileLink = (name, told) => download("fairs-file", { name }, told);

function drawPrinting() {
  const { length: count } = grid.chosenRows();
  const which = choice([["all", word("All rows")], ["chosen", word("The chosen rows ({count})", { count })]], count ? "chosen" : "all", { id: "fairs-which" });
  const isSaid = (...columns) => columns.some((column) => table.meanings.includes(column));
  const names = [...new Set(table.rows.flatMap(({ copies: of }) => of.map(({ language: name }) => name)))];
  const printed = names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(", ")} …` : names.join(", ");
  const usual = table.choices.format?.[0];
  const inTable = isSaid("locales", "language") || !printed ? word("As in the table") : word("All: {languages}", { languages: printed });
  const asUsual = isSaid("format") || !usual ? word("As in the table") : word("The usual one: {format}", { format: usual });
  const locales = choice([["", inTable], ...table.locales], chosen.locale ?? "", { id: "fairs-locales" });
  const formats = choice([["", asUsual], ...(table.choices.format ?? []).map((name) => [name, name])], "", { id: "fairs-format", disabled: !table.writable });
  const combined = element("input", { type: "checkbox", id: "fairs-combined", checked: chosen.combined ?? false });
  const oneFile = element("input", { type: "checkbox", id: "fairs-one-file", checked: chosen.oneFile ?? false });
  formats.onchange = () => setFormat(formats.value, which.value);
  const onchange = () => {
    chosen = { locale: locales.value, combined: combined.checked, oneFile: oneFile.checked };
    act("place", { printing: chosen }).catch(() => {});
  };
  const print = async () => {
    await turns(() => {});
    const meant = which.value === "chosen" ? grid.chosenRows() : table.rows;
    const ids = which.value === "chosen" ? grid.chosenFairs() : [];
    if (!meant.some(({ fair }) => fair)) return tellUnusable(meant);
    const body = { ids, locales: locales.value ? [locales.value] : [], combined: combined.checked, one_file: oneFile.checked };
    const { begun } = await act("fairs-print", body);
    if (!begun) notice(word("Something else is being printed; wait until that is done."));
  };
  const copies = table.rows.reduce((sum, row) => sum + row.copies.reduce((of, { count: one }) => of + one, 0), 0);
  const told = copies.toLocaleString(language);
  const asked = form(
    { onchange },
    print,
    element("h2", { id: "fairs-print-heading" }, word("Print")),
    element("div", { className: "row-of" }, labelled(word("Which"), which), labelled(word("Languages"), locales), labelled(word("Format"), formats)),
    tick(combined, word("Also a file for each fair with all copies, for the office printer")),
    tick(oneFile, word("Also one file with all copies for all these fairs")),
    copies ? soft(word("Copies in the whole table: {count}.", { count: told }) + (table.sharing ? ` ${word("What one number counts for is chosen above the table; single cells may say “de 200, tr 100”.")}` : "")) : "",
    copies && !table.isCounted ? soft(word("The table does not say how many copies are wanted: one of each flyer is ordered.")) : "",
    orderGaps(table.orderGaps),
    element("div", { className: "row-of" }, sender(word("Print flyers"), { id: "fairs-print" })),
  );
  place.querySelector("#fairs-printing").replaceChildren(asked);
}

/** Return the errors in rows, the most frequent first: each with how many have it, and the way to the first. */
function keeping(rows) {
  const where = (row, column) => [`${word("Row")} ${nameOfRow(row)}`, column].filter(Boolean).join(", ");
  const found = rows.flatMap((row) => row.findings.filter(({ severity }) => severity === "error").map((finding) => ({ ...finding, where: where(row, finding.column), leads: `#/fairs/${keyOf(row)}` })));
  // What a cell holds is quoted; the fault is the same whatever that is.
  const alike = Map.groupBy(found, ({ column, message }) => `${column}: ${message.replace(/[„“][^„“”]*[“”]/g, "")}`);
  const told = [...alike.values()].sort((some, others) => others.length - some.length).slice(0, MOST_TOLD);
  const inRows = (count) => (count > 1 ? word("So in {count} rows.", { count }) : "");
  return told.map((of) => ({ ...of[0], hint: `${of[0].hint} ${inRows(of.length)}` }));
}

/** Tell why none of the rows can be printed, and which cells are to be mended. */
function tellUnusable(rows) {
  const errors = [...table.notes.filter(({ severity }) => severity === "error").map((note) => ({ ...note, where: note.column, leads: "" })), ...keeping(rows)];
  const why = errors.length ? word("None of these rows can be printed like this. What is to be mended:") : word("No row holds a fair that is to be printed.");
  const result = place.querySelector("#fairs-result");
  result.hidden = false;
  result.replaceChildren(element("p", { className: "label" }, rows.length ? why : word("No row is chosen. Tick the fairs in the first column of the table.")), errors.length ? findingList(errors) : "");
  result.scrollIntoView({ block: "nearest" });
}

/** Write a format into the rows that are to be printed, where the table has or gets a column for it. */
function setFormat(format, which) {
  if (!format) return;
  const there = table.meanings.indexOf("format");
  const column = there < 0 ? table.headings.length : there;
  const meant = new Set(which === "chosen" ? grid.chosenFairs() : table.rows.map(({ fair }) => fair));
  const edits = table.rows.filter(({ fair }) => fair && meant.has(fair)).map((row) => ({ row: keyOf(row), column, text: format }));
  if (there < 0) edits.unshift({ row: HEADINGS, column, text: word("Format") });
  save(edits);
}

function tell(kind, told) {
  const state = place.querySelector("#fairs-state");
  state.dataset.is = kind;
  state.textContent = told;
}

/** Write cells into the table, one batch after the other; `isUndoing` where they take others back. */
function save(edits, isUndoing = false) {
  if (!table.writable || !edits.length) return null;
  const before = edits.map(({ row, column }) => ({ row, column, text: grid.textAt(row, column) }));
  pending.push(edits);
  grid.take(edits);
  tell("busy", word("Saving…"));
  return turns(async () => {
    try {
      const placed = edits.map(({ row, ...edit }) => ({ ...placeOf(row), ...edit }));
      const found = await act("fairs-save", { based_on: table.digest, edits: placed });
      pending.shift();
      if (!isUndoing && !found.conflict) undone.unshift(before);
      showUndo();
      renew(found);
      tell(found.conflict ? "fault" : "saved", found.conflict ? word("The table was changed elsewhere; this is what it holds now.") : word("Saved"));
    } catch (trouble) {
      pending.shift();
      tell("fault", word("Not saved"));
      explain(trouble);
      renew(await act("fairs").catch(() => table));
    }
  });
}

function undo() {
  const edits = undone.shift();
  if (edits) save(edits, true);
  showUndo();
}

/** Let be undone what was done since the table was opened. */
function showUndo() {
  place.querySelector(".undo")?.toggleAttribute("disabled", !undone.length);
}

/** Show the table as it is now, where the user is in it. */
function renew(found) {
  const isOther = found.table !== table.table || found.read.join("/") !== table.read.join("/") || found.writable !== table.writable;
  if (!found.table || isOther) return draw(found);
  table = found;
  isLate = grid.isWriting;
  if (isLate) return;
  const rows = new Map(found.rows.map((row) => [keyOf(row), row]));
  for (const { row, column, text } of pending.flat()) if (rows.has(row)) rows.get(row).cells[column] = text;
  grid.renew(found);
  drawNotes();
  showRow(grid.currentRow());
  drawPrinting();
  flyers();
}

let asked = 0;
const CALM = 1200; // ms without an edit, after which is asked how the flyers stand
async function flyers() {
  const turn = (asked += 1);
  await new Promise((done) => setTimeout(done, turn === 1 ? 0 : CALM));
  if (turn !== asked) return;
  const found = await act("fairs-flyers").catch(() => ({ fairs: {}, files: [] }));
  if (turn !== asked || !grid) return;
  grid.showFlyers(found.fairs);
  drawCount();
  showFiles(found.files);
  if (grid.currentRow() && place.querySelector("#fairs-row h2")) showRow(grid.currentRow());
}

/** Show what went with the flyers, whenever that was. */
function showFiles(files) {
  const box = place.querySelector("#fairs-files");
  box.hidden = !files.length;
  box.replaceChildren(
    element("h2", { id: "fairs-files-heading" }, word("Files")),
    element("ul", { className: "notes" }, ...files.map(([output, told, isOld]) => element("li", isOld ? { className: "warning" } : {}, fileLink(output, told), isOld ? ` – ${word("not up to date any more: print anew")}` : ""))),
    soft(word("A print shop needs the order and its flyers: release them, and you get both as one zip.")),
  );
}

function happened(event) {
  if (event.kind === "sources" || event.kind === "back") readAgain().catch(() => {});
  if (event.kind !== "work" || event.what !== "fairs" || !grid) return;
  const result = place.querySelector("#fairs-result");
  place.querySelector("#fairs-print")?.toggleAttribute("disabled", event.state === "at");
  if (event.state === "at") return;
  result.hidden = false;
  result.replaceChildren(...resultOf(event));
  const see = () => result.scrollIntoView({ block: "nearest" });
  see();
  flyers().then(see); // what stands above it has grown then
}

/** Show what was changed elsewhere; what is older than an edit is not: that one's answer shows it. */
async function readAgain() {
  const before = table;
  const found = await act("fairs");
  if (before === table && !pending.length && found.digest !== table?.digest) renewOrDraw(found);
}

const renewOrDraw = (found) => (grid && found.table ? renew(found) : draw(found));

function resultOf({ state, result, findings }) {
  if (state === "cancelled") return [element("p", {}, word("Cancelled. What is printed stays."))];
  if (state === "failed") return [findingList(findings)];
  const told = [
    word("Printed: {count} flyers.", { count: result.printed }),
    result.fresh && word("Up to date before: {count}.", { count: result.fresh }),
    result.failed && word("Failed: {count}.", { count: result.failed }),
    result.rejected && word("Rows that could not be used: {count}.", { count: result.rejected }),
  ].filter(Boolean);
  const { copies, unreadyCopies: waiting } = result;
  const [inOrder, notYet] = [copies, waiting].map((number) => number.toLocaleString(language));
  const held = result.unready.map(({ fair, languages }) => element("li", {}, `${fair}: ${languages}`));
  const count = result.unready.reduce((sum, { count: of }) => sum + of, 0);
  return [
    element("p", {}, told.join(" ")),
    copies || waiting ? element("p", {}, waiting ? word("Copies in the order: {count}. Not in it yet, because they must not go out: {waiting}.", { count: inOrder, waiting: notYet }) : word("Copies in the order: {count}.", { count: inOrder })) : "",
    result.uncounted.length ? element("p", { className: "remark" }, word("Printed, but not ordered, because no number of copies stands in the table: {fairs}.", { fairs: result.uncounted.slice(0, MOST_TOLD).join(", ") + (result.uncounted.length > MOST_TOLD ? " …" : "") })) : "",
    result.apart ? soft(word("The order and the files for the whole table stay as they were. What goes with the chosen flyers stands under “Files” by itself.")) : "",
    result.fairs.length ? link(`#/release/fairs/${result.fairs.join(",")}`, word("Check and release these flyers"), "button") : "",
    result.findings.length ? findingList(result.findings) : "",
    count ? element("p", { className: "remark" }, word("Neither in the order nor in the files with all copies, because they must not go out yet: {count}", { count })) : "",
    held.length ? element("ul", { className: "notes" }, ...held.slice(0, MOST_TOLD), held.length > MOST_TOLD ? element("li", {}, "…") : "") : "",
    count ? link("#/release/fairs", word("See what is open"), "button") : "",
  ].filter(Boolean);
}

export const fairs = { name: word("Job fairs"), show, happened, take, leave: () => turns(() => {}) };
