// The view in which an import is checked: each proposal beside the text that it was found in.

import { paragraphsOf } from "./bring.js";
import { drawing, drawingsFor } from "./drawings.js";
import { explain, forgive, notice } from "./notices.js";
import { boxed, button, choice, form, heading, labelled, link, sender, soft } from "./parts.js";
import { act, ask } from "./server.js";
import { inTurn } from "./turns.js";
import { element, word } from "./words.js";

const KINDS = { value: word("To check"), proposal: word("Proposed, not printed yet"), remark: word("To know") };
const ACCEPT = { value: word("Right"), proposal: word("Take over") };
const DONE = { accept: word("Right"), keep: word("Left as it is"), correct: word("Corrected"), drop: word("Left out") };
const FIELD = "art.field"; // whose drawing is shown
const QUOTED = 60; // characters of what is looked for in the text
const LONG = 40; // characters, from which on a text gets several lines to be written in
let place = null;
let slug = "";
let found = null;
let isBrought = false; // the file that the profile was made of is here
let steps = []; // what was settled: {text, before it; after, the digest behind it; told; at, which row it was}

const settling = inTurn();

async function show(section, profile) {
  place = section;
  const [proposals, original] = await settling(() => Promise.all([act("proposals", { slug: profile }), act("bring-original", { slug: profile })]));
  return () => begin(profile, proposals, original);
}

function begin(profile, proposals, original) {
  slug = profile;
  steps = [];
  isBrought = original.paragraphs.length > 0;
  const text = boxed(
    "check-original",
    word("The text, as it was brought in"),
    isBrought ? paragraphsOf(original.paragraphs) : soft(word("No file is kept here that this profile was made of.")),
  );
  place.replaceChildren(
    heading("check", ""),
    element("div", { className: "beside" }, element("section", { "aria-label": word("Check the import"), id: "check-list" }), text),
  );
  draw(proposals);
}

function draw(proposals, from = null) {
  found = proposals;
  const left = proposals.proposals;
  place.querySelector("h1").textContent = word("Check what was found: {title}", proposals);
  const done = isBrought || steps.length ? word("Everything is checked.") : word("There is nothing to check here.");
  const open = found.open.length && !left.length ? word("Still to be filled in: {texts}", { texts: found.open.join(", ") }) : "";
  const told = left.length ? word("Still to check: {count}", { count: left.length }) : open || done;
  const head = element("div", { className: "row-of" }, element("p", { role: "status" }, told));
  if (left.some(({ kind, unfilled, asks }) => kind !== "proposal" && !unfilled && !asks))
    head.append(button(word("All are right"), () => settle("proposals-accept", () => ({}), allRight)));
  head.append(link(`#/write/${slug}`, word("Go on writing"), left.length ? "button" : "button strong"));
  // Rows that stay keep what is being written into them.
  // Of several alike, each keeps its own.
  const before = [...place.querySelectorAll(".proposal")];
  const kept = (proposal) => before.splice(before.findIndex((row) => row.dataset.key === keyOf(proposal)) >>> 0, 1)[0];
  const rows = left.map((proposal) => kept(proposal) ?? proposalRow(proposal));
  const next = rows[Math.min(from ?? 0, rows.length - 1)];
  const step = steps.at(-1);
  if (step?.after === found.digest) rows.splice(step.at, 0, settledRow(step));
  const written = place.querySelector(".proposal :is(input, select, textarea):focus");
  place.querySelector("#check-list").replaceChildren(head, element("ol", { className: "proposals" }, ...rows));
  if (written?.isConnected) return written.focus(); // somebody has gone on there meanwhile
  if (from === null) return;
  next?.querySelector("button")?.focus();
  place.querySelector(".settled")?.scrollIntoView({ block: "nearest" });
}

/** Tell that all are right, but for what is asked for and still empty. */
function allRight({ proposals }) {
  const asked = proposals.filter(({ asks }) => asks);
  const names = [...new Set(asked.map(({ asks }) => asks.title))].join(", ");
  return asked.length ? word("All are right. Still to be entered: {names}", { names }) : word("All are right");
}

