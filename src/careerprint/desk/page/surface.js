// The ways in which a profile's text is written: as it reads, in forms, as source. All of them edit
// one text; what is entered in one of them gets into it after a pause, by way of the server.

import { Draft, headLines, toldOf } from "./draft.js";
import { Editor, beginning, firstDifference } from "./editor.js";
import { Forms } from "./forms.js";
import { Rich } from "./rich.js";
import { act, give } from "./server.js";
import { Toolbar } from "./toolbar.js";
import { inTurn } from "./turns.js";
import { byId, element, word } from "./words.js";

export const WAYS = ["text", "facts", "flyer", "source", "history"];

export class Surface {
  constructor({ typed, moved, troubled, turned, titled }) {
    this.calls = { typed, moved, troubled, turned, titled };
    this.draft = new Draft();
    this.way = "text";
    this.slug = "";
    this.path = "";
    this.isStale = false; // the source was edited, and the other ways show what was there before
    this.turns = inTurn();
    this.atWork = 0; // edits that are not in the text yet
    this.uses = 0;
    const told = { typed: () => this.#typed(), moved: (line) => line && moved(line), troubled, inTurn: (act) => this.#inTurn(act) };
    this.source = new Editor(byId("written"), byId("lines"), byId("scroller"), {
      typed: () => this.#typed(),
      moved: (line) => moved(beginning(this.source.shown, line)),
    });
    this.rich = new Rich(byId("rich-place"), {
      ...told,
      changed: (view) => this.tools?.show(view.state),
      pictureAddress: (file) => `/download/write-picture?${new URLSearchParams({ slug: this.slug, file })}`,
    });
    this.rich.calls.brought = async (file) => (await give("write-bring-picture", { slug: this.slug, name: file.name }, await file.arrayBuffer())).file;
    this.rich.calls.credits = (file) => this.#credits(file);
    this.rich.calls.credited = (file, said) => this.#edit("write-credit", { file, ...said });
    this.tools = new Toolbar(byId("tools"), this.rich);
    this.forms = new Forms({ ...told, settled: (line, keep) => this.#edit("write-mark", { line, keep }).catch(troubled) });
    byId("undo").addEventListener("click", () => this.turn("undo"));
    byId("redo").addEventListener("click", () => this.turn("redo"));
  }

  get text() {
    return this.draft.text;
  }

  /** Put another text in its place, also of what was just typed, as one step that can be undone. */
  set text(text) {
    this.draft.put(text);
    this.#begun();
    this.#inTurn(() => this.#show()).catch(this.calls.troubled);
  }

  /** Whether something was entered that is not in the text yet, or an edit is at work. */
  get isPending() {
    return this.atWork > 0 || this.isTyped;
  }

  get isTyped() {
    return this.rich.isPending || this.forms.isPending || this.source.text !== this.draft.text;
  }

  /** Do one edit after the other: none is made of a text that has become another meanwhile. */
  #inTurn(act) {
    this.atWork += 1;
    return this.turns(act).finally(() => (this.atWork -= 1));
  }

  get shownLines() {
    return this.draft.text.split("\n");
  }

  /** Make the forms, once. */
  async build() {
    if (this.fields) return;
    this.fields = await act("write-forms");
    this.rich.belongings = this.fields.belongings;
    this.forms.build(byId("head-form"), this.fields.head, "");
    this.forms.build(byId("facts-form"), this.fields.facts, "facts");
    this.forms.build(byId("flyer-form"), this.fields.flyer, "flyer");
  }

  /** Begin with the text of a profile: at once, so that nobody takes the one before for it. */
  async begin(slug, text) {
    this.slug = slug;
    this.draft.begin(text);
    this.#begun();
    await this.#inTurn(() => this.#show());
    this.rich.begin();
    byId("rich-place").parentElement.scrollTop = 0;
  }

  #begun() {
    this.source.text = this.draft.text;
    this.rich.isPending = false;
    this.forms.changed.clear();
  }

  /** Show the text as it is now in all ways; what is typed meanwhile stays, and is put together with it. */
  async #show() {
    const { text } = this.draft;
    this.source.text = text;
    this.#tellSteps();
    const read = await act("write-read", { slug: this.slug, text });
    if (text !== this.draft.text) return;
    if (!this.rich.isPending) this.rich.show(text, read.blocks);
    this.#showForms(read.forms);
    this.isStale = false;
    this.#tellPhrases();
  }

  /** Get what was entered into the text; raises Trouble, and keeps it, where that fails. */
  flush() {
    return this.#inTurn(() => this.#flush());
  }

