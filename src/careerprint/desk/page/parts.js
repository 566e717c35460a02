// Parts that several views are made of.

import { sentence, wayTo } from "./notices.js";
import { fileFrom } from "./server.js";
import { element, word } from "./words.js";

/** Return the heading of a view. */
export const heading = (view, told) => element("h1", { id: `${view}-heading` }, told);

export const link = (href, told, kind) => element("a", { href, className: kind }, told);

/** Return a function that does something, but not once more before it is done. */
function once(act) {
  let isAtWork = false;
  return async () => {
    if (isAtWork) return;
    isAtWork = true;
    try {
      await act();
    } finally {
      isAtWork = false;
    }
  };
}

export const button = (told, act, kind = "button") => element("button", { type: "button", className: kind, onclick: once(act) }, told);

/** Return a form; `send` is called when it is sent. */
export function form(properties, send, ...inside) {
  const sent = once(send);
  const onsubmit = (event) => {
    event.preventDefault();
    sent();
  };
  return element("form", { ...properties, onsubmit }, ...inside);
}

/** Return the button that sends a form. */
export const sender = (told, properties = {}) => element("button", { className: "button strong", ...properties }, told);

/** Return a part of a view, with its heading. */
export const part = (id, told, ...inside) => element("section", { "aria-labelledby": id }, element("h2", { id }, told), ...inside);

/** Return such a part in a box. */
export function boxed(id, told, ...inside) {
  const made = part(id, told, ...inside);
  made.className = "boxed";
  return made;
}

/** Tell what the order for the print shop does not say yet, with links to where that is entered. */
export function orderGaps(gaps) {
  const links = gaps.flatMap(([key, told], n) => [n ? "; " : " ", link(`#/look/order.${key}`, told, "")]);
  return gaps.length ? element("p", { className: "remark" }, word("The order does not say yet:"), ...links) : "";
}

/** Return what is told in passing. */
export const soft = (told, properties = {}) => element("p", { className: "soft", ...properties }, told);

/** Return a box to tick, with its label behind it. */
export const tick = (control, told) => element("label", { className: "check" }, control, told);

/** Return the control that chooses a file; `bring` is called with it. */
export const fileChoice = (accept, bring, properties = {}) =>
  element("input", { type: "file", accept, ...properties, onchange: ({ target }) => target.files[0] && bring(target.files[0]) });

/** Return an area that files are dropped on; `bring` is called with the first. */
export function dropping(bring, properties, ...inside) {
  const area = element("div", { className: "drop", ...properties }, ...inside);
  const over = (is) => (event) => {
    if (event.type !== "dragleave") event.preventDefault();
    area.classList.toggle("over", is);
  };
  area.ondragenter = area.ondragover = over(true);
  area.ondragleave = over(false);
  area.ondrop = (event) => {
    over(false)(event);
    if (event.dataTransfer.files[0]) bring(event.dataTransfer.files[0]);
  };
  return area;
}

/** Return a link to a file to keep; `values` say which. While it is made, the link says so. */
export function download(name, values, told, properties = {}) {
  const made = element("a", { ...properties, href: `/download/${name}?${new URLSearchParams(values)}`, download: "" }, told);
  made.addEventListener("click", async (event) => {
    event.preventDefault();
    if (made.ariaBusy === "true") return;
    made.ariaBusy = "true";
    const says = setTimeout(() => made.replaceChildren(element("span", { role: "status" }, word("Being made…"))), 300);
    try {
      const { name, content } = await fileFrom(made.href);
      const address = URL.createObjectURL(content);
      element("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } finally {
      clearTimeout(says);
      made.replaceChildren(told);
      made.ariaBusy = "false";
    }
  });
  return made;
}

/** Return the address of a picture of an edition's page. */
export const pictureOf = ({ pdf, output }, width, page = 1) => `/picture/${pdf}/${page}/${width}?output=${encodeURIComponent(output)}`;

/** Return such a picture; what it shows is told beside it. */
export const picture = (edition, width) => element("img", { src: pictureOf(edition, width), alt: "", loading: "lazy" });

/** Tell whether an element is wholly in view in the scroller that it is in. */
export function isInView(made, inside) {
  const [{ top, bottom }, around] = [made, inside.closest(".scroller")].map((each) => each.getBoundingClientRect());
  return top >= around.top && bottom <= around.bottom;
}

/** Return where the sentence begins and ends in which words stand; null where they do not. */
export function sentenceAround(text, words) {
  const at = words ? text.replace(/[\u00a0\u202f]/g, " ").indexOf(words.replace(/[\u00a0\u202f]/g, " ")) : -1;
  if (at < 0) return null;
  const before = [...text.slice(0, at).matchAll(/[.!?…]["”“)]?\s+/g)].at(-1);
  const behind = /[.!?…]["”“)]?(?=\s|$)/.exec(text.slice(at + words.length - 1));
  return [before ? before.index + before[0].length : 0, behind ? at + words.length - 1 + behind.index + behind[0].length : text.length];
}

/** Return a function that calls `act` once it was not called for so many milliseconds. */
export function later(pause, act) {
  let waits;
  return () => {
    clearTimeout(waits);
    waits = setTimeout(act, pause);
  };
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
    hint && soft(hint, { id: hintId }),
  );
}

/** Return findings as a list, each with the way to the place where it is mended. */
export function findingList(findings) {
  const rows = new Map(findings.map((finding) => [sentence(finding), finding])).values();
  return element(
    "ul",
    { className: "notes" },
    ...[...rows].map(({ where, leads, message, hint, severity }) =>
      element("li", { className: severity }, leads ? link(wayTo({ leads, message }), where, "") : where, where && ": ", `${message} ${hint}`),
    ),
  );
}

/** Return a choice: options are pairs of a value and its name. */
export function choice(options, value = "", properties = {}) {
  const select = element("select", properties, ...options.map(([id, name]) => element("option", { value: id }, name)));
  select.value = value;
  return select;
}

/** Return a card that leads somewhere: a picture, a title, and a line on how it stands. */
export function card({ href, title, told, kind, shown, mark = "" }) {
  return element(
    "a",
    { href, className: "card", "data-kind": kind },
    element("span", { className: "small", "aria-hidden": "true" }, shown || ""),
    mark ? element("span", { className: "mark" }, mark) : "",
    element("strong", {}, title),
    element("span", { className: "told-line" }, told),
  );
}
