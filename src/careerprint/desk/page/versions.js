// Earlier versions of a profile's text: a list, what changed since, and one brought back.

import { button } from "./parts.js";
import { act } from "./server.js";
import { inOrder } from "./turns.js";
import { byId, element, word } from "./words.js";

const newest = inOrder();

/** Show the versions of a profile; `text` is what it is now, `bring(text)` puts another in its place. */
export async function showVersions(slug, text, bring) {
  const shown = await newest(act("write-versions", { slug }));
  if (!shown) return;
  const { now, versions: found } = shown;
  const list = byId("versions");
  byId("version").replaceChildren();
  list.replaceChildren(
    ...(now ? [element("li", { className: "released" }, `${word("The text of now")}: ${now}`)] : []),
    ...found.map(({ name, told, released }) => {
      const choose = button(told, async () => {
        for (const other of list.querySelectorAll("button")) other.setAttribute("aria-pressed", other === choose);
        const version = await newest(act("write-version", { slug, name, text }));
        if (version) showVersion(version, told, bring);
      }, "version-choice");
      choose.setAttribute("aria-pressed", "false");
      return element("li", {}, choose, released && element("span", { className: "released" }, released));
    }),
  );
  byId("no-versions").hidden = found.length > 0;
}

function showVersion({ text, changes }, told, bring) {
  const heading = element("h3", { tabIndex: -1 }, word("Version of {time}", { time: told }));
  const rows = changes.map(({ place, before, now }) =>
    element(
      "div",
      { className: "change" },
      place ? element("p", { className: "label" }, place) : "",
      side(word("Then"), before),
      side(word("Now"), now),
    ));
  byId("version").replaceChildren(
    heading,
    element("p", { className: "soft" }, changes.length ? word("Differences: {count}", { count: changes.length }) : word("The text is the same now.")),
    ...rows,
    changes.length ? button(word("Bring this version back"), () => bring(text), "button strong") : "",
  );
  heading.focus();
}

/** Return one side of a change: its text, with what the other lacks marked. */
function side(told, pieces) {
  const parts = pieces.map(([text, isNew]) => (isNew ? element("mark", {}, text) : text));
  if (!parts.length) parts.push(element("span", { className: "soft" }, word("(nothing)")));
  return element("figure", {}, element("figcaption", {}, told), element("blockquote", { lang: "de" }, ...parts));
}
