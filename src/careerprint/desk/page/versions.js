// Earlier versions of a profile's text: a list, what changed since, and one brought back.

import { button } from "./parts.js";
import { act } from "./server.js";
import { byId, element, word } from "./words.js";

/** Show the versions of a profile; `text` is what it is now, `bring(text)` puts another in its place. */
export async function showVersions(slug, text, bring) {
  const found = await act("write-versions", { slug });
  const list = byId("versions");
  byId("version").replaceChildren();
  list.replaceChildren(
    ...found.map(({ name, told }) => {
      const choose = button(told, async () => {
        for (const other of list.querySelectorAll("button")) other.setAttribute("aria-pressed", other === choose);
        const version = await act("write-version", { slug, name, text });
        showVersion(version, told, bring);
      }, "version-choice");
      choose.setAttribute("aria-pressed", "false");
      return element("li", {}, choose);
    }),
  );
  byId("no-versions").hidden = found.length > 0;
}

function showVersion({ text, changes }, told, bring) {
  const heading = element("h3", { tabIndex: -1 }, word("version_of", { time: told }));
  const rows = changes.map(({ before, now }) =>
    element(
      "div",
      { className: "change" },
      side(word("version_before"), before, now),
      side(word("version_now"), now, before),
    ));
  byId("version").replaceChildren(
    heading,
    element("p", { className: "soft" }, changes.length ? word("version_changes", { count: changes.length }) : word("version_same")),
    ...rows,
    changes.length ? button(word("version_bring"), () => bring(text), "button strong") : "",
  );
  heading.focus();
}

/** Return one side of a change: its text, with what the other lacks marked. */
function side(told, text, other) {
  const parts = text ? marked(text.split(/(\s+)/), other.split(/(\s+)/)) : [element("span", { className: "soft" }, word("version_nothing"))];
  return element("figure", {}, element("figcaption", {}, told), element("blockquote", { lang: "de" }, ...parts));
}

/** Mark the words between what both begin and end with. */
function marked(words, others) {
  let first = 0;
  while (first < words.length && first < others.length && words[first] === others[first]) first += 1;
  let last = 0;
  const most = Math.min(words.length, others.length) - first;
  while (last < most && words[words.length - 1 - last] === others[others.length - 1 - last]) last += 1;
  const middle = words.slice(first, words.length - last).join("");
  return [words.slice(0, first).join(""), middle ? element("mark", {}, middle) : "", last ? words.slice(-last).join("") : ""];
}
