import { assert } from "../../src/basics/assert.ts";
import { toBase64, toHex, utf8Decode, utf8Encode } from "../../src/basics/bytes.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import { formatCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { cosign, formatReceipt } from "../../src/log/cosignature.ts";
import { nobleCrypto, nobleSigner } from "../../src/log/ed25519-noble.ts";
import { type Entry, encodeEntry, leafHash } from "../../src/log/entry.ts";
import { formatProof, proveEntry } from "../../src/log/proof.ts";
import { appendLeaves, emptyRange, rootOf } from "../../src/log/tree.ts";
import { formatVkey, holderKeyName, logKeyName } from "../../src/log/vkey.ts";

/*
 * One log of 300 entries, the same for every implementation. The facts in it are made up, and so is the region;
 * the format does not know what a hospital is.
 */

const { sha256 } = nobleCrypto;
export const goldenSize = 300;
export const goldenProofIndex = 142;
/** Seeds of keys that protect nothing: everyone may sign with them. */
export const goldenLogSeed = sha256(utf8Encode("holdfast golden log key"));
export const goldenHolderSeed = sha256(utf8Encode("holdfast golden holder key"));
export const goldenLogSigner = nobleSigner(goldenLogSeed, logKeyName("golden", "ukd", "anchor"), "log");
export const goldenHolderSigner = nobleSigner(
  goldenHolderSeed,
  holderKeyName("golden", "leitstelle", "anchor"),
  "holder",
);
export const goldenOrigin = `${goldenLogSigner.vkey.name}/3-9f2c41aa`;
const goldenSeed = 20_200_910;
export const goldenTimeS = 1_599_782_400;

/** Sizes whose roots are kept: small ones, and around each power of two. */
const rootSizes = Array.from({ length: goldenSize + 1 }, (_, size) => size).filter(
  (size) => size <= 20 || size === goldenSize || [-1, 0, 1].some((by) => Math.log2(size + by) % 1 === 0),
);

/** File name below test/vectors → its text. */
export function goldenFiles(): ReadonlyMap<string, string> {
  const entries = goldenEntries();
  const leaves = entries.map((bytes) => leafHash(sha256, bytes));
  const root = rootOf(sha256, appendLeaves(sha256, emptyRange, leaves));
  const checkpoint = signCheckpoint(goldenLogSigner, { origin: goldenOrigin, size: goldenSize, root });
  const receipt = cosign(goldenHolderSigner, checkpoint, goldenTimeS);
  const proof = proveEntry(sha256, leaves, goldenProofIndex, {
    checkpoint,
    log: goldenLogSigner.vkey,
    receipts: [{ receipt, holder: goldenHolderSigner.vkey }],
  });
  return new Map([
    ["keys.txt", keysText()],
    ["entry.json", textOf(entries[0])],
    ["log.jsonl", entries.map((bytes) => `${textOf(bytes)}\n`).join("")],
    ["leaves.txt", leaves.map((hash) => `${toHex(hash)}\n`).join("")],
    ["roots.txt", rootSizes.map((size) => rootLine(leaves, size)).join("")],
    ["checkpoint.txt", formatCheckpoint(checkpoint, goldenLogSigner.vkey)],
    ["receipt.txt", formatReceipt(receipt, goldenHolderSigner.vkey)],
    ["entry-142.tlog-proof", formatProof(proof)],
  ]);
}

/** The entries' bytes, from one seed. */
export function goldenEntries(): Uint8Array[] {
  const random = seededRandom(goldenSeed);
  return Array.from({ length: goldenSize }, (_, index) => {
    const bytes = encodeEntry(goldenEntry(random, index));
    assert(bytes.ok, "a golden entry can be encoded");
    return bytes.value;
  });
}

// Member order here is not the canonical one, on purpose.
function goldenEntry(random: Random, index: number): Entry {
  const entry: Entry = {
    kind: random.pick(["golden.status/1", "golden.beds/2", "golden.voice-report/1"]),
    by: random.pick(["nurse#7", "physician", "dispatcher#12"]),
    at: goldenTimeS * 1000 + index * 1500 + random.below(1000),
    state: random.pick(["open", "full", "cannot", null]),
    text: random.pick(["", 'Ärzte: 3 – "ok"', "\u0000\u001f\u007f\\/", "€ 𝄞 \u2028", "ﬁ"]),
    over: Array.from({ length: random.below(3) }, () => ["ukd/anchor/2-00c0ffee", random.below(4096)]),
    numbers: { zero: 0, "-": -random.below(2 ** 31), "": Number.MAX_SAFE_INTEGER, A: random.oneIn(2) },
  };
  return random.oneIn(2) ? { ...entry, request: `golden-${toHex(random.bytes(4))}` } : entry;
}

function keysText(): string {
  return [
    `log seed ${toHex(goldenLogSeed)}`,
    `log vkey ${formatVkey(goldenLogSigner.vkey)}`,
    `holder seed ${toHex(goldenHolderSeed)}`,
    `holder vkey ${formatVkey(goldenHolderSigner.vkey)}`,
    "",
  ].join("\n");
}

function rootLine(leaves: readonly Uint8Array[], size: number): string {
  return `${size} ${toBase64(rootOf(sha256, appendLeaves(sha256, emptyRange, leaves.slice(0, size))))}\n`;
}

function textOf(bytes: Uint8Array | undefined): string {
  const text = utf8Decode(bytes ?? new Uint8Array(0));
  assert(text.ok, "an entry is UTF-8");
  return text.value;
}
