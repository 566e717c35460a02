// The text of a profile as it reads: headings, lists, facts. The server reads and writes its Markdown,
// so what is not touched comes back as it was; see desk/richwriting.py.

import { schema, typedMarks, factView, tellFact, pictureView } from "./richschema.js";
import { button, isInView, sentenceAround } from "./parts.js";
import { askBelonging, askPicture, keys } from "./toolbar.js";
import { act } from "./server.js";
import { SEVERITIES, word } from "./words.js";
import {
  Decoration, DecorationSet, EditorState, EditorView, Fragment, Node, NodeSelection, Plugin, PluginKey, Slice, TextSelection,
  baseKeymap, keymap, tableEditing,
} from "./vendor/prosemirror.js";

const told = new PluginKey("told"); // what is said of blocks
const SYNC = "sync"; // marks what comes from the server

export class Rich {
  constructor(place, { typed, moved, changed, troubled, inTurn, pictureAddress }) {
    this.calls = { typed, moved, changed, troubled, inTurn };
    this.known = new WeakMap(); // a node as it was read → its number in `blocks`
    this.blocks = [];
    this.text = ""; // which the blocks are of
    this.phrases = {};
    this.belongings = []; // what may belong at a heading: roles, each with its words
    this.marks = new Map();
    this.isPending = false;
    this.view = new EditorView(place, {
      state: this.#begun([schema.nodes.paragraph.create()]),
      attributes: {
        id: "rich", role: "textbox", "aria-multiline": "true", "aria-labelledby": "rich-label", "aria-describedby": "rich-keys",
        lang: "de", spellcheck: "true",
      },
      dispatchTransaction: (change) => this.#apply(change),
      nodeViews: {
        fact: (node) => factView(node, this.phrases),
        picture: (node, view, at) =>
          pictureView(node, pictureAddress, () => {
            view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at())));
            askPicture(this);
          }),
      },
      handleDOMEvents: {
        paste: (_, event) => this.#take(event, event.clipboardData),
        drop: (view, event) => !view.dragging && this.#take(event, event.dataTransfer),
      },
      handleClickOn: (view, _, node, at) => {
        if (node.type !== schema.nodes.picture) return false;
        view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
        return true;
      },
    });
  }

  #begun(nodes) {
    const plugins = [
      typedMarks(),
      keymap(keys(this)),
      keymap(baseKeymap),
      tableEditing(),
      new Plugin({
        key: told,
        state: {
          init: () => DecorationSet.empty,
          apply: (change, set) => change.getMeta(told) ?? set.map(change.mapping, change.doc),
        },
        props: { decorations: (state) => told.getState(state) },
      }),
    ];
    return EditorState.create({ doc: schema.nodes.doc.create(null, nodes), plugins });
  }

  /** Show other blocks, as the server has read them in a text; those that stay the same stay untouched. */
  show(text, blocks) {
    const nodes = blocks.map(({ node }) => Node.fromJSON(schema, node));
    const { doc, tr } = this.view.state;
    const wanted = nodes.length ? nodes : [schema.nodes.paragraph.create()];
    let first = 0;
    while (first < doc.childCount && first < wanted.length && doc.child(first).eq(wanted[first])) first += 1;
    let last = 0;
    const most = Math.min(doc.childCount, wanted.length) - first;
    while (last < most && doc.child(doc.childCount - 1 - last).eq(wanted[wanted.length - 1 - last])) last += 1;
    if (first < doc.childCount - last || first < wanted.length - last) {
      const put = wanted.slice(first, wanted.length - last);
      this.view.dispatch(tr.replaceWith(positionOf(doc, first), positionOf(doc, doc.childCount - last), put).setMeta(SYNC, true));
    }
    this.isPending = false;
    this.text = text;
    this.blocks = blocks;
    this.known = new WeakMap();
    const now = this.view.state.doc;
    if (nodes.length) now.forEach((node, _, n) => this.known.set(node, n));
    this.#tell();
  }

  /** Put the caret to the beginning: in a table, tools for one would be shown. */
  begin() {
    const { doc, tr } = this.view.state;
    this.view.dispatch(tr.setSelection(TextSelection.atStart(doc)));
  }

  /** Return the text that was shown with what was edited in it: what the server makes of both. */
  async flush() {
    const sent = this.view.state.doc;
    this.isPending = false;
    const given = [];
    sent.forEach((node) => given.push(this.known.get(node) ?? node.toJSON()));
    let made;
    try {
      made = await act("write-blocks", { text: this.text, blocks: given });
    } catch (trouble) {
      this.isPending = true;
      throw trouble;
    }
    this.text = made.text;
    this.blocks = made.blocks;
    this.known = new WeakMap();
    sent.forEach((node, _, n) => {
      if (made.places[n] !== null) this.known.set(node, made.places[n]);
    });
    if (!this.isPending && made.other.length) this.#correct(sent, made);
    this.#tell();
    return made.text;
  }

  /** Show blocks that were written otherwise than they were shown as they are written. */
  #correct(sent, { other, places, blocks }) {
    if (this.view.state.doc !== sent) return;
    const { tr } = this.view.state;
    for (const n of [...other].reverse()) {
      const at = positionOf(sent, n);
      const node = Node.fromJSON(schema, blocks[places[n]].node);
      tr.replaceWith(at, at + sent.child(n).nodeSize, node);
    }
    this.view.dispatch(tr.setMeta(SYNC, true));
    for (const n of other) this.known.set(this.view.state.doc.child(n), places[n]);
  }

  /** Show what facts are printed as. */
  set factPhrases(phrases) {
    this.phrases = phrases;
    for (const chip of this.view.dom.querySelectorAll(".fact")) tellFact(chip, phrases);
  }

  get caretLine() {
    const { $from } = this.view.state.selection;
    return this.#lineAt($from.pos);
  }

  /** Colour blocks: `marks` maps lines to "error", "warning" or "untranslated". */
  mark(marks) {
    this.marks = marks;
    this.#tell();
  }

  /** Put the caret into the block that begins in a line, or nearest above it. */
  goTo(line, { focus = true, quoted = "" } = {}) {
    let found = null;
    this.#leaves((at, node, its) => {
      if (its <= line) found = { at, node };
    });
    const { doc, tr } = this.view.state;
    const at = found?.at ?? 0;
    const around = found?.node.isTextblock && sentenceAround(found.node.textBetween(0, found.node.content.size, "", "￼"), quoted);
    const selection = around ? TextSelection.create(doc, at + 1 + around[0], at + 1 + around[1]) : found?.node.isTextblock ? TextSelection.create(doc, at + 1) : found ? NodeSelection.create(doc, at) : TextSelection.atStart(doc);
    this.view.dispatch(tr.setSelection(selection));
    if (focus) this.view.focus();
    const shown = found && this.view.nodeDOM(at);
    if (shown && !isInView(shown, this.view.dom)) shown.scrollIntoView?.({ block: "center", behavior: calm() ? "auto" : "smooth" });
  }

  /** Put nodes, as JSON, in place of what is selected. */
  insert(nodes) {
    const made = nodes.map((node) => Node.fromJSON(schema, node));
    if (!made.length) return;
    const isText = (node) => node.type === schema.nodes.paragraph;
    const slice = new Slice(Fragment.fromArray(made), Number(isText(made[0])), Number(isText(made.at(-1))));
    this.view.dispatch(this.view.state.tr.replaceSelection(slice).scrollIntoView());
    this.view.focus();
  }

  #apply(change) {
    this.view.updateState(this.view.state.apply(change));
    if (change.docChanged && !change.getMeta(SYNC)) {
      this.isPending = true;
      this.calls.typed();
    }
    this.calls.changed(this.view);
    if (change.selectionSet && this.view.hasFocus()) this.calls.moved(this.caretLine);
  }

  /** Have the server make nodes of HTML from elsewhere: none of it gets onto this page. */
  #take(event, brought) {
    const html = brought?.getData("text/html");
    if (!html || html.includes("data-pm-slice")) return false;
    event.preventDefault();
    const plain = brought.getData("text/plain");
    this.calls.inTurn(async () => this.insert(await act("write-paste", { html }))).catch((trouble) => {
      this.view.pasteText(plain);
      this.calls.troubled(trouble);
    });
    return true;
  }

  /** Call `act(position, node, line)` for each text, picture and so on of the blocks as read. */
  #leaves(act) {
    const { doc } = this.view.state;
    doc.forEach((block, start, n) => {
      const number = this.known.get(block) ?? (doc.childCount === this.blocks.length ? n : undefined);
      const lines = this.blocks[number]?.lines ?? [];
      let at = 0;
      const take = (node, position) => {
        if (lines[at] !== undefined) act(position, node, lines[at]);
        at += 1;
      };
      if (isLeaf(block)) take(block, start);
      else
        block.descendants((node, below) => {
          if (!isLeaf(node)) return true;
          take(node, start + 1 + below);
          return false;
        });
    });
  }

  #lineAt(position) {
    let line = 0;
    this.#leaves((at, node, its) => {
      if (at <= position && position <= at + node.nodeSize) line = its;
    });
    return line;
  }

  /** Return the line that says what belongs at the heading above `place()`; a click asks for something else. */
  #belonging(what, place) {
    const shown = button(word("Belongs here: {what}", { what }), () => {
      this.view.dispatch(this.view.state.tr.setSelection(TextSelection.create(this.view.state.doc, place() - 1)));
      askBelonging(this);
    }, "belongs");
    shown.tabIndex = -1; // the toolbar and a key ask, too
    return shown;
  }

  #tell() {
    const made = [];
    this.#leaves((at, node, line) => {
      const kind = this.marks.get(line);
      if (kind) made.push(Decoration.node(at, at + node.nodeSize, { class: `marked ${kind}`, title: SEVERITIES[kind] }));
    });
    this.view.state.doc.forEach((node, at, n) => {
      const what = this.belongings.find(([role]) => role === this.blocks[this.known.get(node) ?? n]?.role)?.[1];
      if (what && node.type === schema.nodes.heading) made.push(Decoration.widget(at + node.nodeSize, (_, place) => this.#belonging(what, place), { key: what, side: -1 }));
    });
    if (!made.length && told.getState(this.view.state) === DecorationSet.empty) return;
    this.view.dispatch(this.view.state.tr.setMeta(told, DecorationSet.create(this.view.state.doc, made)).setMeta(SYNC, true));
  }
}

const isLeaf = (node) => node.isTextblock || node.isAtom;

function positionOf(doc, n) {
  let at = 0;
  for (let k = 0; k < n; k += 1) at += doc.child(k).nodeSize;
  return at;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
