// The view of look and issuer: what careerprint.toml says, changed entry by entry.

import { explain, notice } from "./notices.js";
import { button, choice, fileChoice, heading, labelled, later, part, picture, soft, tick } from "./parts.js";
import { act, ask, give } from "./server.js";
import { pictures } from "./pictures.js";
import { nameOf } from "./sheet.js";
import { inOrder, inTurn } from "./turns.js";
import { element, word } from "./words.js";

const ISSUER = ["name", "url", "email", "phone", "street", "town", "imprint"];
const ORDER = ["customer", "contact", "delivery"];
const LONG = { name: 1, imprint: 3 }; // lines that are shown at least
const TYPES = { url: "url", email: "email", phone: "tel" };
let place = null;
let now = null;

/** Show the view; an entry, a table of them, or a profile's pictures are gone to. */
async function show(section, entry = "", slug = "") {
  place = section;
  const found = await edits(() => act("looks"));
  return () => {
    now = found;
    draw(slug, entry === "pictures");
    if (!entry || entry === "pictures") return;
    const field = place.querySelector(`[data-entry^="${CSS.escape(entry)}"]`);
    field?.closest("details")?.setAttribute("open", "");
    field?.focus();
  };
}

function draw(slug = "", isGoneTo = false) {
  place.replaceChildren(
    heading("look", word("Look")),
    element(
      "div",
      { className: "with-pages" },
      element("div", { className: "columns" }, issuer(), logo(), colours(), printed(), order()),
      element("section", { "aria-labelledby": "look-side", className: "pages", tabIndex: 0 }, element("h2", { id: "look-side" }, word("This is how it looks")), element("p", { id: "look-saved", className: "soft", role: "status" }), element("ul", { className: "side-by-side", id: "look-pages" })),
      pictures(slug, isGoneTo),
    ),
  );
  pages();
}

const edits = inTurn();

/** Change an entry, one after the other; what cannot be is told at its control. */
const save = (section, key, value, control) => edits(() => change(section, key, value, control));

/** Draw all anew once something is changed: until then, nothing is entered that would be drawn over. */
async function anew(changed) {
  place.inert = true;
  await changed.finally(() => (place.inert = false));
  draw();
}

async function change(section, key, value, control) {
  const at = control?.closest("fieldset") ?? control?.parentElement; // a label is the name of its tick
  at?.querySelector(":scope > .fault")?.remove();
  control?.removeAttribute("aria-invalid");
  try {
    const found = await act("look-save", { based_on: now.digest, section, key, value });
    now = found;
    if (found.conflict) {
      notice(word("The file was changed elsewhere; this is its text now."));
      draw();
    } else if (found.findings) {
      const { message, hint, shade } = found.findings[0];
      place.querySelector("#look-saved").textContent = "";
      const fault = element("p", { className: "fault", role: "alert" }, `${word("Not saved")}: ${message} ${hint} `);
      if (shade) fault.append(button(word("Use {shade}", { shade }), () => anew(save(section, key, shade, null)), "quiet"));
      control?.setAttribute("aria-invalid", "true");
      at?.append(fault);
    } else {
      place.querySelector("#look-saved").textContent = word("Saved");
      for (const { name, contrast, least } of found.colours) {
        const line = place.querySelector(`[data-contrast="${name}"]`);
        if (line) line.textContent = readable(contrast, least);
      }
    }
  } catch (trouble) {
    explain(trouble);
  }
}

/** Tell how well text in or on a colour is read. */
const readable = (contrast, least) => (contrast ? word("Text in or on it is easy to read: contrast {ratio}, needed {least}.", { ratio: contrast, least }) : word("No text is printed in it or on it."));

const inOneLine = ({ value }) => value.replace(/\s+/g, " ").trim();

function issuer() {
  const fields = ISSUER.map((key) => {
    const input = LONG[key] ? element("textarea", { className: "plain", rows: LONG[key] }) : element("input", { type: TYPES[key] ?? "text" });
    Object.assign(input, { value: now.issuer[key], lang: "de", onchange: () => save("issuer", key, inOneLine(input), input) });
    input.dataset.entry = `issuer.${key}`;
    return labelled(now.names[`issuer.${key}`], input);
  });
  const imprints = now.imprints.map(({ name, title, direction, text }) => {
    const input = element("textarea", { className: "plain", rows: 2, value: text, lang: name, dir: direction, "data-entry": `issuer.imprints.${name}` });
    input.onchange = () => save("issuer.imprints", name, inOneLine(input), input);
    return labelled(title, input);
  });
  const others = imprints.length ? element("details", { id: "look-imprints" }, element("summary", {}, word("Imprint in other languages")), soft(word("Where nothing is entered, it is printed in German.")), ...imprints) : "";
  return part("look-issuer", word("Who hands it out"), ...fields, others);
}

/** Return the form of what the order for the print shop says besides the files. */
function order() {
  const hints = { customer: word("Without an entry, it is the name above."), contact: word("Who answers questions, and how that person is reached."), delivery: word("The address, and until when.") };
  const fields = ORDER.map((key) => {
    const input = element("input", { type: "text", value: now.order[key], lang: "de", "data-entry": `order.${key}` });
    input.onchange = () => save("order", key, input.value.trim(), input);
    return labelled(now.names[`order.${key}`], input, hints[key]);
  });
  return part("look-order", word("Order for the print shop"), soft(word("It stands in the order that goes with flyers for fairs. The release of a profile has no order.")), ...fields);
}

