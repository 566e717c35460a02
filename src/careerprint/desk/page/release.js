// The view in which documents are checked and released.

import { ofPart, releaseList, seekOutdated } from "./home.js";
import { notice, wayTo } from "./notices.js";
import { boxed, choice, download, findingList, form, heading, labelled, later, link, orderGaps, picture, sender, soft, tick } from "./parts.js";
import { act } from "./server.js";
import { nameOf } from "./sheet.js";
import { inOrder } from "./turns.js";
import { SEVERITIES, element, language, word } from "./words.js";

const TABLE = "fairs";
const MOST_NAMED = 6;
const STANDINGS = { ready: word("ready to go out"), unready: word("kept back"), failed: word("cannot be printed"), unprinted: word("is printed when you release"), unknown: word("being printed and checked") };
const SHEETS = { booklet: word("A booklet: print the sheets of A4 on both sides, turned over the short edge, and fold them together in the middle."), "2up": word("Two on each sheet of A4, to be cut apart."), "3up": word("Three on each sheet of A4, to be cut apart.") };
let place = null;
let found = null;
let by = ""; // who releases
let left = {}; // what is not ticked: of each profile its locales, layouts, and outputs of single editions
let meant = { which: "all", ids: new Set() }; // the fairs of which flyers are to go out
let seen = {}; // of each profile, what is told of it and may go out like that: somebody has decided so

const newest = inOrder();

async function show(section, what = "", ids = "") {
  place = section;
  const [kept, now] = await Promise.all([act("place"), newest(act("check", { what }))]);
  return () => {
    meant = { which: ids ? "chosen" : "all", ids: new Set(ids.split(",").filter(Boolean)) };
    ({ left, seen } = kept);
    found = now;
    by ||= (kept.names.releases || found.releases[0]?.by) ?? ""; // who releases, not who approves a language
    draw();
  };
}

function draw() {
  const all = [...found.profiles, ...(found.table ? [[TABLE, ofPart(word("Flyers for job fairs"), found.part)]] : [])];
  const what = choice(all, found.what, { id: "release-what", onchange: () => (location.hash = `#/release/${what.value}`) });
  place.replaceChildren(
    heading("release", word("Check and release")),
    element("div", { className: "row-of toolrow" }, labelled(word("What"), what), download("report", { what: found.what }, word("Report on all printed files"), { className: "button" })),
    element("div", { className: "beside" }, openOnes(), releasing()),
    editions(),
    former(),
  );
  seekOutdated(place);
}

const former = () => boxed("release-former", word("Releases"), releaseList(found.releases, (name) => download("release", { name }, word("Download as one zip"))));

const leftOf = (kind) => left[found.what]?.[kind] ?? [];
/** Return the fairs with flyers that were not released as they are now. */
const changedFairs = () => (found.changed ??= new Set(found.editions.filter(({ released }) => !released).map(({ fair }) => fair)));
const isMeant = ({ fair }) => found.what !== TABLE || meant.which === "all" || (meant.which === "changed" ? changedFairs() : meant.ids).has(fair);
const isTicked = (edition) => isMeant(edition) && !isLeft(edition);
const isLeft = ({ locale, layout, output }) => leftOf("locales").includes(locale) || leftOf("layouts").includes(layout) || leftOf("outputs").includes(output);

/** Return what is found in the editions that are ticked. */
const openOf = (wanted) => found.open.filter(({ outputs }) => wanted.some(({ output }) => outputs.includes(output)));
// Nobody but the user knows which of two amounts is right: she decides before anything goes out.
// Before the editions that have it have been looked at, nobody knows whether it is hers to decide.
const isOpinion = ({ rule, severity }) => rule === "pay-text" && severity !== "error";
const isKnown = ({ outputs }) => !found.editions.some((each) => isTicked(each) && each.standing === "unknown" && outputs.includes(each.output));
const isToDecide = (each) => isOpinion(each) && isKnown(each);
const isSeen = ({ message }) => (seen[found.what] ?? []).includes(message);
const undecided = () => openOf(found.editions.filter(isTicked)).filter((each) => isToDecide(each) && !isSeen(each));

