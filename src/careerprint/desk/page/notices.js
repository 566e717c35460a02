// What is told above all views: what went wrong, and what there is to do about it.

import { byId, word } from "./words.js";

const TROUBLES = { gone: word("The workspace is not there any more. Your text is kept on this page, and saved as soon as the folder is back."), unreachable: word("The desk cannot be reached. Your text is kept on this page, and saved as soon as it can be. If the desk was ended, start it again: this page then goes on by itself."), refused: word("This page belongs to an earlier start of the desk. Your text is kept on it: copy what is not saved, and open the desk anew."), fault: word("This went wrong, and it is no fault of yours. Load the page anew. If it goes wrong again, tell whoever looks after careerprint what you did.") };

let told = 0;

/** Return how often something was told, or taken away. */
export const noticed = () => told;

/** Tell something, with a button if there is something to do; an empty text takes it away. */
export function notice(text, action = "", act = null) {
  told += 1;
  byId("notice").hidden = !text;
  byId("notice-told").textContent = text;
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
  else if (trouble.kind) notice(TROUBLES[trouble.kind]);
  else throw trouble;
}

/** Take away what was told, unless it asks something, or was told after `since`: something else has been done. */
export function forgive(since = told) {
  if (since === told && byId("notice-action").hidden) notice("");
}

/** Return the words of the text that a finding quotes, "" for none. */
export const quotedIn = ({ message }) => /[„“]([^„“”]+)[“”]/.exec(message)?.[1] ?? "";

/** Return the address at which a finding is mended, with the words of the text that it quotes. */
export function wayTo({ leads, message }) {
  const quoted = quotedIn({ message });
  return quoted && /^#\/write\/.*\/\d+$/.test(leads) ? `${leads}/${encodeURIComponent(quoted)}` : leads;
}

/** Return a finding as a line: where it is mended, what it is, and what to do. */
export const sentence = ({ where, message, hint }) => [where && `${where}:`, message, hint].filter(Boolean).join(" ");
