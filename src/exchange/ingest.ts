import { equalBytes } from "../basics/bytes.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { type ParsedCheckpoint, type SignedCheckpoint, verifyCheckpoint } from "../log/checkpoint.ts";
import type { Crypto } from "../log/crypto.ts";
import { isStorableEntry, leafHash } from "../log/entry.ts";
import { appendLeaves, type CompactRange, rootOf } from "../log/tree.ts";
import type { Vkey } from "../log/vkey.ts";
import type { Item } from "./item.ts";

/** What is held of one log: stored, or verified and waiting to be stored. */
export type HeldLog = { readonly range: CompactRange; readonly checkpoint: SignedCheckpoint | null };

export type Run = {
  readonly from: number;
  readonly items: readonly Item[];
  readonly checkpoint: ParsedCheckpoint;
};

export type VerifiedRun = {
  readonly from: number;
  readonly items: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
  readonly range: CompactRange;
};

export type RunRefusal =
  | "wrong-length"
  | "gap"
  | "bad-signature"
  | "reserved-item"
  | "bad-entry"
  /** Signed by the log's key, but not what follows from what we hold: the sender's fault or a fork. */
  | "wrong-root";

/** `known`: nothing new. `new`: checked to the last byte, to be stored whole or not at all. */
export type RunVerdict = { readonly kind: "known" } | { readonly kind: "new"; readonly run: VerifiedRun };

/**
 * The log border (SPEC LOG5–LOG9): what is taken into a store. Never throws, never keeps a part of a packet.
 */
export function verifyRun(
  crypto: Crypto,
  vkey: Vkey,
  held: HeldLog,
  run: Run,
): Result<RunVerdict, RunRefusal> {
  const { size } = run.checkpoint;
  if (size !== run.from + run.items.length) return err("wrong-length");
  if (size < held.range.size || isSameCheckpoint(held, run.checkpoint)) return ok({ kind: "known" });
  if (run.from > held.range.size) return err("gap");
  const checkpoint = verifyCheckpoint(crypto, run.checkpoint, vkey);
  if (!checkpoint.ok) return err("bad-signature");
  return extend(crypto, held, run, checkpoint.value);
}

function isSameCheckpoint(held: HeldLog, checkpoint: ParsedCheckpoint): boolean {
  const own = held.checkpoint;
  return own !== null && own.size === checkpoint.size && equalBytes(own.root, checkpoint.root);
}

function extend(
  crypto: Crypto,
  held: HeldLog,
  run: Run,
  checkpoint: SignedCheckpoint,
): Result<RunVerdict, RunRefusal> {
  const items = newItems(run, held.range.size);
  if (!items.ok) return items;
  const leaves = items.value.map((bytes) => leafHash(crypto.sha256, bytes));
  const range = appendLeaves(crypto.sha256, held.range, leaves);
  if (!equalBytes(rootOf(crypto.sha256, range), checkpoint.root)) return err("wrong-root");
  // The signed beginning of a log without entries: true, and nothing that a store could keep.
  if (items.value.length === 0) return ok({ kind: "known" });
  return ok({ kind: "new", run: { from: held.range.size, items: items.value, checkpoint, range } });
}

function newItems(run: Run, heldSize: number): Result<readonly Uint8Array[], RunRefusal> {
  const items: Uint8Array[] = [];
  for (const item of run.items.slice(heldSize - run.from)) {
    if (item.kind === "hash") return err("reserved-item");
    if (!isStorableEntry(item.bytes).ok) return err("bad-entry");
    items.push(item.bytes);
  }
  return ok(items);
}
