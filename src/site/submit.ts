import { assert, present } from "../basics/assert.ts";
import { toHex } from "../basics/bytes.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import { parseOrigin } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { type Entry, encodeEntry } from "../log/entry.ts";
import { checkLocal } from "../region/border.ts";
import { authorityNow, charterState } from "../region/charter.ts";
import { requestOf } from "../region/fold.ts";
import { compareLogs } from "../region/log-order.ts";
import { type Behind, entriesBehind, nothingBehind } from "./decisions/write.ts";
import type { Submission, SubmitAnswer, SubmitRefusal } from "./effects.ts";
import { submissionsWaitingMax } from "./limits.ts";
import { logOf } from "./replica.ts";
import { erasedIn, isOfErasedCase, namingKeyHolders } from "./sealing/erasure.ts";
import type { Hosted, House, LocalItem, Out, OwnFact } from "./state.ts";
import { keepUnsaid, noteUnwritten, startCommit } from "./writing.ts";

const logStartKind = "log.start/1";
const charterStartKind = "charter.start/1";
/** Who speaks when no person does. */
/** Who speaks where a device says what it observed itself. */
export const ownRole = "holdfast";

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
  const refusal = busyRefusal(house, hosted);
  if (refusal !== null) return answer({ ok: false, error: refusal });
  if (hosted.asking !== null) {
    hosted.asking.waiting.push(submission);
    return;
  }
  const entry = namingKeyHolders(house, entryOf(submission, now));
  const checked = checkLocal(house.charter, hosted.id, entry);
  if (!checked.ok) return answer({ ok: false, error: checked.error });
  if (isOfErasedCase(house, entry)) return answer({ ok: false, error: { code: "case-erased" } });
  const bytes = encodeEntry(entry);
  if (!bytes.ok) return answer({ ok: false, error: { code: bytes.error } });
  const { decided } = submission;
  const behind = decided === undefined ? nothingBehind : entriesBehind(house, hosted, entry, decided, out);
  enqueue(house, hosted, entry, bytes.value, { submission, behind });
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
  sayOwn(house, { hosted: hosted.id, entry }, out);
  startCommit(house, now, out);
}

/** Writes it with the next commit; what cannot be recorded now is kept for later. */
export function sayOwn(house: House, own: OwnFact, out: Out): void {
  const isAsking = (house.hosted.get(own.hosted)?.asking ?? null) !== null;
  if (house.writing.storing && !isAsking) writeOwn(house, own, out);
  else keepUnsaid(house, own, out);
}

/** The store works again, or a device may write: what was observed meanwhile is written down as it was observed. */
export function sayUnsaid(house: House, out: Out): void {
  for (const own of house.writing.unsaid.splice(0)) sayOwn(house, own, out);
}

/** Whether an entry of this kind only says how its own log begins. */
export function isStartKind(kind: string): boolean {
  return kind === logStartKind || kind === charterStartKind;
}

/** Begins a log that follows on an earlier one. */
export function startLog(house: House, hosted: Hosted, now: Now): void {
  if (!hosted.begun) beginLog(house, hosted, now.wallMs);
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

function busyRefusal(house: House, { asking }: Hosted): SubmitRefusal | null {
  if (!house.writing.storing) return { code: "cannot-record" };
  const waiting = house.writing.queue.length + (asking?.waiting.length ?? 0);
  return waiting >= submissionsWaitingMax ? { code: "too-many-waiting" } : null;
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
  by: { readonly submission: Submission; readonly behind: Behind } | { readonly own: OwnFact },
): void {
  if (!hosted.begun && entry.kind !== charterStartKind) beginLog(house, hosted, entry.at);
  hosted.begun = true;
  const submission = "submission" in by ? by.submission : null;
  const key = submission?.request === undefined ? null : requestKey(hosted, submission.request);
  const item: LocalItem = {
    kind: "local",
    hosted: hosted.id,
    origin: hosted.origin,
    bytes,
    ...("behind" in by ? by.behind : nothingBehind),
    requestKey: key,
    tokens: submission === null ? [] : [submission.token],
    own: "own" in by ? by.own : null,
    erases: erasedIn(entry),
  };
  if (key !== null) house.writing.requests.set(key, item);
  house.writing.queue.push(item);
}

/** Entry 0 names what the device's last epoch held; the authority's log says it in `charter.start` (SPEC LOG10). */
function beginLog(house: House, hosted: Hosted, at: number): void {
  hosted.begun = true;
  const start = encodeEntry({
    at,
    by: ownRole,
    ...startBody(house, hosted),
    previous: previousOf(house, hosted),
  });
  assert(start.ok, "the first entry of a log is canonical");
  const { id, origin } = hosted;
  house.writing.queue.push({
    kind: "local",
    hosted: id,
    origin,
    bytes: start.value,
    ...nothingBehind,
    requestKey: null,
    tokens: [],
    own: null,
    erases: null,
  });
}

/** An authority's next log stands for the same region, with the same recovery key. */
function startBody({ charter }: House, hosted: Hosted): { readonly kind: string } {
  const { start } = charterState(charter);
  if (start === null || authorityNow(charter).id !== hosted.id) return { kind: logStartKind };
  const { recovery, zone, name } = start;
  return { kind: charterStartKind, ...{ recovery, zone, name } };
}

/** Of the device's earlier logs the newest of which anything is stored. */
function previousOf(house: House, hosted: Hosted): { epoch: string; size: number; root: string } | null {
  const earlier = [...house.logs.values()].filter(
    ({ device, origin }) => device === hosted.id && origin !== hosted.origin,
  );
  const newest = earlier
    .sort((a, b) => compareLogs(b.id, a.id))
    .find(({ durable }) => durable.range.size > 0);
  const checkpoint = newest?.durable.checkpoint ?? null;
  if (checkpoint === null) return null;
  const parts = parseOrigin(checkpoint.origin);
  assert(parts.ok, "a stored log has an origin");
  return { epoch: parts.value.epoch, size: checkpoint.size, root: toHex(checkpoint.root) };
}

/** By device: a request stays one, whatever log it comes to stand in. */
function requestKey(hosted: Hosted, request: string): string {
  return `${hosted.id} ${request}`;
}