/** Return the tick by which the user decides that something may go out as it is; that wording alone. */
function deciding(each) {
  const box = element("input", { type: "checkbox", checked: isSeen(each) });
  box.onchange = () => {
    const others = found.open.filter((other) => other.message !== each.message && isSeen(other));
    seen[found.what] = [...others, ...(box.checked ? [each] : [])].map(({ message }) => message);
    act("place", { seen: { [found.what]: seen[found.what] } }).catch(() => {});
    place.querySelector("#release-verdict")?.replaceWith(verdict());
  };
  return tick(box, word("I have looked at this: it is to go out like that."));
}

/** Tell what is found in the editions that are ticked. */
function openOnes() {
  const wanted = found.editions.filter(isTicked);
  const rowOf = (each) => {
    const { severity, where, leads, message, hint, outputs, page } = each;
    const names = [...new Set(wanted.filter(({ output }) => outputs.includes(output)).map(({ layoutName, localeName }) => `${layoutName} ${localeName}`))];
    const told = [where, page && `${word("Page")} ${page}`].filter(Boolean).join(", ");
    return element(
      "li",
      { className: `finding ${severity}` },
      element("p", { className: "label" }, `${severity === "error" || isKnown(each) ? SEVERITIES[severity] : word("being looked at")} · ${told}`),
      element("p", {}, `${message} ${hint}`),
      soft(word("in: {names}", { names: names.slice(0, 4).join(", ") + (names.length > 4 ? " …" : "") })),
      leads ? link(wayTo(each), word("Go there"), "") : "",
      isToDecide(each) ? deciding(each) : "",
    );
  };
  const open = openOf(wanted);
  // Before all have been looked at, nobody knows of a warning whether the press takes it for an error.
  const isKeeping = (each) => each.severity === "error" || !isKnown(each);
  const decisions = open.filter(isToDecide).map(rowOf);
  const [keeping, others] = [true, false].map((keeps) => open.filter((each) => !isToDecide(each) && isKeeping(each) === keeps).map(rowOf));
  const withoutRoom = wanted.filter(({ leftOut }) => leftOut.length);
  const lacking = [...Map.groupBy(withoutRoom, ({ leftOutTold }) => leftOutTold.join(", "))].map(([names, of]) =>
    element(
      "li",
      { className: "finding warning" },
      element("p", {}, word("Left out, because there is no room: {names}", { names })),
      soft(word("in: {names}", { names: of.map(nameOf).join("; ") })),
    ),
  );
  const german = found.imprints.map((locale) => [locale, wanted.filter((edition) => edition.locale === locale)]).filter(([, of]) => of.length);
  const imprints = german.map(([locale, of]) =>
    element(
      "li",
      { className: "finding warning" },
      element("p", {}, word("The imprint stands in German there: it has not been entered in this language.")),
      soft(word("in: {names}", { names: of.map(nameOf).join("; ") })),
      link(`#/look/issuer.imprints.${locale}`, word("Go there"), ""),
    ),
  );
  const list = (rows) => (rows.length ? element("ul", { className: "findings" }, ...rows) : "");
  const seen = [...others, ...lacking, ...imprints];
  const toSee = seen.length ? boxed("release-see", word("To look at"), soft(word("These keep nothing in the house.")), list(seen)) : "";
  const toDecide = decisions.length ? boxed("release-decide", word("For you to decide"), soft(word("The program cannot know what is right here. Correct it, or say that it is to go out like that.")), list(decisions)) : "";
  return element("div", { id: "release-findings" }, boxed("release-open", word("What keeps it in the house"), verdict(), list(keeping)), toDecide, toSee);
}

// What is told of the editions that stand alike, in this order.
const VERDICTS = [
  [["unready", "failed"], (told) => word("Kept back, until what is told here is mended: {count} of {total} editions ({names}).", told)],
  [["unknown"], (told) => word("Being printed and checked right now: {count} of {total} editions ({names}).", told)],
  [["unprinted"], (told) => word("Nothing is against these so far; they are printed when you release: {count} of {total} editions ({names}).", told)],
  [["ready"], (told) => word("Ready to go out: {count} of {total} editions ({names}).", told)],
];

