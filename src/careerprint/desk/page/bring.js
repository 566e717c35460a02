// The view in which a text becomes a profile: bring it, see what becomes of it, choose, make.

import { drawingsFor } from "./drawings.js";
import { boxed, button, choice, dropping, fileChoice, form, heading, labelled, sender, soft, tick } from "./parts.js";
import { taking } from "./files.js";
import { explain, notice } from "./notices.js";
import { act, ask, give } from "./server.js";
import { element, word } from "./words.js";

let place = null;
let profiles = []; // what a new one may be a copy of
let brought = 0; // how often something was, or the view begun anew: what was read of another is old
let languages = null; // {box, keep}

async function show(section) {
  place = section;
  brought += 1;
  section.replaceChildren(heading("bring", word("New profile"))); // what was entered last time is no longer asked for
  const [desk, looks] = await Promise.all([ask("/desk"), act("looks").catch(() => null)]); // what is off is told on Home
  return () => {
    ({ profiles } = desk);
    languages = languageField(looks);
    drawBringing();
  };
}

const GERMAN = "de";

/** Return a field of the languages to be printed, and what keeps those that are ticked. */
function languageField(looks) {
  if (!looks) return { box: "", keep: async () => {} };
  const printed = new Set([GERMAN, ...looks.printed.locales]);
  const boxes = looks.locales.map(({ name }) => element("input", { type: "checkbox", value: name, checked: printed.has(name), disabled: name === GERMAN }));
  const box = element(
    "fieldset",
    { className: "ticks", id: "bring-locales" },
    element("legend", {}, looks.names["build.locales"]),
    ...looks.locales.map(({ title }, at) => tick(boxes[at], title)),
    soft(word("Only these are printed and checked, of all profiles. Under “Look” they can be changed.")),
  );
  const keep = async () => {
    const wanted = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const value = [...new Set([...printed, ...wanted])].filter((name) => wanted.includes(name));
    if (value.join() === looks.printed.locales.join()) return;
    const { digest: based_on } = await act("looks");
    await act("look-save", { based_on, section: "build", key: "locales", value });
  };
  return { box, keep };
}

function drawBringing() {
  const pasted = element("div", {
    id: "bring-pasted", className: "pasted", contentEditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": word("Or paste the text here, from Word or a web page"), lang: "de",
  });
  let html = "";
  pasted.addEventListener("paste", (event) => {
    // What is pasted is sent as it is; here, only its text is shown: no foreign markup gets into this page.
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    html = event.clipboardData.getData("text/html");
    pasted.textContent = text;
  });
  pasted.addEventListener("input", () => {
    html = ""; // it was typed into: what counts is what is seen
  });
  const drop = dropping(
    given,
    { id: "bring-drop" },
    element("p", {}, element("strong", {}, word("Drop a file here, or choose one."))),
    soft(word("Word, OpenDocument, PDF, web page, or text.")),
    labelled(word("Choose a file"), fileChoice(".docx,.doc,.odt,.rtf,.pdf,.html,.htm,.md,.txt", given, { id: "bring-file" })),
  );
  const title = element("input", { id: "bring-empty-name", required: true, autocomplete: "off", lang: "de" });
  const like = choice([["", word("An empty form")], ...profiles.map(({ slug, title }) => [slug, word("A copy of “{title}”", { title })])], "", { id: "bring-like" });
  const goOn = ({ slug, marks }) => place.hidden || (location.hash = marks ? `#/check/${slug}` : `#/write/${slug}/text`);
  const begin = () => languages.keep().then(() => act("bring-begin", { title: title.value.trim(), like: like.value })).then(goOn).catch(explain);
  place.replaceChildren(
    heading("bring", word("New profile")),
    drop,
    boxed(
      "bring-paste-heading",
      word("Or paste the text here, from Word or a web page"),
      pasted,
      button(word("Use the pasted text"), () => {
        const text = html || pasted.innerText;
        if (!text.trim()) return notice(word("There is nothing to use yet."));
        bringBytes(new Blob([text]), html ? "eingefuegt.html" : "eingefuegt.txt", word("What becomes of the pasted text"));
      }),
    ),
    boxed(
      "bring-empty-heading",
      word("Or begin without a file"),
      form(
        {},
        begin,
        element("div", { className: "row-of" }, labelled(word("Occupation and town"), title, word("As the title is to be, “Gärtner/in in Kassel” for example.")), labelled(word("Begin with"), like, word("A copy takes the text, figures, pictures and translations of the other along. Change what is said of its town; its translations are approved anew."))),
        languages.box,
        sender(word("Begin it")),
      ),
    ),
  );
}

/** Go on with what was made, unless somebody has gone elsewhere meanwhile. */
const check = ({ slug }) => place.hidden || (location.hash = `#/check/${slug}`);

const given = (file) => taking("bring", bringFile)(file);
const bringFile = (file) => bringBytes(file, file.name, word("What becomes of “{name}”", { name: file.name }));

async function bringBytes(content, name, told) {
  const turn = (brought += 1);
  place.setAttribute("aria-busy", "true");
  place.querySelector("#bring-drop")?.append(element("p", { role: "status" }, word("Reading “{name}”…", { name })));
  try {
    const found = await give("bring-try", { name }, content);
    if (turn === brought) drawFound(found, { content, name, told });
  } catch (trouble) {
    if (turn !== brought) return;
    drawBringing();
    explain(trouble);
  } finally {
    place.removeAttribute("aria-busy");
  }
}

