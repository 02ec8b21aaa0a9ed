import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { equalBytes } from "../../basics/bytes.ts";
import { isLogId, type LogId, type Origin, originOf, parseOrigin } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { checkpointText, type SignedCheckpoint } from "../../log/checkpoint.ts";
import { cosignatureLine } from "../../log/cosignature.ts";
import { leafHash } from "../../log/entry.ts";
import { formatNote, noteSignaturesMax } from "../../log/note.ts";
import { newTiles, type TileFile } from "../../log/tiles.ts";
import { appendLeaves, emptyRange, rootOf } from "../../log/tree.ts";
import type { Vkey } from "../../log/vkey.ts";
import { type Charter, devices, keyForLog } from "../../region/charter.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { readEntries, type StoreReads } from "../store/store-reads.ts";

const { sha256 } = nodeCrypto;

/**
 * Writes one log up to its newest checkpoint as files of C2SP tlog-tiles. `dir` is new, empty, or an earlier export of
 * the same log, which is continued; the checkpoint comes last, so that it never speaks of tiles that are not there.
 */
export async function exportLog(
  reads: StoreReads,
  charter: Charter,
  log: LogId,
  dir: string,
): Promise<Result<string, string>> {
  if (!isLogId(log)) return err(`"${log}" names no log, as ukd/box/1-9f2c41aa does.`);
  const origin = originOf(charter.region, log);
  const parts = parseOrigin(origin);
  const key = parts.ok ? keyForLog(charter, parts.value) : undefined;
  if (key === undefined) return err(`The charter names no device that writes ${log}.`);
  const logs = await reads.storedLogs();
  if (!logs.ok) return err(logs.error.detail);
  const checkpoint = logs.value.find((stored) => stored.origin === origin)?.checkpoint;
  if (checkpoint === undefined) return err(`This store holds nothing of ${log}.`);
  const refusal = foreignFolder(dir, origin);
  if (refusal !== null) return err(refusal);
  try {
    return await writeAll(reads, charter, checkpoint, key, dir);
  } catch (error) {
    return err(`${dir} cannot be written: ${String(error)}`);
  }
}

async function writeAll(
  reads: StoreReads,
  charter: Charter,
  checkpoint: SignedCheckpoint,
  key: Vkey,
  dir: string,
): Promise<Result<string, string>> {
  const tiles = newTiles(sha256);
  let range = emptyRange;
  const read = await readEntries(reads, checkpoint.origin, checkpoint.size, (bytes) => {
    range = appendLeaves(sha256, range, [leafHash(sha256, bytes)]);
    for (const file of tiles.add(bytes)) writeTile(dir, file);
  });
  if (!read.ok) return err(read.error.detail);
  for (const file of tiles.end()) writeTile(dir, file);
  if (range.size !== checkpoint.size || !equalBytes(rootOf(sha256, range), checkpoint.root))
    return err(`The store contradicts itself about ${checkpoint.origin}: nothing was signed as exported.`);
  const note = await noteOf(reads, charter, checkpoint, key);
  if (!note.ok) return note;
  writeWhole(join(dir, "checkpoint"), note.value);
  return ok(`${checkpoint.size} entries of ${checkpoint.origin} are in ${dir}`);
}

/** The checkpoint with every receipt that was kept for exactly this size. */
async function noteOf(
  reads: StoreReads,
  charter: Charter,
  checkpoint: SignedCheckpoint,
  key: Vkey,
): Promise<Result<string, string>> {
  const kept = await reads.readCosignatures(checkpoint.origin);
  if (!kept.ok) return err(kept.error.detail);
  const holders = new Map(devices(charter).map(({ holder }) => [holder.name, holder]));
  const lines = new Map<string, ReturnType<typeof cosignatureLine>>();
  for (const receipt of kept.value) {
    const holder = holders.get(receipt.holder);
    const isSame = receipt.size === checkpoint.size && equalBytes(receipt.root, checkpoint.root);
    if (holder !== undefined && isSame && !lines.has(receipt.holder))
      lines.set(receipt.holder, cosignatureLine(receipt, holder));
  }
  const own = { name: key.name, keyId: key.keyId, signature: checkpoint.signature };
  const signatures = [own, ...lines.values()].slice(0, noteSignaturesMax);
  return ok(formatNote({ text: checkpointText(checkpoint), signatures }));
}

function foreignFolder(dir: string, origin: Origin): string | null {
  if (!existsSync(dir)) return null;
  const checkpoint = join(dir, "checkpoint");
  if (existsSync(checkpoint) && readFileSync(checkpoint, "utf8").startsWith(`${origin}\n`)) return null;
  return readdirSync(dir).length === 0 ? null : `${dir} is not empty and holds no export of this log.`;
}

function writeTile(dir: string, { path, bytes }: TileFile): void {
  const file = join(dir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** Under its name there is always a whole file, the old one or the new one. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { flush: true });
  renameSync(`${file}.new`, file);
}
