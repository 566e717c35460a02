// What has to keep an order on a slow machine: edits one after the other, answers as they were asked for.

/** Return a function that does one thing after the other; what fails keeps nothing behind it from its turn. */
export function inTurn() {
  let last = Promise.resolve();
  return (act) => {
    const done = last.then(act);
    last = done.catch(() => {});
    return done.then((made) => made); // a promise of its own: what fails is told, also where nobody waits for it
  };
}

/** Return a function that waits for an answer, and returns null for one that a newer one has overtaken. */
export function inOrder() {
  let [asked, taken] = [0, 0];
  return async (answer) => {
    const turn = (asked += 1);
    const got = await answer;
    if (turn < taken) return null;
    taken = turn;
    return got;
  };
}
