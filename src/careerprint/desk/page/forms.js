// A profile's head, facts and flyer in forms, made from what the server declares; see desk/forms.py.
// A place is the way to a value: "facts.pay.ranges.0.max".

import { drawingsFor } from "./drawings.js";
import { button, sentenceAround } from "./parts.js";
import { element, word } from "./words.js";

export class Forms {
  constructor({ typed, settled, moved }) {
    this.calls = { typed, settled, moved };
    this.changed = new Set(); // the parts with something not written yet: "title", "facts.pay"
    this.parts = new Map(); // what makes, fills and reads each of them
    this.lines = {};
  }

  /** Put the fields of a form into a place; `under` is the way to them, "" for the head's. */
  build(place, fields, under) {
    for (const field of fields) {
      const name = under ? `${under}.${field.name}` : field.name;
      const part = made(field, name, this);
      part.element.dataset.part = name;
      this.parts.set(name, part);
      place.append(part.element);
    }
  }

  get isPending() {
    return this.changed.size > 0;
  }

  /** Show what a profile holds; what is being entered stays. */
  show({ values, lines, faults, marks }) {
    this.lines = lines;
    this.marked = new Map(marks.map(({ line, place }) => [line, place]));
    for (const [name, part] of this.parts) if (!this.changed.has(name)) part.fill(valueAt(values, name));
    this.tell(faults, marks);
  }

  /** Show, at their fields, what is off and what is to be checked. */
  tell(faults, marks) {
    for (const old of document.querySelectorAll(".of-forms .fault, .of-forms .to-check")) old.remove();
    for (const summary of document.querySelectorAll(".of-forms .has-told")) {
      summary.classList.remove("has-told");
      summary.querySelector(".flag").remove();
    }
    for (const field of document.querySelectorAll(".of-forms [aria-invalid]")) field.removeAttribute("aria-invalid");
    for (const mark of marks) this.#told(mark.place, markOf(mark, this.calls.settled));
    const said = new Set();
    for (const { place, message, hint } of faults) {
      const at = this.#told(place, element("p", { className: "fault" }, message, " ", element("span", {}, hint)));
      const control = at?.querySelector("input, select, textarea");
      if (!control || said.has(place)) continue;
      said.add(place);
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-errormessage", (at.lastChild.id ||= `fault-${crypto.randomUUID()}`));
    }
  }

  /** Return what is to be written: values by the names of the head. */
  taken() {
    const found = {};
    for (const name of this.changed) {
      const [first, second] = name.split(".");
      const value = this.parts.get(name).value();
      if (second) (found[first] ??= {})[second] = value;
      else found[first] = value;
    }
    this.held = new Set(this.changed);
    this.changed.clear();
    return found;
  }

  /** Take note that what was taken could not be written. */
  giveBack() {
    for (const name of this.held) this.changed.add(name);
  }

  edited(name) {
    this.changed.add(name.split(".").slice(0, /^(facts|flyer)\./.test(name) ? 2 : 1).join("."));
    this.#askForDay(name);
    this.calls.typed();
  }

