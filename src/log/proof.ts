import { assert } from "../basics/assert.ts";
import { fromBase64, toBase64 } from "../basics/bytes.ts";
import { err, ok, type Result } from "../basics/result.ts";
import {
  type Checkpoint,
  type CheckpointError,
  checkpointOfNote,
  checkpointText,
  isSignedBy,
  type ParsedCheckpoint,
  type SignedCheckpoint,
  verifyCheckpoint,
} from "./checkpoint.ts";
import { type Cosignature, cosignatureLine, cosignatureOfLine, verifyCosignature } from "./cosignature.ts";
import { type Crypto, hashBytes, type Sha256 } from "./crypto.ts";
import { leafHash } from "./entry.ts";
import { formatNote, noteBytesMax, parseNote } from "./note.ts";
import { inclusionProof, verifyInclusion } from "./tree.ts";
import type { Vkey } from "./vkey.ts";

/** That an entry stands in a log and who held it: C2SP tlog-proof v1, verifiable by an outsider offline. */
export type Proof = {
  /** Position of the entry, from 0. */
  readonly index: number;
  /** From the leaf's sibling up to the root's child. */
  readonly inclusion: readonly Uint8Array[];
  /** With the log's own signature and the cosignatures of holders as further lines. */
  readonly checkpoint: ParsedCheckpoint;
  /** What the prover adds for the reader. Nobody signed it: never to be believed. */
  readonly extra?: Uint8Array;
};

export type ProofError =
  | CheckpointError
  | "not-a-proof"
  | "proof-too-large"
  /** An empty log proves nothing. */
  | "empty-log"
  | "not-included";

/** Who signed what a proof shows. */
export type ProofVerdict = {
  readonly checkpoint: SignedCheckpoint;
  /** Receipts of those of the given holders that are in the proof; each is verified. */
  readonly receipts: readonly Cosignature[];
};

/** A tree of 2^53 leaves has no longer way from leaf to root. */
const inclusionHashesMax = 53;
export const proofBytesMax = 2 * noteBytesMax;

const firstLine = "c2sp.org/tlog-proof@v1";
const indexPattern = /^index (0|[1-9][0-9]{0,15})$/;

/** Makes the proof for entry `index` from all leaf hashes of the log up to the checkpoint's size. */
export function proveEntry(
  sha256: Sha256,
  leafHashes: readonly Uint8Array[],
  index: number,
  signed: { readonly checkpoint: SignedCheckpoint; readonly log: Vkey; readonly receipts: readonly HeldBy[] },
): Proof {
  const { checkpoint, log, receipts } = signed;
  assert(leafHashes.length === checkpoint.size, "a proof is made against a tree of the checkpoint's size");
  const { origin, size, root, signature } = checkpoint;
  const lines = receipts.map(({ receipt, holder }) => {
    assert(isSameCheckpoint(receipt, checkpoint), "a receipt for the very checkpoint of the proof");
    return cosignatureLine(receipt, holder);
  });
  const signatures = [{ name: log.name, keyId: log.keyId, signature }, ...lines];
  return {
    index,
    inclusion: inclusionProof(sha256, leafHashes, index),
    checkpoint: { origin, size, root, signatures },
  };
}

/** A receipt with the key of its holder. */
export type HeldBy = { readonly receipt: Cosignature; readonly holder: Vkey };

export function formatProof(proof: Proof): string {
  const { checkpoint, extra, inclusion, index } = proof;
  const lines = [firstLine];
  if (extra !== undefined) lines.push(`extra ${toBase64(extra)}`);
  lines.push(`index ${index}`, ...inclusion.map(toBase64), "");
  const note = formatNote({ text: checkpointText(checkpoint), signatures: checkpoint.signatures });
  const text = `${lines.join("\n")}\n${note}`;
  assert(parseProof(text).ok, "a proof that can be parsed again");
  return text;
}

/** Reads a proof without believing it: neither signatures nor hashes are checked here. */
export function parseProof(text: string): Result<Proof, ProofError> {
  if (text.length > proofBytesMax) return err("proof-too-large");
  const split = text.indexOf("\n\n");
  if (split < 0) return err("not-a-proof");
  const head = parseHead(text.slice(0, split).split("\n"));
  if (!head.ok) return head;
  const note = parseNote(text.slice(split + 2));
  if (!note.ok) return note;
  const checkpoint = checkpointOfNote(note.value);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.size === 0) return err("empty-log");
  return ok({ ...head.value, checkpoint: checkpoint.value });
}

/**
 * Believes a proof that `entry`, byte for byte, is the entry at its index in a log that `log` signed. A receipt
 * by one of `holders` must be true; lines of other keys are left aside.
 */
export function verifyProof(
  crypto: Crypto,
  proof: Proof,
  known: { readonly entry: Uint8Array; readonly log: Vkey; readonly holders: readonly Vkey[] },
): Result<ProofVerdict, ProofError> {
  const { checkpoint, index, inclusion } = proof;
  if (checkpoint.size === 0) return err("empty-log");
  const signed = verifyCheckpoint(crypto, checkpoint, known.log);
  if (!signed.ok) return signed;
  const { size, root } = checkpoint;
  const claim = { leafHash: leafHash(crypto.sha256, known.entry), index, size, proof: inclusion, root };
  if (!verifyInclusion(crypto.sha256, claim)) return err("not-included");
  const receipts = receiptsOf(crypto, checkpoint, known.holders);
  return receipts.ok ? ok({ checkpoint: signed.value, receipts: receipts.value }) : receipts;
}

function receiptsOf(
  crypto: Crypto,
  checkpoint: ParsedCheckpoint,
  holders: readonly Vkey[],
): Result<Cosignature[], "bad-signature"> {
  const receipts: Cosignature[] = [];
  for (const line of checkpoint.signatures) {
    const holder = holders.find((vkey) => isSignedBy(line, vkey));
    if (holder === undefined) continue;
    const receipt = cosignatureOfLine(checkpoint, line);
    if (!receipt.ok || !verifyCosignature(crypto, receipt.value, holder)) return err("bad-signature");
    receipts.push(receipt.value);
  }
  return ok(receipts);
}

function parseHead(lines: readonly string[]): Result<Omit<Proof, "checkpoint">, ProofError> {
  const [first, ...rest] = lines;
  if (first !== firstLine) return err("not-a-proof");
  const extra = rest[0]?.startsWith("extra ")
    ? fromBase64((rest.shift() ?? "").slice("extra ".length))
    : null;
  if (extra !== null && !extra.ok) return err("not-a-proof");
  const [indexLine = "", ...hashLines] = rest;
  const index = Number(indexPattern.exec(indexLine)?.[1]);
  if (!Number.isSafeInteger(index) || hashLines.length > inclusionHashesMax) return err("not-a-proof");
  const inclusion: Uint8Array[] = [];
  for (const line of hashLines) {
    const hash = fromBase64(line);
    if (!hash.ok || hash.value.length !== hashBytes) return err("not-a-proof");
    inclusion.push(hash.value);
  }
  return ok(extra === null ? { index, inclusion } : { index, inclusion, extra: extra.value });
}

function isSameCheckpoint(a: Checkpoint, b: Checkpoint): boolean {
  return checkpointText(a) === checkpointText(b);
}
