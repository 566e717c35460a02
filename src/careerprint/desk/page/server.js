// Asks the desk's server, and listens to what happens there.

import { forgive, noticed } from "./notices.js";

// What only reads, and is asked for when nobody has done anything.
const READS = /^(place|home|languages|removed|bring-original|proposals|fairs|fairs-flyers|translations|translations-pages|looks|check|releases-outdated|pictures|belongs|write-(?!bring-picture).*)$/;

// What may write the text of a profile, besides saving it.
const WRITES = /^\/(text|do\/(proposal-settle|proposals-accept|picture-|bring-(back|make|begin)))/;

/** How often this page has had a text written: a text that is another since may be by its own doing. */
export let writes = 0;

/** What went wrong with a request: the workspace is gone, the server is, or it says no. */
export class Trouble extends Error {
  constructor(kind, findings = []) {
    super(kind);
    this.kind = kind; // "gone", "unreachable", "refused", "fault" or "findings"
    this.findings = findings;
  }
}

/** Have the desk do something with a file's content, and return what it answers; raises Trouble. */
export function give(action, named, content) {
  const path = `/do/${action}?${new URLSearchParams(named)}`;
  return done(action, { method: "POST", content }, path);
}

/** Have the desk do something, and return what it answers; raises Trouble. */
export const act = (action, body = {}) => done(action, { method: "POST", body });

async function done(action, request, path = `/do/${action}`) {
  const since = noticed();
  const answer = await ask(path, request);
  if (!READS.test(action)) forgive(since);
  return answer;
}

/** Return the JSON that a request is answered with; raises Trouble. `also` are statuses that count. */
export async function ask(path, request) {
  const answer = await answered(path, request);
  return answer.status === 204 ? null : answer.json();
}

/** Return a file and its name, which may take long to be made; raises Trouble. */
export async function fileFrom(path) {
  const answer = await answered(path);
  const [, name] = /filename\*=UTF-8''(.+)/.exec(answer.headers.get("content-disposition"));
  return { name: decodeURIComponent(name), content: await answer.blob() };
}

async function answered(path, { method = "GET", body, content, also = [] } = {}) {
  let answer;
  if (method !== "GET" && WRITES.test(path)) writes += 1;
  try {
    answer = await fetch(path, {
      method,
      headers: content ? { "content-type": "application/octet-stream" } : body ? { "content-type": "application/json" } : {},
      body: content ?? (body ? JSON.stringify(body) : undefined),
      credentials: "same-origin",
      redirect: "error",
    });
  } catch {
    throw new Trouble("unreachable");
  }
  if (answer.status === 403) throw new Trouble("refused");
  if (answer.ok || also.includes(answer.status)) return answer;
  if (answer.status === 400 || answer.status >= 500) throw new Trouble("fault");
  const told = await answer.json().catch(() => ({}));
  throw new Trouble(told.gone ? "gone" : "findings", told.findings ?? []);
}

/** Call `happened` with each event, `opened` whenever listening begins, `lost` with a Trouble when it ends. */
export function listen(happened, opened, lost) {
  const source = new EventSource("/events");
  source.onopen = opened;
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return lost(new Trouble("unreachable"));
    setTimeout(() => listen(happened, opened, lost), 2000);
    ask("/desk").catch(lost);
  };
  source.onmessage = (message) => happened(JSON.parse(message.data));
  addEventListener("pagehide", () => source.close());
}
