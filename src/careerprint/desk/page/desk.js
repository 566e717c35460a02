// The desk: which view is shown, what is told above all of them, and what happens in the workspace.

import { bring } from "./bring.js";
import { check } from "./check.js";
import { fairs } from "./fairs.js";
import { arrived, taking } from "./files.js";
import { home } from "./home.js";
import { notice, explain } from "./notices.js";
import { Trouble, act, ask, listen } from "./server.js";
import { byId, word } from "./words.js";
import { look } from "./look.js";
import { release } from "./release.js";
import { inOrder } from "./turns.js";
import { translations } from "./translations.js";
import { write } from "./write.js";

// Each view has a name and `show(section, ...rest of the address)`, which fetches what is to be shown
// and returns what draws it, or null: that is called unless another address was asked for meanwhile.
// A view may have `happened(event)`, called with each event while it is shown, `leave()`, which is
// waited for before another is shown, `take(file)`, which takes a file that belongs there, and
// `stays`, where another address of its own draws nothing anew.
const VIEWS = { home, bring, check, write, translations, fairs, look, release };
const FIRST = "home";
let shown = null;
let turn = 0;
let missed = null; // what happens while a view is fetched: it is told once it is drawn

/** Return the view's name and what else the address says: "#/write/gaertner" is write, gaertner. */
function address() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return name in VIEWS ? [name, ...rest.filter(Boolean)] : [FIRST];
}

/** Keep the browser from opening a file that is dropped anywhere. */
function catchDrop(event) {
  if (event.defaultPrevented || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  const [file] = event.type === "drop" ? event.dataTransfer.files : [];
  if (file) taking(shown, VIEWS[shown].take)(file);
}
addEventListener("dragover", catchDrop);
addEventListener("drop", catchDrop);

/** Views that show a profile: without one, that which was worked on last. */
const OF_PROFILES = ["write", "release"];
let profile = "";

const places = inOrder();

/** Keep where the user is, and which profile is worked on. */
async function keepPlace() {
  ({ profile } = (await places(act("place", { place: location.hash }).catch(() => null))) ?? { profile });
}
addEventListener("placed", keepPlace);

async function route() {
  const [name, ...rest] = address();
  if (OF_PROFILES.includes(name) && !rest.length && profile) rest.push(profile);
  const now = (turn += 1);
  const section = document.querySelector(`main > [data-view="${name}"]`);
  try {
    if (shown !== name) await VIEWS[shown]?.leave?.();
    if (now !== turn) return;
    const isNew = shown !== name;
    shown = name;
    for (const other of document.querySelectorAll("main > .view")) other.hidden = other !== section;
    for (const link of document.querySelectorAll("#views a"))
      if (link.dataset.view === name) {
        link.setAttribute("aria-current", "page");
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else link.removeAttribute("aria-current");
    document.title = `${VIEWS[name].name} – careerprint`;
    notice("");
    if (isNew) byId("main").scrollTop = 0;
    section.inert = isNew || !VIEWS[name].stays; // what would be entered is drawn over
    missed = [];
    const draw = await VIEWS[name].show(section, ...rest);
    if (now !== turn) return;
    section.inert = false;
    await draw?.();
    const file = now === turn && arrived(name);
    if (file) await VIEWS[name].take(file);
    if (isNew && now === turn && !section.contains(document.activeElement)) focusHeading(section);
    keepPlace();
  } catch (trouble) {
    explain(trouble);
  } finally {
    if (now === turn) {
      section.inert = false;
      const events = missed ?? [];
      missed = null;
      for (const event of events) VIEWS[name].happened?.(event);
    }
  }
}

let isFirst = true;

/** Tell screen readers where they are, except when the desk is opened. */
function focusHeading(section) {
  const heading = section.querySelector("h1");
  if (!isFirst && heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  isFirst = false;
}

/** Show the progress of what takes long; behind the last edition, work goes on without a count. */
function showProgress({ done, total, failed, kind = "" }) {
  const isAt = total > 0 && done < total;
  byId("progress").hidden = total === 0;
  byId("stop").hidden = !isAt;
  byId("progress-bar").hidden = !isAt;
  byId("progress-bar").max = Math.max(total, 1);
  byId("progress-bar").value = done;
  const counted = word("{done} of {total} done, {failed} failed", { done, total, failed });
  const ended = kind === "work" ? word("Printed: {total}. Being checked and put together…", { total }) : word("All done: {total}. Failed: {failed}.", { total, failed });
  byId("progress-told").textContent = total ? (isAt ? counted : ended) : "";
}

let isGone = false;
let isCounted = false; // how far it is was told since the page was opened
let isAtWork = false; // then what is printed to be looked at is not counted

function happened(event) {
  isCounted ||= event.kind === "work" || event.kind === "progress";
  if (event.kind === "work") isAtWork = event.state === "at";
  if (event.kind === "progress" && !isAtWork) showProgress(event);
  else if (event.kind === "work") showProgress(isAtWork ? event : { ...event, total: 0 });
  else if (event.kind === "waiting") notice(word("Another build is at work here; waiting for it."));
  else if (event.kind === "working" && byId("notice-told").textContent === word("Another build is at work here; waiting for it.")) notice("");
  else if (event.kind === "gone") {
    isGone = true;
    notice(word("The workspace is not there any more. Your text is kept on this page, and saved as soon as the folder is back."));
  } else if (event.kind === "back") {
    isGone = false;
    notice("");
  }
  tell(event);
}

/** Tell the view that is shown what has happened. */
function tell(event) {
  if (missed) missed.push(event);
  else VIEWS[shown]?.happened?.(event);
}

let wasLost = false;
listen(
  happened,
  () => {
    if (!wasLost) return;
    wasLost = false;
    notice("");
    tell({ kind: "back" });
  },
  (trouble) => {
    wasLost = true;
    if (!isGone) explain(trouble);
  },
);

// What a view asks for and does not get is told here, unless it tells so itself.
addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Trouble)) return;
  event.preventDefault();
  explain(event.reason);
});
/** Load the page anew in the other language, once all is saved. */
byId("speak").addEventListener("click", async () => {
  await VIEWS[shown]?.leave?.();
  await act("speak", { language: byId("speak").lang });
  location.reload();
});
byId("stop").addEventListener("click", () => act("cancel"));
addEventListener("hashchange", route);

/** Open where the desk was left, unless the address says where. */
async function begin() {
  const kept = await act("place").catch(() => ({ place: "", profile: "" }));
  profile = kept.profile;
  if (!location.hash && kept.place) history.replaceState(null, "", kept.place);
  await route();
  ask("/desk").then(({ progress }) => isCounted || showProgress(progress)).catch(() => {});
}
begin();
