import { toHex } from "../../basics/bytes.ts";
import type { LogId, Origin } from "../../basics/name.ts";
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
    if (entry === null || isSaid(house, entry)) continue;
    sayOwn(house, { hosted: log.device, entry }, out);
  }
  startCommit(house, now, out);
}

/** Called for every entry of an own device that becomes or is stored: nothing is said again twice. */
export function noteSaidAgain(house: House, entry: Entry, bytes: Uint8Array): void {
  if (entry["again"] !== undefined) house.saidAgain.add(toHex(leafHash(house.ports.crypto.sha256, bytes)));
}

/** It stays what was said then, at that time; the writer's request was answered with the first place. */
function againOf(log: LogId, index: number, bytes: Uint8Array): Entry | null {
  const entry = decodeEntry(bytes);
  if (!entry.ok || isStartKind(entry.value.kind)) return null;
  const { request: _answered, ...said } = entry.value;
  return { ...said, again: said["again"] ?? [log, index] } as Entry;
}

function isSaid(house: House, entry: Entry): boolean {
  const bytes = encodeEntry(entry);
  // Too long by its new member: the border says so when it is to be written.
  if (!bytes.ok) return false;
  const hash = toHex(leafHash(house.ports.crypto.sha256, bytes.value));
  if (house.saidAgain.has(hash)) return true;
  house.saidAgain.add(hash);
  return false;
}
