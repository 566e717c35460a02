// The view of the translations: each text beside its translation, with state, budget and page.

import { taking } from "./files.js";
import { notice } from "./notices.js";
import { button, choice, download, dropping, fileChoice, form, heading, labelled, link, part, sender, soft } from "./parts.js";
import { act, give } from "./server.js";
import { inTurn } from "./turns.js";
import { element, language, word } from "./words.js";

const STATES = {
  missing: word("missing"),
  stale: word("reworded"),
  waiting: word("to approve"),
  approved: word("approved"),
};
const PLACEHOLDERS = { name: word("Name"), address: word("Address"), month: word("Month"), day: word("Day"), credits: word("Who made them"), number: word("Number"), count: word("Number"), decimal: word("Number"), label: word("Label"), amount: word("Amount"), period: word("Period"), basis: word("Gross or net"), length: word("Length"), words: word("Words") };
const FILES = { docx: word("Word table"), xlsx: word("Excel table") };
const FOR_PROGRAMS = { xliff: word("XLIFF"), po: word("PO") };
let place = null;
let found = null;
let wanted = "";
let names = {}; // who approves which language
let by = ""; // who approves this one

/** Show a text's translations; `line` is that of one in its catalog, or "open": it is gone to. */
async function show(section, locale = "", profile = "", line = "") {
  place = section;
  const [kept, now] = await edits(() => Promise.all([act("place"), act("translations", { locale: locale || found?.locale || "", profile })]));
  return () => {
    ({ names } = kept);
    if (line) wanted = "";
    draw(now);
    const isUntranslated = ({ state }) => state === "missing" || state === "stale";
    const unit = line && found.units.find((each) => (line === "open" ? isUntranslated(each) : each.line === Number(line)));
    const row = unit && rowOf(unit);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.querySelector("textarea").focus({ preventScroll: true });
  };
}

/** Tell whether a language and text are still those that are shown. */
const isShown = ({ locale, profile }) => found.locale === locale && found.profile === profile;

const rowOf = ({ original }) => [...place.querySelectorAll(".unit")].find((row) => row.dataset.original === original);

/** Tell of each text on which page it stands, as soon as that is known. */
async function showPages(now) {
  const { name = "", pages = {}, leftOut = [] } = now.profile === "layouts" ? {} : await act("translations-pages", { locale: now.locale, profile: now.profile }).catch(() => ({}));
  if (!isShown(now)) return;
  place.querySelector("#translations-left-out").replaceChildren(...leftOut.map(([layout, names]) => soft(word("Left out in this language, because there is no room: {names} ({layout})", { names: names.join(", "), layout }))));
  for (const unit of found.units) unit.page = pages[unit.original] ? word("{name}, page {page}", { name, page: pages[unit.original] }) : "";
  for (const row of place.querySelectorAll(".unit")) {
    const unit = found.units.find(({ original }) => original === row.dataset.original);
    row.querySelector(".of-page").textContent = unit?.page ?? "";
  }
}

const APPROVES = "approves."; // with a language: who reads one, reads not all

/** Keep who approves this language, for the next time as well. */
function keepName() {
  const kept = { [`${APPROVES}${found.locale}`]: by };
  Object.assign(names, kept);
  act("place", { names: kept }).catch(() => {});
}

function draw(now) {
  found = now;
  by = names[`${APPROVES}${found.locale}`] ?? "";
  const [printed, others] = [true, false].map((is) => found.locales.filter(([, , isPrinted]) => isPrinted === is));
  const go = () => (location.hash = `#/translations/${locale.value}/${profile.value}`);
  const locale = choice([], "", { id: "translations-locale", onchange: go });
  for (const [told, options] of [[word("Printed"), printed], [word("Not printed"), others]])
    if (options.length) locale.append(element("optgroup", { label: told }, ...options.map(([tag, name]) => element("option", { value: tag }, name))));
  locale.value = found.locale;
  const profile = choice([...found.profiles, ["layouts", word("Words of the layouts")]], found.profile, { id: "translations-profile", onchange: go });
  const shown = choice([["", word("All")], ...Object.entries(STATES)], wanted, { id: "translations-shown" });
  shown.onchange = () => {
    wanted = shown.value;
    drawUnits();
  };
  const name = element("input", { id: "translations-by", value: by, autocomplete: "name", oninput: () => (by = name.value.trim()), onchange: keepName });
  place.replaceChildren(
    heading("translations", word("Translations")),
    element("div", { className: "row-of toolrow" }, labelled(word("Language"), locale), labelled(word("Text"), profile), labelled(word("Show"), shown), soft("", { id: "translations-count", role: "status" })),
    element("div", { className: "row-of toolrow" }, labelled(word("Your name or role"), name, word("It is kept with the day of the approval.")), button(word("Approve all shown"), approveAll)),
    element("div", { className: "columns" }, exporting(), importing(), beginning()),
    element("div", { id: "translations-outcome", role: "status", tabIndex: -1 }),
    element("div", { id: "translations-left-out" }),
    element("ul", { className: "units", id: "units" }),
  );
  drawUnits();
  showPages(now);
}

