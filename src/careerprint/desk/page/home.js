// The first view: profiles, fairs, languages and releases, each with its state and its next step.

import { act } from "./server.js";
import { notice } from "./notices.js";
import { button, card, findingList, heading, later, link, part, picture, soft } from "./parts.js";
import { nameOf } from "./sheet.js";
import { element, word } from "./words.js";

// How a profile may stand: what is told of it, the view of its next step, and what the step is called.
const STATES = {
  failed: [() => word("cannot be printed"), "write", word("Mend")],
  check: [(count) => word("to check: {count}", { count }), "check", word("Check the import")],
  stale: [(count) => word("to print: {count}", { count }), "", ""],
  open: [(count) => word("not ready to go out: {count}", { count }), "release", word("See what is open")],
  ready: [() => word("ready"), "release", word("Release")],
  released: [(_, day) => word("released on {day}, unchanged since", { day }), "release", word("See the releases")],
  changed: [(count, day) => word("changed since the release of {day}: {count}", { count, day }), "release", word("See what is new")],
  unknown: [() => word("being looked at"), "", ""],
};
let place = null;
let gone = []; // what was removed and can come back
let languages = null;
let unprinted = 0; // flyers for fairs
let outdated = {}; // editions by the names of the releases that have them otherwise

async function show(section) {
  place = section;
  await redraw();
  await recount();
}

async function redraw() {
  gone = await act("removed");
  draw(await act("home"));
}

/** Show again what takes longer to find out. */
async function recount() {
  languages = await act("languages");
  drawLanguages();
  await countFlyers();
}

/** Tell whether a list that folds was open before it is drawn again. */
const isOpen = (id) => place.querySelector(`#${id}`)?.open ?? false;

function draw({ profiles, fairs, releases, faults, issuerOpen }) {
  const [removedOpen, othersOpen] = [isOpen("home-removed"), isOpen("home-others")];
  place.replaceChildren(
    heading("home", word("What is to be done?")),
    faults.length ? findingList(faults) : "",
    issuerOpen.length ? officeOf(issuerOpen) : "",
    part(
      "home-profiles",
      word("Profiles"),
      element(
        "ul",
        { className: "cards" },
        ...profiles.map(profileCard),
        element("li", {}, card({ href: "#/bring", title: word("New profile"), told: word("From a Word file, a web page, another profile, or a form."), kind: "new" })),
      ),
      gone.length ? element("details", { id: "home-removed", open: removedOpen }, element("summary", {}, word("Removed: {count}", { count: gone.length })), element("ul", { className: "rows" }, ...gone.map(removedRow))) : "",
    ),
    element(
      "div",
      { className: "columns" },
      part("home-fairs", word("Job fairs"), ...fairsOf(fairs)),
      part("home-languages-heading", word("Languages"), element("div", { id: "home-languages" })),
      part("home-releases", word("Releases"), releaseList(releases)),
    ),
  );
  drawLanguages(othersOpen);
  tellFlyers();
  tellOutdated(place);
}

/** Show the languages that are printed; the others are a click away. */
function drawLanguages(isUnfolded = isOpen("home-others")) {
  const [printed, others] = [true, false].map((on) => (languages ?? []).filter(({ declared }) => declared === on).map(languageRow));
  place.querySelector("#home-languages").replaceChildren(
    element("ul", { className: "rows" }, ...printed),
    others.length ? element("details", { id: "home-others", open: isUnfolded }, element("summary", {}, word("Other languages")), element("ul", { className: "rows" }, ...others)) : "",
  );
}

/** Count how many flyers for fairs are not printed as they are now: with many, that takes seconds. */
async function countFlyers() {
  const { fairs } = await act("fairs-flyers").catch(() => ({ fairs: {} }));
  unprinted = Object.values(fairs).reduce((sum, { total, done }) => sum + total - done, 0);
  tellFlyers();
  await seekOutdated(place);
}

function tellFlyers() {
  const told = place.querySelector("#home-flyers");
  if (!told) return;
  told.hidden = !unprinted;
  told.textContent = word("Flyers for fairs to print: {count}", { count: unprinted });
}

function profileCard({ slug, title, isExample, state, count, day, changed, picture: pictured }) {
  const [told, view, step] = STATES[state];
  const isSilent = changed && state !== "changed"; // something else is more pressing, and told first
  return element(
    "li",
    {},
    card({ href: `#/write/${slug}`, title, told: told(count, day), kind: state, shown: pictured && picture(pictured, 400), mark: isExample && word("Example") }),
    state === "stale" ? button(word("Print"), () => act("print", { slug })) : step ? link(`#/${view}/${slug}`, step, "button") : "",
    isSilent ? soft(word("Changed since the release of {day}: {count}", { count: changed, day })) : "",
    isSilent && view !== "release" ? link(`#/release/${slug}`, word("See what is new"), "quiet") : "",
    isExample ? button(word("Remove the example"), removeExample, "quiet") : button(word("Remove the profile"), () => removeProfile(slug, title), "quiet"),
  );
}

