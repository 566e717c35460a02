// The editor's tools: buttons with one tab stop, their keys, and the questions that some of them ask.

import { forgive } from "./notices.js";
import { isAddress, meant, schema } from "./richschema.js";
import { button, choice, labelled } from "./parts.js";
import { byId, drawing, element, word } from "./words.js";
import {
  NodeSelection, addColumnAfter, addRowAfter, chainCommands, deleteColumn, deleteRow, deleteTable, exitCode, isInTable, lift,
  liftListItem, setBlockType, sinkListItem, splitListItem, toggleMark, wrapIn, wrapInList,
} from "./vendor/prosemirror.js";

const { nodes, marks } = schema;
const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

const hardBreak = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

/** Return the command that makes a list, or ends one of that kind. */
function listed(type) {
  return (state, dispatch, view) => {
    const inside = holding(state, (node) => node.type === nodes.bullet_list || node.type === nodes.ordered_list);
    if (!inside) return wrapInList(type)(state, dispatch, view);
    if (inside.node.type === type) return liftListItem(nodes.list_item)(state, dispatch, view);
    dispatch?.(state.tr.setNodeMarkup(inside.at, type));
    return true;
  };
}

const quoted = (state, dispatch, view) => {
  if (!holding(state, (node) => node.type === nodes.blockquote)) return wrapIn(nodes.blockquote)(state, dispatch, view);
  return lift(state, dispatch, view);
};

/** Return the command that makes a text a heading, or a paragraph again. */
const headed = (level) => (state, dispatch, view) => {
  const { parent } = state.selection.$from;
  const is = parent.type === nodes.heading && parent.attrs.level === level;
  if (is) return setBlockType(nodes.paragraph)(state, dispatch, view);
  const mark = parent.type === nodes.heading ? parent.attrs.mark : "";
  return setBlockType(nodes.heading, { level, mark })(state, dispatch, view);
};

const ruled = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.rule.create()).scrollIntoView());
  return true;
};

const tabled = (state, dispatch) => {
  const cells = (type) => [type.create(), type.create()];
  const rows = [nodes.table_header, nodes.table_cell].map((type) => nodes.table_row.create(null, cells(type)));
  dispatch?.(state.tr.replaceSelectionWith(nodes.table.create(null, rows)).scrollIntoView());
  return true;
};

function holding(state, is) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if (is($from.node(depth))) return { node: $from.node(depth), at: $from.before(depth) };
  return null;
}

const within = (type, attrs = {}) => (state) =>
  Boolean(holding(state, (node) => node.type === type && Object.entries(attrs).every(([key, value]) => node.attrs[key] === value)));

function isMarked(type) {
  return ({ selection: { from, to, empty, $from }, storedMarks, doc }) =>
    empty ? Boolean(type.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, type);
}

// Each tool: its name, what it is called, its sign, what it does, whether it is on, its keys.
const TOOLS = [
  [
    { name: "strong", told: word("Bold"), letter: true, run: toggleMark(marks.strong), is: isMarked(marks.strong), key: "Mod-b" },
    { name: "em", told: word("Italic"), letter: true, run: toggleMark(marks.em), is: isMarked(marks.em), key: "Mod-i" },
    { name: "link", told: word("Link"), path: "M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.7-2.7A2.6 2.6 0 0 0 9.4 3L8.2 4.2M9.3 6.7a2.6 2.6 0 0 0-3.7 0L2.9 9.4A2.6 2.6 0 0 0 6.6 13l1.2-1.2", ask: askLink, is: isMarked(marks.link), key: "Mod-k" },
    { name: "fact", told: word("Put in a fact: a figure or a list from “Facts”"), text: word("Fact"), ask: askFact, key: "Mod-Shift-f" },
  ],
  [
    { name: "heading", told: word("Heading"), text: "H", run: headed(2), is: within(nodes.heading, { level: 2 }), key: "Mod-Alt-2" },
    { name: "subheading", told: word("Subheading"), text: "h", run: headed(3), is: within(nodes.heading, { level: 3 }), key: "Mod-Alt-3" },
    { name: "belongs", told: word("What belongs at this heading"), path: "M4 2v12M4 3h8l-2 2.500L12 8H4", ask: askBelonging, is: ({ selection }) => Boolean(selection.$from.parent.attrs.mark), key: "Mod-Alt-4" },
    { name: "bullets", told: word("List"), path: "M6 4h8M6 8h8M6 12h8M2.500 4h.01M2.500 8h.01M2.500 12h.01", run: listed(nodes.bullet_list), is: within(nodes.bullet_list), key: "Mod-Shift-8" },
    { name: "numbers", told: word("Numbered list"), path: "M6.500 4h7.500M6.500 8h7.500M6.500 12h7.500M2 3l1-.6v3M2 10.800c1.600-1.200 2 .4.2 2.200h1.600", run: listed(nodes.ordered_list), is: within(nodes.ordered_list), key: "Mod-Shift-7" },
    { name: "quote", told: word("Quotation"), path: "M6.500 4.500C4 5 3 6.500 3 9v2.500h3.500V8.500H4.600M13 4.500c-2.500.5-3.500 2-3.500 4.500v2.500H13V8.500h-1.900", run: quoted, is: within(nodes.blockquote), key: "Mod-Shift-9" },
  ],
  [
    { name: "table", told: word("Table"), path: "M2 3h12v10H2zM2 6.500h12M2 9.800h12M8 3v10", run: tabled, key: "" },
    { name: "picture", told: word("Picture"), path: "M2 3h12v10H2zM2.500 12l3.500-4 2.500 2.500L11 8l2.800 3.500M5.300 5.800h.01", ask: askPicture, key: "" },
    { name: "rule", told: word("Rule"), path: "M2 8h12", run: ruled, key: "" },
  ],
];
const IN_TABLES = [
  { name: "row_below", told: word("Row below"), run: addRowAfter },
  { name: "column_behind", told: word("Column behind"), run: addColumnAfter },
  { name: "row_gone", told: word("Delete row"), run: deleteRow },
  { name: "column_gone", told: word("Delete column"), run: deleteColumn },
  { name: "table_gone", told: word("Delete table"), run: deleteTable },
];

