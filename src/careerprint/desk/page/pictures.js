// Pictures of a profile's own in place of its drawings: chosen, cut around what must stay, credited.

import { boxed, button, choice, fileChoice, form, labelled, sender, soft } from "./parts.js";
import { act, ask, give } from "./server.js";
import { inTurn } from "./turns.js";
import { element, word } from "./words.js";

const SINGLE = { cover: word("On the cover"), flyer: word("On the flyer"), portrait: word("Beside the quotation") };
const TEXTS = { alt: word("What is to be seen, for those who do not see it"), caption: word("Caption"), credit: word("Who made it"), licence: word("Right of use, CC BY 4.0 for example") };
const HINTS = { credit: word("Without it, nothing goes to the print shop.") };

/** Return the part of a view in which a profile's pictures are looked after. */
export function pictures(slug = "", isGoneTo = false) {
  const list = element("ul", { className: "picture-list" });
  const profiles = choice([], "", { id: "pictures-profile", onchange: () => load(profiles.value, list) });
  Promise.all([ask("/desk"), act("place")]).then(([{ profiles: all }, kept]) => {
    profiles.replaceChildren(...all.map(({ slug, title }) => element("option", { value: slug }, title)));
    const last = slug || kept.profile; // without one, that which was worked on last
    if (all.some((each) => each.slug === last)) profiles.value = last;
    if (!all.length) return;
    load(profiles.value, list).then(() => isGoneTo && goToOpen(list));
  });
  list.addEventListener("printed", () => tell(profiles.value, list));
  return boxed("pictures-heading", word("Pictures in place of drawings"), labelled(word("Profile"), profiles), list);
}

/** Go to the first picture of which something is off: nobody is credited, or print tells of it. */
function goToOpen(list) {
  const credit = [...list.querySelectorAll("[name=credit]")].find(({ value }) => !value);
  const told = list.querySelector(".remark:not([hidden])")?.closest("form").querySelector("input");
  list.parentElement.scrollIntoView();
  (credit ?? told)?.focus();
}

async function load(slug, list) {
  list.replaceChildren();
  list.dataset.slug = slug;
  const found = await act("pictures", { slug });
  if (slug === list.dataset.slug) draw(found, slug, list);
}

/** Tell what prints say of the pictures; what is being entered stays. */
async function tell(slug, list) {
  const { places } = await act("pictures", { slug });
  for (const { use, told } of slug === list.dataset.slug ? places : []) {
    const line = list.querySelector(`[data-use="${CSS.escape(use)}"] .remark`);
    if (line) Object.assign(line, { textContent: told, hidden: !told });
  }
}

/** Draw the pictures; one that is kept is drawn anew by itself: what is being entered elsewhere stays. */
function draw({ digest, places, texts }, slug, list) {
  const edits = inTurn();
  const keep = (action, said) =>
    edits(async () => {
      const found = await act(action, { slug, based_on: digest, ...said });
      ({ digest } = found);
      document.getElementById("look-saved")?.replaceChildren(word("Saved"));
      return found;
    });
  const put = async (use, entries, before) => {
    const found = await keep("picture-put", { use, entries });
    before.replaceWith(row(found.places.find((place) => place.use === use), slug, put));
  };
  const credit = async (file, said) => {
    const found = await keep("picture-credit", { file, ...said });
    const isKept = found.texts.some((text) => text.file === file && text.credit === said.credit && text.licence === said.licence);
    if (!isKept && slug === list.dataset.slug) draw(found, slug, list); // the text was changed elsewhere
  };
  list.replaceChildren(...texts.map((text) => creditRow(text, slug, credit)), ...places.map((place) => row(place, slug, put)));
}

/** Return the form that says who made a picture of the text. */
function creditRow(text, slug, credit) {
  const told = word("In the text: {alt}", text);
  const inputs = ["credit", "licence"].map((name) => element("input", { name, value: text[name], lang: "de" }));
  const onchange = () => credit(text.file, Object.fromEntries(inputs.map(({ name, value }) => [name, value.trim()])));
  const made = form(
    { "aria-label": told, onchange },
    () => {},
    element("h3", {}, told),
    element("div", { className: "whole" }, pictureIn(slug, text)),
    ...inputs.map((input) => labelled(TEXTS[input.name], input)),
  );
  return element("li", {}, made);
}

/** Return a picture of a profile's own. */
const pictureIn = (slug, { file, alt }) => element("img", { src: `/download/write-picture?${new URLSearchParams({ slug, file })}`, alt });

function row(place, slug, put) {
  const told = SINGLE[place.use] ?? word("Over “{heading}”", place);
  const made = element("li", {});
  const keep = (entries) => put(place.use, entries, made);
  const bring = async (file) => {
    const brought = await give("write-bring-picture", { slug, name: file.name }, file);
    made.replaceChildren(pictureForm({ ...place, focus: "50% 50%", ...brought }, told, slug, keep));
    made.querySelector("input:not([type=range])").focus();
  };
  made.dataset.use = place.use;
  if (place.file) made.append(pictureForm(place, told, slug, keep));
  else made.append(element("details", {}, element("summary", {}, `${told}: ${word("Add a picture")}`), labelled(word("Choose a picture"), fileChoice(".jpg,.jpeg,.png,.svg", bring))));
  return made;
}

/** Return the form of a picture: a click on it says what must stay, or two sliders do. */
function pictureForm(place, told, slug, keep) {
  const image = pictureIn(slug, place);
  const spot = element("span", { className: "spot", "aria-hidden": "true" });
  const [across, down] = (place.focus || "50% 50%").split(" ").map((part) => element("input", { type: "range", min: 0, max: 100, value: parseInt(part, 10), oninput: () => show() }));
  const show = () => {
    spot.style.left = `${across.value}%`;
    spot.style.top = `${down.value}%`;
    for (const cut of cuts) cut.style.objectPosition = `${across.value}% ${down.value}%`;
  };
  const cuts = ["wide", "square", "tall"].map((shape) => element("img", { src: image.src, alt: "", className: shape }));
  const whole = element("div", { className: "whole" }, image, spot);
  whole.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    across.value = Math.round((100 * (event.clientX - box.left)) / box.width);
    down.value = Math.round((100 * (event.clientY - box.top)) / box.height);
    show();
  });
  show();
  const inputs = Object.keys(TEXTS).map((key) => element("input", { value: place[key], lang: "de", name: key, required: key === "alt" }));
  return form(
    { "aria-label": told },
    () => {
      const texts = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
      return keep({ file: place.file, focus: `${across.value}% ${down.value}%`, ...texts });
    },
    element("h3", {}, told),
    element("p", { className: "remark", role: "status", hidden: !place.told }, place.told ?? ""),
    element("div", { className: "row-of" }, whole, element("div", { className: "cuts" }, ...cuts)),
    place.sharp ? soft(word("In print it is sharp up to {sharp} cm.", place)) : "",
    element("p", { className: "soft" }, word("Click on what must not be cut off. The small pictures show how it is cut: wide, square, tall.")),
    labelled(word("What must stay in the picture, from the left"), across),
    labelled(word("What must stay in the picture, from the top"), down),
    ...inputs.map((input) => labelled(TEXTS[input.name], input, HINTS[input.name])),
    element("div", { className: "row-of" }, sender(word("Use this picture")), button(word("Print the drawing again"), () => keep({}))),
  );
}
