// The first view: profiles, fairs, languages and releases, each with its state and its next step.

import { act } from "./server.js";
import { card, findingList, heading, link } from "./parts.js";
import { element, word } from "./words.js";

const STEPS = {
  step_mend: (slug) => `#/write/${slug}`,
  step_check: (slug) => `#/check/${slug}`,
  step_print: (slug) => `#/write/${slug}`,
  step_complete: (slug) => `#/release/${slug}`,
  step_release: (slug) => `#/release/${slug}`,
};
let place = null;
let languages = null;

async function show(section) {
  place = section;
  draw(await act("home"));
  languages = await act("languages");
  drawLanguages();
}

function draw({ profiles, fairs, releases, faults }) {
  place.replaceChildren(
    heading("home", word("home_heading")),
    faults.length ? findingList(faults) : "",
    element(
      "section",
      { "aria-labelledby": "home-profiles" },
      element("h2", { id: "home-profiles" }, word("home_profiles")),
      element(
        "ul",
        { className: "cards" },
        ...profiles.map(profileCard),
        element("li", {}, card({ href: "#/bring", title: word("home_new"), told: word("home_new_told"), kind: "new" })),
      ),
    ),
    element(
      "div",
      { className: "columns" },
      element("section", { "aria-labelledby": "home-fairs" }, element("h2", { id: "home-fairs" }, word("home_fairs")), ...fairsOf(fairs)),
      element(
        "section",
        { "aria-labelledby": "home-languages-heading" },
        element("h2", { id: "home-languages-heading" }, word("home_languages")),
        element("div", { id: "home-languages" }),
      ),
      element(
        "section",
        { "aria-labelledby": "home-releases" },
        element("h2", { id: "home-releases" }, word("home_releases")),
        releases.length
          ? element("ul", { className: "rows" }, ...releases.map(releaseRow))
          : element("p", { className: "soft" }, word("home_no_releases")),
      ),
    ),
  );
  drawLanguages();
}

/** Show the languages that are printed; the others are a click away. */
function drawLanguages() {
  const [printed, others] = [true, false].map((on) => (languages ?? []).filter(({ declared }) => declared === on).map(languageRow));
  place.querySelector("#home-languages").replaceChildren(
    element("ul", { className: "rows" }, ...printed),
    others.length ? element("details", {}, element("summary", {}, word("home_other_languages")), element("ul", { className: "rows" }, ...others)) : "",
  );
}

function profileCard({ slug, title, state, count, step, picture }) {
  const source = picture && `/picture/${picture.pdf}/1/400?output=${encodeURIComponent(picture.output)}`;
  return element(
    "li",
    {},
    card({ href: `#/write/${slug}`, title, told: word(`state_${state}`, { count }), kind: state, source }),
    step ? link(STEPS[step](slug), word(step), "button") : "",
  );
}

function fairsOf(fairs) {
  if (!fairs)
    return [element("p", { className: "soft" }, word("home_no_fairs")), link("#/fairs", word("step_begin_fairs"), "button")];
  return [
    element("p", {}, word("home_fairs_count", fairs)),
    fairs.next && element("p", {}, word("home_fairs_next", fairs.next)),
    fairs.faults ? element("p", { className: "remark warning" }, word("home_fairs_faults", { count: fairs.faults })) : "",
    link("#/fairs", word("step_fairs"), "button"),
  ].filter(Boolean);
}

function languageRow({ locale, name, percent, waiting }) {
  const told = [word("home_language_done", { percent }), waiting && word("home_language_waiting", { count: waiting })];
  return element(
    "li",
    {},
    link(`#/translations/${locale}`, name, ""),
    element("span", { className: "soft" }, told.filter(Boolean).join(", ")),
  );
}

function releaseRow({ name, day, by, count }) {
  return element("li", {}, element("span", {}, name), element("span", { className: "soft" }, word("home_released", { day, by, count })));
}

let waits;
function happened({ kind }) {
  if (!["standing", "text", "sources", "back"].includes(kind)) return;
  clearTimeout(waits);
  waits = setTimeout(async () => place?.hidden || draw(await act("home")), 300);
}

export const home = { show, happened };
