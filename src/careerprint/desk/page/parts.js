// Parts that several views are made of.

import { sentence } from "./notices.js";
import { element } from "./words.js";

/** Return the heading of a view. */
export const heading = (view, told) => element("h1", { id: `${view}-heading` }, told);

export const link = (href, told, kind) => element("a", { href, className: kind }, told);

export function button(told, act, kind = "button") {
  const made = element("button", { type: "button", className: kind }, told);
  made.addEventListener("click", act);
  return made;
}

/** Return a label with its control, and a hint below it if there is one. */
export function labelled(told, control, hint = "") {
  control.id ||= `control-${crypto.randomUUID()}`;
  const hintId = `${control.id}-hint`;
  if (hint) control.setAttribute("aria-describedby", hintId);
  return element(
    "div",
    { className: "field" },
    element("label", { htmlFor: control.id }, told),
    control,
    hint && element("p", { id: hintId, className: "soft" }, hint),
  );
}

/** Return findings as a list, each with the way to the place where it is mended. */
export function findingList(findings) {
  const rows = new Map(findings.map((finding) => [sentence(finding), finding])).values();
  return element(
    "ul",
    { className: "notes" },
    ...[...rows].map(({ where, leads, message, hint, severity }) =>
      element("li", { className: severity }, leads ? link(leads, where, "") : where, where && ": ", `${message} ${hint}`),
    ),
  );
}

/** Return a choice: options are pairs of a value and its name. */
export function choice(options, value = "") {
  const select = element("select", {}, ...options.map(([id, name]) => element("option", { value: id }, name)));
  select.value = value;
  return select;
}

/** Return a card that leads somewhere: a picture, a title, and a line on how it stands. */
export function card({ href, title, told, kind, source }) {
  const picture = source && element("img", { src: source, alt: "", loading: "lazy" });
  return element(
    "a",
    { href, className: "card", "data-kind": kind },
    element("span", { className: "small", "aria-hidden": "true" }, picture || ""),
    element("strong", {}, title),
    element("span", { className: "told-line" }, told),
  );
}
