// What a profile's text may hold in the editor, as the server reads it: see desk/richblocks.py.

import { InputRule, Schema, inputRules, tableNodes, textblockTypeInputRule, wrappingInputRule } from "./vendor/prosemirror.js";
import { button } from "./parts.js";
import { element, word } from "./words.js";

const ADDRESS = /^(https?:\/\/|mailto:|tel:)\S+$/i;

/** Return whether an address may be linked to. */
export const isAddress = (address) => ADDRESS.test(address);

/** Return an address as it is meant: of a page or a mailbox, where it says neither. */
export function meant(address) {
  const told = address.trim();
  if (/^[a-z][a-z0-9+-]*:/i.test(told)) return told;
  if (/^[^\s/@]+@[^\s/@]+\.[^\s/@]+$/.test(told)) return `mailto:${told}`;
  return /^[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/.test(told) ? `https://${told}` : told;
}

const isRemark = (text) => /^<!--[^]*-->$/.test(text.trim());

const side = {
  default: "",
  getFromDOM: (cell) => cell.style.textAlign,
  setDOMAttr(value, attributes) {
    if (value) attributes["data-side"] = value;
  },
};
const tables = tableNodes({ tableGroup: "block", cellContent: "inline*", cellAttributes: { side } });

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      group: "block",
      content: "inline*",
      defining: true,
      attrs: { level: { default: 2 }, mark: { default: "" } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((n) => ({ tag: `h${n}`, attrs: { level: n < 3 ? 2 : 3 } })),
      toDOM: (node) => [`h${node.attrs.level + 1}`, 0],
    },
    blockquote: { group: "block", content: "paragraph+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    bullet_list: { group: "block", content: "list_item+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: {
      group: "block",
      content: "list_item+",
      attrs: { order: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (list) => ({ order: list.start || 1 }) }],
      toDOM: (node) => ["ol", { start: node.attrs.order }, 0],
    },
    list_item: {
      content: "paragraph (paragraph | blockquote | bullet_list | ordered_list)*",
      defining: true,
      parseDOM: [{ tag: "li" }],
      toDOM: () => ["li", 0],
    },
    ...tables,
    picture: {
      group: "block",
      atom: true,
      draggable: true,
      attrs: { src: { default: "" }, alt: { default: "" }, title: { default: "" } },
      toDOM: ({ attrs }) => ["figure", { class: "shown-picture", "data-src": attrs.src }, ["p", attrs.alt]],
    },
    rule: { group: "block", atom: true, parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    source: {
      group: "block",
      content: "text*",
      marks: "",
      code: true,
      defining: true,
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
      toDOM: (node) => ["pre", { class: "source", "data-told": isRemark(node.textContent) ? word("Remark, not printed") : word("As it stands in the file") }, ["code", 0]],
    },
    text: { group: "inline" },
    fact: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { name: {} },
      parseDOM: [{ tag: "span[data-fact]", getAttrs: (chip) => ({ name: chip.dataset.fact }) }],
      toDOM: ({ attrs }) => ["span", { class: "fact", "data-fact": attrs.name }, `{${attrs.name}}`],
    },
    hard_break: { group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (link) => isAddress(link.getAttribute("href")) && { href: link.getAttribute("href") } }],
      toDOM: ({ attrs }) => ["a", { class: "linked", title: attrs.href }, 0], // it leads nowhere while one writes
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    sub: { excludes: "sup", parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
    sup: { excludes: "sub", parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
  },
});

/** What is typed as Markdown becomes what it means: "## ", "- ", "1. ", "> ", "{pay.entry}". */
export const typedMarks = () =>
  inputRules({
    rules: [
      textblockTypeInputRule(/^(##|###)\s$/, schema.nodes.heading, (match) => ({ level: match[1].length })),
      wrappingInputRule(/^\s*[-+*]\s$/, schema.nodes.bullet_list),
      wrappingInputRule(/^(\d{1,4})\.\s$/, schema.nodes.ordered_list, (match) => ({ order: Number(match[1]) })),
      wrappingInputRule(/^\s*>\s$/, schema.nodes.blockquote),
      new InputRule(/\{([a-z_][\w.-]*)\}$/, (state, match, start, end) =>
        state.tr.replaceWith(start, end, schema.nodes.fact.create({ name: match[1] }))),
    ],
  });

/** Show a fact as what it is printed as; `phrases` knows that by its name. */
export function factView(node, phrases) {
  const chip = element("span", { className: "fact", "data-fact": node.attrs.name, contentEditable: "false" });
  tellFact(chip, phrases);
  return { dom: chip };
}

export function tellFact(chip, phrases) {
  const name = chip.dataset.fact;
  const known = phrases[name];
  chip.textContent = known?.text ?? `{${name}}`;
  chip.title = known ? word("{title}: it is changed under “Facts”", known) : word("There is no fact {name}", { name });
  chip.classList.toggle("unknown", !known);
}

/** Show a picture with what is said of it; `address` makes the one that it is fetched from. `asked` asks for it. */
export function pictureView(node, address, asked) {
  const { src, alt, title } = node.attrs;
  const picture = element("img", { src: address(src), alt: "" });
  picture.addEventListener("error", () => picture.replaceWith(element("span", { className: "soft" }, word("The picture {file} is not there", { file: src }))));
  return {
    stopEvent: ({ target }) => target instanceof HTMLButtonElement,
    dom: element(
      "figure",
      { className: "shown-picture", contentEditable: "false" },
      picture,
      element("figcaption", {}, element("span", {}, alt || word("No description")), title ? element("span", { className: "soft" }, title) : ""),
      button(word("Description, caption, who made it…"), asked, "quiet"),
    ),
  };
}