  async #flush() {
    if (this.source.text !== this.draft.text) {
      this.draft.put(this.source.text);
      this.isStale = true;
    }
    if (this.rich.isPending) await this.#flushRich();
    if (this.forms.isPending) await this.#flushForms();
    this.#tellSteps();
  }

  /** Get what was typed into the text, which may have become another while it was typed. */
  async #flushRich() {
    const base = this.rich.text;
    const mine = await this.rich.flush();
    const theirs = this.draft.text;
    const { text } = base === theirs ? {} : await act("write-merge", { base, mine, theirs }).catch(() => ({}));
    this.draft.put(text ?? mine); // what was typed stays, whatever becomes of the rest
    this.source.text = this.draft.text;
    if (this.draft.text !== mine) await this.#show();
  }

  async #flushForms() {
    const values = this.forms.taken();
    let made;
    try {
      made = await act("write-values", { slug: this.slug, text: this.draft.text, values });
    } catch (trouble) {
      this.forms.giveBack();
      throw trouble;
    }
    this.draft.put(made.text);
    this.source.text = made.text;
    if (!this.rich.isPending) this.rich.show(made.text, made.blocks);
    this.#showForms(made.forms);
    this.#tellPhrases();
  }

  /** Go back a step, or forward again, whatever it was, and show where that is. */
  async turn(by) {
    try {
      const before = await this.#inTurn(() => this.#turned(by));
      if (!before) return;
      this.calls.typed();
      if (this.isTyped) return; // the caret stays where somebody types
      const { text, line, former } = before;
      const isInForm = line <= headLines(this.text) && !this.isBroken && this.way !== "source";
      const place = this.shownLines.length < text.split("\n").length ? former : this.forms.placeAt(line);
      if (isInForm) await this.goToPlace(place);
      else await this.goTo(Math.min(line, this.shownLines.length));
      byId("turned").textContent = [isInForm && this.forms.nameOf(place), toldOf(text, this.text)].filter(Boolean).join(": ");
    } catch (trouble) {
      this.calls.troubled(trouble);
    }
  }

  /** Take a step, and return the text before it, the line in which they differ first, and its place; null without one. */
  async #turned(by) {
    await this.#flush();
    const { text } = this;
    if (!this.draft[by]()) return null;
    const { line } = firstDifference(this.text, text);
    const former = this.forms.placeAt(line); // what is gone has no line any more
    await this.#show();
    return { text, line, former };
  }

  /** Show one of the ways; before the source and behind it, all that was entered gets into the text. */
  async use(way) {
    const turn = (this.uses += 1);
    if (way === "source" || this.isStale)
      await this.#inTurn(async () => {
        await this.#flush();
        if (this.isStale) await this.#show();
      }).catch(this.calls.troubled);
    if (turn !== this.uses) return;
    this.way = way;
    byId("turned").textContent = "";
    for (const panel of document.querySelectorAll(".way")) panel.hidden = panel.dataset.way !== way;
    for (const link of document.querySelectorAll("#ways a"))
      if (link.dataset.way === way) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
  }

  /** Go to a line of the text, in the way in which it is shown. */
  async goTo(line, { focus = true, quoted = "" } = {}) {
    if (this.way === "source") this.source.goTo(line, { focus });
    else if (line > headLines(this.draft.text)) {
      await this.#turnTo("text");
      this.rich.goTo(line, { focus, quoted });
    } else if (this.isBroken) {
      await this.#turnTo("source");
      this.source.goTo(line, { focus });
    } else await this.goToPlace(this.forms.placeAt(line), { focus, quoted });
  }

  /** Go to the field of a value. */
  async goToPlace(place, { focus = true, quoted = "" } = {}) {
    const [first] = place.split(".");
    await this.#turnTo(first === "facts" || first === "flyer" ? first : first === "pictures" ? "source" : "text");
    if (this.way === "text") byId("head-details").open = true;
    this.forms.goTo(place, { focus, quoted });
  }

  /** Colour lines: `marks` maps their numbers to "error", "warning" or "untranslated". */
  mark(marks) {
    this.source.mark(marks);
    this.rich.mark(marks);
  }

  focus() {
    if (this.way === "source") this.source.area.focus();
    else if (this.way === "text") this.rich.view.focus();
  }

  async #turnTo(way) {
    if (way === this.way) return;
    await this.use(way);
    this.calls.turned(way);
  }

  #typed() {
    byId("turned").textContent = "";
    this.#tellSteps();
    this.calls.typed();
  }

  #showForms(forms) {
    this.isBroken = forms.broken;
    for (const note of document.querySelectorAll(".form-broken")) {
      note.hidden = !forms.broken;
      const to = element("a", { href: `#/write/${this.slug}/source` }, word("Mend it under “File”"));
      if (forms.broken) note.replaceChildren(word("The head of this profile cannot be read in line {line}.", forms.broken), ` ${forms.broken.message} `, to);
    }
    for (const form of document.querySelectorAll(".of-forms .form-fields")) form.hidden = Boolean(forms.broken);
    byId("head-told").textContent = forms.values?.title ?? "";
    if (forms.broken) return;
    this.calls.titled(this.slug, forms.values.title);
    this.forms.show(forms);
  }

  /** Have the server make another text of this one. */
  #edit(action, said) {
    return this.#inTurn(async () => {
      await this.#flush();
      const made = await act(action, { slug: this.slug, text: this.draft.text, ...said });
      this.draft.put(made.text);
      await this.#show();
    }).then(this.calls.typed);
  }

  /** Return who made a picture of the text, and how it may be used; null where that cannot be read. */
  async #credits(file) {
    await this.flush();
    const known = await act("write-credits", { slug: this.slug, text: this.draft.text }).catch(() => null);
    return known && (known[decodeURIComponent(file)] ?? { credit: "", licence: "" });
  }

  #tellSteps() {
    byId("undo").setAttribute("aria-disabled", !this.draft.before.length && !this.isTyped);
    byId("redo").setAttribute("aria-disabled", !this.draft.after.length);
  }

  #tellPhrases() {
    const { text } = this.draft;
    act("write-phrases", { text }).then((phrases) => {
      if (text !== this.draft.text) return;
      const title = (name) => this.fields.facts.find((field) => field.name === name.split(".")[0])?.title ?? name;
      const named = Object.entries(phrases).map(([name, text]) => [name, { text, title: title(name) }]);
      this.rich.factPhrases = Object.fromEntries(named);
    }).catch(() => {}); // chips show their names
  }
}
