// What names the rows of a table among those of all its sheets, and rows that come from elsewhere.

/** The place of the headings among rows, as `keyOf` names those. */
export const HEADINGS = "0";

/** Return what names a row among those of all sheets; the sheet is "" where only one is read. */
export const keyOf = ({ sheet, row }) => (sheet ? `${sheet}/${row}` : `${row}`);

/** Return the sheet and the number of a row that is named so. */
export const placeOf = (key) => ({ sheet: key.slice(0, Math.max(key.lastIndexOf("/"), 0)), row: Number(key.slice(key.lastIndexOf("/") + 1)) });

/** Return what a row is called: by its number, and its sheet where several are read. */
export const nameOfRow = ({ sheet, row }) => (sheet ? `${row} (${sheet})` : `${row}`);

/** Return the cells that a spreadsheet has put on the clipboard: tabs between, quoted where needed. */
export function cellsOf(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))(\t|\n|$)/y;
  while (cell.lastIndex <= text.length) {
    const found = cell.exec(text);
    if (!found) break;
    rows.at(-1).push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"').replaceAll("\n", " "));
    if (found[3] === "\n") rows.push([]);
    else if (!found[3]) break;
  }
  return rows;
}
