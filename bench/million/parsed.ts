// How fast facts fold that are parsed already, fact border included, and how fast single signatures can be verified.

import { nodeCrypto } from "../../src/anchor/crypto-node.ts";
import { openStore, type SqliteStore } from "../../src/anchor/store/store-sqlite.ts";
import type { LogId, Origin } from "../../src/basics/name.ts";
import { originPrefix } from "../../src/basics/name.ts";
import { signCheckpoint, verifySigned } from "../../src/log/checkpoint.ts";
import { decodeEntry } from "../../src/log/entry.ts";
import { type Charter, foldCharter, newCharter } from "../../src/region/charter.ts";
import { type FoldInput, foldEntry, newFold } from "../../src/region/fold.ts";
import { authority, region, signerOf } from "./region.ts";

const entriesMax = 300_000;
const runs = 4;
const signatures = 3_000;

/** The median of some runs over the first entries of each log, after one that warms the code up; facts a second. */
export function measureParsed(path: string): number {
  const store = openStore(path);
  if (!store.ok) throw new Error(store.error.detail);
  const { charter, inputs } = readAll(store.value);
  store.value.close();
  const rates: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const fold = newFold();
    const beganMs = performance.now();
    for (const input of inputs) foldEntry(fold, charter, input);
    rates.push((inputs.length * 1_000) / (performance.now() - beganMs));
  }
  return rates.slice(1).sort((a, b) => a - b)[runs >> 1] ?? 0;
}

function readAll(store: SqliteStore): { readonly charter: Charter; readonly inputs: readonly FoldInput[] } {
  const charter = newCharter(region, signerOf(authority).vkey, nodeCrypto.sha256);
  const logs = store.storedLogs();
  if (!logs.ok) throw new Error(logs.error.detail);
  const inputs: FoldInput[] = [];
  const share = Math.ceil(entriesMax / logs.value.length);
  for (const { origin } of logs.value) {
    const log = idOf(origin);
    const isCharter = log.startsWith(authority);
    const limits = { entriesMax: isCharter ? entriesMax : share, bytesMax: Number.MAX_SAFE_INTEGER };
    const slice = store.readSlice(origin, 0, limits);
    if (!slice.ok) throw new Error(slice.error.detail);
    for (const [index, bytes] of slice.value.items.entries()) {
      const decoded = decodeEntry(bytes);
      const entry = decoded.ok ? decoded.value : null;
      if (isCharter) foldCharter(charter, log, index, entry);
      inputs.push({ log, index, entry, storedMs: slice.value.storedMs[index] ?? 0, local: false });
    }
  }
  return { charter, inputs };
}

function idOf(origin: Origin): LogId {
  return origin.slice(`${originPrefix}/${region}/`.length);
}

/** What taking entries would be bounded by if each of them had a signature of its own, entries a second. */
export function measureVerifyEach(): number {
  const signer = signerOf("hospital-1/box");
  const origin = `${originPrefix}/${region}/hospital-1/box/1-00000001`;
  const signed = Array.from({ length: signatures }, (_, size) =>
    signCheckpoint(signer, { origin, size: size + 1, root: new Uint8Array(32).fill(size & 255) }),
  );
  const beganMs = performance.now();
  for (const checkpoint of signed) {
    if (!verifySigned(nodeCrypto, checkpoint, signer.vkey)) throw new Error("a true signature was refused");
  }
  return (signatures * 1_000) / (performance.now() - beganMs);
}