/** Return what the editor's keys do. */
export function keys(rich) {
  const found = {
    Enter: splitListItem(nodes.list_item),
    "Shift-Enter": chainCommands(exitCode, hardBreak),
    "Mod-]": sinkListItem(nodes.list_item),
    "Mod-[": liftListItem(nodes.list_item),
    "Mod-Alt-0": setBlockType(nodes.paragraph),
    "Alt-F10": () => {
      byId("tools").querySelector("[tabindex='0']").focus();
      return true;
    },
  };
  for (const tool of TOOLS.flat())
    if (tool.key) found[tool.key] = tool.run ?? (() => { tool.ask(rich); return true; });
  return found;
}

export class Toolbar {
  constructor(bar, rich) {
    this.rich = rich;
    this.bar = bar;
    this.made = [];
    for (const group of TOOLS) bar.append(element("div", { role: "group" }, ...group.map((tool) => this.#button(tool))));
    this.inTables = element("div", { role: "group", className: "in-table", hidden: true }, ...IN_TABLES.map((tool) => this.#button(tool)));
    bar.append(this.inTables);
    this.made[0].made.tabIndex = 0;
    bar.addEventListener("keydown", (event) => this.#move(event));
  }

  /** Show which tools are on, and which can be used, where the caret is. */
  show(state) {
    for (const { tool, made } of this.made) {
      if (tool.is) made.setAttribute("aria-pressed", tool.is(state));
      if (tool.run && !IN_TABLES.includes(tool)) made.setAttribute("aria-disabled", !tool.run(state));
    }
    this.inTables.hidden = !isInTable(state);
  }

  #button(tool) {
    const { told } = tool;
    const keys = tool.key ? shownKeys(tool.key) : "";
    const sign = tool.letter ? element("span", { className: `letter ${tool.name}` }, told[0]) : tool.path ? drawing(tool.path) : element("span", {}, tool.text ?? told);
    const made = button("", () => this.#use(tool), "tool");
    made.replaceChildren(sign);
    made.title = keys ? `${told} (${keys})` : told;
    if (tool.text || tool.letter || tool.path) made.setAttribute("aria-label", told);
    if (tool.key) made.setAttribute("aria-keyshortcuts", tool.key.replace("Mod", MAC ? "Meta" : "Control").replaceAll("-", "+"));
    made.tabIndex = -1;
    made.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays
    this.made.push({ tool, made });
    return made;
  }

  #use(tool) {
    const { view } = this.rich;
    if (tool.ask) tool.ask(this.rich);
    else {
      tool.run(view.state, view.dispatch, view);
      view.focus();
    }
  }

  #move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === "Escape") this.rich.view.focus();
    if (!step) return;
    event.preventDefault();
    const seen = this.made.map(({ made }) => made).filter((made) => made.offsetParent);
    const at = seen.indexOf(document.activeElement) + step;
    const next = step === -Infinity ? seen[0] : seen[Math.min(at, seen.length - 1)] ?? seen[at < 0 ? seen.length - 1 : 0];
    for (const made of seen) made.tabIndex = made === next ? 0 : -1;
    next.focus();
  }
}

const shownKeys = (key) =>
  key.replace("Mod", MAC ? "⌘" : word("Ctrl")).replace("Shift", word("Shift")).split("-").map((part) => (part.length === 1 ? part.toUpperCase() : part)).join("+");

/** Ask something in a dialog; `taken` is called with its form when it is answered. */
function ask(rich, title, parts, taken, further = []) {
  const dialog = byId("tool-question");
  const form = element(
    "form",
    { method: "dialog", className: "asked" },
    element("h2", { id: "tool-question-heading" }, title),
    ...parts,
    element("div", { className: "answers" }, button(word("Cancel"), () => dialog.close(), "quiet"), ...further, element("button", { className: "button strong" }, word("Take over"))),
  );
  form.addEventListener("submit", () => taken());
  dialog.replaceChildren(form);
  dialog.onclose = () => {
    forgive();
    rich.view.focus();
  };
  dialog.showModal();
}

function askLink(rich) {
  const { view } = rich;
  const { state } = view;
  const { from, to, empty, $from } = state.selection;
  const before = marks.link.isInSet($from.marks()) ?? marks.link.isInSet(state.doc.nodeAt(from)?.marks ?? []);
  const address = element("input", { type: "text", inputMode: "url", value: before?.attrs.href ?? "", required: true });
  const text = element("input", { type: "text", required: true });
  const off = button(word("Remove the link"), () => {
    toggleMark(marks.link)(view.state, view.dispatch);
    byId("tool-question").close();
  });
  const parts = [labelled(word("Address"), address, word("For example www.example.org/page."))];
  if (empty) parts.push(labelled(word("Text of the link"), text));
  address.addEventListener("input", () => address.setCustomValidity(isAddress(meant(address.value)) ? "" : word("Write it in full: https://www.example.org/")));
  ask(rich, word("Link"), parts, () => {
    const mark = marks.link.create({ href: meant(address.value) });
    const { tr } = view.state;
    if (empty) view.dispatch(tr.replaceSelectionWith(schema.text(text.value, [mark]), false));
    else view.dispatch(tr.removeMark(from, to, marks.link).addMark(from, to, mark));
  }, before && !empty ? [off] : []);
}

/** Ask what belongs at the heading with the caret; it belongs at no other one then. */
export function askBelonging(rich) {
  const { view, belongings } = rich;
  const inside = holding(view.state, (node) => node.type === nodes.heading && node.attrs.level === 2);
  const mark = inside?.node.attrs.mark ?? "";
  const own = mark && !belongings.some(([role]) => role === mark) ? [[mark, mark]] : [];
  const select = choice([["", word("What its words say")], ...belongings, ...own], mark);
  const hint = word("Its box and its drawing stand there, and at no other heading.");
  const part = inside ? labelled(word("Belongs here"), select, hint) : element("p", {}, word("Put the caret into the heading of a section first."));
  ask(rich, word("What belongs at this heading"), [part], () => {
    if (!inside || select.value === mark) return;
    const { tr, doc } = view.state;
    doc.forEach((node, at) => {
      if (select.value && node.type === nodes.heading && node.attrs.mark === select.value) tr.setNodeMarkup(at, null, { ...node.attrs, mark: "" });
    });
    view.dispatch(tr.setNodeMarkup(inside.at, null, { ...inside.node.attrs, mark: select.value }));
  });
}

function askFact(rich) {
  const known = Object.entries(rich.phrases);
  const select = choice(known.map(([name, { title, text }]) => [name, `${title}: ${text.length > 50 ? `${text.slice(0, 49)}…` : text}`]), known[0]?.[0]);
  const part = known.length ? labelled(word("Which fact"), select, word("It is printed as each language writes it, and changes with the facts.")) : element("p", {}, word("There are no facts yet. They are entered under “Facts”."));
  ask(rich, word("Put in a fact"), [part], () => {
    if (select.value) rich.view.dispatch(rich.view.state.tr.replaceSelectionWith(nodes.fact.create({ name: select.value }), false));
  });
}

export async function askPicture(rich) {
  const { selection } = rich.view.state;
  const before = selection instanceof NodeSelection && selection.node.type === nodes.picture ? selection.node.attrs : null;
  const said = before ? await rich.calls.credits(before.src) : { credit: "", licence: "" };
  if (!rich.view.state.selection.eq(selection)) return; // somebody has gone elsewhere meanwhile
  const file = element("input", { type: "file", accept: "image/png,image/jpeg,image/svg+xml", required: true });
  const alt = element("input", { type: "text", value: before?.alt ?? "", required: true });
  const title = element("input", { type: "text", value: before?.title ?? "" });
  const parts = [labelled(word("Description"), alt, word("For people who cannot see the picture.")), labelled(word("Caption"), title, word("Printed below it."))];
  const credits = ["credit", "licence"].map((name) => element("input", { type: "text", value: said?.[name] ?? "", name }));
  if (said) parts.push(labelled(word("Who made it"), credits[0], word("Printed where the document says who publishes it.")), labelled(word("Right of use"), credits[1], word("Printed behind that, and in every language as it stands here: CC BY 4.0 for example.")));
  if (!before) parts.unshift(labelled(word("File (PNG, JPEG or SVG)"), file));
  ask(rich, word("Picture"), parts, async () => {
    try {
      const src = await rich.calls.inTurn(async () => {
        const src = before?.src ?? (await rich.calls.brought(file.files[0]));
        rich.view.dispatch(rich.view.state.tr.replaceSelectionWith(nodes.picture.create({ src, alt: alt.value, title: title.value })));
        return src;
      });
      const [credit, licence] = credits.map(({ value }) => value.trim());
      if (said && (credit !== said.credit || licence !== said.licence)) await rich.calls.credited(src, { credit, licence });
    } catch (trouble) {
      rich.calls.troubled(trouble);
    }
  });
}
