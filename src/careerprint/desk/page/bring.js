// The view in which a text becomes a profile: bring it, see what becomes of it, choose, make.

import { button, choice, heading, labelled } from "./parts.js";
import { explain, notice } from "./notices.js";
import { act, give } from "./server.js";
import { element, word } from "./words.js";

let place = null;
let brought = null; // {content, name}

async function show(section) {
  place = section;
  brought = null;
  drawBringing();
}

function drawBringing() {
  const file = element("input", { type: "file", id: "bring-file", accept: ".docx,.doc,.odt,.rtf,.pdf,.html,.htm,.md,.txt" });
  file.addEventListener("change", () => file.files[0] && bringFile(file.files[0]));
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
  const drop = element(
    "div",
    { className: "drop", id: "bring-drop" },
    element("p", {}, element("strong", {}, word("Drop a file here, or choose one."))),
    element("p", { className: "soft" }, word("Word, OpenDocument, PDF, web page, or text.")),
    labelled(word("Choose a file"), file),
  );
  for (const kind of ["dragenter", "dragover"])
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files[0]) bringFile(event.dataTransfer.files[0]);
  });
  const slug = element("input", { id: "bring-empty-name", required: true, autocomplete: "off" });
  const form = element("form", { className: "row-of" }, labelled(word("Name of the profile's folder"), slug, word("Small letters, digits and hyphens.")), element("button", { className: "button" }, word("Or begin with a form")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act("bring-begin", { slug: slug.value.trim() })
      .then((made) => (location.hash = `#/check/${made.slug}`))
      .catch(explain);
  });
  place.replaceChildren(
    heading("bring", word("New profile")),
    drop,
    element(
      "section",
      { className: "boxed" },
      element("h2", { id: "bring-paste-heading" }, word("Or paste the text here, from Word or a web page")),
      pasted,
      button(word("Use the pasted text"), () => {
        const text = html || pasted.innerText;
        if (!text.trim()) return notice(word("There is nothing to use yet."));
        bringBytes(new Blob([text]), html ? "eingefuegt.html" : "eingefuegt.txt");
      }),
    ),
    element("section", { className: "boxed" }, element("h2", {}, word("Or begin with a form")), element("p", { className: "soft" }, word("A profile with an example of every fact, to fill in.")), form),
  );
}

const bringFile = (file) => bringBytes(file, file.name);

async function bringBytes(content, name) {
  brought = { content, name };
  place.setAttribute("aria-busy", "true");
  place.querySelector("#bring-drop")?.append(element("p", { role: "status" }, word("Reading “{name}”…", { name })));
  try {
    drawFound(await give("bring-try", { name }, content));
  } catch (trouble) {
    drawBringing();
    explain(trouble);
  } finally {
    place.removeAttribute("aria-busy");
  }
}

function drawFound(found) {
  const slug = element("input", { value: found.slug, required: true, autocomplete: "off", id: "bring-slug" });
  const field = choice([["", word("Neutral drawings")], ...found.fields.filter(([id]) => id !== "neutral").sort((a, b) => a[1].localeCompare(b[1]))], found.art.field ?? "");
  const towns = found.towns.filter((id) => id !== "neutral").map((id) => [id, id[0].toUpperCase() + id.slice(1)]);
  const town = choice([["", word("Neutral drawings")], ...towns], found.art.town ?? "");
  field.id = "bring-field";
  town.id = "bring-town";
  const form = element(
    "form",
    { className: "boxed" },
    element("div", { className: "row-of" }, labelled(word("Name of the profile's folder"), slug, word("Small letters, digits and hyphens.")), labelled(word("Occupational field"), field), labelled(word("Town"), town)),
    element("div", { className: "row-of" }, element("button", { className: "button strong" }, word("Make the profile")), button(word("Another text"), drawBringing)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = { name: brought.name, slug: slug.value.trim(), field: field.value, town: town.value };
    give("bring-make", chosen, brought.content)
      .then((made) => (location.hash = `#/check/${made.slug}`))
      .catch(explain);
  });
  place.replaceChildren(
    heading("bring", word("What becomes of “{name}”", { name: brought.name })),
    form,
    element(
      "div",
      { className: "beside" },
      element("section", { "aria-labelledby": "bring-original", className: "boxed" }, element("h2", { id: "bring-original" }, word("The text, as it was read")), paragraphsOf(found.paragraphs)),
      element(
        "section",
        { "aria-labelledby": "bring-notes", className: "boxed" },
        element("h2", { id: "bring-notes" }, word("What to know")),
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
  for (const { kind, text, level, number, cells, bold } of paragraphs) {
    if (kind === "heading") made.append(element("p", { className: `heading level-${level}` }, text));
    else if (kind === "picture") made.append(element("p", { className: "soft" }, word("Picture: {text}", { text })));
    else if (kind === "bullet") made.append(element("p", { className: "item" }, "• ", ...emphasized(text, bold)));
    else if (kind === "number") made.append(element("p", { className: "item" }, `${number}. `, ...emphasized(text, bold)));
    else if (cells.length) made.append(tableOf(cells));
    else for (const line of text.split("\n")) made.append(element("p", { className: kind }, ...emphasized(line, bold)));
  }
  return made;
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

export const bring = { name: word("New profile"), show };