/** Tell how all stand: no verdict before all have been looked at. */
function verdict() {
  const wanted = found.editions.filter(isTicked);
  const told = VERDICTS.map(([standings, tell]) => {
    const alike = wanted.filter(({ standing }) => standings.includes(standing));
    const names = alike.slice(0, MOST_NAMED).map(nameOf).join("; ") + (alike.length > MOST_NAMED ? " …" : "");
    return alike.length && [tell({ count: alike.length, total: wanted.length, names }), standings[0] === "ready"];
  }).filter(Boolean);
  const isAll = told.length === 1 && told[0][1];
  const lines = isAll ? [] : told.map(([line]) => line);
  if (undecided().length) lines.unshift(word("You are to decide first: {count}.", { count: undecided().length }));
  const all = wanted.length ? word("All editions may go out.") : word("There are no editions here.");
  const inside = lines.length ? [element("ul", { className: "notes" }, ...lines.map((line) => element("li", {}, line)))] : [element("p", {}, all)];
  return element("div", { id: "release-verdict", role: "status" }, ...inside);
}

function releasing() {
  const signed = element("input", { required: true, autocomplete: "name", id: "release-by", value: by });
  signed.onchange = () => {
    by = signed.value.trim();
    act("place", { names: { releases: by } }).catch(() => {});
  };
  const tags = [...new Map(found.editions.map(({ locale, localeName }) => [locale, localeName]))].sort(([, one], [, other]) => one.localeCompare(other, language));
  const products = found.what === TABLE ? [] : [...new Map(found.editions.map(({ layout, layoutName }) => [layout, layoutName]))];
  const single = found.what === TABLE ? [] : found.editions.map((edition) => [edition.output, nameOf(edition)]);
  const [locales, layouts, outputs] = [ticked("locales", word("Languages"), tags), ticked("layouts", word("Layouts"), products), ticked("outputs", word("Single editions"), single)];
  const send = async () => {
    const [languages, kinds] = [locales.chosen(), layouts.chosen()];
    if (!languages) return notice(word("Choose at least one language."));
    if (!kinds) return notice(word("Choose at least one layout."));
    if (found.editions.length && !found.editions.some(isTicked)) return notice(word("Choose at least one edition."));
    if (undecided().length) return notice(word("You are to decide first: {count}.", { count: undecided().length }));
    if (openOf(found.editions.filter(isTicked)).some((each) => isOpinion(each) && !isSeen(each))) return notice(word("Wait until all has been looked at: there may be something for you to decide."));
    const { begun } = await act("release", { what: found.what, by: signed.value.trim(), locales: languages, layouts: kinds, but_not: leftOf("outputs"), fairs: fairsOf(found.editions.filter(isTicked)) });
    if (!begun) notice(word("Something else is being printed; wait until that is done."));
  };
  const asked = form(
    {},
    send,
    soft(word("What is ticked is printed for the screen and the press, checked, and put into one folder.")),
    labelled(word("Your name or role"), signed, word("It is kept in the release.")),
    products.length > 1 || leftOf("layouts").length ? layouts.box : "",
    found.what === TABLE ? fairChoice() : "",
    locales.box,
    orderGaps(found.orderGaps),
    single.length > 1 ? element("details", { open: leftOf("outputs").length > 0 }, element("summary", {}, word("Leave out single editions")), outputs.box) : "",
    sender(word("Release"), { id: "release-now" }),
  );
  return boxed("release-form", word("Release"), asked, element("div", { id: "release-result", role: "status" }));
}

/** Return the ids of the fairs of editions; none named are all. */
const fairsOf = (editions) => (found.what === TABLE && meant.which !== "all" ? [...new Set(editions.map(({ fair }) => fair))] : []);

/** Ask of which fairs the flyers are to go out: of all, of those that have changed, or of chosen ones. */
function fairChoice() {
  const fairs = [...new Map(found.editions.map(({ fair, fairName }) => [fair, fairName]))];
  const count = changedFairs().size;
  const which = choice([["all", word("All fairs ({count})", { count: fairs.length })], ["changed", word("Those not released yet, or changed since ({count})", { count })], ["chosen", word("Chosen ones …")]], meant.which, { id: "release-which" });
  const boxes = fairs.map(([id]) => element("input", { type: "checkbox", value: id, checked: meant.ids.has(id) }));
  const ticks = element("fieldset", { className: "ticks", id: "release-fairs", hidden: meant.which !== "chosen" }, element("legend", {}, word("Job fairs")), ...fairs.map(([, name], at) => tick(boxes[at], name)));
  const onchange = () => {
    meant = { which: which.value, ids: new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value)) };
    ticks.hidden = meant.which !== "chosen";
    place.querySelector("#release-findings")?.replaceWith(openOnes());
  };
  return element("div", { onchange }, labelled(word("Of which fairs"), which, word("The order is for these alone.")), ticks);
}

