// The drawings of occupational fields, beside where one is chosen.

import { element, word } from "./words.js";

const pictureOf = (field) => element("img", { src: `/download/drawing?${new URLSearchParams({ field })}`, alt: "", loading: "lazy" });

/** Return the drawing of a field, "" for the neutral one. */
export const drawing = (field) => element("div", { className: "drawing" }, pictureOf(field));

/** Return what shows the drawing that a select has chosen, and all others to choose from by eye. */
export function drawingsFor(select) {
  const shown = drawing("");
  const all = element("details", { className: "drawings" }, element("summary", {}, word("See all drawings")));
  const tell = () => {
    shown.firstChild.src = pictureOf(select.value).src;
    for (const each of all.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each.value === select.value));
  };
  const choose = (value) => {
    select.value = value;
    select.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fill = () => {
    if (!all.open || all.querySelector("button")) return;
    const buttons = [...select.options].map(({ value, textContent }) => element("button", { type: "button", value, onclick: () => choose(value) }, pictureOf(value), element("span", {}, textContent)));
    all.append(element("div", { className: "of-drawings" }, ...buttons));
    tell();
  };
  all.addEventListener("toggle", fill);
  select.addEventListener("input", tell);
  tell();
  return Object.assign(element("div", { className: "chosen-drawing" }, shown, all), { tell });
}
