// Saves the text after a pause in typing, never over what somebody else has saved meanwhile.

import { firstDifference } from "./editor.js";
import { act, ask, writes } from "./server.js";
import { byId, word } from "./words.js";

const PAUSE = 350; // ms without a key, after which the text is saved and printed
const AGAIN = 2000; // ms between two tries where saving fails

export class Saving {
  constructor(editor, { saved, told, troubled, settled }) {
    this.editor = editor;
    this.saved = saved; // called when the file holds the text
    this.told = told; // called with a state and its words
    this.troubled = troubled; // called with a Trouble
    this.settled = settled; // called when trouble has ended
    this.profile = null;
    this.conflict = null;
    this.busy = false;
    byId("keep-mine").addEventListener("click", () => this.#keepMine());
    byId("take-files").addEventListener("click", () => this.#takeFiles());
    byId("decide-later").addEventListener("click", () => byId("conflict").close());
    addEventListener("beforeunload", (event) => {
      if (this.isUnsaved && (this.editor.isTyped || this.editor.text !== this.written)) event.preventDefault();
    });
  }

  get isUnsaved() {
    return this.profile !== null && (this.editor.isPending || this.editor.text !== this.written);
  }

  /** Load the text of a profile; raises Trouble. */
  async open(profile) {
    const [text] = await Promise.all([ask(`/text/${encodeURIComponent(profile)}`), this.editor.build()]);
    this.profile = profile; // from here on all is this profile's: nothing is waited for before its text is the editor's
    this.path = text.path;
    this.conflict = null;
    this.writes = writes; // by which this page has got this text
    this.digest = text.digest;
    this.written = text.text;
    await this.editor.begin(profile, text.text);
    this.told("saved", word("Saved"));
  }

  /** Take note that somebody types. */
  typed() {
    clearTimeout(this.timer);
    if (this.conflict) return;
    if (this.isUnsaved) {
      this.told("busy", word("Not saved yet…"));
      this.timer = setTimeout(() => this.save(), PAUSE);
    } else if (!this.busy) this.told("saved", word("Saved"));
  }

  /** Save what is not saved yet; resolves with whether it could be. */
  save() {
    if (!this.busy) this.running = this.#save();
    return this.running;
  }

  /** Save what is not saved yet, and what is typed while that is saved. */
  async finish() {
    let goesOn = true;
    while (goesOn) goesOn = (await this.save()) && this.isUnsaved;
  }

  async #save() {
    clearTimeout(this.timer);
    if (this.conflict || !this.isUnsaved) return !this.conflict;
    this.busy = true;
    try {
      await this.editor.flush();
      const { text } = this.editor;
      if (text !== this.written && !(await this.#put(text))) return false;
    } catch (trouble) {
      this.told("fault", word("Not saved"));
      this.troubled(trouble);
      this.timer = setTimeout(() => this.save(), AGAIN);
      return false;
    } finally {
      this.busy = false;
    }
    this.typed();
    return true;
  }

  /** Put a text into the file; return whether it is there, or is put together with what is. */
  async #put(text) {
    this.told("busy", word("Saving…"));
    const path = `/text/${encodeURIComponent(this.profile)}`;
    const body = { text, basedOn: this.digest };
    const answer = await ask(path, { method: "PUT", body, also: [409] });
    this.writes = writes;
    this.settled();
    if (answer.conflict) {
      const isMerged = await this.#merge(text, answer);
      if (!isMerged) this.#ask(answer);
      return isMerged;
    }
    this.digest = answer.digest;
    this.written = text;
    this.saved();
    return true;
  }

  /** Take note that the file was changed: its text comes in where nothing else was typed. */
  async changed(profile, digest) {
    if (profile !== this.profile || digest === this.digest) return;
    await this.finish(); // which finds out, and asks
    if (this.isUnsaved) return;
    const before = this.digest;
    const text = await ask(`/text/${encodeURIComponent(profile)}`);
    if (this.busy || this.isUnsaved || before !== this.digest) return this.changed(profile, digest); // it may be older by now
    if (text.digest === this.digest || profile !== this.profile) return;
    // What has changed while another view was shown was changed there, as a rule: nothing tells of it.
    const isOwn = !digest || this.writes !== writes;
    this.#take(text);
    this.told("saved", !isOwn ? word("The file was changed elsewhere; this is its text now.") : word("Saved"));
    this.saved();
  }

  /** Put the question which of two texts is to stay. */
  decide() {
    const { line, one, other } = firstDifference(this.editor.text, this.conflict.text);
    byId("mine-line").textContent = word("Yours, line {line}", { line });
    byId("theirs-line").textContent = word("The file's, line {line}", { line });
    byId("mine").textContent = one ?? word("(no such line)");
    byId("theirs").textContent = other ?? word("(no such line)");
    byId("conflict").showModal();
  }

  /** Put a version that the file's has replaced back in its place. */
  bringBack() {
    if (this.replaced === undefined) return;
    this.editor.text = this.replaced;
    this.replaced = undefined;
    this.typed();
  }

  #take({ text, digest }) {
    this.writes = writes;
    this.digest = digest;
    this.written = text;
    this.editor.text = text;
  }

  /** Put both texts together where they were edited at different places. */
  async #merge(mine, { text: theirs, digest }) {
    const { text } = await act("write-merge", { base: this.written, mine, theirs });
    if (text === null || this.editor.isPending) return text !== null;
    this.digest = digest;
    this.written = theirs;
    this.editor.text = text;
    return true;
  }

  #ask(answer) {
    this.conflict = answer;
    this.told("fault", word("Not saved: the file was changed elsewhere."));
    this.decide();
    this.troubled({ kind: "undecided" });
  }

  #keepMine() {
    this.digest = this.conflict.digest;
    this.#decided();
    this.save();
  }

  #takeFiles() {
    this.replaced = this.editor.text;
    this.#take(this.conflict);
    this.#decided();
    this.told("saved", word("Saved"));
    this.troubled({ kind: "replaced" });
    this.saved();
  }

  #decided() {
    this.conflict = null;
    byId("conflict").close();
    this.settled();
    this.editor.focus();
  }
}
