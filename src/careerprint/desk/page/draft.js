// The text that is written, with what it was before: one history for all ways of writing it.

const MOST = 300; // texts before and after

export class Draft {
  constructor() {
    this.begin("");
  }

  /** Begin with the text of a profile. */
  begin(text) {
    this.text = text;
    this.before = [];
    this.after = [];
  }

  /** Go on with another text; the one before can be brought back. */
  put(text) {
    if (text === this.text) return;
    this.before.push(this.text);
    if (this.before.length > MOST) this.before.shift();
    this.after = [];
    this.text = text;
  }

  /** Go back to the text before, and return whether there was one. */
  undo() {
    return this.#turn(this.before, this.after);
  }

  redo() {
    return this.#turn(this.after, this.before);
  }

  #turn(from, to) {
    if (!from.length) return false;
    to.push(this.text);
    this.text = from.pop();
    return true;
  }
}

/** Return how many lines the head of a profile has, with those around it; 0 where there is none. */
export function headLines(text) {
  const head = /^---[ \t]*\n(?:[^]*?\n)?---[ \t]*(?:\n|$)/.exec(text);
  return head ? head[0].split("\n").length - 1 : 0;
}
