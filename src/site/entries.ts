import { deviceIdOf, type Origin, parseOrigin } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { type RunRefusal, type VerifiedRun, verifyRun } from "../exchange/ingest.ts";
import { itemLength } from "../exchange/item.ts";
import { encodePacket, type Packet } from "../exchange/packet.ts";
import { formatCheckpoint, type ParsedCheckpoint, parseCheckpoint } from "../log/checkpoint.ts";
import { keyForLog } from "../region/charter.ts";
import type { LogAppend, StoredRun } from "./effects.ts";
import { markBehind } from "./exchange/link.ts";
import { givesAtOnce } from "./exchange/relay.ts";
import { sendWait } from "./exchange/vectors.ts";
import { hasLostLog } from "./forks/epoch.ts";
import { askForProof } from "./forks/fork.ts";
import { isClosedByFork } from "./forks/fork-proof.ts";
import { linksHolding } from "./pocket.ts";
import { logOf, lookUpLog } from "./replica.ts";
import { sendSiteLogs } from "./site-logs.ts";
import type { HeldRun, House, Link, Out } from "./state.ts";
import { startCommit } from "./writing.ts";

type EntriesPacket = Extract<Packet, { readonly type: "entries" }>;

/**
 * The log border: a run is taken whole or not at all, and nothing it holds leaves before it is stored. Without a link
 * it was carried here in a file: who brought it does not matter, since every run proves itself. Returns the log and its
 * size up to which the same packet would bring nothing new; null where that was not found out.
 */
export function receiveEntries(
  house: House,
  link: Link | null,
  packet: EntriesPacket,
  now: Now,
  out: Out,
): HeldRun | null {
  const checkpoint = parseCheckpoint(packet.head.checkpoint);
  if (!checkpoint.ok) return refuse(link, checkpoint.error, out);
  const { origin } = checkpoint.value;
  const parts = parseOrigin(origin);
  if (!parts.ok || parts.value.region !== house.region) return refuse(link, "other-region", out);
  const vkey = keyForLog(house.charter, parts.value);
  if (vkey === undefined) return refuse(link, "unknown-device", out);
  // Only this process writes the log of its own device. What the device wrote before it lost its store, or in another
  // one, is a log like any other.
  const author = house.hosted.get(deviceIdOf(parts.value));
  if (author?.origin === origin && !hasLostLog(house, author, checkpoint.value, vkey, now, out)) return null;
  // What cannot be stored now is asked for again when the store works (vectors are made from what is stored).
  if (!house.writing.storing || isClosedByFork(house, origin, lookUpLog(house, origin).tail.range.size))
    return null;
  if (mustWait(house, link, origin, packet, now, out)) return null;
  const run = { from: packet.head.from, items: packet.items, checkpoint: checkpoint.value };
  const verdict = verifyRun(house.ports.crypto, vkey, lookUpLog(house, origin).tail, run);
  if (!verdict.ok) return refuseRun(house, link, verdict.error, checkpoint.value, packet, now, out);
  link?.positions.set(origin, Math.max(link?.positions.get(origin) ?? 0, checkpoint.value.size));
  if (verdict.value.kind === "new") queueRun(house, link, origin, verdict.value.run, now, out);
  return { origin, size: checkpoint.value.size };
}

function queueRun(
  house: House,
  link: Link | null,
  origin: Origin,
  run: VerifiedRun,
  now: Now,
  out: Out,
): void {
  const log = logOf(house, origin);
  log.tail = { range: run.range, checkpoint: run.checkpoint };
  log.source = link?.id ?? null;
  house.writing.queue.push({ kind: "remote", origin, append: { origin, ...run } });
  startCommit(house, now, out);
}

/** New entries are taken from their own author at a bounded rate, and the author is told so. */
function mustWait(
  house: House,
  link: Link | null,
  origin: Origin,
  packet: EntriesPacket,
  now: Now,
  out: Out,
): boolean {
  const log = lookUpLog(house, origin);
  const fresh = packet.head.from + packet.items.length - log.tail.range.size;
  if (link === null || link.pull === null || log.device !== link.peer || fresh <= 0) return false;
  const bytes = packet.items.slice(-fresh).reduce((sum, item) => sum + itemLength(item), 0);
  const waitMs = link.pull.waitMs(fresh, bytes, now.monoMs);
  if (waitMs > 0) sendWait(link, origin, log.durable.range.size, waitMs, out);
  return waitMs > 0;
}

function refuseRun(
  house: House,
  link: Link | null,
  refusal: RunRefusal,
  checkpoint: ParsedCheckpoint,
  packet: EntriesPacket,
  now: Now,
  out: Out,
): null {
  refuse(link, refusal, out);
  if (link === null) return null;
  // A gap is nobody's fault: the sender believed us further than we are.
  if (refusal === "gap") sendSiteLogs(house, link, lookUpLog(house, checkpoint.origin).site, now, out);
  if (refusal === "wrong-root") askForProof(house, link, packet.head.checkpoint, checkpoint.origin, now, out);
  return null;
}

function refuse(link: Link | null, code: string, out: Out): null {
  out.push({ type: "note", code: `refused-${code}`, about: link?.peer ?? "carried" });
  return null;
}

/** Gives what was just stored to everyone who holds the log up to it; the others get it from the store in turn. */
export function pushAppend(house: House, append: LogAppend, now: Now, out: Out): void {
  const log = logOf(house, append.origin);
  let bytes: Uint8Array | undefined;
  for (const link of linksHolding(house, log)) {
    if (!givesAtOnce(house, link, log, now)) continue;
    const position = link.positions.get(append.origin);
    // A log that begins needs no question: who does not say otherwise holds nothing of it.
    if (position === undefined && append.from > 0) continue;
    // Of a forked log nobody needs more than vectors tell.
    if ((position ?? 0) >= Math.min(append.checkpoint.size, house.vector.get(append.origin)?.size ?? 0))
      continue;
    if ((position ?? 0) < append.from || isHeldBack(link, append.origin)) {
      markBehind(house, link, append.origin, now);
      continue;
    }
    bytes ??= runPacket(house, append);
    if (bytes === undefined) return;
    out.push({ type: "send", connection: link.id, bytes, catchUp: false });
    link.positions.set(append.origin, append.checkpoint.size);
  }
}

function isHeldBack(link: Link, origin: Origin): boolean {
  return link.waitUntilMonoMs.has(origin) || link.behind.has(origin);
}

/** The packet of a stored run; undefined while the charter names no key for its log: nobody would take it yet. */
export function runPacket(house: House, run: StoredRun): Uint8Array | undefined {
  const parts = parseOrigin(run.origin);
  const vkey = parts.ok ? keyForLog(house.charter, parts.value) : undefined;
  if (vkey === undefined) return undefined;
  const checkpoint = formatCheckpoint(run.checkpoint, vkey);
  const items = run.items.map((bytes) => ({ kind: "bytes" as const, bytes }));
  return encodePacket({ type: "entries", head: { checkpoint, from: run.from }, items });
}