const units = () => found.units.filter(({ state }) => !wanted || state === wanted);

function drawCounts() {
  const counts = Object.fromEntries(Object.keys(STATES).map((name) => [name, found.units.filter(({ state }) => state === name).length]));
  place.querySelector("#translations-count").textContent = word("missing: {missing}, reworded: {stale}, to approve: {waiting}", counts);
}

function drawUnits() {
  drawCounts();
  const rows = units().map(unitRow);
  place.querySelector("#units").replaceChildren(...(rows.length ? rows : [element("li", { className: "soft" }, word("Nothing to show here."))]));
}

function unitRow(unit) {
  const { original, german, translation, state, note, page, former, most, remark } = unit;
  const row = element("li", { className: "unit", "data-state": state, "data-original": original, "data-key": unit.key });
  const names = namesOf(original);
  const text = element("textarea", { className: "plain", lang: found.locale, dir: found.direction, defaultValue: named(translation, names), spellcheck: true, "aria-label": `${word("Translation")}: ${named(original, names).slice(0, 80)}` });
  const budget = soft("");
  const told = element("p", { className: "remark", role: "status", hidden: !remark }, remark);
  const count = () => {
    const length = text.value.length;
    budget.className = length > most ? "over" : "soft";
    budget.textContent = length > most ? word("{count} characters, {most} are its budget: the page may lack room.", { count: length, most }) : word("{count} of {most} characters", { count: length, most });
  };
  text.addEventListener("input", count);
  text.addEventListener("change", () => save(unit, text, row, told));
  count();
  const approving = button(word("Approve"), () => approve([unit]), "quiet approving");
  approving.hidden = state !== "waiting";
  const fits = button(word("It still fits"), () => save(unit, text, row, told), "quiet fitting");
  fits.hidden = state !== "stale";
  const head = element(
    "p",
    { className: "head-line" },
    element("span", { className: "state-name" }, STATES[state]),
    element("span", {}, note),
    element("span", { className: "of-page" }, page || ""),
    approving,
    fits,
  );
  row.append(
    head,
    element("div", { lang: "de" }, former ? compared(former, original) : readable(german || original), german && language !== "de" ? element("p", { className: "soft", lang: "en" }, word("Original:"), " ", readable(original)) : "", former ? soft(word("It was translated from: {text}", { text: former })) : ""),
    element("div", {}, text, budget, told),
  );
  return row;
}

/** Return what the placeholders of a text are called, "{Name}", by how its file has them, "%(name)s". */
function namesOf(text) {
  const names = new Map();
  for (const [written, one, other] of text.matchAll(/%\((\w+)\)s|\{(\w+)\}/g)) {
    const called = PLACEHOLDERS[one ?? other] ?? one ?? other;
    const alike = [...names].filter(([of, name]) => of !== written && name.startsWith(`{${called}`)).length;
    names.set(written, alike ? `{${called} ${alike + 1}}` : `{${called}}`);
  }
  return names;
}

/** Return a text as its file has it with the names of its placeholders, and one with names as its file has it. */
const named = (text, names) => [...names].reduce((told, [written, name]) => told.replaceAll(written, name), text);
const unnamed = (text, names) => [...names].reduce((told, [written, name]) => told.replaceAll(name, written), text);

