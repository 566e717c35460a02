// The text with its line numbers. Behind the text area lies the same text, unseen, a block a line:
// it makes room, carries the numbers, and colours the lines that something is said of.

import { isInView } from "./parts.js";

export class Editor {
  constructor(area, lines, scroller, { typed, moved }) {
    this.area = area;
    this.lines = lines;
    this.scroller = scroller;
    this.shown = [];
    this.marks = new Map();
    this.moved = moved;
    this.current = 0;
    area.addEventListener("input", () => {
      this.#draw();
      typed();
    });
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === area) this.#follow();
    });
    area.addEventListener("blur", () => this.#follow());
  }

  get text() {
    return this.area.value;
  }

  /** Put another text in its place; the caret stays where it is, by line and column. */
  set text(text) {
    const { selectionStart, selectionEnd } = this.area;
    const top = this.scroller.scrollTop;
    this.area.value = text;
    this.area.setSelectionRange(selectionStart, selectionEnd);
    this.#draw();
    this.scroller.scrollTop = top;
  }

  get caretLine() {
    return lineAt(this.area.value, this.area.selectionStart);
  }

  /** Colour lines: `marks` maps their numbers to "error", "warning" or "untranslated". */
  mark(marks) {
    for (const line of this.marks.keys()) this.#line(line)?.classList.remove("error", "warning", "untranslated");
    this.marks = new Map();
    for (const [line, kind] of marks)
      for (const each of linesOf(this.shown, line)) {
        this.marks.set(each, kind);
        this.#line(each)?.classList.add(kind);
      }
  }

  /** Put the caret at the beginning of a line, and bring it into view. */
  goTo(line, { focus = true } = {}) {
    let position = 0;
    for (let n = 1; n < line; n += 1) {
      const end = this.area.value.indexOf("\n", position);
      if (end < 0) break;
      position = end + 1;
    }
    if (focus) this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(position, position);
    this.#follow();
    const row = this.#line(line);
    if (!row || isInView(row, this.scroller)) return;
    const above = row.offsetTop - this.scroller.clientHeight / 3;
    this.scroller.scrollTo({ top: above, behavior: calm() ? "auto" : "smooth" });
  }

  #line(number) {
    return this.lines.children[number - 1];
  }

  #follow() {
    const line = document.activeElement === this.area ? this.caretLine : 0;
    if (line === this.current) return;
    this.#line(this.current)?.classList.remove("current");
    this.#line(line)?.classList.add("current");
    this.current = line;
    this.moved(line);
  }

  /** Bring the unseen text up to date: only the lines between what begins and ends alike. */
  #draw() {
    const now = this.area.value.split("\n");
    const before = this.shown;
    let first = 0;
    while (first < now.length && first < before.length && now[first] === before[first]) first += 1;
    let last = 0;
    const most = Math.min(now.length, before.length) - first;
    while (last < most && now[now.length - 1 - last] === before[before.length - 1 - last]) last += 1;
    for (let n = before.length - last; n > first; n -= 1) this.lines.children[n - 1].remove();
    const behind = this.lines.children[first] ?? null;
    for (let n = first; n < now.length - last; n += 1) {
      const row = document.createElement("div");
      row.className = "line";
      row.textContent = now[n] || "\u200b";
      this.lines.insertBefore(row, behind);
    }
    this.shown = now;
    this.lines.querySelector(".current")?.classList.remove("current");
    this.current = -1;
    this.#follow();
  }
}

/** Return whether a line only goes on with the value of a key above it. */
const goesOn = (line) => /^\s+\S/.test(line) && !/^\s*(- |[\w-]+:(\s|$))/.test(line);

/** Return the number of the line in which the block begins that a line is part of. */
export function beginning(lines, line) {
  while (line > 1 && goesOn(lines[line - 1] ?? "")) line -= 1;
  return line;
}

/** Return the numbers of the lines of the block that begins in a line. */
function linesOf(lines, line) {
  const found = [line];
  for (let n = line + 1; goesOn(lines[n - 1] ?? ""); n += 1) found.push(n);
  return found;
}

export function lineAt(text, position) {
  let line = 1;
  for (let n = text.indexOf("\n"); n >= 0 && n < position; n = text.indexOf("\n", n + 1)) line += 1;
  return line;
}

/** Return the number of the first line in which two texts differ. */
export function firstDifference(one, other) {
  const [a, b] = [one.split("\n"), other.split("\n")];
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return { line: n + 1, one: a[n], other: b[n] };
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