function colours() {
  const rows = now.colours.map(({ name, srgb, shipped, contrast, least }) => {
    const onchange = () => save("brand.colours", name, input.value.toUpperCase(), input);
    const input = element("input", { type: "color", value: srgb.toLowerCase(), onchange, "data-entry": `brand.colours.${name}` });
    const field = labelled(now.names[`brand.colours.${name}`] ?? name, input);
    field.append(soft(readable(contrast, least), { "data-contrast": name }));
    if (srgb !== shipped) field.append(button(word("As shipped"), () => anew(save("brand.colours", name, "", null)), "quiet"));
    return field;
  });
  return part("look-colours", word("Colours"), ...rows);
}

function logo() {
  const bring = (content, name = content.name) => anew(edits(async () => (now = await give("look-logo", { name }, content))));
  return part(
    "look-logo",
    now.names["brand.logo"],
    now.logo ? element("img", { className: "logo", src: `/download/logo?version=${Date.now()}`, alt: word("Your logo") }) : soft(word("No logo yet.")),
    labelled(word("Choose a logo (SVG, PNG or JPEG)"), fileChoice(".svg,.png,.jpg,.jpeg", (file) => bring(file), { "data-entry": "brand.logo" })),
    now.logo ? button(word("Print no logo"), () => bring(new Blob([]), "")) : "",
  );
}

let ticked = 0;

function printed() {
  /** Return boxes to tick; those of `kept()` are, and `save(names, box)` is called with all that are then. */
  const ticks = (key, legend, all, kept, save) => {
    const box = element("fieldset", { className: "ticks", "data-ticks": key }, element("legend", {}, legend));
    for (const [name, title, further = ""] of all) {
      const one = element("input", { type: "checkbox", checked: kept().includes(name), value: name, "data-entry": `build.${key}` });
      one.onchange = () => {
        const wanted = [...box.querySelectorAll(`[data-entry="build.${key}"]:checked`)].map(({ value }) => value);
        save([...kept().filter((id) => wanted.includes(id)), ...wanted.filter((id) => !kept().includes(id))], one);
      };
      box.append(tick(one, title), further);
    }
    return box;
  };
  const put = (section, key) => (names, box) => {
    const turn = (ticked += 1);
    save(section, key, names, box).then(() => turn === ticked && tellTicks()).then(pages); // what was ticked meanwhile stays
  };
  const formats = ({ name, title, formats }) => {
    if (formats.length < 2) return "";
    const kept = () => now.layouts.find((layout) => layout.name === name).printed;
    const box = ticks(`formats.${name}`, word("Formats: {layout}", { layout: title }), formats, kept, put("build.formats", name));
    return Object.assign(box, { hidden: !now.printed.layouts.includes(name) });
  };
  const layouts = ticks("layouts", now.names["build.layouts"], now.layouts.map((layout) => [layout.name, layout.title, formats(layout)]), () => now.printed.layouts, put("build", "layouts"));
  const locales = ticks("locales", now.names["build.locales"], now.locales.map(({ name, title }) => [name, title]), () => now.printed.locales, put("build", "locales"));
  const shop = choice(now.shops, now.shop, { "data-entry": "press.shop", onchange: () => save("press", "shop", shop.value, shop) });
  return part("look-printed", word("What is printed"), layouts, locales, labelled(now.names["press.shop"], shop, word("It says bleed, marks and inks of files for the press.")));
}

/** Show what is declared now: what cannot be is ticked, or not, as before. */
function tellTicks() {
  const kept = { ...now.printed, ...Object.fromEntries(now.layouts.map(({ name, printed }) => [`formats.${name}`, printed])) };
  for (const box of place.querySelectorAll("[data-ticks]")) {
    const key = box.dataset.ticks;
    if (key.startsWith("formats.")) box.hidden = !now.printed.layouts.includes(key.slice("formats.".length));
    for (const one of box.querySelectorAll(`[data-entry="build.${key}"]`)) {
      one.checked = kept[key].includes(one.value);
      one.removeAttribute("aria-invalid");
    }
  }
}

const newest = inOrder();

/** Show the first page of each layout beside the others. */
async function pages() {
  const desk = await newest(ask("/desk"));
  if (!desk) return;
  const { editions, profiles } = desk;
  const titles = new Map(profiles.map(({ slug, title }) => [slug, title]));
  const german = editions.filter(({ locale, declared, pdf }) => locale === "de" && declared && pdf);
  place.querySelector("#look-pages")?.replaceChildren(
    ...german.map((edition) =>
      element("li", {}, picture(edition, 400), element("p", {}, nameOf({ ...edition, localeName: "" }), element("span", { className: "soft" }, ` ${titles.get(edition.profile)}`))),
    ),
  );
}

const renew = later(500, () => {
  pages();
  place.querySelector(".picture-list")?.dispatchEvent(new Event("printed"));
});
function happened({ kind }) {
  if (kind === "standing") renew();
}

export const look = { name: word("Look"), show, happened, leave: () => edits(() => {}) };