/** Return the row that stands where the last proposal was, with the way back. */
const settledRow = ({ told }) =>
  element("li", { className: "row-of settled" }, element("p", { role: "status" }, told), button(word("Undo"), undo));

/** Bring the text back that was there before the last step. */
const undo = () =>
  settling(async () => {
    const { text, at } = steps.pop();
    try {
      const saved = await ask(`/text/${encodeURIComponent(slug)}`, { method: "PUT", body: { text, basedOn: found.digest }, also: [409] });
      draw(await act("proposals", { slug }), at);
      notice(saved.conflict ? word("The file was changed elsewhere; this is its text now.") : "");
    } catch (trouble) {
      explain(trouble);
    }
  });

const keyOf = ({ place, told, lines }) => `${place}\n${told}\n${lines}`;

function proposalRow(proposal) {
  const { kind, confirms, told, title, needed, leads, unfilled, isOfText } = proposal;
  // Settled ones move the others: a line counts for the text that is there when its turn comes.
  // Of several alike, it is the one in this row's turn.
  const turn = () => [...place.querySelectorAll(".proposal")].filter((other) => other.dataset.key === row.dataset.key).indexOf(row);
  const now = () => found.proposals.filter((other) => keyOf(other) === row.dataset.key)[turn()];
  const decide = (decision, values, refused) =>
    settle("proposal-settle", () => now() && { line: now().line, decision, values }, [DONE[decision === "accept" && kind !== "proposal" && !confirms ? "keep" : decision], title].filter(Boolean).join(": "), refused);
  const row = element("li", { className: "boxed proposal", "data-kind": kind, "data-key": keyOf(proposal) });
  const answers = element("div", { className: "row-of" });
  if (!unfilled) answers.append(button(kind === "proposal" || confirms ? ACCEPT[kind] : word("Leave it as it is"), () => decide("accept"), "button strong"));
  if (proposal.entries.length) answers.append(button(unfilled ? word("Fill in…") : word("Correct…"), () => row.replaceChildren(head, correcting(proposal, decide, () => row.replaceWith(proposalRow(proposal)))), unfilled ? "button strong" : "button"));
  if (kind !== "remark" && !needed) answers.append(button(word("Leave out"), () => decide("drop")));
  if (proposal.lists) answers.append(button(word("Boxes instead of the lists"), () => decide("drop")));
  if (leads) answers.append(link(leads, word("Open the form"), "button"));
  if (isOfText) answers.append(link(`#/write/${slug}/text`, word("Open the text"), "button"));
  const head = element("p", { className: "label" }, [title, KINDS[kind]].filter(Boolean).join(" · "));
  row.append(head, element("p", { lang: "de" }, told), valuesOf(proposal), unfilled ? element("p", { className: "remark" }, unfilled) : "", asking(proposal, decide), answers);
  for (const kind of ["focusin", "click"]) row.addEventListener(kind, () => showSource(proposal));
  return row;
}

/** Mark what a proposal was made of in the text beside it, and bring it into view. */
function showSource({ told, entries }) {
  const quoted = /„(.*)“/s.exec(told)?.[1].replace(/ …$/, "") ?? told.split(" ")[0];
  const parts = [...place.querySelectorAll(".original > *, .original tr")];
  const texts = parts.map((part) => part.textContent);
  const sought = [quoted, quoted.split("; ")[0], ...entries.map(({ value }) => value)].filter((words) => words.length > 3);
  const at = sought.map((words) => texts.findIndex((text) => text.includes(words.slice(0, QUOTED)))).find((n) => n >= 0);
  parts.forEach((part, n) => part.classList.toggle("source", n === at));
  const part = parts[at];
  if (!part) return;
  const box = part.closest(".original"); // only this moves, not the page
  box.scrollTop += part.getBoundingClientRect().top - box.getBoundingClientRect().top - (box.clientHeight - part.offsetHeight) / 2;
}

