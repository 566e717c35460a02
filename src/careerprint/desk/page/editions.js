// Which edition is looked at: switches by what an edition is of, and thumbnails of all of them.

import { pictureOf } from "./parts.js";
import { nameOf } from "./sheet.js";
import { byId, element, word } from "./words.js";

// What is kept, where not everything can be, when one of them is switched: the first above all.
const ASPECTS = ["profile", "layout", "locale", "fair", "format"];

export class Editions {
  constructor({ chosen }) {
    this.chosen = chosen;
    this.all = [];
    this.current = null;
    this.wanted = { formats: {} }; // what was chosen last, also where the current edition cannot have it
    byId("profile").addEventListener("change", (event) => this.choose({ profile: event.target.value }));
    for (const [id, aspect] of [["layouts", "layout"], ["formats", "format"], ["locales", "locale"], ["fairs", "fair"]])
      byId(id).addEventListener("change", (event) => this.choose({ [aspect]: event.target.value }));
  }

  /** Take in all editions anew. */
  take(editions, profiles) {
    this.all = editions;
    this.profiles = profiles;
    const same = editions.find((edition) => edition.output === this.current?.output);
    this.current = same ?? this.#closest(editions) ?? null;
    this.#draw();
    for (const edition of editions) this.standing(edition); // the gallery may show what was before
  }

  /** Take in what became of an edition. */
  standing(standing) {
    const edition = this.all.find((known) => known.output === standing.output);
    if (!edition) return;
    Object.assign(edition, standing);
    const thumb = byId("gallery").querySelector(`[data-output="${CSS.escape(standing.output)}"]`);
    if (thumb) fill(thumb, edition);
  }

  /** Say of no edition of a profile how it stands: its text has changed, and all are looked at again. */
  outdate(profile) {
    for (const { output, pdf, ...edition } of this.all)
      if (pdf && edition.profile === profile && edition.state !== "failed") this.standing({ output, stateName: word("being looked at") });
  }

  /** Call a profile by the title that it has now. */
  title(profile, title) {
    const known = this.profiles?.find(({ slug }) => slug === profile);
    if (!known || !title || known.title === title) return;
    known.title = title;
    this.#drawProfiles();
  }

  /** Return the other editions of the profile that have findings, those behind the current one first. */
  elsewhere() {
    const mine = this.all.filter(({ profile }) => profile === this.current?.profile);
    const at = mine.indexOf(this.current);
    return [...mine.slice(at + 1), ...mine.slice(0, Math.max(at, 0))].filter(({ errors, warnings }) => errors || warnings);
  }

  /** Turn to a profile: to the edition of it that has most of what was chosen last. */
  turnTo(profile) {
    this.current = this.#closest(this.all.filter((edition) => edition.profile === profile)) ?? this.current;
    this.#draw();
  }

  /** Look at the edition that has what was chosen, and of all else as much as may be. */
  choose(chosen) {
    const [[aspect, value]] = Object.entries(chosen);
    if (aspect === "format") this.wanted.formats[this.current.layout] = value;
    else this.wanted[aspect] = value;
    const found = this.#closest(this.all.filter((edition) => edition[aspect] === value));
    if (found) this.#turn(found);
  }

  /** Look at an edition: all that it is of was chosen. */
  look(edition) {
    for (const aspect of ASPECTS) this.wanted[aspect] = edition[aspect];
    this.wanted.formats[edition.layout] = edition.format;
    this.#turn(edition);
  }

