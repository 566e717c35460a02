// What is asked of a table of fairs as a whole: which sheets, what stands in its columns, what a number counts.
// Each answer is kept; `taken` gets what keeps it, and the place where the user goes on.

import { choice, form, labelled, sender, soft, tick } from "./parts.js";
import { act } from "./server.js";
import { element, word } from "./words.js";

/** Ask which sheets of the workbook are meant: that is kept. */
export function sheetChoice(table, taken) {
  const { sheets, read, others, isChosen } = table;
  const now = isChosen ? (read.length > 1 ? "several" : `=${read[0]}`) : "";
  const which = choice([["", word("All sheets")], ...sheets.map((name) => [`=${name}`, name]), ["several", word("Several …")]], now, { id: "fairs-sheets" });
  const ticks = sheets.map((name) => element("input", { type: "checkbox", name, checked: read.includes(name) }));
  const keep = (names) => taken(() => act("fairs-sheets", { sheets: names.length < sheets.length ? names : [] }), "#fairs-sheets");
  const send = () => keep(ticks.filter(({ checked }) => checked).map(({ name }) => name));
  const several = form({ className: "row-of", hidden: now !== "several" }, send, ...ticks.map((box) => tick(box, box.name)), sender(word("Read these"), { className: "button" }));
  which.onchange = () => {
    several.hidden = which.value !== "several";
    if (several.hidden) keep(which.value ? [which.value.slice(1)] : []);
  };
  const left = [...sheets.filter((name) => !read.includes(name)), ...others].join(", ");
  const values = { sheets: read.join(", "), others: left };
  const told = left ? word("Read: {sheets}. Not read: {others}.", values) : word("Read: {sheets}.", values);
  return element("div", {}, element("div", { className: "row-of" }, labelled(word("Sheets of the workbook"), which), soft(told)), several);
}

/** Ask for what one number of copies counts where a row has several languages. */
export function counting(table, taken) {
  const which = choice([["each", word("for each language")], ["together", word("for all its languages together")]], table.copies, { id: "fairs-copies" });
  which.onchange = () => taken(() => act("fairs-copies", { copies: which.value }), "#fairs-copies");
  return element("div", { className: "row-of" }, labelled(word("One number of copies in a row with several languages ({rows}) counts", { rows: table.sharing }), which));
}

/** Ask of each column what stands in it; those that are not read come first. */
export function columnsOf(table, isOpen, taken) {
  const { headings, meanings, unread, columns, unshown, inPlace } = table;
  const isOnFlyer = ([column]) => !unshown.includes(column) && !inPlace.includes(column);
  const groups = [
    [word("It stands on the flyer"), columns.filter(isOnFlyer)],
    [word("It stands on the flyer, in place of what “Look” says"), columns.filter(([column]) => inPlace.includes(column))],
    [word("It stands on no flyer"), columns.filter(([column]) => unshown.includes(column))],
  ];
  const asked = new Map(headings.map((head, at) => [head, meanings[at]]).filter(([head, meaning]) => head && meaning !== "problem"));
  const first = [...unread, ...asked.keys()];
  const choices = [...new Set(first)].map((head) => {
    const now = unread.includes(head) ? "" : asked.get(head) || "none";
    const offered = [["none", word("Something for the office: not to be read")]];
    if (now === "language") offered.unshift(["language", word("Copies in this language")]);
    const which = choice(offered);
    which.append(...groups.map(([label, of]) => element("optgroup", { label }, ...of.map(([value, name]) => element("option", { value }, name)))));
    which.value = now || "none"; // a column of one's own is nothing to be answered
    const hint = soft("");
    const tell = () => (hint.textContent = !now && which.value === "none" ? word("It is not read. If it is your own, that is fine.") : groups.slice(0, 2).find(([, of]) => of.some(([column]) => column === which.value))?.[0] ?? "");
    which.addEventListener("change", tell);
    tell();
    return [head, now, which, hint];
  });
  const tellAll = async () => {
    let found = null;
    for (const [heading, now, { value }] of choices) if (value !== now) found = await act("fairs-map", { heading, column: value });
    return found;
  };
  const send = () => taken(tellAll, "#fairs-columns summary");
  const told = unread.length ? word("What stands in the columns? Not read: {count}", { count: unread.length }) : word("What stands in the columns?");
  const fields = choices.map(([head, , which, hint]) => element("div", {}, labelled(word("What stands in “{heading}”?", { heading: head }), which), hint));
  return element("details", { id: "fairs-columns", open: isOpen }, element("summary", {}, told), form({}, send, element("div", { className: "row-of" }, ...fields), sender(word("Take over"), { className: "button" })));
}
