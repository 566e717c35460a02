// One edition large: its page as a picture, the places of the text on it, and what is said of it.

import { later, pictureOf } from "./parts.js";
import { quotedIn, wayTo } from "./notices.js";
import { ask } from "./server.js";
import { SEVERITIES, byId, drawing, element, word } from "./words.js";

const WIDTHS = [400, 800, 1200, 1600, 2400];
const CIRCLE = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.9 3.2h1.8v5H7.1Zm0 6h1.8V12H7.1Z";
const TRIANGLE = "M8 1.2 15.4 14.5H.6ZM7.1 6v4.4h1.8V6Zm0 5.3v1.7h1.8v-1.7Z";

export class Sheet {
  constructor({ goTo }) {
    this.goTo = goTo;
    this.page = 1;
    this.sight = null;
    this.edition = null;
    this.places = [];
    this.caret = 0;
    this.drawn = 0;
    this.said = ["busy", ""]; // of the page that is shown: the kind, and the words
    this.isBehind = false;
    byId("earlier").addEventListener("click", () => this.turn(-1));
    byId("later").addEventListener("click", () => this.turn(1));
    byId("sheet").addEventListener("keydown", (event) => {
      const by = { PageUp: -1, PageDown: 1 }[event.key];
      if (by && this.pages > 1) {
        event.preventDefault();
        this.turn(by);
      }
    });
    for (const button of document.querySelectorAll("button[data-zoom]"))
      button.addEventListener("click", () => this.#zoom(button.dataset.zoom));
    byId("sheet").dataset.zoom = "whole";
    new ResizeObserver(later(200, () => this.sight && this.#draw())).observe(byId("sheet"));
  }

  get pages() {
    return this.sight?.pages.length ?? 0;
  }

  /** Show that an edition is being printed. */
  busy(edition) {
    const isOther = this.edition?.output !== edition.output;
    byId("sheet").setAttribute("aria-busy", "true");
    if (!this.sight || isOther) this.#tell("busy", word("Printing…"));
    else this.#tellState();
    if (isOther) {
      this.#meter({ meter: null, leftOutTold: [] });
      this.places = [];
      byId("places").replaceChildren();
      this.#loading(nameOf(edition));
      if (this.edition?.layout !== edition.layout) this.page = 1;
    }
    this.edition = edition;
  }

  /** Show what became of the edition; resolves once its picture is there. */
  async show(sight) {
    this.sight = sight;
    this.page = Math.min(this.page, Math.max(this.pages, 1));
    this.#meter(sight);
    const failed = sight.state === "failed";
    const shown = sight.trial ? word("Shown is what will not be printed before this is mended.") : this.pages ? word("Shown is the last page that could be printed.") : word("There is no page yet.");
    await this.#draw();
    if (sight !== this.sight) return;
    byId("sheet").setAttribute("aria-busy", "false");
    this.#tell(failed ? "fault" : "good", failed ? `${word("The page cannot be printed like this.")} ${shown}` : word("The page shows your text."));
    await this.#locate(sight);
  }

  /** Turn to another page. */
  turn(by) {
    this.page = Math.max(1, Math.min(this.page + by, this.pages));
    this.#draw();
  }

  /** Show, on the page, where a line of the text stands; turn to it if `turning`. */
  locate(line, { turning = false } = {}) {
    this.caret = line;
    const place = this.places.find((found) => found.line === line);
    if (turning && place && place.page !== this.page && !this.places.some((p) => p.line === line && p.page === this.page)) {
      this.page = place.page;
      this.#draw();
    }
    // What is there stays: a click that moves the caret away is one on it nevertheless.
    for (const made of byId("places").children) made.classList.toggle("current", made.dataset.line === `${line}`);
  }

  /** Return the lines that stand in German because they have no translation. */
  get untranslated() {
    return [...new Set(this.places.filter((place) => place.untranslated).map((place) => place.line))];
  }

  mark(marks) {
    this.marks = marks;
    this.#drawPlaces();
  }

  /** Take note that the edition was not printed: the page is a former one. */
  former() {
    byId("sheet").setAttribute("aria-busy", "false");
    this.#tell("fault", this.pages ? word("Shown is the last page that could be printed.") : word("There is no page yet."));
  }

  /** Take note whether something was typed that is not saved, and so on no page. */
  behind(isBehind) {
    this.isBehind = isBehind;
    this.#tellState();
  }

  #tell(kind, told) {
    this.said = [kind, told];
    this.#tellState();
  }

  /** Say what the page shows. While it follows the text, that is seen, and not read aloud at every pause. */
  #tellState() {
    const state = byId("state");
    const isBusy = byId("sheet").getAttribute("aria-busy") === "true";
    const follows = this.said[0] !== "busy" && (this.isBehind || isBusy);
    const [kind, told] = follows ? ["busy", word("Your last change is not on this page yet.")] : this.said;
    state.setAttribute("aria-busy", follows);
    state.dataset.is = kind;
    if (state.textContent !== told) state.textContent = told;
  }

  /** Say on an empty page which one is on its way. */
  #loading(name) {
    Object.assign(byId("paper").dataset, { is: "loading", told: word("{name} is being loaded…", { name }) });
  }

