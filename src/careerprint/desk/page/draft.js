// The text that is written, with what it was before: one history for all ways of writing it.

import { word } from "./words.js";

const MOST = 300; // texts before and after
const QUOTED = 60; // characters of what is there again

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

/** Tell what is there again, or not any more, since a text has become another. */
export function toldOf(before, now) {
  const [gone, back] = [words(before), words(now)];
  let first = 0;
  while (first < gone.length && first < back.length && gone[first] === back[first]) first += 1;
  let last = 0;
  const most = Math.min(gone.length, back.length) - first;
  while (last < most && gone.at(-1 - last) === back.at(-1 - last)) last += 1;
  const [was, is] = [gone, back].map((all) => shortened(all.slice(first, all.length - last).join(" ")));
  if (was && is) return word("“{is}” is there again, in place of “{was}”.", { is, was });
  if (was || is) return was ? word("“{was}” is gone again.", { was }) : word("“{is}” is there again.", { is });
  return word("One step was taken.");
}

/** Return the words of a text, without the signs at the beginnings of its lines. */
const words = (text) => text.replace(/^[ -]*(id|kind): .*$|^ *((- |#+ |> )+|[\w-]+:(?= |$))*/gm, " ").split(/\s+/);
const shortened = (text) => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

/** Return how many lines the head of a profile has, with those around it; 0 where there is none. */
export function headLines(text) {
  const head = /^---[ \t]*\n(?:[^]*?\n)?---[ \t]*(?:\n|$)/.exec(text);
  return head ? head[0].split("\n").length - 1 : 0;
}
