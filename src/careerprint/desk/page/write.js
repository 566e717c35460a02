// The view in which a profile is written: its text on the left, its page beside it, all editions at hand.

import { Editions } from "./editions.js";
import { beginning } from "./editor.js";
import { explain as explainAnywhere, notice } from "./notices.js";
import { Saving } from "./saving.js";
import { Sheet, listFindings } from "./sheet.js";
import { act, ask } from "./server.js";
import { Surface, WAYS } from "./surface.js";
import { inOrder, inTurn } from "./turns.js";
import { showVersions } from "./versions.js";
import { byId, word } from "./words.js";

const viewer = crypto.randomUUID(); // this page among several of the same preview
let looks = 0;
let faults = [];
let findings = [];
let seen = ""; // the edition that these are of
let isGone = false;
let wanted = ""; // the profile that was asked for last

const surface = new Surface({
  typed: () => saving.typed(),
  moved: (line) => sheet.locate(line),
  troubled: (trouble) => explain(trouble),
  turned: (way) => tellAddress(way),
  titled: (profile, title) => editions.title(profile, title),
});
const sheet = new Sheet({ goTo });
const editions = new Editions({ chosen: (edition) => open(edition) });
const saving = new Saving(surface, {
  saved: () => {
    editions.outdate(saving.profile);
    look();
  },
  told: (kind, told) => {
    sheet.behind(kind !== "saved");
    byId("saved").dataset.is = kind;
    byId("saved").textContent = told;
  },
  troubled: (trouble) => explain(trouble),
  settled: () => notice(""),
});

/** Go to a line of the text, wherever it was named, and to the sentence in which words are quoted. */
function goTo(line, quoted = "") {
  showPane("text");
  surface.goTo(line, { quoted }).catch(explain);
  sheet.locate(beginning(surface.shownLines, line), { turning: true });
}

/** Have the address say which way of writing is shown. */
function tellAddress(way, ...rest) {
  if (!location.hash.startsWith("#/write")) return; // another view is shown by now
  history.replaceState(null, "", `#/${["write", saving.profile, way, ...rest].map(encodeURIComponent).join("/")}`);
  dispatchEvent(new Event("placed"));
}

function offerWays() {
  byId("to-flyer").href = `#/write/${encodeURIComponent(saving.profile)}/flyer`;
  for (const link of document.querySelectorAll("#ways a")) link.href = `#/write/${encodeURIComponent(saving.profile)}/${link.dataset.way}`;
}

/** Save what is not saved, and return whether another text may take its place. */
async function isAllSaved() {
  await saving.finish();
  if (saving.isUnsaved) explain({ kind: saving.conflict ? "undecided" : "unreachable" });
  return !saving.isUnsaved;
}

/** Open an edition: with its text, where that is another's. */
async function open(edition) {
  wanted = edition.profile;
  if (wanted !== saving.profile) {
    await openText();
    if (edition.profile !== saving.profile) return;
    if (surface.way === "history") await showHistory();
    tellAddress(surface.way);
  }
  await look();
}

const opening = inTurn();

/** Open the text that was asked for last, once all of the one before is saved. */
const openText = () =>
  opening(async () => {
    if (wanted !== saving.profile && (await isAllSaved())) await read(wanted);
  });

async function read(profile) {
  const pane = document.querySelector(".pane.text");
  pane.inert = true; // what would be typed now is of no text
  try {
    await saving.open(profile);
    offerWays();
    pane.inert = false;
    notice("");
  } catch (trouble) {
    saving.profile = null;
    explain(trouble);
  }
}

/** Have the edition printed as the text is now, and show its page. */
async function look() {
  const edition = editions.current;
  if (!edition || isGone) return;
  const turn = (looks += 1);
  sheet.busy(edition);
  if (edition.output !== seen) {
    [seen, findings] = ["", []];
    showFindings();
  }
  try {
    const sight = await ask("/look", { method: "POST", body: { viewer, output: edition.output } });
    if (turn !== looks || sight.superseded) return;
    editions.standing(sight);
    offerDownload(edition, sight);
    [seen, findings] = [edition.output, sight.findings];
    showFindings();
    await sheet.show(sight);
    if (turn === looks) showFindings();
  } catch (trouble) {
    if (turn !== looks) return;
    sheet.former();
    explain(trouble);
  }
}

function offerDownload(edition, { pdf, former }) {
  const link = byId("download");
  link.textContent = pdf && former ? word("Download the PDF as of {day}", { day: former }) : word("Download PDF");
  link.setAttribute("aria-disabled", !pdf);
  if (pdf) link.href = `/pdf?output=${encodeURIComponent(edition.output)}`;
  else link.removeAttribute("href");
}

/** Show what is to be mended: in the list, at the lines of the text, and on the page. */
function showFindings() {
  const all = [...faults, ...findings];
  const untranslated = sheet.untranslated;
  const marks = new Map(untranslated.map((line) => [line, "untranslated"]));
  for (const { severity, line, path } of all)
    if (line && path === saving.path && marks.get(line) !== "error") marks.set(line, severity);
  surface.mark(marks);
  sheet.mark(marks);
  const missing = untranslated.map((line) => ({
    severity: "untranslated", path: saving.path, line, where: "", leads: "", message: quoted(line), hint: "",
  }));
  listFindings(byId("problems"), [...all, ...missing], saving.path, goTo, { withLines: surface.way === "source" });
  const errors = all.filter((finding) => finding.severity === "error").length;
  const told = [
    errors && word("errors: {count}", { count: errors }),
    all.length - errors && word("warnings: {count}", { count: all.length - errors }),
    missing.length && word("Without a translation, and therefore in German: {count}", { count: missing.length }),
  ].filter(Boolean);
  const count = told.join(", ") || (seen ? word("Nothing to mend.") : word("being looked at"));
  if (byId("problem-count").textContent !== count) byId("problem-count").textContent = count;
  tellElsewhere();
}

