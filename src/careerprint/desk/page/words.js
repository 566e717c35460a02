// The page's words, in the user's language, and small helpers that put elements together.

const words = JSON.parse(document.getElementById("words").textContent);

export const { lang: language } = document.documentElement;

/** Return what is said in English in the user's language, with `{names}` in it filled in. */
export function word(said, values = {}) {
  return (words[said] ?? said).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** What the kinds of findings are called. */
export const SEVERITIES = { error: word("Error"), warning: word("Warning"), untranslated: word("Not translated") };

export const byId = (id) => document.getElementById(id);

/** Return an element with properties (data-* and aria-* as attributes) and children. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && !name.includes("-")) made[name] = value;
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

/** Return a drawing of 16 × 16 units with one path. */
export function drawing(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  line.setAttribute("fill-rule", "evenodd");
  svg.append(line);
  return svg;
}