  #meter({ meter, leftOutTold }) {
    byId("meter-set").hidden = !meter;
    if (meter) {
      const full = meter.over ? "over" : meter.tight ? "high" : "good";
      byId("meter").dataset.level = full;
      byId("meter").setAttribute("aria-valuenow", meter.percent);
      byId("meter").setAttribute("aria-valuetext", meter.told);
      byId("meter-bar").style.width = `${Math.max(meter.percent, 2)}%`;
      byId("meter-told").textContent = meter.told;
      byId("meter-set").classList.toggle("over", meter.over);
    }
    byId("left-out").hidden = !leftOutTold.length;
    byId("left-out").textContent = word("Left out, because there is no room: {names}", { names: leftOutTold.join(", ") });
  }

  async #draw() {
    const { sight, edition, page } = this;
    const turn = (this.drawn += 1);
    byId("turn").hidden = this.pages < 2;
    byId("page-of").textContent = word("Page {page} of {pages}", { page, pages: this.pages });
    byId("earlier").disabled = page <= 1;
    byId("later").disabled = page >= this.pages;
    byId("no-page").hidden = this.pages > 0;
    if (!this.pages) {
      byId("paper").hidden = true;
      return;
    }
    const [width, height] = sight.pages[page - 1];
    const paper = byId("paper");
    byId("sheet").style.setProperty("--ratio", width / height);
    paper.hidden = false;
    const needed = paper.clientWidth * devicePixelRatio;
    const drawn = WIDTHS.find((known) => known >= needed * 0.9) ?? WIDTHS.at(-1);
    const before = byId("picture").dataset;
    const told = word("Page {page}", { page });
    const waits = before.page && before.page !== `${page}` && setTimeout(() => this.#loading(told), 200);
    const next = new Image();
    next.src = pictureOf({ pdf: sight.picture, output: edition.output }, drawn, page);
    try {
      await next.decode();
    } catch {
      return; // it was printed again meanwhile: the next picture is on its way
    } finally {
      clearTimeout(waits);
    }
    if (turn !== this.drawn) return;
    next.id = "picture";
    next.alt = word("{edition}, page {page} of {pages}", { edition: nameOf(edition), page, pages: this.pages });
    Object.assign(next.dataset, { picture: sight.picture, page });
    byId("picture").replaceWith(next);
    paper.dataset.is = sight.state === "failed" && !sight.trial ? "old" : "current";
    this.#drawPlaces();
  }

  async #locate(sight) {
    if (!sight.picture) return;
    const { edition } = this;
    const path = `/places?output=${encodeURIComponent(edition.output)}&pdf=${sight.picture}`;
    const found = await ask(path).catch(() => []);
    if (sight !== this.sight || edition !== this.edition) return;
    this.places = found;
    this.#drawPlaces();
  }

  #drawPlaces() {
    const here = this.places.filter((place) => place.page === this.page);
    byId("places").replaceChildren(
      ...here.map((place) => {
        const made = element("div", { className: "place", "data-line": place.line, title: word("Change it") });
        if (place.untranslated) made.classList.add("untranslated");
        const mark = this.marks?.get(place.line);
        if (mark) made.classList.add(mark);
        if (place.line === this.caret) made.classList.add("current");
        for (const side of ["left", "top", "width", "height"]) made.style[side] = `${place[side] * 100}%`;
        made.addEventListener("click", () => this.goTo(place.line));
        return made;
      }),
    );
  }

  #zoom(kind) {
    byId("sheet").dataset.zoom = kind;
    for (const button of document.querySelectorAll("button[data-zoom]"))
      button.setAttribute("aria-pressed", button.dataset.zoom === kind);
    if (this.sight) this.#draw();
  }
}

/** Return what an edition is called: "Flyer A4, Deutsch". */
export function nameOf(edition) {
  const product = edition.hasFormats ? `${edition.layoutName} ${edition.formatName}` : edition.layoutName;
  return [product, edition.localeName, edition.fairName].filter(Boolean).join(", ");
}

/** Put findings into a list; those with a line in the text lead there. Lines are told where they are seen. */
export function listFindings(list, findings, path, goTo, { withLines = false } = {}) {
  list.replaceChildren(
    ...findings.map((finding) => {
      const isHere = finding.line > 0 && finding.path === path;
      const leads = isHere || finding.leads;
      const where = isHere && withLines ? word("Line {line}", finding) : finding.where;
      const icon = drawing(finding.severity === "error" ? CIRCLE : TRIANGLE);
      const row = element(
        leads ? "button" : "div",
        { className: `problem ${finding.severity}`, ...(leads ? { type: "button" } : {}) },
        icon,
        element("span", { className: "where" }, [SEVERITIES[finding.severity], finding.keeps && word("keeps it in the house"), where, finding.page && word("on page {page}", { page: finding.page })].filter(Boolean).join(" · ")),
        element("span", { className: "what" }, finding.message, " ", element("span", { className: "hint" }, finding.hint)),
      );
      if (leads) row.addEventListener("click", () => (isHere ? goTo(finding.line, quotedIn(finding)) : (location.hash = wayTo(finding))));
      return element("li", {}, row);
    }),
  );
}
