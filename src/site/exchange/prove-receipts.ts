import { toHex } from "../../basics/bytes.ts";
import { type DeviceId, type FactRef, type Name, type Origin, originOf, siteOf } from "../../basics/name.ts";
import type { Cosignature } from "../../log/cosignature.ts";
import { leafHash } from "../../log/entry.ts";
import { appendLeaves, type CompactRange, emptyRange, rootOf } from "../../log/tree.ts";
import { deviceIn } from "../../region/charter.ts";
import { provingEntriesMax } from "../limits.ts";
import { logOf } from "../replica.ts";
import type { House, LogState, Out, UnprovedReceipt } from "../state.ts";

/*
 * A receipt counts only when its root is the root of what is held here. It may come before the rows that it is about, or be
 * about a size at which no run ended here (whoever was away took in one what others took in parts): then that root is
 * computed from the rows.
 */

/**
 * Whether one of this holder waits for its root that goes as far: {@link keepUnproved} would refuse another one. Asked
 * before its signature is computed, since a process of many sites brings each receipt as often as it has connections.
 */
export function isWaiting(house: House, log: LogState, device: DeviceId, size: number): boolean {
  const waiting = house.receipts.unproved.get(log.origin)?.get(device);
  return !log.roots.has(size) && waiting !== undefined && waiting.receipt.size >= size;
}

/** False when what waits already of this holder goes as far: there is nothing to pass on. */
export function keepUnproved(house: House, device: DeviceId, receipt: Cosignature): boolean {
  const { unproved, seeking } = house.receipts;
  const holders = unproved.get(receipt.origin) ?? new Map<DeviceId, UnprovedReceipt>();
  const known = holders.get(device);
  if (known !== undefined && known.receipt.size >= receipt.size) return false;
  holders.set(device, { receipt, isLookedAt: false });
  unproved.set(receipt.origin, holders);
  seeking.add(receipt.origin);
  return true;
}

/** What a receipt that is believed now says too needs no proof any more. */
export function forgetUnproved(house: House, device: DeviceId, { origin, size }: Cosignature): void {
  const holders = house.receipts.unproved.get(origin);
  const waiting = holders?.get(device);
  if (waiting !== undefined && waiting.receipt.size <= size) holders?.delete(device);
}

/** Whether a receipt of this site lies here that covers the fact and is not proved: then nobody can tell. */
export function mayBeHeldBy(house: House, site: Name, [log, index]: FactRef): boolean {
  const holders = house.receipts.unproved.get(originOf(house.region, log)) ?? [];
  return [...holders].some(
    ([device, { receipt }]) =>
      siteOf(device) === site && receipt.size > index && !deviceIn(house.charter, device)?.end,
  );
}

type Believe = (house: House, device: DeviceId, receipt: Cosignature, out: Out) => void;

/** Rows have come that receipts were waiting for: those with the right root are believed, and part of the next commit. */
export function proveReceipts(house: House, log: LogState, believe: Believe, out: Out): void {
  const waiting = waitingOf(house, log);
  if (waiting.length === 0) return;
  house.receipts.seeking.add(log.origin);
  for (const [, { receipt }] of waiting)
    if (log.roots.has(receipt.size))
      prove(house, log, receipt.size, log.roots.get(receipt.size), believe, out);
}

/**
 * Has the rows read that lead to the sizes for which receipts wait, where they are stored: once for each receipt, one read at
 * a time, whoever sends how many.
 */
export function seekRoots(house: House, out: Out): void {
  const { seeking } = house.receipts;
  if (seeking.size === 0 || [...house.reads.values()].some(({ kind }) => kind === "roots")) return;
  for (const origin of seeking) {
    seeking.delete(origin);
    if (seek(house, logOf(house, origin), out)) return;
  }
}

/** True when rows are being read. What is too far from any tree that is known stays unproved. */
function seek(house: House, log: LogState, out: Out): boolean {
  const waiting = waitingOf(house, log)
    .map(([, one]) => one)
    .filter((one) => !one.isLookedAt && one.receipt.size <= log.durable.range.size)
    .sort((a, b) => a.receipt.size - b.receipt.size);
  const [first] = waiting;
  if (first === undefined) return false;
  const range = log.ranges.findLast(({ size }) => size <= first.receipt.size) ?? emptyRange;
  const near = waiting.filter(({ receipt }) => receipt.size - range.size <= provingEntriesMax);
  const tried = near.length === 0 ? [first] : near;
  for (const one of tried) one.isLookedAt = true;
  if (waiting.length > tried.length) house.receipts.seeking.add(log.origin);
  const furthest = near.at(-1);
  if (furthest === undefined) return false;
  house.lastRead += 1;
  house.reads.set(house.lastRead, { kind: "roots", origin: log.origin, range });
  const { origin } = log;
  const to = furthest.receipt.size;
  out.push({ type: "read-leaves", read: house.lastRead, origin, from: range.size, to });
  return true;
}

/** The rows after `known` were read: of what they prove, receipts are believed. Null: they could not be read. */
export function takeRootRows(
  house: House,
  origin: Origin,
  known: CompactRange,
  entries: readonly Uint8Array[] | null,
  believe: Believe,
  out: Out,
): void {
  const log = logOf(house, origin);
  if (entries === null) return forgetLookedAt(house, log);
  const { sha256 } = house.ports.crypto;
  const readTo = known.size + entries.length;
  const sizes = waitingOf(house, log).map(([, { receipt }]) => receipt.size);
  let range = known;
  for (const size of [...new Set(sizes)].sort((a, b) => a - b)) {
    if (size < known.size || size > readTo) continue;
    const leaves = entries.slice(range.size - known.size, size - known.size);
    range = appendLeaves(
      sha256,
      range,
      leaves.map((bytes) => leafHash(sha256, bytes)),
    );
    prove(house, log, size, toHex(rootOf(sha256, range)), believe, out);
  }
}

/** They are told again, and then read again. */
function forgetLookedAt(house: House, log: LogState): void {
  for (const [device, { isLookedAt }] of waitingOf(house, log))
    if (isLookedAt) house.receipts.unproved.get(log.origin)?.delete(device);
}

function waitingOf(house: House, log: LogState): readonly (readonly [DeviceId, UnprovedReceipt])[] {
  return [...(house.receipts.unproved.get(log.origin) ?? [])];
}

function prove(
  house: House,
  log: LogState,
  size: number,
  root: string | undefined,
  believe: Believe,
  out: Out,
): void {
  for (const [device, { receipt }] of waitingOf(house, log)) {
    // Of another history it stays, believed by nobody, so that the same one is not looked at again.
    if (receipt.size !== size || toHex(receipt.root) !== root) continue;
    house.receipts.unproved.get(log.origin)?.delete(device);
    const known = house.receipts.newest.get(receipt.origin)?.get(device)?.size ?? 0;
    if (known < size) believe(house, device, receipt, out);
  }
}
