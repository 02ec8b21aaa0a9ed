import { assert, present } from "../basics/assert.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { Now } from "../basics/time.ts";
import { type Entry, encodeEntry } from "../log/entry.ts";
import { checkLocal } from "../region/border.ts";
import { requestOf } from "../region/fold.ts";
import type { Submission, SubmitAnswer, SubmitRefusal } from "./effects.ts";
import { submissionsWaitingMax } from "./limits.ts";
import { logOf } from "./replica.ts";
import type { Hosted, House, LocalItem, Out, OwnFact } from "./state.ts";
import { keepUnsaid, noteUnwritten, startCommit } from "./writing.ts";

const logStartKind = "log.start/1";
const charterStartKind = "charter.start/1";
/** Who speaks when no person does. */
const ownRole = "holdfast";

/**
 * Takes a fact for the log of a hosted device. It is answered when it is durable, or at once when it is refused;
 * the same request again is answered with the same fact.
 */
export function submit(house: House, submission: Submission, now: Now, out: Out): void {
  const hosted = present(house.hosted.get(submission.hosted), "a submission names a hosted device");
  const answer = (given: SubmitAnswer): void => {
    out.push({ type: "answer", token: submission.token, answer: given });
  };
  if (joinsEarlier(house, hosted, submission, answer)) return;
  const refusal = busyRefusal(house);
  if (refusal !== null) return answer({ ok: false, error: refusal });
  const entry = entryOf(submission, now);
  const checked = checkLocal(house.charter, hosted.id, entry);
  if (!checked.ok) return answer({ ok: false, error: checked.error });
  const bytes = encodeEntry(entry);
  if (!bytes.ok) return answer({ ok: false, error: { code: bytes.error } });
  enqueue(house, hosted, entry, bytes.value, { submission });
  startCommit(house, now, out);
}

/** Writes what the house itself has to say (a contact fact); what cannot be recorded now is kept for later. */
export function submitOwn(
  house: House,
  hosted: Hosted,
  kind: string,
  body: JsonObject,
  now: Now,
  out: Out,
): void {
  const entry: Entry = { ...body, at: now.wallMs, kind, by: ownRole };
  if (house.writing.storing) writeOwn(house, { hosted: hosted.id, entry }, out);
  else keepUnsaid(house, { hosted: hosted.id, entry }, out);
  startCommit(house, now, out);
}

/** The store works again: what was observed meanwhile is written down as it was observed. */
export function sayUnsaid(house: House, out: Out): void {
  for (const own of house.writing.unsaid.splice(0)) writeOwn(house, own, out);
}

function writeOwn(house: House, own: OwnFact, out: Out): void {
  const hosted = present(house.hosted.get(own.hosted), "the house speaks for a hosted device");
  const checked = checkLocal(house.charter, hosted.id, own.entry);
  const bytes = encodeEntry(own.entry);
  if (checked.ok && bytes.ok) enqueue(house, hosted, own.entry, bytes.value, { own });
  else noteUnwritten(own, out);
}

function joinsEarlier(
  house: House,
  hosted: Hosted,
  submission: Submission,
  answer: (given: SubmitAnswer) => void,
): boolean {
  if (submission.request === undefined) return false;
  const written = requestOf(house.fold, logOf(house, hosted.origin).id, submission.request);
  if (written !== undefined) {
    answer({ ok: true, ref: written, repeated: true });
    return true;
  }
  const waiting = house.writing.requests.get(requestKey(hosted, submission.request));
  waiting?.tokens.push(submission.token);
  return waiting !== undefined;
}

function busyRefusal(house: House): SubmitRefusal | null {
  if (!house.writing.storing) return { code: "cannot-record" };
  return house.writing.queue.length >= submissionsWaitingMax ? { code: "too-many-waiting" } : null;
}

function entryOf(submission: Submission, now: Now): Entry {
  const { kind, by, body, request } = submission;
  return { ...body, at: now.wallMs, kind, by, ...(request === undefined ? {} : { request }) };
}

function enqueue(
  house: House,
  hosted: Hosted,
  entry: Entry,
  bytes: Uint8Array,
  by: { readonly submission: Submission } | { readonly own: OwnFact },
): void {
  if (!hosted.begun) beginLog(house, hosted, entry);
  const submission = "submission" in by ? by.submission : null;
  const key = submission?.request === undefined ? null : requestKey(hosted, submission.request);
  const item: LocalItem = {
    kind: "local",
    hosted: hosted.id,
    origin: hosted.origin,
    bytes,
    requestKey: key,
    tokens: submission === null ? [] : [submission.token],
    own: "own" in by ? by.own : null,
  };
  if (key !== null) house.writing.requests.set(key, item);
  house.writing.queue.push(item);
}

/** Entry 0 names what the device's last epoch held; the authority's log says it in `charter.start` (SPEC LOG10). */
function beginLog(house: House, hosted: Hosted, first: Entry): void {
  hosted.begun = true;
  if (first.kind === charterStartKind) return;
  const start = encodeEntry({ at: first.at, kind: logStartKind, by: ownRole, previous: null });
  assert(start.ok, "the first entry of a log is canonical");
  const { id, origin } = hosted;
  house.writing.queue.push({
    kind: "local",
    hosted: id,
    origin,
    bytes: start.value,
    requestKey: null,
    tokens: [],
    own: null,
  });
}

function requestKey(hosted: Hosted, request: string): string {
  return `${hosted.origin} ${request}`;
}
