// The view in which a text becomes a profile: bring it, see what becomes of it, choose, make.

import { button, choice, heading, labelled } from "./parts.js";
import { explain } from "./notices.js";
import { act, give } from "./server.js";
import { element, word, words } from "./words.js";

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
    id: "bring-pasted", className: "pasted", contentEditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": word("bring_paste"), lang: "de",
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
    element("p", {}, element("strong", {}, word("bring_drop"))),
    element("p", { className: "soft" }, word("bring_kinds")),
    labelled(word("bring_choose"), file),
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
  const form = element("form", { className: "row-of" }, labelled(word("bring_name"), slug, word("bring_name_hint")), element("button", { className: "button" }, word("bring_empty")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act("bring-begin", { slug: slug.value.trim() })
      .then((made) => (location.hash = `#/check/${made.slug}`))
      .catch(explain);
  });
  place.replaceChildren(
    heading("bring", word("bring_heading")),
    drop,
    element(
      "section",
      { className: "boxed" },
      element("h2", { id: "bring-paste-heading" }, word("bring_paste")),
      pasted,
      button(word("bring_use_pasted"), () => {
        const text = html || pasted.innerText;
        if (!text.trim()) return explain({ kind: "bring_nothing_pasted" });
        bringBytes(new Blob([text]), html ? "eingefuegt.html" : "eingefuegt.txt");
      }),
    ),
    element("section", { className: "boxed" }, element("h2", {}, word("bring_empty")), element("p", { className: "soft" }, word("bring_empty_told")), form),
  );
}

const bringFile = (file) => bringBytes(file, file.name);

async function bringBytes(content, name) {
  brought = { content, name };
  place.setAttribute("aria-busy", "true");
  place.querySelector("#bring-drop")?.append(element("p", { role: "status" }, word("bring_reading", { name })));
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
  const named = (id) => words[`field_${id}`] ?? id;
  const fields = found.fields.map((id) => [id, named(id)]).sort((a, b) => a[1].localeCompare(b[1]));
  const field = choice([["", word("bring_neutral")], ...fields.filter(([id]) => id !== "neutral")], found.art.field ?? "");
  const towns = found.towns.filter((id) => id !== "neutral").map((id) => [id, id[0].toUpperCase() + id.slice(1)]);
  const town = choice([["", word("bring_neutral")], ...towns], found.art.town ?? "");
  field.id = "bring-field";
  town.id = "bring-town";
  const form = element(
    "form",
    { className: "boxed" },
    element("div", { className: "row-of" }, labelled(word("bring_name"), slug, word("bring_name_hint")), labelled(word("bring_field"), field), labelled(word("bring_town"), town)),
    element("div", { className: "row-of" }, element("button", { className: "button strong" }, word("bring_make")), button(word("bring_other"), drawBringing)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = { name: brought.name, slug: slug.value.trim(), field: field.value, town: town.value };
    give("bring-make", chosen, brought.content)
      .then((made) => (location.hash = `#/check/${made.slug}`))
      .catch(explain);
  });
  place.replaceChildren(
    heading("bring", word("bring_of", { name: brought.name })),
    form,
    element(
      "div",
      { className: "beside" },
      element("section", { "aria-labelledby": "bring-original", className: "boxed" }, element("h2", { id: "bring-original" }, word("bring_original")), paragraphsOf(found.paragraphs)),
      element(
        "section",
        { "aria-labelledby": "bring-notes", className: "boxed" },
        element("h2", { id: "bring-notes" }, word("bring_notes")),
        found.notes.length
          ? element("ul", { className: "notes" }, ...found.notes.map((note) => element("li", {}, note)))
          : element("p", {}, word("bring_no_notes")),
      ),
    ),
  );
  place.querySelector("h1").tabIndex = -1;
  place.querySelector("h1").focus();
}

/** Return paragraphs as they were read, to be read beside what became of them. */
export function paragraphsOf(paragraphs) {
  const made = element("div", { className: "original", lang: "de", tabIndex: 0, role: "region", "aria-label": word("bring_original") });
  for (const { kind, text, level, number } of paragraphs) {
    if (kind === "heading") made.append(element("p", { className: `heading level-${level}` }, text));
    else if (kind === "picture") made.append(element("p", { className: "soft" }, word("bring_picture", { text })));
    else if (kind === "bullet") made.append(element("p", { className: "item" }, `• ${text}`));
    else if (kind === "number") made.append(element("p", { className: "item" }, `${number}. ${text}`));
    else for (const line of text.split("\n")) made.append(element("p", { className: kind }, line));
  }
  return made;
}

export const bring = { show };
