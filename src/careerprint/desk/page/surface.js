// The ways in which a profile's text is written: as it reads, in forms, as source. All of them edit
// one text; what is entered in one of them gets into it after a pause, by way of the server.

import { Draft, headLines, toldOf } from "./draft.js";
import { Editor, beginning, firstDifference } from "./editor.js";
import { Forms } from "./forms.js";
import { Rich } from "./rich.js";
import { act, give } from "./server.js";
import { Toolbar } from "./toolbar.js";
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
    const told = { typed: () => this.#typed(), moved: (line) => line && moved(line), troubled };
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
    this.rich.calls.credited = (file, said) => this.#credit(file, said);
    this.tools = new Toolbar(byId("tools"), this.rich);
    this.forms = new Forms({ ...told, settled: (line, keep) => this.#settle(line, keep) });
    byId("undo").addEventListener("click", () => this.turn("undo"));
    byId("redo").addEventListener("click", () => this.turn("redo"));
  }

  get text() {
    return this.draft.text;
  }

  /** Put another text in its place, as one step that can be undone. */
  set text(text) {
    this.draft.put(text);
    this.show().catch(this.calls.troubled);
  }

  get isPending() {
    return this.rich.isPending || this.forms.isPending || this.source.text !== this.draft.text;
  }

  get shownLines() {
    return this.draft.text.split("\n");
  }

  /** Begin with the text of a profile. */
  async begin(text) {
    if (!this.fields) {
      this.fields = await act("write-forms");
      this.rich.belongings = this.fields.belongings;
      this.forms.build(byId("head-form"), this.fields.head, "");
      this.forms.build(byId("facts-form"), this.fields.facts, "facts");
      this.forms.build(byId("flyer-form"), this.fields.flyer, "flyer");
    }
    this.forms.changed.clear();
    this.draft.begin(text);
    await this.show();
    this.rich.begin();
    byId("rich-place").parentElement.scrollTop = 0;
  }

  /** Show the text as it is now in all ways. */
  async show() {
    const { text } = this.draft;
    this.source.text = text;
    this.#tellSteps();
    const read = await act("write-read", { slug: this.slug, text });
    if (text !== this.draft.text) return;
    this.rich.show(read.blocks);
    this.#showForms(read.forms);
    this.isStale = false;
    this.#tellPhrases();
  }

  /** Get what was entered into the text; raises Trouble, and keeps it, where that fails. */
  async flush() {
    const { slug } = this;
    if (this.source.text !== this.draft.text) {
      this.draft.put(this.source.text);
      this.isStale = true;
    }
    if (this.rich.isPending) {
      const text = await this.rich.flush(this.draft.text);
      if (slug !== this.slug) return;
      this.draft.put(text);
      this.source.text = text;
    }
    if (this.forms.isPending) await this.#flushForms();
    this.#tellSteps();
  }

  async #flushForms() {
    const { slug } = this;
    const values = this.forms.taken();
    let made;
    try {
      made = await act("write-values", { slug: this.slug, text: this.draft.text, values });
    } catch (trouble) {
      this.forms.giveBack();
      throw trouble;
    }
    if (slug !== this.slug) return;
    this.draft.put(made.text);
    this.source.text = made.text;
    if (!this.rich.isPending) this.rich.show(made.blocks);
    this.#showForms(made.forms);
    this.#tellPhrases();
  }

  /** Go back a step, or forward again, whatever it was, and show where that is. */
  async turn(by) {
    try {
      await this.flush();
      const { text: before, shownLines: linesBefore } = this;
      if (!this.draft[by]()) return;
      const { line } = firstDifference(this.text, before);
      const former = this.forms.placeAt(line); // what is gone has no line any more
      await this.show();
      this.calls.typed();
      const isInForm = line <= headLines(this.text) && !this.isBroken && this.way !== "source";
      const place = this.shownLines.length < linesBefore.length ? former : this.forms.placeAt(line);
      if (isInForm) await this.goToPlace(place);
      else await this.goTo(Math.min(line, this.shownLines.length));
      byId("turned").textContent = [isInForm && this.forms.nameOf(place), toldOf(before, this.text)].filter(Boolean).join(": ");
    } catch (trouble) {
      this.calls.troubled(trouble);
    }
  }

  /** Show one of the ways. */
  async use(way) {
    if (way !== "source" && this.isStale) {
      await this.flush();
      await this.show();
    }
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

  async #settle(line, keep) {
    try {
      await this.flush();
      const made = await act("write-mark", { slug: this.slug, text: this.draft.text, line, keep });
      this.draft.put(made.text);
      await this.show();
      this.calls.typed();
    } catch (trouble) {
      this.calls.troubled(trouble);
    }
  }

  /** Return who made a picture of the text, and how it may be used; null where that cannot be read. */
  async #credits(file) {
    await this.flush();
    const known = await act("write-credits", { slug: this.slug, text: this.draft.text }).catch(() => null);
    return known && (known[decodeURIComponent(file)] ?? { credit: "", licence: "" });
  }

  async #credit(file, said) {
    await this.flush();
    const made = await act("write-credit", { slug: this.slug, text: this.draft.text, file, ...said });
    this.draft.put(made.text);
    await this.show();
    this.calls.typed();
  }

  #tellSteps() {
    byId("undo").setAttribute("aria-disabled", !this.draft.before.length && !this.isPending);
    byId("redo").setAttribute("aria-disabled", !this.draft.after.length);
  }

  #tellPhrases() {
    act("write-phrases", { text: this.draft.text }).then((phrases) => {
      const title = (name) => this.fields.facts.find((field) => field.name === name.split(".")[0])?.title ?? name;
      const named = Object.entries(phrases).map(([name, text]) => [name, { text, title: title(name) }]);
      this.rich.factPhrases = Object.fromEntries(named);
    }).catch(() => {}); // chips show their names
  }
}
