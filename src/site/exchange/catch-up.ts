import { type Origin, siteOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { isCharterWriter, writersOfCharter } from "../../region/charter.ts";
import type { StoredRun } from "../effects.ts";
import { runPacket } from "../entries.ts";
import { freshForMs } from "../limits.ts";
import { logOf } from "../replica.ts";
import type { House, Link, Out } from "../state.ts";
import { beginRelaying, isDue } from "./relay.ts";

/**
 * One packet a turn for each link, in rotation over the logs; beats never wait for it, nor do fresh entries of a log that
 * the peer holds so far.
 */
export function pumpCatchUp(house: House, now: Now, out: Out): void {
  for (const link of house.behind) pumpLink(house, link, now, out);
}

function pumpLink(house: House, link: Link, now: Now, out: Out): void {
  if (link.catchingUp) return;
  if (link.behind.size === 0) {
    house.behind.delete(link);
    return;
  }
  endWaits(link, now);
  const [origin, sinceMonoMs] = nextOrigin(house, link, now) ?? [];
  if (origin === undefined || sinceMonoMs === undefined) return;
  link.oursWentLast = !link.oursWentLast && origin === link.hosted?.origin;
  // To the end of the rotation until it is seen to be complete.
  link.behind.delete(origin);
  link.behind.set(origin, sinceMonoMs);
  link.catchingUp = true;
  house.lastRead += 1;
  const from = link.positions.get(origin) ?? 0;
  house.reads.set(house.lastRead, { kind: "run", link: link.id, origin });
  out.push({ type: "read-run", read: house.lastRead, origin, from });
}

function endWaits(link: Link, now: Now): void {
  for (const [origin, untilMonoMs] of link.waitUntilMonoMs) {
    if (now.monoMs >= untilMonoMs) link.waitUntilMonoMs.delete(origin);
  }
}

/**
 * The charter first: without it the rest cannot be believed. Then what the connection's own people have just written, which
 * somebody waits for: a request must not lie behind a packet of every other log after a connection came back; but only each second
 * packet, since a long log of ours must not hold up everybody else's words. Of the rest it ends at the first that may be
 * given: who comes back lacks thousands of logs, and all of them were looked at for each packet.
 */
function nextOrigin(house: House, link: Link, now: Now): Lacking | undefined {
  const isReady = ([origin, sinceMonoMs]: Lacking): boolean =>
    !link.waitUntilMonoMs.has(origin) && isDue(house, link, logOf(house, origin), sinceMonoMs, now);
  return (
    firstOf(lackingOfCharter(house, link), isReady) ??
    (link.oursWentLast ? undefined : firstOf(lackingOfOurs(link, now), isReady)) ??
    firstOf(link.behind, isReady)
  );
}

/** What a peer lacks, and since when, monotonic ms. */
type Lacking = readonly [Origin, number];

function lackingOfCharter(house: House, link: Link): readonly Lacking[] {
  const origins = writersOfCharter(house.charter)
    .flatMap((device) => [...house.vector.siteLogs(siteOf(device)).keys()])
    .filter((origin) => link.behind.has(origin) && isOfCharter(house, origin));
  return origins.length === 0 ? [] : [...link.behind].filter(([origin]) => isOfCharter(house, origin));
}

/**
 * The log of the device whose connection it is, whole up to what was written in the last minute: entries go in their order.
 * Others of this process have connections of their own; out of turn here they would be passed on twice.
 */
function lackingOfOurs({ hosted, behind }: Link, now: Now): readonly Lacking[] {
  if (hosted === null || hosted.wroteMonoMs === null) return [];
  const sinceMonoMs = behind.get(hosted.origin);
  const isFresh = now.monoMs - hosted.wroteMonoMs <= freshForMs;
  return sinceMonoMs !== undefined && isFresh ? [[hosted.origin, sinceMonoMs]] : [];
}

function isOfCharter(house: House, origin: Origin): boolean {
  return isCharterWriter(house.charter, logOf(house, origin).device);
}

function firstOf(all: Iterable<Lacking>, isWanted: (one: Lacking) => boolean): Lacking | undefined {
  for (const one of all) if (isWanted(one)) return one;
  return undefined;
}

/** What was read for a peer goes out, unless it has caught up by other ways meanwhile. */
export function sendRun(
  house: House,
  link: Link,
  origin: Origin,
  run: StoredRun | null,
  now: Now,
  out: Out,
): void {
  const position = link.positions.get(origin) ?? 0;
  const held = house.vector.get(origin)?.size ?? 0;
  if (run === null || run.from !== position) {
    link.catchingUp = false;
    if (run === null || position >= held) link.behind.delete(origin);
    return;
  }
  const bytes = runPacket(house, run);
  if (bytes !== undefined) link.positions.set(origin, run.checkpoint.size);
  if (bytes === undefined || run.checkpoint.size >= held) link.behind.delete(origin);
  if (bytes === undefined) {
    link.catchingUp = false;
    return;
  }
  if (logOf(house, origin).site !== link.hosted?.site) beginRelaying(link, now);
  out.push({ type: "send", connection: link.id, bytes, catchUp: true });
}