/** Take a profile away, once that was confirmed. */
function removeProfile(slug, title) {
  const go = () => act("profile-remove", { slug }).then(redraw).then(recount);
  notice(word("“{title}” goes, with its translations and pictures. Below the profiles it can be brought back; what was released stays.", { title }), word("Remove the profile"), go);
}

/** Take the example away, once that was confirmed. */
function removeExample() {
  const go = () => act("example-put-away").then(redraw).then(recount);
  notice(word("The example profile goes, and so does the table of fairs if it holds examples alone. Below the profiles both can be brought back."), word("Remove the example"), go);
}

/** Return what was removed, with when, and the button that brings it back. */
function removedRow({ name, titles, when }) {
  const back = () => act("bring-back", { name }).then(redraw).then(recount);
  return element("li", {}, element("span", {}, titles.join(", ")), element("span", { className: "soft" }, word("removed on {day}", { day: when })), button(word("Bring it back"), back, "quiet"));
}

/** Return which entries of the office are still placeholders, each with the way there. */
function officeOf(open) {
  const [first] = open;
  const entries = open.map(({ leads, name, text }) => element("li", {}, link(leads, name, ""), element("span", { className: "soft" }, text)));
  return element(
    "div",
    { id: "home-office" },
    element("div", { className: "row-of" }, element("p", { className: "remark" }, word("Begin with your office: these entries are still placeholders, and are printed like that.")), link(first.leads, word("Enter your office"), "button strong")),
    element("ul", { className: "rows" }, ...entries),
  );
}

function fairsOf(fairs) {
  if (!fairs)
    return [soft(word("There is no table of job fairs yet.")), link("#/fairs", word("Make or open a table"), "button")];
  return [
    fairs.count || !fairs.examples ? element("p", {}, word("Job fairs in the table: {count}", fairs)) : "",
    fairs.examples ? element("p", {}, element("span", { className: "mark" }, word("Example")), " ", word("Made-up fairs to try things out: {examples}. Open your own table in their place.", fairs)) : "",
    fairs.sheets.length ? element("p", {}, onlyRead(fairs.sheets)) : "",
    fairs.next && element("p", {}, fairs.sheets.length === 1 ? word("Next on this sheet: {fair}, {day}", fairs.next) : word("Next: {fair}, {day}", fairs.next)),
    fairs.faults ? element("p", { className: "remark warning" }, word("Rows to correct: {count}", { count: fairs.faults })) : "",
    element("p", { id: "home-flyers", hidden: true }),
    link("#/fairs", word("Open the table"), "button"),
  ].filter(Boolean);
}

function languageRow({ locale, name, texts }) {
  const called = ({ title, isExample }) => [title || word("Words of the layouts"), isExample && `(${word("Example")})`].filter(Boolean).join(" ");
  const open = texts.filter(({ percent }) => percent < 100).map((text) => word("{title}: {percent} % translated", { title: called(text), percent: text.percent }));
  const waiting = texts.filter(({ waiting }) => waiting).map((text) => word("{title}: to approve: {count}", { title: called(text), count: text.waiting }));
  const told = [open.join("; ") || word("translated"), waiting.join("; ")];
  return element(
    "li",
    {},
    link(`#/translations/${locale}`, name, ""),
    element("span", { className: "soft" }, told.filter(Boolean).join(", ")),
  );
}

const onlyRead = ([sheet, ...more]) => (more.length ? word("Read are only the sheets {sheets}.", { sheets: [sheet, ...more].join(", ") }) : word("Read is only the sheet “{sheet}”.", { sheet }));

/** Return what flyers for fairs are called: with the part of the season that they are of, where it is not all. */
export const ofPart = (title, part) => (part ? word("{title}, sheet “{sheet}”", { title, sheet: part }) : title);

/** Return a list of releases; `further(name)` is put behind each. */
export function releaseList(releases, further = () => "") {
  if (!releases.length) return soft(word("Nothing has been released yet."));
  const rows = releases.map(({ name, title, part, day, by, count }) =>
    element("li", { "data-release": name }, element("span", { title: name }, ofPart(title, part)), element("span", { className: "soft" }, word("{day}, by {by}: {count} PDF files", { day, by, count })), further(name)),
  );
  return element("ul", { className: "rows releases" }, ...rows);
}

/** Find out what of the releases is another now, so that copies in hand are old: with many fairs, that takes seconds. */
export async function seekOutdated(list) {
  outdated = await act("releases-outdated").catch(() => outdated);
  tellOutdated(list);
}

function tellOutdated(list) {
  for (const row of list.querySelectorAll("[data-release]")) {
    const names = (outdated[row.dataset.release] ?? []).map(nameOf);
    const told = names.slice(0, 6).join("; ") + (names.length > 6 ? " …" : "");
    row.querySelector(".remark")?.remove();
    if (names.length) row.append(element("p", { className: "remark warning" }, word("Changed since, so copies in hand are old: {count} ({names})", { count: names.length, names: told })));
  }
}

const recountLater = later(1000, () => place?.hidden || recount());
const renew = later(300, () => place?.hidden || redraw());
function happened({ kind }) {
  if (["standing", "text", "sources", "back"].includes(kind)) renew();
  if (["sources", "back"].includes(kind)) recountLater();
}

export const home = { name: word("Home"), show, happened };