/** Return a text as it is printed: bold is bold, and what stands for something else is named. */
function readable(text) {
  const [told, names] = [element("span", {}), namesOf(text)];
  for (const part of text.split(/(\*\*.+?\*\*|%\(\w+\)s|\{\w+\}|\\[\\.*_#-])/)) {
    const name = names.get(part);
    if (name) told.append(element("span", { className: "placeholder", title: word("Written as {placeholder} in the translation", { placeholder: name }) }, name.slice(1, -1)));
    else if (part.startsWith("**")) told.append(element("strong", {}, part.slice(2, -2)));
    else told.append(part.startsWith("\\") ? part.slice(1) : part);
  }
  return told;
}

/** Return a text with what differs from a former wording marked, word by word. */
function compared(before, now) {
  const [a, b] = [before.split(/(?<=\s)/), now.split(/(?<=\s)/)];
  const same = a.map(() => new Array(b.length + 1).fill(0)).concat([new Array(b.length + 1).fill(0)]);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) same[i][j] = a[i] === b[j] ? same[i + 1][j + 1] + 1 : Math.max(same[i + 1][j], same[i][j + 1]);
  const parts = element("span", {});
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.append(b[j]);
      i += 1;
      j += 1;
    } else if (j < b.length && (i >= a.length || same[i][j + 1] >= same[i + 1][j])) parts.append(element("ins", {}, b[j++]));
    else parts.append(element("del", {}, a[i++]));
  }
  return parts;
}

// What is typed is saved one after the other: what is approved or read behind that is the one just typed.
const edits = inTurn();
const whatIsShown = () => ({ locale: found.locale, profile: found.profile });

function save(unit, text, row, told) {
  const [of, written] = [whatIsShown(), text.value];
  return edits(() => saved(unit, written, of, row, told));
}

/** Find out how the texts stand now; return whether they are still those that are shown. */
async function renew(of) {
  const now = await act("translations", of);
  if (!isShown(of)) return false;
  for (const unit of now.units) unit.page = found.units.find((other) => other.key === unit.key)?.page;
  found = now;
  drawCounts();
  return true;
}

async function saved(unit, written, of, row, told) {
  const { key, original } = unit;
  const answer = await act("translation-save", { locale: of.locale, key, original, text: unnamed(written, namesOf(original)) });
  told.hidden = !answer.findings.length;
  told.textContent = answer.findings.map(({ message, hint }) => `${message} ${hint}`).join(" ");
  if (!answer.taken) return;
  row.querySelector("textarea").defaultValue = written;
  const renewed = (await renew(of)) && found.units.find((other) => other.key === key);
  if (!renewed) return;
  row.dataset.state = renewed.state;
  Object.assign(unit, renewed);
  if (!answer.findings.length) [told.textContent, told.hidden] = [renewed.remark, !renewed.remark];
  if (!answer.findings.length && !row.contains(document.activeElement)) return row.replaceWith(unitRow(renewed));
  row.querySelector(".state-name").textContent = STATES[renewed.state];
  row.querySelector(".approving").hidden = renewed.state !== "waiting";
  row.querySelector(".fitting").hidden = renewed.state !== "stale";
}

/** Tell whether somebody is named who approves; ask for it where nobody is. */
function isSigned() {
  if (by) return true;
  notice(word("Say who approves first."));
  place.querySelector("#translations-by").focus();
  return false;
}

const waitingOf = (these) => these.filter(({ state }) => state === "waiting");

/** Approve all that are shown, once their number was confirmed: most are not in sight.
 *
 * One with another number or link than the German text is approved by itself.
 */
async function approveAll() {
  if (!isSigned()) return;
  await edits(() => {});
  const waiting = waitingOf(units());
  const odd = new Set(waiting.filter(({ remark }) => remark).map(({ message }) => message));
  const these = waiting.filter(({ message }) => !odd.has(message));
  const left = odd.size ? word("Left out, for another number or link than in the German text: {count}. Compare them, and approve them one by one.", { count: odd.size }) : "";
  if (!these.length) return notice(left || word("None of these waits for an approval."));
  const asked = word("Translations to approve, also those further down: {count}. Has all been read?", { count: these.length });
  const approved = left && `${word("Approved: {count}.", { count: these.length })} ${left}`;
  notice(`${asked} ${left}`, word("Approve {count}", { count: these.length }), () => approve(these, approved));
}

async function approve(these, told = "") {
  if (!isSigned()) return;
  const of = whatIsShown();
  await edits(async () => {
    const keys = waitingOf(these).map(({ domain, message }) => [domain, message]);
    await act("translations-approve", { ...of, by, keys });
    notice(told);
    if (await renew(of)) renewUnits();
  });
}

/** Show the texts as they stand now; a row that is being written into stays. */
function renewUnits() {
  const left = new Map(units().map((unit) => [unit.key, unit]));
  for (const row of place.querySelectorAll(".unit")) {
    const [text, unit] = [row.querySelector("textarea"), left.get(row.dataset.key)];
    if (text === document.activeElement || text.value !== text.defaultValue) continue;
    if (unit) row.replaceWith(unitRow(unit));
    else row.remove();
  }
  if (!place.querySelector(".unit")) drawUnits();
}

