// Files that are given to the desk: each is taken where it belongs, wherever it was dropped or chosen.

import { explain, notice } from "./notices.js";
import { give } from "./server.js";
import { word } from "./words.js";

let carried = null; // a file, and the view that takes it if it is shown next

/** Return the file that was carried to this view, once. */
export function arrived(here) {
  const { file, view } = carried ?? {};
  carried = null;
  return view === here ? file : null;
}

/** Have `take` take a file that was given in the view `here`, or say in which view it belongs. */
async function takeHere(here, file, take) {
  notice(""); // what was told of the file before
  const { view, told, takes } = await give("belongs", { name: file.name, here }, file);
  if (!view) return take ? take(file) : notice(word("“{name}” is no file that the desk can take.", { name: file.name }));
  const go = () => {
    carried = takes ? { file, view } : null;
    location.hash = `#/${view}`;
  };
  if (here === "home" && takes) go();
  else notice(told, view === here ? "" : takes ? word("Take it there") : word("Go there"), go);
}

/** Return what takes files that are given in a view, and tells what goes wrong. */
export const taking = (here, take) => (file) => takeHere(here, file, take).catch(explain);