/** Return a field of choices, ticked as they were last, and what tells the ticked: none named are all; null where none is. */
function ticked(kind, legend, choices) {
  const boxes = choices.map(([value]) => element("input", { type: "checkbox", value, checked: !leftOf(kind).includes(value) }));
  const onchange = () => {
    left[found.what] = { ...left[found.what], [kind]: boxes.filter(({ checked }) => !checked).map(({ value }) => value) };
    act("place", { left: { [found.what]: left[found.what] } }).catch(() => {});
    place.querySelector("#release-findings")?.replaceWith(openOnes());
  };
  const box = element("fieldset", { className: "ticks", id: `release-${kind}`, onchange }, element("legend", {}, legend), ...choices.map(([, name], at) => tick(boxes[at], name)));
  const chosen = () => {
    const names = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    if (names.length === boxes.length) return [];
    return names.length ? names : null;
  };
  return { box, chosen };
}

function editions() {
  const rows = found.editions.map((edition) => {
    const { output, sheets, pdf, standing, released, isNew, errors, warnings, former } = edition;
    const counts = [errors && word("errors: {count}", { count: errors }), warnings && word("warnings: {count}", { count: warnings })].filter(Boolean).join(", ");
    return element(
      "li",
      { className: "edition", "data-standing": standing },
      element("span", { className: "small" }, pdf ? picture(edition, 200) : ""),
      element("strong", {}, nameOf(edition)),
      element("span", {}, STANDINGS[standing], counts ? element("span", { className: "soft" }, ` ${counts}`) : ""),
      released ? element("span", { className: "soft" }, word("released on {day}", { day: released })) : isNew ? element("span", { className: "soft" }, word("new since the last release")) : "",
      pdf ? element("a", { href: `/pdf?output=${encodeURIComponent(output)}`, download: "" }, former ? word("Download the PDF as of {day}", { day: former }) : word("Download PDF")) : "",
      pdf && sheets && !former ? element("span", { className: "for-office" }, download("sheets", { output }, word("For the office printer")), soft(`${SHEETS[sheets]} ${word("Print at 100 %, not fitted to the page.")}`)) : "",
    );
  });
  return boxed("release-editions", word("Editions"), element("ul", { className: "editions-list" }, ...rows));
}

const renewed = later(500, renew);
async function happened(event) {
  if (!found) return; // it could not be fetched
  if (event.kind === "standing" || event.kind === "sources") renewed();
  if (event.kind === "sources" && !place.hidden) seekOutdated(place);
  if (event.kind !== "work" || event.what !== "release") return;
  place.querySelector("#release-now")?.toggleAttribute("disabled", event.state === "at");
  if (event.state === "at") return;
  const { what } = found;
  if (event.state === "done") await renew();
  if (found.what !== what) return;
  if (event.state === "done") {
    place.querySelector("#release-former").parentElement.replaceWith(former());
    seekOutdated(place);
  }
  const box = place.querySelector("#release-result");
  if (event.state === "done")
    box.replaceChildren(element("p", {}, word("Released: {count} PDF files. The zip also has the report, and sheets for the office printer of what is folded or cut.", event.result)), download("release", { name: event.result.name }, word("Download as one zip"), { className: "button strong" }));
  else if (event.state === "cancelled") box.replaceChildren(word("Cancelled. Nothing was released."));
  else {
    box.replaceChildren(element("p", { className: "label" }, word("Nothing was released:")), findingList(event.findings));
  }
  box.scrollIntoView({ block: "nearest" });
}

/** Show how the editions stand now; what is being written into the form stays. */
async function renew() {
  if (place.hidden || place.inert) return;
  const now = await newest(act("check", { what: found.what }).catch(() => null));
  if (!now || now.what !== found.what || place.hidden) return;
  found = now;
  place.querySelector("#release-editions")?.parentElement.replaceWith(editions());
  place.querySelector("#release-findings")?.replaceWith(openOnes());
}

export const release = { name: word("Check and release"), show, happened };
