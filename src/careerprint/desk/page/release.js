// The view in which documents are checked and released.

import { explain, notice } from "./notices.js";
import { choice, findingList, heading, labelled, link } from "./parts.js";
import { act } from "./server.js";
import { element, word } from "./words.js";

const TABLE = "fairs";
let place = null;
let found = null;

async function show(section, what = "") {
  place = section;
  await load(what);
}

async function load(what) {
  found = await act("check", { what });
  draw();
}

function draw() {
  const all = [...found.profiles, ...(found.table ? [[TABLE, word("release_fairs")]] : [])];
  const what = choice(all, found.what);
  what.id = "release-what";
  what.addEventListener("change", () => (location.hash = `#/release/${what.value}`));
  place.replaceChildren(
    heading("release", word("release_heading")),
    element("div", { className: "row-of toolrow" }, labelled(word("release_what"), what), element("a", { className: "button", href: `/download/report?what=${found.what}`, download: "" }, word("release_report"))),
    element("div", { className: "beside" }, openOnes(), releasing()),
    editions(),
    former(),
  );
}

function openOnes() {
  const rows = found.open.map(({ severity, where, leads, message, hint, editions: names, page }) => {
    const told = [where, page && `${word("release_page")} ${page}`].filter(Boolean).join(", ");
    return element(
      "li",
      { className: `finding ${severity}` },
      element("p", { className: "label" }, `${word(severity)} · ${told}`),
      element("p", {}, `${message} ${hint}`),
      element("p", { className: "soft" }, word("release_in", { names: names.slice(0, 4).join(", ") + (names.length > 4 ? " …" : "") })),
      leads ? link(leads, word("release_place"), "") : "",
    );
  });
  const list = rows.length ? element("ul", { className: "findings" }, ...rows) : element("p", {}, word("release_nothing_open"));
  return element("section", { className: "boxed", "aria-labelledby": "release-open" }, element("h2", { id: "release-open" }, word("release_open")), list);
}

function releasing() {
  const by = element("input", { required: true, autocomplete: "name", id: "release-by" });
  const tags = [...new Map(found.editions.map(({ locale, localeName }) => [locale, localeName]))];
  const locales = element("select", { multiple: true, size: Math.min(Math.max(tags.length, 2), 6), id: "release-locales" }, ...tags.map(([tag, name]) => element("option", { value: tag }, name)));
  const form = element(
    "form",
    {},
    element("p", { className: "soft" }, word("release_now_told")),
    labelled(word("release_by"), by, word("release_by_hint")),
    labelled(`${word("release_languages")} (${word("release_all_languages")})`, locales),
    element("button", { className: "button strong", id: "release-now" }, word("release_now")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = { what: found.what, by: by.value.trim(), locales: [...locales.selectedOptions].map(({ value }) => value) };
    act("release", body)
      .then(({ begun }) => begun || notice(word("release_busy")))
      .catch(explain);
  });
  return element("section", { className: "boxed", "aria-labelledby": "release-form" }, element("h2", { id: "release-form" }, word("release_now")), form, element("div", { id: "release-result", role: "status" }));
}

function editions() {
  const rows = found.editions.map(({ output, layoutName, formatName, hasFormats, format, localeName, fairName, pdf, state, ready, errors, warnings }) => {
    const name = [hasFormats ? `${layoutName} ${formatName}` : layoutName, localeName, fairName].filter(Boolean).join(", ");
    const standing = state === "failed" ? "failed" : state === "unknown" ? "unknown" : ready ? "ready" : "unready";
    const counts = [errors && word("errors", { count: errors }), warnings && word("warnings", { count: warnings })].filter(Boolean).join(", ");
    return element(
      "li",
      { className: "edition", "data-standing": standing },
      element("span", { className: "small" }, pdf ? element("img", { src: `/picture/${pdf}/1/200?output=${encodeURIComponent(output)}`, alt: "", loading: "lazy" }) : ""),
      element("strong", {}, name),
      element("span", {}, word(`release_${standing}`), counts ? element("span", { className: "soft" }, ` ${counts}`) : ""),
      pdf ? element("a", { href: `/pdf?output=${encodeURIComponent(output)}`, download: "" }, word("download")) : "",
      pdf && format !== "a4" && hasFormats ? element("a", { href: `/download/sheets?output=${encodeURIComponent(output)}`, download: "", title: word("release_office_told") }, word("release_office")) : "",
    );
  });
  return element("section", { className: "boxed", "aria-labelledby": "release-editions" }, element("h2", { id: "release-editions" }, word("release_editions")), element("ul", { className: "editions-list" }, ...rows));
}

function former() {
  const rows = found.releases.map(({ name, by, day, count }) =>
    element(
      "li",
      {},
      element("span", {}, name),
      element("span", { className: "soft" }, word("home_released", { day, by, count })),
      element("a", { href: `/download/release?name=${encodeURIComponent(name)}`, download: "" }, word("release_download")),
    ),
  );
  return element("section", { className: "boxed", "aria-labelledby": "release-former" }, element("h2", { id: "release-former" }, word("release_former")), rows.length ? element("ul", { className: "rows" }, ...rows) : element("p", { className: "soft" }, word("home_no_releases")));
}

let waits;
async function happened(event) {
  if (event.kind === "standing" || event.kind === "sources") {
    clearTimeout(waits);
    waits = setTimeout(renew, 500);
  }
  if (event.kind !== "work" || event.what !== "release" || !place) return;
  place.querySelector("#release-now")?.toggleAttribute("disabled", event.state === "at");
  if (event.state === "at") return;
  if (event.state === "done") await load(found.what);
  const box = place.querySelector("#release-result");
  if (event.state === "done")
    box.replaceChildren(element("p", {}, word("release_done", event.result)), element("a", { className: "button strong", href: `/download/release?name=${encodeURIComponent(event.result.name)}`, download: "" }, word("release_download")));
  else if (event.state === "cancelled") box.replaceChildren(word("release_cancelled"));
  else {
    box.replaceChildren(element("p", { className: "label" }, word("release_refused")), findingList(event.findings));
  }
}

/** Show how the editions stand now; what is being written into the form stays. */
async function renew() {
  const now = await act("check", { what: found.what }).catch(() => null);
  if (!now || now.what !== found.what || place.hidden) return;
  found = now;
  place.querySelector("#release-editions")?.parentElement.replaceWith(editions());
  place.querySelector("#release-open")?.parentElement.replaceWith(openOnes());
}

export const release = { show, happened };