/** Show what was found in a text; `told` is what it is called here. */
function drawFound(found, { content, name, told: called }) {
  const slug = element("input", { value: found.slug, autocomplete: "off", id: "bring-slug", placeholder: word("as the title") });
  const title = element("input", { value: found.title, required: true, autocomplete: "off", lang: "de", id: "bring-title", oninput: () => nameByTitle() });
  const nameByTitle = () => {
    if (["", found.slug].includes(slug.value)) slug.value = title.value.trim() === found.title ? found.slug : "";
  };
  const field = choice([["", word("Neutral drawings")], ...found.fields], found.art.field ?? "", { id: "bring-field" });
  const drawn = found.towns.filter((id) => id !== "neutral").map((id) => id[0].toUpperCase() + id.slice(1));
  const known = element("datalist", { id: "bring-towns" }, ...drawn.map((name) => element("option", { value: name })));
  const town = element("input", { id: "bring-town", autocomplete: "off", lang: "de", value: drawn.find((name) => name.toLowerCase() === found.art.town) ?? found.town, oninput: () => tellTown() });
  town.setAttribute("list", known.id);
  const ofTown = labelled(word("Town"), town, " ");
  const tellTown = () => {
    const name = town.value.trim();
    const isDrawn = drawn.some((one) => one.toLowerCase() === name.toLowerCase());
    const told = !name ? word("No town") : isDrawn ? word("There is a drawing of {town}.", { town: name }) : word("There is no drawing of {town} yet: a neutral town is drawn. A picture of your own is chosen later, in “Look”, under “Pictures in place of drawings”.", { town: name });
    ofTown.querySelector(".soft").textContent = told;
  };
  tellTown();
  const more = element("details", {}, element("summary", {}, word("More")), labelled(word("Short name of the profile"), slug, word("Files and folders are called so.")));
  const make = () => {
    const own = title.value.trim() === found.title ? "" : title.value;
    const chosen = { name, slug: slug.value.trim() || (own ? "" : found.slug), field: field.value, town: town.value, title: own };
    return languages.keep().then(() => give("bring-make", chosen, content)).then(check).catch((trouble) => {
      more.open ||= trouble.kind === "findings";
      explain(trouble);
    });
  };
  const naming = form(
    { className: "boxed" },
    make,
    labelled(word("Title"), title, word("What stands on the cover and on the flyer. With its town, profiles are told apart.")),
    element("div", { className: "row-of" }, labelled(word("Occupational field"), field), ofTown, known),
    drawingsFor(field),
    languages.box,
    more,
    element("div", { className: "row-of" }, sender(word("Make the profile")), button(word("Another text"), () => {
      notice("");
      drawBringing();
    })),
  );
  place.replaceChildren(
    heading("bring", called),
    naming,
    element(
      "div",
      { className: "beside" },
      boxed("bring-original", word("The text, as it was read"), paragraphsOf(found.paragraphs)),
      boxed(
        "bring-notes",
        word("What to know"),
        found.notes.length
          ? element("ul", { className: "notes" }, ...found.notes.map((note) => element("li", {}, note)))
          : element("p", {}, word("Everything was taken over.")),
      ),
    ),
  );
  place.querySelector("h1").tabIndex = -1;
  place.querySelector("h1").focus();
}

/** Return paragraphs as they were read, to be read beside what became of them. */
export function paragraphsOf(paragraphs) {
  const made = element("div", { className: "original", lang: "de", tabIndex: 0, role: "region", "aria-label": word("The text, as it was read") });
  for (const { kind, text, level, number, cells, bold, picture } of paragraphs) {
    if (kind === "heading") made.append(element("p", { className: `heading level-${level}` }, text));
    else if (kind === "picture") made.append(element("figure", {}, picture && drawnPicture(picture, text), soft(picture ? word("Picture: {text}", { text }) : word("A picture that cannot be shown here: {text}", { text }))));
    else if (kind === "bullet") made.append(element("p", { className: "item" }, "• ", ...emphasized(text, bold)));
    else if (kind === "number") made.append(element("p", { className: "item" }, `${number}. `, ...emphasized(text, bold)));
    else if (cells.length) made.append(tableOf(cells));
    else for (const line of text.split("\n")) made.append(element("p", { className: kind }, ...emphasized(line, bold)));
  }
  return made;
}

/** Return a picture that came with the text: it has no address on the desk but one of this page. */
function drawnPicture({ kind, content }, text) {
  const address = URL.createObjectURL(new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], { type: kind }));
  return element("img", { src: address, alt: text, onload: () => URL.revokeObjectURL(address) });
}

/** Return a text as parts of a paragraph, in which the words that are bold are so. */
function emphasized(text, bold) {
  const parts = [];
  let rest = text;
  for (const words of bold) {
    const at = rest.indexOf(words);
    if (at < 0) continue;
    parts.push(rest.slice(0, at), element("strong", {}, words));
    rest = rest.slice(at + words.length);
  }
  return [...parts, rest];
}

function tableOf(cells) {
  const [head, ...rows] = cells.map((row, n) => element("tr", {}, ...row.map((cell) => element(n ? "td" : "th", {}, cell))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

export const bring = { name: word("New profile"), show, take: bringFile };
