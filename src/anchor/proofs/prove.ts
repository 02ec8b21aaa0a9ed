import { equalBytes } from "../../basics/bytes.ts";
import { type FactRef, isLogId, type Origin, originOf, parseOrigin, siteOf } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import type { SignedCheckpoint } from "../../log/checkpoint.ts";
import type { Cosignature } from "../../log/cosignature.ts";
import { leafHash } from "../../log/entry.ts";
import { noteSignaturesMax } from "../../log/note.ts";
import { formatProof, type HeldBy, proveEntry } from "../../log/proof.ts";
import { formatVkey, type Vkey } from "../../log/vkey.ts";
import { type Charter, charterState, devices, isCentre, keyForLog } from "../../region/charter.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { readCheckpoint, readEntries, type StoreReads } from "../store/store-reads.ts";

/** A checkpoint over the fact, and the receipts kept for exactly that checkpoint. */
type Evidence = { readonly checkpoint: SignedCheckpoint; readonly receipts: readonly HeldBy[] };

const { sha256 } = nodeCrypto;

/** A fact as it is written on a command line: `ukd/box/1-9f2c41aa#12`. */
export function parseFactRef(text: string): Result<FactRef, string> {
  const [log = "", index = "", ...more] = text.split("#");
  if (more.length > 0 || !isLogId(log) || !/^(0|[1-9][0-9]{0,15})$/.test(index))
    return err(`"${text}" names no fact, as ukd/box/1-9f2c41aa#12 does.`);
  return ok([log, Number(index)]);
}

/**
 * The proof of one fact as a C2SP tlog-proof, against the kept checkpoint that most holders confirmed (of equals the
 * earliest). The fact itself lies in the line `extra`, so that the file alone can be read and verified.
 */
export async function proveFact(
  reads: StoreReads,
  charter: Charter,
  [log, index]: FactRef,
): Promise<Result<string, string>> {
  const origin = originOf(charter.region, log);
  const parts = parseOrigin(origin);
  const key = parts.ok ? keyForLog(charter, parts.value) : undefined;
  if (key === undefined) return err(`The charter names no device that writes ${log}.`);
  const evidence = await evidenceFor(reads, charter, origin, index);
  if (!evidence.ok) return evidence;
  const { checkpoint, receipts } = evidence.value;
  const leaves: Uint8Array[] = [];
  let extra = new Uint8Array(0);
  const read = await readEntries(reads, origin, checkpoint.size, (bytes, at) => {
    leaves.push(leafHash(sha256, bytes));
    if (at === index) extra = Uint8Array.from(bytes);
  });
  if (!read.ok) return err(read.error.detail);
  const proof = proveEntry(sha256, leaves, index, { checkpoint, log: key, receipts });
  return ok(formatProof({ ...proof, extra }));
}

async function evidenceFor(
  reads: StoreReads,
  charter: Charter,
  origin: Origin,
  index: number,
): Promise<Result<Evidence, string>> {
  const kept = await reads.readCosignatures(origin);
  if (!kept.ok) return err(kept.error.detail);
  for (const [size, receipts] of bySize(charter, kept.value, index)) {
    const checkpoint = await readCheckpoint(reads, origin, size);
    if (!checkpoint.ok) return err(checkpoint.error.detail);
    const { value } = checkpoint;
    if (value === undefined) continue;
    const same = receipts.filter(({ receipt }) => equalBytes(receipt.root, value.root));
    if (same.length > 0) return ok({ checkpoint: value, receipts: same.slice(0, noteSignaturesMax - 1) });
  }
  return unconfirmed(reads, origin, index);
}

/** Nobody has confirmed it: what its own device signed first over it. */
async function unconfirmed(
  reads: StoreReads,
  origin: Origin,
  index: number,
): Promise<Result<Evidence, string>> {
  const run = await reads.readRun(origin, index, { entriesMax: 1, bytesMax: 1 });
  if (!run.ok) return err(run.error.detail);
  if (run.value === undefined) return err(`This store holds no entry ${index} of ${origin}.`);
  return ok({ checkpoint: run.value.checkpoint, receipts: [] });
}

/** Receipts over the entry by size: where most holders confirmed first, and of equals the smallest. */
function bySize(
  charter: Charter,
  kept: readonly Cosignature[],
  index: number,
): readonly (readonly [number, readonly HeldBy[]])[] {
  const holders = holderKeys(charter);
  const sizes = new Map<number, Map<string, HeldBy>>();
  for (const receipt of kept) {
    const holder = holders.get(receipt.holder);
    if (holder === undefined || receipt.size <= index) continue;
    const ofSize = sizes.get(receipt.size) ?? new Map<string, HeldBy>();
    const earlier = ofSize.get(receipt.holder);
    if (earlier === undefined || receipt.timeS < earlier.receipt.timeS)
      ofSize.set(receipt.holder, { receipt, holder });
    sizes.set(receipt.size, ofSize);
  }
  const sorted = [...sizes].map(([size, held]) => [size, centresFirst(charter, [...held.values()])] as const);
  return sorted.sort(([a, held], [b, others]) => others.length - held.length || a - b);
}

function centresFirst(charter: Charter, receipts: readonly HeldBy[]): readonly HeldBy[] {
  const rank = ({ holder }: HeldBy): number => (isCentre(charter, siteOf(deviceOfKey(holder))) ? 0 : 1);
  return [...receipts].sort((a, b) => rank(a) - rank(b));
}

/** `<site>/<device>/holder` of a holder key's name. */
function deviceOfKey(key: Vkey): string {
  return key.name.split("/").slice(3).join("/");
}

function holderKeys(charter: Charter): ReadonlyMap<string, Vkey> {
  return new Map(devices(charter).map(({ holder }) => [holder.name, holder]));
}

/** Every key of the charter as a file that `verify --keys` reads: the authorities' first, then each device's two. */
export function keyList(charter: Charter): string {
  const { authorities, recovery } = charterState(charter);
  const offices = recovery === null ? authorities : [...authorities, recovery];
  const own = devices(charter).flatMap(({ key, holder }) => [key, holder]);
  const lines = [...offices.map(({ key }) => key), ...own].map(formatVkey);
  return `${[`# keys of the region ${charter.region}`, ...new Set(lines)].join("\n")}\n`;
}