  #turn(edition) {
    this.current = edition;
    this.#draw();
    this.chosen(edition);
  }

  /** Return of some editions the one that has most of what was chosen last, the first of like ones. */
  #closest(editions) {
    const has = (edition, aspect) => edition[aspect] === (aspect === "format" ? this.wanted.formats[edition.layout] : (this.wanted[aspect] ?? this.current?.[aspect]));
    const likeness = (edition) => ASPECTS.reduce((sum, aspect, n) => sum + has(edition, aspect) * 2 ** (ASPECTS.length - n), 0);
    return editions.toSorted((one, other) => likeness(other) - likeness(one))[0];
  }

  #draw() {
    const { current } = this;
    this.#drawProfiles();
    if (!current) return;
    const mine = this.all.filter((edition) => edition.profile === current.profile);
    const layout = mine.filter((edition) => edition.layout === current.layout);
    fillChoices("layouts", "layout", unlike(mine, "layout").map((e) => [e.layout, e.layoutName]), current.layout);
    fillChoices("formats", "format", unlike(layout, "format").map((e) => [e.format, e.formatName]), current.format);
    fillSelect(byId("locales"), unlike(mine, "locale").map((e) => [e.locale, e.localeName]), current.locale);
    byId("format-set").hidden = unlike(layout, "format").length < 2;
    byId("not-printed").hidden = current.declared || Boolean(current.fair);
    byId("to-formats").href = `#/look/build.formats.${current.layout}`;
    const fairs = unlike(mine.filter((edition) => edition.fair), "fair");
    byId("fair-set").hidden = fairs.length === 0;
    fillSelect(byId("fairs"), [["", word("None")], ...fairs.map((e) => [e.fair, e.fairName])], current.fair);
    this.#drawGallery(mine);
  }

  #drawProfiles() {
    fillSelect(byId("profile"), this.profiles.map(({ slug, title }) => [slug, title]), this.current?.profile);
  }

  #drawGallery(mine) {
    const key = mine.map((edition) => edition.output).join("\n");
    if (this.drawn !== key) {
      this.drawn = key;
      const declared = mine.filter((edition) => edition.declared);
      const groups = [...Map.groupBy(declared, (edition) => nameOf({ ...edition, localeName: "" }))];
      const ofFairs = [...Map.groupBy(mine.filter((edition) => edition.fair), (edition) => edition.fairName)];
      byId("gallery").replaceChildren(
        ...groups.map(([name, editions]) => element("section", { "aria-label": name }, element("h3", {}, name), this.#thumbs(editions))),
        ...ofFairs.map(([name, editions]) =>
          element("details", {}, element("summary", {}, name), this.#thumbs(editions)),
        ),
      );
    }
    for (const thumb of byId("gallery").querySelectorAll(".thumb")) {
      const isCurrent = thumb.dataset.output === this.current.output;
      if (isCurrent && thumb.getAttribute("aria-current") !== "true") thumb.scrollIntoView({ block: "nearest", inline: "nearest" });
      thumb.setAttribute("aria-current", isCurrent);
    }
  }

  #thumbs(editions) {
    return element(
      "ul",
      {},
      ...editions.map((edition) => {
        const thumb = element("button", { type: "button", className: "thumb", "data-output": edition.output });
        fill(thumb, edition);
        thumb.addEventListener("click", () => this.look(this.all.find((e) => e.output === edition.output)));
        return element("li", {}, thumb);
      }),
    );
  }
}

/** Fill a thumbnail with an edition's picture, name and state. */
function fill(thumb, edition) {
  thumb.dataset.state = edition.state;
  const errors = edition.errors ? word("errors: {count}", { count: edition.errors }) : "";
  const isFailed = errors && edition.state === "failed";
  const told = isFailed ? errors : edition.stateName || word("not looked at yet");
  const care = errors && !isFailed ? [errors] : [];
  if (edition.warnings) care.push(word("warnings: {count}", { count: edition.warnings }));
  if (edition.fallenBack) care.push(word("blocks in German: {count}", { count: edition.fallenBack }));
  if (edition.leftOut.length) care.push(word("left out: {names}", { names: edition.leftOut.join(", ") }));
  const source = edition.pdf ? pictureOf(edition, 200) : null;
  const before = thumb.querySelector("img");
  const picture = source && before?.getAttribute("src") === source ? before : source && element("img", { src: source, alt: "", loading: "lazy" });
  if (picture && picture !== before)
    picture.addEventListener("load", () => {
      if (picture.naturalWidth) picture.parentElement?.style.setProperty("--ratio", picture.naturalWidth / picture.naturalHeight);
    });
  thumb.replaceChildren(
    element("span", { className: "small" }, picture ?? ""),
    element("span", { className: "name" }, edition.localeName),
    element("span", { className: "told" }, told),
    ...care.map((words) => element("span", { className: "care" }, words)),
  );
}

const unlike = (editions, aspect) => [...new Map(editions.map((edition) => [edition[aspect], edition])).values()];

function fillSelect(select, options, value) {
  const key = JSON.stringify(options);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...options.map(([id, name]) => element("option", { value: id }, name)));
  }
  select.value = value ?? "";
}

/** Fill a group of choices: of each its value, and what is shown. */
function fillChoices(id, name, choices, value) {
  const box = byId(id);
  const key = JSON.stringify(choices);
  if (box.dataset.key !== key) {
    box.dataset.key = key;
    box.replaceChildren(
      ...choices.map(([choice, shown]) =>
        element(
          "label",
          { className: "choice" },
          element("input", { type: "radio", name, value: choice }),
          element("span", {}, shown),
        ),
      ),
    );
  }
  for (const input of box.querySelectorAll("input")) input.checked = input.value === value;
}
