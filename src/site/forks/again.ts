import { present } from "../../basics/assert.ts";
import { toHex } from "../../basics/bytes.ts";
import { type DeviceId, type LogId, type Origin, originOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { decodeEntry, type Entry, encodeEntry, leafHash } from "../../log/entry.ts";
import { logOf } from "../replica.ts";
import type { House, Out } from "../state.ts";
import { isStartKind, sayOwn } from "../submit.ts";
import { startCommit } from "../writing.ts";
import { forkedAt } from "./fork-proof.ts";

/*
 * Of a log that was signed in two ways only what its histories share means anything. What its device had said past that
 * it says again in its new log, each with the place at which it stood first: `again: [log, index]`.
 */

/** Where a log says how it begins, so that nothing is said again: the place of what is not stored yet. */
const aboutTo = 0;

/** Has our own history of the log read; {@link sayAgain} gets it. */
export function readLostWords(house: House, origin: Origin, out: Out): void {
  const { size } = logOf(house, origin).durable.range;
  if (size <= (forkedAt(house, origin) ?? size)) return;
  house.lastRead += 1;
  house.reads.set(house.lastRead, { kind: "again", origin });
  out.push({ type: "read-leaves", read: house.lastRead, origin, from: 0, to: size });
}

export function sayAgain(
  house: House,
  origin: Origin,
  entries: readonly Uint8Array[] | null,
  now: Now,
  out: Out,
): void {
  const log = logOf(house, origin);
  const common = forkedAt(house, origin) ?? Number.POSITIVE_INFINITY;
  for (const [index, bytes] of (entries ?? []).entries()) {
    const entry = index < common ? null : againOf(log.id, index, bytes);
    if (entry === null || isSaid(house, log.device, entry)) continue;
    sayOwn(house, { hosted: log.device, entry }, out);
  }
  startCommit(house, now, out);
}

/** Called for every entry of an own device that becomes or is stored: nothing is said again twice. */
export function noteSaidAgain(
  house: House,
  entry: Entry,
  bytes: Uint8Array,
  log: LogId,
  index: number,
): void {
  if (entry["again"] === undefined) return;
  placeSaidAgain(house, toHex(leafHash(house.ports.crypto.sha256, bytes)), log, index);
}

export function placeSaidAgain(house: House, hash: string, log: LogId, index: number): void {
  const places = house.saidAgain.get(hash) ?? new Map<LogId, number>();
  if (index !== aboutTo && places.get(log) !== index) forgetAboutTo(places);
  house.saidAgain.set(hash, places.set(log, index));
}

/** What waited for the disk may have been moved to the log of a newer epoch: it will never stand where it was to. */
function forgetAboutTo(places: Map<LogId, number>): void {
  for (const [log, index] of places) if (index === aboutTo) places.delete(log);
}

/** What is stored of {@link House.saidAgain}: a start must say what was about to be said. */
export function storedAgain({
  saidAgain,
}: House): readonly (readonly [string, readonly (readonly [LogId, number])[]])[] {
  return [...saidAgain].map(([hash, places]) => [hash, [...places].filter(([, index]) => index !== aboutTo)]);
}

/** It stays what was said then, at that time; the writer's request was answered with the first place. */
function againOf(log: LogId, index: number, bytes: Uint8Array): Entry | null {
  const entry = decodeEntry(bytes);
  if (!entry.ok || isStartKind(entry.value.kind)) return null;
  const { request: _answered, ...said } = entry.value;
  return { ...said, again: said["again"] ?? [log, index] } as Entry;
}

/** Whether the entry stands, or is about to, where it means something: what a later fork takes with it does not count. */
function isSaid(house: House, device: DeviceId, entry: Entry): boolean {
  const bytes = encodeEntry(entry);
  // Too long by its new member: the border says so when it is to be written.
  if (!bytes.ok) return false;
  const hash = toHex(leafHash(house.ports.crypto.sha256, bytes.value));
  for (const [log, index] of house.saidAgain.get(hash) ?? [])
    if (index < (forkedAt(house, originOf(house.region, log)) ?? Number.POSITIVE_INFINITY)) return true;
  const { origin } = present(house.hosted.get(device), "an own log has its device here");
  placeSaidAgain(house, hash, logOf(house, origin).id, aboutTo);
  return false;
}