  /** Ask, where an amount was changed, whether the day of all amounts still holds; nothing changes by itself. */
  #askForDay(name) {
    const [, fact, entry] = /^(facts\.(?:training_)?pay)\.(?:.*\.)?(as_of|min|max|amount)$/.exec(name) ?? [];
    const field = fact && this.#at(`${fact}.as_of`);
    const asked = field?.querySelector(".of-day");
    if (entry === "as_of") return asked?.remove();
    const day = field?.querySelector("input");
    if (!day?.value || day.value === today() || asked) return;
    const answers = [
      button(word("Set it to today"), () => {
        day.value = today();
        day.dispatchEvent(new Event("input"));
      }),
      button(word("It still holds"), () => field.querySelector(".of-day").remove(), "quiet"),
    ];
    field.append(element("div", { className: "of-day", role: "status" }, element("p", {}, word("An amount was changed: does this day still hold?")), ...answers));
  }

  /** Return the place of a check mark in a line, or whose value begins there, or nearest above it. */
  placeAt(line) {
    if (this.marked.has(line)) return this.marked.get(line);
    let found = "";
    for (const [place, at] of Object.entries(this.lines))
      if (at <= line && (!found || at > this.lines[found] || (at === this.lines[found] && place.length > found.length))) found = place;
    return found;
  }

  /** Open the field of a place, and put the caret into it. */
  goTo(place, { focus = true, quoted = "" } = {}) {
    const at = this.#at(place);
    if (!at) return;
    for (let box = at; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
    const control = at.matches("details") && at.querySelector(":scope > summary") ? at.querySelector("summary") : at.querySelector("input, select, textarea, summary, button");
    at.scrollIntoView({ block: "nearest" });
    if (focus) control?.focus();
    const around = sentenceAround(control?.value ?? "", quoted);
    if (around && control.matches("textarea, input[type=text]")) control.setSelectionRange(...around);
  }

  /** Return what the part of a form that a place is in is called. */
  nameOf(place) {
    return this.#at(place)?.closest("[data-part]").querySelector("summary > span, label > span, .label")?.textContent ?? "";
  }

  /** Return the element of a place, or of what is nearest before or around it. */
  #at(place) {
    const nearest = (name) => (/\.[1-9]\d*$/.test(name) ? name.replace(/\d+$/, (n) => n - 1) : name.slice(0, Math.max(name.lastIndexOf("."), 0)));
    for (let name = place; name; name = nearest(name)) {
      const found = document.querySelector(`.of-forms [data-place="${CSS.escape(name)}"]`);
      if (found) return found;
    }
    return null;
  }

  #told(place, message) {
    const at = this.#at(place);
    const box = at?.matches("details") ? at.querySelector(":scope > .of-group") ?? at : at;
    box?.append(message);
    for (let around = at; around; around = around.parentElement) {
      const summary = around.querySelector(":scope > summary");
      summary?.classList.add("has-told");
      if (summary && !summary.querySelector(".flag")) summary.append(element("span", { className: "flag" }, word("to be looked at")));
    }
    return at;
  }
}

/** Return the day of today, as a field of a day has it. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

const valueAt = (values, name) => name.split(".").reduce((held, key) => held?.[key], values);

function markOf({ told: said, line, kind, confirms }, settled) {
  const answers = kind === "proposal" ? [[word("Take over"), true], [word("Leave out"), false]] : [[confirms ? word("That is right") : word("Leave it as it is"), true]];
  return element(
    "div",
    { className: "to-check" },
    element("p", {}, element("strong", {}, word("To check:")), " ", said),
    ...answers.map(([told, keep]) => button(told, () => settled(line, keep), "quiet")),
  );
}

/** Return the part of a form for a field: its element, `fill(value)` and `value()`. */
function made(field, place, forms) {
  if (field.kind === "group") return group(field, place, forms);
  if (field.kind === "rows" || field.kind === "texts") return list(field, place, forms);
  return single(field, place, forms);
}

const isTop = (place) => /^(facts|flyer)\.[^.]+$/.test(place);

/** A field of its own: a line, lines, a number, a day, a choice, or yes and no. */
function single(field, place, forms) {
  const control = controlOf(field);
  const id = (control.id = `field-${crypto.randomUUID()}`);
  const told = [element("span", {}, field.title)];
  if (field.required) told.push(" ", element("span", { className: "needed" }, word("(needed)")));
  const hint = [field.hint, field.most && field.kind === "text" && word("At most {most} characters.", { most: field.most })].filter(Boolean).join(" ");
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  if (field.required) control.setAttribute("aria-required", "true");
  const label = element("label", { htmlFor: id }, ...told);
  const made = element(
    "div",
    { className: `field of-${field.kind}`, "data-place": place },
    ...(field.kind === "truth" ? [element("div", { className: "truth" }, control, label)] : [label, control]),
    hint && element("p", { id: `${id}-hint`, className: "soft" }, hint),
  );
  control.addEventListener("input", () => forms.edited(place));
  control.addEventListener("focus", () => forms.calls.moved(forms.lines[made.dataset.place]));
  const drawn = place === "art.field" ? drawingsFor(control) : null;
  if (drawn) made.append(drawn);
  const fill = (value) => {
    put(control, field, value);
    drawn?.tell();
  };
  fill(undefined);
  return { element: made, fill, value: () => valueOf(control) };
}

