// The view of look and issuer: what careerprint.toml says, changed entry by entry.

import { explain, notice } from "./notices.js";
import { button, choice, heading, labelled } from "./parts.js";
import { act, ask, give } from "./server.js";
import { pictures } from "./pictures.js";
import { element, word } from "./words.js";

const ISSUER = ["name", "url", "email", "phone", "street", "town", "imprint"];
const LONG = { name: 1, imprint: 3 }; // lines that are shown at least
const TYPES = { url: "url", email: "email", phone: "tel" };
let place = null;
let now = null;

/** Show the view; an entry, a table of them, or a profile's pictures are gone to. */
async function show(section, entry = "", slug = "") {
  place = section;
  now = await act("looks");
  draw(slug);
  if (entry === "pictures") place.querySelector("#pictures-heading").scrollIntoView();
  else if (entry) place.querySelector(`[data-entry^="${CSS.escape(entry)}"]`)?.focus();
}

function draw(slug = "") {
  place.replaceChildren(
    heading("look", word("Look")),
    element("p", { id: "look-saved", className: "soft", role: "status" }),
    element("div", { className: "columns" }, issuer(), colours(), logo(), printed()),
    pictures(slug),
    element("section", { className: "boxed", "aria-labelledby": "look-side" }, element("h2", { id: "look-side" }, word("Side by side")), element("ul", { className: "side-by-side", id: "look-pages" })),
  );
  pages();
}

let saving = Promise.resolve();

/** Change an entry, one after the other; what cannot be is told at its control. */
function save(section, key, value, control) {
  saving = saving.then(() => change(section, key, value, control));
  return saving;
}

async function change(section, key, value, control) {
  const told = control?.parentElement.querySelector(".fault");
  told?.remove();
  control?.removeAttribute("aria-invalid");
  try {
    const found = await act("look-save", { based_on: now.digest, section, key, value });
    now = found;
    if (found.conflict) {
      notice(word("The file was changed elsewhere; this is its text now."));
      draw();
    } else if (found.findings) {
      const { message, hint, shade } = found.findings[0];
      const fault = element("p", { className: "fault", role: "alert" }, `${message} ${hint} `);
      if (shade) fault.append(button(word("Use {shade}", { shade }), () => save(section, key, shade, null).then(draw), "quiet"));
      control?.setAttribute("aria-invalid", "true");
      control?.parentElement.append(fault);
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

const boxed = (id, told, ...inside) => element("section", { "aria-labelledby": id }, element("h2", { id }, told), ...inside);

/** Tell how well text in or on a colour is read. */
const readable = (contrast, least) => (contrast ? word("Text in or on it is easy to read: contrast {ratio}, needed {least}.", { ratio: contrast, least }) : word("No text is printed in it or on it."));

function issuer() {
  const fields = ISSUER.map((key) => {
    const input = LONG[key] ? element("textarea", { className: "plain", rows: LONG[key] }) : element("input", { type: TYPES[key] ?? "text" });
    input.value = now.issuer[key];
    input.lang = "de";
    input.addEventListener("change", () => save("issuer", key, (LONG[key] === 1 ? input.value.replace(/\s+/g, " ") : input.value).trim(), input));
    input.dataset.entry = `issuer.${key}`;
    return labelled(now.names[`issuer.${key}`], input);
  });
  return boxed("look-issuer", word("Who hands it out"), ...fields);
}

function colours() {
  const rows = now.colours.map(({ name, srgb, shipped, contrast, least }) => {
    const input = element("input", { type: "color", value: srgb.toLowerCase() });
    input.addEventListener("change", () => save("brand.colours", name, input.value.toUpperCase(), input));
    input.dataset.entry = `brand.colours.${name}`;
    const field = labelled(now.names[`brand.colours.${name}`] ?? name, input);
    field.append(element("p", { className: "soft", "data-contrast": name }, readable(contrast, least)));
    if (srgb !== shipped) field.append(button(word("As shipped"), () => save("brand.colours", name, "", null).then(draw), "quiet"));
    return field;
  });
  return boxed("look-colours", word("Colours"), ...rows);
}

function logo() {
  const file = element("input", { type: "file", accept: ".svg,.png" });
  file.addEventListener("change", () => file.files[0] && bring(file.files[0], file.files[0].name));
  file.dataset.entry = "brand.logo";
  const bring = (content, name) =>
    give("look-logo", { name }, content)
      .then((found) => {
        now = found;
        draw();
      })
      .catch(explain);
  return boxed(
    "look-logo",
    now.names["brand.logo"],
    now.logo ? element("img", { className: "logo", src: `/download/logo?version=${Date.now()}`, alt: word("Your logo") }) : element("p", { className: "soft" }, word("No logo yet.")),
    labelled(word("Choose a logo (SVG or PNG)"), file),
    now.logo ? button(word("Print no logo"), () => bring(new Blob([]), "")) : "",
  );
}

function printed() {
  const ticks = (key, legend, all) =>
    element(
      "fieldset",
      { className: "ticks" },
      element("legend", {}, legend),
      ...all.map(({ name, title }) => {
        const tick = element("input", { type: "checkbox", checked: now.printed[key].includes(name), value: name });
        tick.addEventListener("change", () => {
          const wanted = [...place.querySelectorAll(`[data-ticks="${key}"] input:checked`)].map(({ value }) => value);
          const kept = now.printed[key];
          const order = [...kept.filter((id) => wanted.includes(id)), ...wanted.filter((id) => !kept.includes(id))];
          save("build", key, order, tick).then(pages);
        });
        tick.dataset.entry = `build.${key}`;
        return element("label", { className: "check" }, tick, title);
      }),
    );
  const shop = choice(now.shops, now.shop);
  shop.dataset.entry = "press.shop";
  shop.addEventListener("change", () => save("press", "shop", shop.value, shop));
  const [layouts, locales] = [ticks("layouts", now.names["build.layouts"], now.layouts), ticks("locales", now.names["build.locales"], now.locales)];
  layouts.dataset.ticks = "layouts";
  locales.dataset.ticks = "locales";
  return boxed("look-printed", word("What is printed"), layouts, locales, labelled(now.names["press.shop"], shop, word("It says bleed, marks and inks of files for the press.")));
}

/** Show the first page of each layout beside the others. */
async function pages() {
  const { editions, profiles } = await ask("/desk");
  const titles = new Map(profiles.map(({ slug, title }) => [slug, title]));
  const german = editions.filter(({ locale, declared, pdf }) => locale === "de" && declared && pdf);
  place.querySelector("#look-pages")?.replaceChildren(
    ...german.map(({ pdf, output, layoutName, formatName, hasFormats, profile }) =>
      element(
        "li",
        {},
        element("img", { src: `/picture/${pdf}/1/400?output=${encodeURIComponent(output)}`, alt: "", loading: "lazy" }),
        element("p", {}, hasFormats ? `${layoutName} ${formatName}` : layoutName, element("span", { className: "soft" }, ` ${titles.get(profile)}`)),
      ),
    ),
  );
}

let waits;
function happened({ kind }) {
  if (kind !== "standing") return;
  clearTimeout(waits);
  waits = setTimeout(pages, 500);
}

export const look = { name: word("Look"), show, happened, leave: () => saving };