/** Return what a remark asks for, to be chosen or entered. */
function asking({ asks }, decide) {
  if (!asks) return "";
  const input = inputOf(asks);
  input.required = true;
  const made = form({ className: "row-of" }, () => decide("correct", { [asks.name]: input.value }, tellFaults(made)), labelled(asks.title, input), sender(word("Enter"), { className: "button" }));
  return made;
}

/** Return the control for an entry: what may stand there to choose from, a day, or text. */
function inputOf({ name, value, choices, isDay }) {
  const control = choices.length
    ? choice(choices, value || choices[0][0])
    : value.length > LONG
      ? element("textarea", { className: "plain", rows: 2 })
      : element("input", { type: isDay ? "date" : "text" });
  if (!choices.length) control.value = value;
  return Object.assign(control, { name, lang: "de" });
}

/** Return a function that tells, at the fields of a form, what is off in them. */
const tellFaults = (made) => (faults) => {
  for (const old of made.querySelectorAll(".fault")) old.remove();
  for (const control of made.querySelectorAll("[name]")) {
    const told = faults[control.name];
    control.removeAttribute("aria-invalid");
    if (!told) continue;
    const line = element("p", { className: "fault", id: `${control.id}-fault`, role: "alert" }, told);
    control.after(line);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-errormessage", line.id);
  }
  made.querySelector("[aria-invalid]")?.focus();
};

/** Return the values that a proposal speaks of, to be read. */
function valuesOf({ entries, lines }) {
  if (!entries.length) return lines ? element("pre", { lang: "de" }, lines) : "";
  const rows = entries.map(({ title, told }) => [element("dt", {}, title), element("dd", { lang: "de" }, told)]);
  const listed = element("dl", { className: "values" }, ...rows.flat());
  const field = entries.find(({ name }) => name === FIELD);
  return field ? element("div", { className: "with-drawing" }, listed, drawing(field.value)) : listed;
}

/** Return a form with the values that a proposal speaks of. */
function correcting({ entries }, decide, cancelled) {
  const inputs = entries.map(inputOf);
  queueMicrotask(() => inputs[0]?.focus());
  const made = form(
    {},
    () => decide("correct", Object.fromEntries(inputs.map((input) => [input.name, input.value])), tellFaults(made)),
    ...inputs.map((input, n) => labelled(entries[n].title, input)),
    ...inputs.filter(({ name }) => name === FIELD).map(drawingsFor),
    element("div", { className: "row-of" }, sender(word("Save")), button(word("Cancel"), () => {
      forgive();
      cancelled();
    })),
  );
  return made;
}

/** Settle one thing after the other; `what` returns it when its turn comes, or nothing if it is gone.
 *
 * `told` is what it came to, or says that of the answer; `refused` is called with the faults of what was entered.
 */
const settle = (action, what, told, refused) =>
  settling(async () => {
    const settled = what();
    if (!settled) return;
    try {
      const { text, digest } = found;
      const at = Math.max(found.proposals.findIndex(({ line }) => line === settled.line), 0);
      const made = await act(action, { slug, based_on: digest, ...settled });
      if (made.faults) return refused(made.faults);
      notice(made.done ? "" : word("The file was changed elsewhere; this is its text now."));
      if (made.done) steps.push({ text, after: made.digest, told: told.call ? told(made) : told, at });
      if (made.done && settled.line) place.querySelectorAll(".proposal")[at]?.remove(); // one alike may stay
      draw(made, at);
    } catch (trouble) {
      explain(trouble);
    }
  });

/** Take in what others have written, between two steps: what was asked for before a step is old behind it. */
function happened({ kind, profile, digest }) {
  if (kind !== "text" || profile !== slug) return;
  settling(async () => {
    if (digest !== found?.digest) draw(await act("proposals", { slug }));
  }).catch(explain);
}

export const check = { name: word("Check the import"), show, happened, leave: () => settling(() => {}) };