function exporting() {
  const profile = found.profile === "layouts" ? "" : found.profile;
  const links = (files) => element("div", { className: "row-of" }, ...Object.entries(files).map(([kind, told]) => download("translations", { locale: found.locale, profile, kind }, told, { className: "button" })));
  const words = profile && found.words ? element("p", {}, word("The words of the layouts that nobody has approved are in the file, too: {count}.", { count: found.words }), " ", link(`#/translations/${found.locale}/layouts`, word("Look at them"), "")) : "";
  const imprint = found.isImprintOpen ? element("p", {}, word("The imprint still stands in German in this language. It is in the file, too."), " ", link(`#/look/issuer.imprints.${found.locale}`, word("Enter it here"), "")) : "";
  return part("translations-out", word("For translators"), links(FILES), words, imprint, element("details", {}, element("summary", {}, word("For translation programs")), links(FOR_PROGRAMS)));
}

/** Show above the texts what came of a file, and go there. */
function tell(...told) {
  const outcome = place.querySelector("#translations-outcome");
  outcome.className = "boxed";
  outcome.replaceChildren(...told);
  outcome.scrollIntoView({ block: "nearest" });
  outcome.focus({ preventScroll: true });
}

async function take(file, { locale = found.locale, takes = false } = {}) {
  const { profile } = found;
  const result = await edits(() => give("translations-bring", { name: file.name, locale, profile, takes }, file));
  if (profile !== found.profile || place.hidden) return; // another one is shown by now
  if (result.pairs) return tell(...pairsOf(result.pairs, () => take(file, { locale, takes: true })));
  if (result.other) {
    const there = button(word("Take it there"), () => take(file, { locale: result.other }), "button strong");
    return tell(element("p", {}, word("This file is in another language: {name}. Nothing has been taken yet.", result)), there);
  }
  if (result.locale !== found.locale) history.replaceState(null, "", `#/translations/${result.locale}/${profile}`);
  draw(await act("translations", { locale: result.locale, profile }));
  const list = element("ul", { className: "notes" }, ...result.findings.map(({ message, hint }) => element("li", {}, `${message} ${hint}`)));
  tell(element("p", {}, word("Taken: {count}. As before: {same}. Without a translation: {empty}.", result)), list);
}

function importing() {
  const bring = taking("translations", (file) => take(file));
  const file = fileChoice(".docx,.xlsx,.ods,.xliff,.xlf,.po", bring);
  return part("translations-in", word("Take what came back"), dropping(bring, { className: "drop small" }, soft(word("Drop a file here, or choose one.")), labelled(word("Choose a file"), file)));
}

/** Return the paragraphs of a running document beside those that they may translate. */
function pairsOf(pairs, take) {
  if (!pairs.length) return [word("Choose above which text the document translates.")];
  const cell = (text, lang, none) => element("td", text ? { lang } : { className: "soft" }, text || none);
  const rows = pairs.map(([original, text]) =>
    element("tr", {}, cell(original, "de", word("(no original)")), cell(text, found.locale, word("(no translation)"))),
  );
  return [element("p", {}, word("This document has no table of ours. Its paragraphs were laid beside the German ones: look whether they belong together. Nothing has been taken yet.")), element("div", { className: "pairs", tabIndex: 0 }, element("table", {}, ...rows)), button(word("They belong together: take them"), take)];
}

function beginning() {
  const names = element("datalist", { id: "translations-others" }, ...found.others.map(([, name]) => element("option", { value: name })));
  const tag = element("input", { required: true, autocomplete: "off" });
  tag.setAttribute("list", names.id);
  const chosen = () => found.others.find(([, name]) => name.toLowerCase() === tag.value.trim().toLowerCase())?.[0] ?? tag.value.trim();
  const begin = () =>
    act("translations-begin", { tag: chosen() }).then(({ locale, findings }) => {
      location.hash = `#/translations/${locale}`;
      if (findings.length) notice(findings.map(({ message, hint }) => `${message} ${hint}`).join(" "));
    });
  const asked = form({ className: "row-of" }, begin, labelled(word("Its name"), tag, word("Or its code, pt-BR for example.")), names, sender(word("Begin it"), { className: "button" }));
  return part("translations-new", word("Another language"), asked);
}

export const translations = { name: word("Translations"), show, take };