function controlOf(field) {
  if (field.kind === "long") return grows(element("textarea", { className: "plain", rows: 2, lang: "de", spellcheck: true }));
  if (field.kind === "truth") return element("input", { type: "checkbox" });
  if (field.kind === "date") return element("input", { type: "date" });
  if (field.kind === "number") return element("input", { type: "text", inputMode: "numeric", className: "short", autocomplete: "off" });
  if (field.kind !== "choice") return element("input", { type: "text", lang: "de", spellcheck: true, autocomplete: "off" });
  return element("select", {}, element("option", { value: "" }, field.unsaid), ...field.options.map(([value, name]) => element("option", { value }, name)));
}

/** Have a field as high as what is in it. */
function grows(area) {
  const fit = () => {
    area.style.height = "auto";
    if (area.scrollHeight) area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", fit);
  new ResizeObserver(fit).observe(area);
  area.fit = fit;
  return area;
}

function put(control, field, value) {
  if (field.kind === "truth") {
    control.checked = value === "true";
    return;
  }
  const text = typeof value !== "string" ? "" : field.kind === "number" ? value.replace(/^(\d+)\.(\d{1,2})$/, "$1,$2") : value;
  // What is no day, or no choice, is shown as it is written.
  if (field.kind === "date") control.type = !text || /^\d{4}-\d{2}-\d{2}$/.test(text) ? "date" : "text";
  if (field.kind === "choice") {
    control.querySelector("[data-other]")?.remove();
    if (text && !field.options.some(([known]) => known === text)) control.append(element("option", { value: text, "data-other": "" }, text === "neutral" ? field.unsaid : text));
  }
  if (control.value.replace(/\s+/g, " ").trim() !== text) control.value = text; // a space just typed stays
  control.fit?.();
}

const valueOf = (control) => (control.type === "checkbox" ? control.checked : control.value);

/** Fields that belong together; those of a fact fold away. */
function group(field, place, forms) {
  const parts = field.fields.map((inner) => [inner.name, made(inner, `${place}.${inner.name}`, forms)]);
  const box = element("div", { className: "of-group" }, field.hint && element("p", { className: "soft" }, field.hint), ...parts.map(([, part]) => part.element));
  const shown = fold(field, place, box);
  return {
    element: shown.element,
    fill(value) {
      for (const [name, part] of parts) part.fill(value?.[name]);
      shown.count(value && Object.keys(value).length > 0);
    },
    value() {
      const found = Object.fromEntries(parts.map(([name, part]) => [name, part.value()]));
      return parts.every(([name]) => isEmpty(found[name])) ? null : found;
    },
  };
}

/** Have something fold away if it is a fact; tell whether there is something in it. */
function fold(field, place, box) {
  if (!isTop(place) || place.startsWith("flyer.")) {
    const name = field.title && element("h3", { className: "label" }, field.title);
    const made = element("div", { className: "set", "data-place": place }, name, box);
    return { element: made, count: () => {} };
  }
  const count = element("span", { className: "count" });
  const made = element("details", { "data-place": place }, element("summary", {}, element("span", {}, field.title), count), box);
  return {
    element: made,
    count(held) {
      count.textContent = held ? (held === true ? word("given") : held) : word("not given");
      count.classList.toggle("none", !held);
    },
  };
}

const isEmpty = (value) =>
  value === null || value === "" || value === false || value === undefined ||
  (Array.isArray(value) ? !value.length : typeof value === "object" && Object.values(value).every(isEmpty));

/** A list: entries that are added, moved and removed. */
function list(field, place, forms) {
  const rows = element("ol", { className: field.kind === "texts" ? "entries plain-texts" : "entries" });
  const more = element("div", { className: "more" });
  const limits = !field.most ? "" : field.least > 1 ? word("From {least} to {most} entries.", field) : word("At most {most} entries.", field);
  const hint = [field.hint, limits].filter(Boolean).join(" ");
  const box = element("div", { className: "of-group" }, hint && element("p", { className: "soft" }, hint), rows, more);
  const shown = fold(field, place, box);
  let held = []; // { part, kind, id, element }

  const renumber = () => {
    if (held.length !== rows.children.length || held.some((row, n) => row.element !== rows.children[n]))
      rows.replaceChildren(...held.map((row) => row.element));
    let written = 0;
    held.forEach((row, n) => {
      const own = row.element.dataset.place;
      const now = `${place}.${isEmpty(row.part.value()) ? `new${n}` : (written += 1) - 1}`; // what is empty is not written
      for (const inner of [row.element, ...row.element.querySelectorAll("[data-place]")])
        if (inner.dataset.place.startsWith(own)) inner.dataset.place = now + inner.dataset.place.slice(own.length);
      row.up.disabled = n === 0;
      row.down.disabled = n === held.length - 1;
      const values = { n: n + 1, title: field.title };
      const named = field.variants ? row.part.element : row.element.querySelector("input, textarea");
      named.setAttribute("aria-label", word("{title}, entry {n}", values));
      for (const [made, told] of [[row.up, word("Move entry {n} up", values)], [row.down, word("Move entry {n} down", values)], [row.gone, word("Remove entry {n}", values)]]) {
        made.setAttribute("aria-label", told);
        made.title = told;
      }
    });
    for (const add of more.querySelectorAll("button")) add.disabled = Boolean(field.most) && held.length >= field.most;
    shown.count(held.length ? String(held.length) : "");
  };
  const changed = (focused) => {
    renumber();
    forms.edited(place);
    focused?.focus();
  };
  const move = (row, by) => {
    const at = held.indexOf(row);
    held.splice(at, 1);
    held.splice(at + by, 0, row);
    const pressed = by < 0 ? row.up : row.down;
    changed(pressed);
    if (pressed.disabled) (by < 0 ? row.down : row.up).focus();
  };
  const remove = (row) => {
    const at = held.indexOf(row);
    held.splice(at, 1);
    changed(held[Math.min(at, held.length - 1)]?.gone ?? more.querySelector("button"));
  };
  const entry = (variant, id) => {
    const own = `${place}.new`;
    const part = variant
      ? group({ ...variant, hint: "", title: variant.title || "" }, own, forms)
      : single({ ...field, kind: field.isLong ? "long" : "text", title: field.title, hint: "", required: false, most: null }, own, forms);
    const row = { part, id, kind: variant?.kind ?? "" };
    row.up = button("↑", () => move(row, -1), "quiet small-tool");
    row.down = button("↓", () => move(row, 1), "quiet small-tool");
    row.gone = button("✕", () => remove(row), "quiet small-tool");
    part.element.dataset.place = own;
    if (variant) part.element.setAttribute("role", "group");
    row.element = element("li", { "data-place": own }, part.element, element("div", { className: "entry-tools" }, row.up, row.down, row.gone));
    return row;
  };
  for (const variant of field.variants ?? [null]) {
    const told = variant?.title ? word("Add: {kind}", { kind: variant.title }) : word("Add an entry");
    more.append(button(told, () => {
      const row = entry(variant, "");
      held.push(row);
      renumber();
      row.element.querySelector("input, textarea, select").focus();
    }, "button"));
  }

  return {
    element: shown.element,
    fill(value) {
      const wanted = Array.isArray(value) ? value : [];
      const filled = held.filter((row) => !isEmpty(row.part.value()));
      const fits = wanted.length === filled.length && wanted.every((one, n) => (one?.kind ?? "") === filled[n].kind);
      if (!fits) held = wanted.map((one) => entry(field.variants ? field.variants.find(({ kind }) => kind === (one?.kind ?? "")) ?? field.variants[0] : null, one?.id ?? ""));
      const rowsOf = fits ? filled : held;
      wanted.forEach((one, n) => {
        rowsOf[n].id = one?.id ?? "";
        rowsOf[n].part.fill(one);
      });
      renumber();
    },
    value: () =>
      held.flatMap((row) => {
        const value = row.part.value();
        if (isEmpty(value)) return [];
        if (!field.variants) return [value];
        const { hasId } = field.variants.find(({ kind }) => kind === row.kind) ?? field.variants[0];
        return [{ ...(hasId ? { id: row.id } : {}), ...(row.kind ? { kind: row.kind } : {}), ...value }];
      }),
  };
}
