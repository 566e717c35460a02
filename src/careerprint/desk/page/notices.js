// What is told above all views: what went wrong, and what there is to do about it.

import { byId, word } from "./words.js";

/** Tell something, with a button if there is something to do; an empty text takes it away. */
export function notice(told, action = "", act = null) {
  byId("notice").hidden = !told;
  byId("notice-told").textContent = told;
  byId("notice-action").hidden = !action;
  byId("notice-action").textContent = action;
  byId("notice-action").className = "button";
  byId("notice-action").onclick = () => {
    notice("");
    act();
  };
}

/** Tell what went wrong with a request. */
export function explain(trouble) {
  if (trouble.kind === "findings") notice(trouble.findings.map(sentence).join(" "));
  else if (trouble.kind) notice(word(trouble.kind));
  else throw trouble;
}

/** Return a finding as a line: where it is mended, what it is, and what to do. */
export const sentence = ({ where, message, hint }) => [where && `${where}:`, message, hint].filter(Boolean).join(" ");
