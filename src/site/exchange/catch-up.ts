import type { Origin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { isCharterLog } from "../../region/charter.ts";
import type { StoredRun } from "../effects.ts";
import { runPacket } from "../entries.ts";
import { logOf } from "../replica.ts";
import type { House, Link, Out } from "../state.ts";
import { beginRelaying, isDue } from "./relay.ts";

/** One packet a turn for each link, in rotation over the logs; beats and fresh entries never wait for it. */
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

/** The charter first: without it the rest cannot be believed. */
function nextOrigin(house: House, link: Link, now: Now): readonly [Origin, number] | undefined {
  const ready = [...link.behind].filter(
    ([origin, sinceMonoMs]) =>
      !link.waitUntilMonoMs.has(origin) && isDue(house, link, logOf(house, origin), sinceMonoMs, now),
  );
  return ready.find(([origin]) => isCharterLog(house.charter, logOf(house, origin).id)) ?? ready[0];
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
