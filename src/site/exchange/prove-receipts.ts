import { toHex } from "../../basics/bytes.ts";
import { type DeviceId, type FactRef, type Name, type Origin, originOf, siteOf } from "../../basics/name.ts";
import type { Cosignature } from "../../log/cosignature.ts";
import { leafHash } from "../../log/entry.ts";
import { appendLeaves, type CompactRange, emptyRange, rootOf } from "../../log/tree.ts";
import { provingEntriesMax } from "../limits.ts";
import { logOf } from "../replica.ts";
import type { House, LogState, Out, UnprovedReceipt } from "../state.ts";

/*
 * A receipt counts only when its root is the root of what is held here. It may come before the rows that it is about, or be
 * about a size at which no run ended here (whoever was away took in one what others took in parts): then that root is
 * computed from the rows.
 */

/** False when it says nothing that we have not passed on before. */
export function keepUnproved(house: House, device: DeviceId, receipt: Cosignature): boolean {
  const key = `${device} ${receipt.origin}`;
  const known = house.receipts.unproved.get(key);
  if (known !== undefined && known.receipt.size >= receipt.size) return false;
  house.receipts.unproved.set(key, { holder: device, receipt, isLookedAt: false });
  return true;
}

/** Whether a receipt of this site lies here that covers the fact and is not proved: then nobody can tell. */
export function mayBeHeldBy(house: House, site: Name, [log, index]: FactRef): boolean {
  const origin = originOf(house.region, log);
  return [...house.receipts.unproved.values()].some(
    ({ holder, receipt }) => siteOf(holder) === site && receipt.origin === origin && receipt.size > index,
  );
}

type Believe = (house: House, device: DeviceId, receipt: Cosignature, out: Out) => void;

/** Rows have come that receipts were waiting for: those with the right root are believed, and part of the next commit. */
export function proveReceipts(house: House, log: LogState, believe: Believe, out: Out): void {
  for (const { receipt } of waitingOf(house, log))
    if (log.roots.has(receipt.size))
      prove(house, log, receipt.size, log.roots.get(receipt.size), believe, out);
}

/** Has the rows read that lead to the sizes for which receipts wait, where they are stored: once for each receipt. */
export function seekRoots(house: House, out: Out): void {
  if (house.receipts.unproved.size === 0) return;
  for (const { receipt } of [...house.receipts.unproved.values()]) {
    const log = logOf(house, receipt.origin);
    const waiting = waitingOf(house, log).filter(
      (one) => !one.isLookedAt && one.receipt.size <= log.durable.range.size,
    );
    if (waiting.length > 0) seek(house, log, waiting, out);
  }
}

function seek(house: House, log: LogState, waiting: readonly UnprovedReceipt[], out: Out): void {
  for (const one of waiting) one.isLookedAt = true;
  const sizes = waiting.map(({ receipt }) => receipt.size);
  const first = Math.min(...sizes);
  const range = log.ranges.findLast(({ size }) => size <= first) ?? emptyRange;
  const near = sizes.filter((size) => size - range.size <= provingEntriesMax);
  if (near.length === 0) return;
  house.lastRead += 1;
  house.reads.set(house.lastRead, { kind: "roots", origin: log.origin, range });
  const { origin } = log;
  out.push({ type: "read-leaves", read: house.lastRead, origin, from: range.size, to: Math.max(...near) });
}

/** The rows after `known` were read: of what they prove, receipts are believed. */
export function takeRootRows(
  house: House,
  origin: Origin,
  known: CompactRange,
  entries: readonly Uint8Array[] | null,
  believe: Believe,
  out: Out,
): void {
  const log = logOf(house, origin);
  const { sha256 } = house.ports.crypto;
  const readTo = known.size + (entries?.length ?? 0);
  const sizes = waitingOf(house, log).map(({ receipt }) => receipt.size);
  let range = known;
  for (const size of [...new Set(sizes)].sort((a, b) => a - b)) {
    if (size < known.size || size > readTo) continue;
    const leaves = (entries ?? []).slice(range.size - known.size, size - known.size);
    range = appendLeaves(
      sha256,
      range,
      leaves.map((bytes) => leafHash(sha256, bytes)),
    );
    prove(house, log, size, toHex(rootOf(sha256, range)), believe, out);
  }
}

function waitingOf(house: House, log: LogState): readonly UnprovedReceipt[] {
  return [...house.receipts.unproved.values()].filter(({ receipt }) => receipt.origin === log.origin);
}

function prove(
  house: House,
  log: LogState,
  size: number,
  root: string | undefined,
  believe: Believe,
  out: Out,
): void {
  for (const { holder, receipt } of waitingOf(house, log)) {
    // Of another history it stays, believed by nobody, so that the same one is not looked at again.
    if (receipt.size !== size || toHex(receipt.root) !== root) continue;
    house.receipts.unproved.delete(`${holder} ${receipt.origin}`);
    const known = house.receipts.newest.get(receipt.origin)?.get(holder)?.size ?? 0;
    if (known < size) believe(house, holder, receipt, out);
  }
}
