import { present } from "../../basics/assert.ts";
import { equalBytes } from "../../basics/bytes.ts";
import { type Origin, originOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { type ParsedCheckpoint, verifyCheckpoint } from "../../log/checkpoint.ts";
import { epochCounter, newestOf, nextEpoch } from "../../log/epoch.ts";
import type { Vkey } from "../../log/vkey.ts";
import type { LogAppend } from "../effects.ts";
import { isAnswered } from "../exchange/asking.ts";
import { logOf } from "../replica.ts";
import type { Asking, Hosted, House, LocalItem, Out } from "../state.ts";
import { sayUnsaid, startLog, submit } from "../submit.ts";
import { startCommit } from "../writing.ts";
import { readLostWords } from "./again.ts";

/** Lets devices go on that have asked long enough what others hold of their logs. */
export function settleAsking(house: House, now: Now, out: Out): void {
  for (const hosted of house.hosted.values()) {
    const { asking } = hosted;
    if (asking === null) continue;
    if (asking.isOutdated) {
      asking.isOutdated = false;
      out.push({ type: "note", code: "store-is-older", about: hosted.origin });
      beginEpoch(house, hosted, now, out);
    }
    // What is stored must be folded first: what was said already is not said twice.
    if (isAnswered(house, asking, now) && house.loading === null) settle(house, hosted, asking, now, out);
  }
}

/**
 * A signed checkpoint of the log that this device writes. Nothing leaves before it is stored, so one that goes further,
 * or elsewhere, comes from another store with our key: our own is older than our word, or there are two of us. The device
 * goes on in a new epoch, and the old log is taken from whoever holds it. Returns whether that is so.
 */
export function hasLostLog(
  house: House,
  hosted: Hosted,
  checkpoint: ParsedCheckpoint,
  vkey: Vkey,
  now: Now,
  out: Out,
): boolean {
  const { range, checkpoint: own } = logOf(house, hosted.origin).tail;
  if (checkpoint.size < range.size) return false;
  if (own !== null && checkpoint.size === own.size && equalBytes(own.root, checkpoint.root)) return false;
  if (!verifyCheckpoint(house.ports.crypto, checkpoint, vkey).ok) return false;
  out.push({ type: "note", code: "own-log-is-ahead", about: hosted.origin });
  beginEpoch(house, hosted, now, out);
  return true;
}

/** A log of ours was signed in two ways: what our own history says past the common part is said again in a new one. */
export function learnOwnFork(house: House, origin: Origin, now: Now, out: Out): void {
  const hosted = house.hosted.get(logOf(house, origin).device);
  if (hosted === undefined) return;
  if (hosted.origin === origin) beginEpoch(house, hosted, now, out);
  if (hosted.asking === null) readLostWords(house, origin, out);
}

/** What was on its way to the disk when its log was found forked lies past the common part as well. */
export function sayStoredLate(house: House, appends: readonly LogAppend[], now: Now, out: Out): void {
  for (const { origin } of appends) if (house.forks.has(origin)) learnOwnFork(house, origin, now, out);
}

/**
 * The device goes on in a log of its own that nobody has ever seen, and begins it at once, so that others learn of it.
 * What waits for the disk goes there too; what is under way to it stays where it is.
 */
export function beginEpoch(house: House, hosted: Hosted, now: Now, out: Out): void {
  const before = hosted.origin;
  const epoch = nextEpoch(newestEpoch(house, hosted), house.ports.randomBytes(4));
  hosted.origin = originOf(house.region, `${hosted.id}/${epoch}`);
  hosted.begun = false;
  logOf(house, hosted.origin);
  const moved = takeWaiting(house, before);
  house.writing.queue.push({ kind: "epoch", epoch: { device: hosted.id, epoch } });
  followOn(house, hosted, now);
  for (const item of moved) {
    item.origin = hosted.origin;
    house.writing.queue.push(item);
  }
  out.push({ type: "note", code: "new-epoch", about: hosted.origin }, { type: "changed" });
  startCommit(house, now, out);
}

function followOn(house: House, hosted: Hosted, now: Now): void {
  startLog(house, hosted, now);
  hosted.newLogWallMs = now.wallMs;
}

function settle(house: House, hosted: Hosted, asking: Asking, now: Now, out: Out): void {
  const newest = newestEpoch(house, hosted);
  const isStale =
    epochCounter(newest) >= epochCounter(epochOf(hosted.origin)) && newest !== epochOf(hosted.origin);
  if (house.forks.has(hosted.origin) || (!hosted.begun && isStale)) beginEpoch(house, hosted, now, out);
  // Whoever held receipts of an earlier epoch learns from the first entry that it has ended.
  else if (!hosted.begun && (epochCounter(epochOf(hosted.origin)) > 1 || logsOf(house, hosted).length > 0))
    followOn(house, hosted, now);
  hosted.asking = null;
  for (const origin of house.forks.keys())
    if (logOf(house, origin).device === hosted.id) readLostWords(house, origin, out);
  for (const submission of asking.waiting) submit(house, submission, now, out);
  if (house.writing.storing) sayUnsaid(house, out);
  startCommit(house, now, out);
}

/** Of all epochs of this device that are known, stored or told, the one with the highest counter. */
function newestEpoch(house: House, hosted: Hosted): string {
  const told = hosted.asking?.newestTold ?? null;
  const known = [epochOf(hosted.origin), ...(told === null ? [] : [told]), ...logsOf(house, hosted)];
  return present(newestOf(known), "a device writes in some epoch");
}

/** Epochs of the other logs of this device of which anything is stored. */
function logsOf(house: House, hosted: Hosted): readonly string[] {
  return [...house.logs.values()]
    .filter(({ device, origin, durable }) => {
      return device === hosted.id && origin !== hosted.origin && durable.range.size > 0;
    })
    .map(({ origin }) => epochOf(origin));
}

function epochOf(origin: Origin): string {
  return origin.slice(origin.lastIndexOf("/") + 1);
}

/** What people and the house want written in this log, without its first entry, which every log has of its own. */
function takeWaiting(house: House, origin: Origin): readonly LocalItem[] {
  const { queue } = house.writing;
  const waiting = queue.filter((item): item is LocalItem => item.kind === "local" && item.origin === origin);
  const rest = queue.filter((item) => item.kind !== "local" || item.origin !== origin);
  queue.splice(0, queue.length, ...rest);
  return waiting.filter((item) => item.own !== null || item.tokens.length > 0);
}