/** Say that other editions have findings: the list above it is of the one that is shown. */
function tellElsewhere() {
  const others = editions.elsewhere();
  byId("elsewhere").hidden = !others.length;
  byId("elsewhere").textContent = word("Other editions with findings: {count}. Show the next one", { count: others.length });
}

/** Return how a line of the text begins. */
function quoted(line) {
  const written = surface.shownLines[line - 1] ?? "";
  const text = (/[>|]-?$/.test(written) ? surface.shownLines[line] ?? "" : written).trim();
  return text.length > 72 ? `${text.slice(0, 71)}…` : text;
}

/** Say what went wrong, and what there is to do about it. */
function explain(trouble) {
  if (trouble.kind === "undecided") notice(word("Not saved: the file was changed elsewhere."), word("Decide…"), () => saving.decide());
  else if (trouble.kind === "replaced") notice(word("Your version is kept as long as this page is open."), word("Bring mine back"), () => saving.bringBack());
  else {
    if (trouble.kind === "findings") {
      findings = trouble.findings;
      showFindings();
    }
    explainAnywhere(trouble);
  }
}

const newest = inOrder();

/** Take in all that the desk shows, at the beginning and whenever the workspace has changed. */
async function refresh() {
  const desk = await newest(ask("/desk"));
  if (desk) {
    faults = desk.faults;
    editions.take(desk.editions, desk.profiles);
  }
  if (wanted && wanted !== editions.current?.profile) editions.turnTo(wanted);
  showFindings();
  wanted = editions.current?.profile ?? editions.profiles[0]?.slug ?? "";
  if (!wanted) notice(word("There is no profile yet."), word("New profile"), () => (location.hash = "#/bring"));
  else if (wanted === saving.profile) await saving.changed(wanted, "");
  else await openText();
  showFindings();
  look();
}

function happened(event) {
  if (event.kind === "standing") {
    editions.standing(event);
    tellElsewhere();
  } else if (event.kind === "progress") byId("print-all").disabled = event.total > 0 && event.done < event.total;
  else if (event.kind === "text") saving.changed(event.profile, event.digest).catch(explain);
  else if (event.kind === "sources") refresh().catch(explain);
  else if (event.kind === "gone") isGone = true;
  else if (event.kind === "back") {
    isGone = false;
    saving.save();
    refresh().catch(explain);
  }
}

/** On narrow windows, one part of the page is shown at a time. */
function showPane(name) {
  document.querySelector(".view.write").dataset.pane = name;
  for (const button of document.querySelectorAll("button[data-shows]"))
    button.setAttribute("aria-pressed", button.dataset.shows === name);
}

for (const button of document.querySelectorAll("button[data-shows]"))
  button.addEventListener("click", () => showPane(button.dataset.shows));
const roomy = matchMedia("(min-width: 68.01rem) and (min-height: 50rem)");
roomy.onchange = () => (byId("problems-box").open = roomy.matches); // else one line says how many there are
roomy.onchange();
byId("show-editions").addEventListener("click", () => {
  const { dataset } = document.querySelector(".view.write");
  dataset.editions = dataset.editions === "shown" ? "" : "shown";
  byId("show-editions").setAttribute("aria-expanded", dataset.editions === "shown");
});
byId("elsewhere").addEventListener("click", () => {
  byId("problems-box").open = true;
  editions.look(editions.elsewhere()[0]);
});
byId("print-all").addEventListener("click", () => act("print").catch(explain));
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    saving.save();
  }
});

/** Undo and redo are one for the text and the forms, not each field's own. */
document.querySelector(".pane.text").addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  event.stopPropagation();
  surface.turn(key === "y" || event.shiftKey ? "redo" : "undo");
}, { capture: true });
document.querySelector(".pane.text").addEventListener("beforeinput", (event) => {
  const by = { historyUndo: "undo", historyRedo: "redo" }[event.inputType];
  if (!by) return;
  event.preventDefault();
  surface.turn(by);
}, { capture: true });

/** Show the versions of the text; one put in its place is a step, and the text of now can be brought back. */
const showHistory = () => {
  const { profile } = saving;
  return showVersions(profile, surface.text, async (text) => {
    await surface.flush();
    if (profile !== saving.profile) return;
    surface.text = text;
    saving.typed();
    await surface.use("text");
    tellAddress("text");
  });
};

let wasLeft = false; // for another view, in which look or issuer may have changed

export const write = {
  name: word("Write"),
  /** Show a profile, or the one shown last; later addresses choose another. */
  async show(_, slug = "", way = "text", at = "", quoted = "") {
    isGone = false;
    const isSame = slug && slug === saving.profile && editions.current;
    const isOld = !isSame || wasLeft;
    wasLeft = false; // before the wait, during which the view may be left again
    wanted = slug || saving.profile || wanted;
    if (isOld) await refresh();
    if (!saving.profile) return null;
    return async () => {
      await surface.use(WAYS.includes(way) ? way : "text");
      showFindings();
      if (way === "history") await showHistory();
      else if (way === "facts" && at) await surface.goToPlace(`facts.${at}`);
      else if (/^\d+$/.test(at)) goTo(Number(at), quoted);
    };
  },
  stays: true,
  happened,
  /** Save before another view is shown; what cannot be saved stays on this page. */
  leave() {
    wasLeft = true;
    return saving.finish();
  },
};
