// The view in which an import is checked: each proposal beside the text that it was found in.

import { paragraphsOf } from "./bring.js";
import { explain, notice } from "./notices.js";
import { boxed, button, choice, form, heading, labelled, link, sender, soft } from "./parts.js";
import { act } from "./server.js";
import { element, word } from "./words.js";

const KINDS = { value: word("To check"), proposal: word("Proposed, not printed yet"), remark: word("To know") };
const LONG = 40; // characters, from which on a text gets several lines to be written in
let place = null;
let slug = "";
let found = null;

async function show(section, profile) {
  place = section;
  slug = profile;
  const [proposals, original] = await Promise.all([act("proposals", { slug }), act("bring-original", { slug })]);
  const text = boxed(
    "check-original",
    word("The text, as it was brought in"),
    original.paragraphs.length ? paragraphsOf(original.paragraphs) : soft(word("The file that this profile was made of is not kept here.")),
  );
  place.replaceChildren(
    heading("check", ""),
    element("div", { className: "beside" }, element("section", { "aria-label": word("Check the import"), id: "check-list" }), text),
  );
  draw(proposals);
}

function draw(proposals, from = 0) {
  found = proposals;
  const left = proposals.proposals;
  place.querySelector("h1").textContent = word("Check what was found: {title}", proposals);
  const told = left.length ? word("Still to check: {count}", { count: left.length }) : word("Everything is checked.");
  const head = element("div", { className: "row-of" }, element("p", { role: "status" }, told));
  if (left.some(({ kind }) => kind !== "proposal"))
    head.append(button(word("All are right"), () => settle("proposals-accept", () => ({}))));
  head.append(link(`#/write/${slug}`, word("Go on writing"), left.length ? "button" : "button strong"));
  // Rows that stay keep what is being written into them.
  // Of several alike, each keeps its own.
  const before = [...place.querySelectorAll(".proposal")];
  const kept = (proposal) => before.splice(before.findIndex((row) => row.dataset.key === keyOf(proposal)) >>> 0, 1)[0];
  const list = element("ol", { className: "proposals" }, ...left.map((proposal, at) => kept(proposal) ?? proposalRow(proposal, at)));
  place.querySelector("#check-list").replaceChildren(head, list);
  const next = list.children[Math.min(from, list.children.length - 1)];
  if (from >= 0 && next && from !== null && drawnBefore) next.querySelector("button")?.focus();
  drawnBefore = true;
}
let drawnBefore = false;

const keyOf = ({ told, lines }) => `${told}\n${lines}`;

function proposalRow(proposal, at) {
  const { kind, told, title, lines, fact } = proposal;
  // Settled ones move the others: a line counts for the text that is there when its turn comes.
  const now = () => found.proposals.find((other) => keyOf(other) === keyOf(proposal));
  const decide = (decision, values) => settle("proposal-settle", () => now() && { line: now().line, decision, values }, at);
  const row = element("li", { className: "boxed proposal", "data-kind": kind, "data-key": keyOf(proposal) });
  const answers = element("div", { className: "row-of" });
  answers.append(button(kind === "proposal" ? word("Take over") : word("Right"), () => decide("accept"), "button strong"));
  if (proposal.entries.length) answers.append(button(word("Correct…"), () => row.replaceChildren(head, correcting(proposal, decide, () => row.replaceWith(proposalRow(proposal, at))))));
  if (kind !== "remark") answers.append(button(word("Leave out"), () => decide("drop")));
  if (kind === "remark" && fact) answers.append(link(`#/write/${slug}/facts/${fact}`, word("Open the form"), "button"));
  const head = element("p", { className: "label" }, [title, KINDS[kind]].filter(Boolean).join(" · "));
  row.append(head, element("p", { lang: "de" }, told), valuesOf(proposal), asking(proposal, decide), answers);
  return row;
}

/** Return what a remark asks for, to be chosen or entered. */
function asking({ asks }, decide) {
  if (!asks) return "";
  const control = asks.choices.length ? choice(asks.choices, asks.choices[0][0]) : element("input", { type: "date", required: true });
  const send = () => decide("correct", { [asks.key]: control.value });
  return form({ className: "row-of" }, send, labelled(asks.title, control), sender(word("Enter"), { className: "button" }));
}

/** Return the values that a proposal speaks of, to be read. */
function valuesOf({ entries, lines }) {
  if (!entries.length) return lines ? element("pre", { lang: "de" }, lines) : "";
  const rows = entries.map(({ title, told }) => [element("dt", {}, title), element("dd", { lang: "de" }, told)]);
  return element("dl", { className: "values" }, ...rows.flat());
}

/** Return a form with the values that a proposal speaks of. */
function correcting({ entries }, decide, cancelled) {
  const inputs = entries.map(({ name, value }) => {
    const input = value.length > LONG ? element("textarea", { className: "plain", rows: 2 }) : element("input", {});
    return Object.assign(input, { value, name, lang: "de" });
  });
  queueMicrotask(() => inputs[0]?.focus());
  return form(
    {},
    () => decide("correct", Object.fromEntries(inputs.map((input) => [input.name, input.value]))),
    ...inputs.map((input, n) => labelled(entries[n].title, input)),
    element("div", { className: "row-of" }, sender(word("Save")), button(word("Cancel"), () => cancelled())),
  );
}

let settling = Promise.resolve();

/** Settle one thing after the other; `what` returns it when its turn comes, or nothing if it is gone. */
function settle(action, what, at = 0) {
  settling = settling.then(async () => {
    const settled = what();
    if (!settled) return;
    try {
      draw(await act(action, { slug, based_on: found.digest, ...settled }), at);
      notice("");
    } catch (trouble) {
      explain(trouble);
    }
  });
}

function happened({ kind, profile, digest }) {
  if (kind === "text" && profile === slug && digest !== found?.digest) act("proposals", { slug }).then((now) => draw(now, null));
}

export const check = { name: word("Check the import"), show, happened };
