// How another table of job fairs comes here: opened, with what was corrected in the one before, or brought back.

import { explain } from "./notices.js";
import { button, dropping, fileChoice, labelled, soft } from "./parts.js";
import { keyOf, nameOfRow } from "./rows.js";
import { act } from "./server.js";
import { element, word } from "./words.js";

/** Ask for a table; `bring` takes a file, `draw` shows a table that was begun. */
export function bringing(table, bring, draw) {
  const file = fileChoice(".xlsx,.csv,.ods,.ics,.tsv,.txt", bring, { id: "fairs-file" });
  return dropping(
    bring,
    {},
    element("p", {}, word("Drop your table here, or choose it. It is copied; the original stays.")),
    labelled(word("Open your own table (Excel, CSV)"), file, table?.table ? word("The table that is here now is kept under “Former tables”. What you corrected in it goes along where the new file has it as before.") : ""),
    table?.writable ? soft(word("What you correct here is in this table alone, not in your own file. Go on here; or download this table, and go on with that file in Excel.")) : "",
    table?.table ? "" : button(word("Begin with an empty table"), () => act("fairs-begin").then(draw)),
    table?.table ? "" : soft(word("An Excel file with headings, lists to choose from, and two examples.")),
  );
}

/** Tell what was corrected here and is in the table that was opened, and what that has otherwise. */
export function carriedOver(carried, save, draw) {
  const { count = 0, clashes = [], lost = 0 } = carried ?? {};
  const box = element("section", { id: "fairs-carried", className: "boxed", role: "status", hidden: !(count || clashes.length || lost) });
  const offered = clashes.map((clash) => {
    const { column, heading, text, new: now } = clash;
    const given = button(word("Take “{text}”", { text }), () => {
      carried.clashes.splice(carried.clashes.indexOf(clash), 1);
      save([{ row: keyOf(clash), column, text }]);
      box.replaceWith(carriedOver(carried, save, draw));
    }, "quiet");
    const where = `${word("Row")} ${nameOfRow(clash)}, ${heading}`;
    return element("li", { className: "warning" }, word("{where}: “{now}” in the file, “{text}” here.", { where, now, text }), " ", given);
  });
  box.append(
    count ? element("p", {}, word("What you corrected here is in this table, too: {count} cells.", { count })) : "",
    offered.length ? element("p", {}, word("These cells were changed here and in the file. What the file says is taken:")) : "",
    offered.length ? element("ul", { className: "notes" }, ...offered) : "",
    lost ? element("p", {}, word("What you corrected in the table before is not in this one, because a file of this kind cannot be changed here: {count} cells. That table is among the former ones.", { count: lost })) : "",
    count ? button(word("Take the file as it is"), () => act("fairs-as-brought").then(draw).catch(explain)) : "",
  );
  return box;
}

/** List former tables, each to be brought back; they are looked for when the list is opened. */
export function formerTables(back) {
  const list = element("ul", { className: "rows" });
  const fetch = async () => {
    const found = await act("fairs-former");
    const rows = found.map(({ name, told }) => element("li", {}, element("span", {}, told), button(word("Bring it back"), () => back(name).catch(explain), "quiet")));
    list.replaceChildren(...rows, rows.length ? "" : element("li", {}, word("None so far.")));
  };
  const box = element("details", { id: "fairs-former" }, element("summary", {}, word("Former tables")), soft(word("A table is kept before another takes its place, and now and then while you correct it.")), list);
  box.addEventListener("toggle", () => box.open && fetch().catch(explain));
  return box;
}
