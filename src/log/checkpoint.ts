import { assert } from "../basics/assert.ts";
import { equalBytes, fromBase64, toBase64, utf8Encode } from "../basics/bytes.ts";
import { isOrigin, type Origin } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { type Crypto, hashBytes, type Signer, signatureBytes } from "./crypto.ts";
import { formatNote, type Note, type NoteError, type NoteSignature, parseNote } from "./note.ts";
import type { Vkey } from "./vkey.ts";

/** A log's state at one size (C2SP tlog-checkpoint without extension lines). */
export type Checkpoint = {
  readonly origin: Origin;
  /** Number of entries. */
  readonly size: number;
  /** Merkle tree hash over those entries, 32 bytes. */
  readonly root: Uint8Array;
};

/** With the log key's own signature over {@link checkpointText}: 64 bytes, without the key id. */
export type SignedCheckpoint = Checkpoint & { readonly signature: Uint8Array };

/** What a note says, before anyone has checked who says it. */
export type ParsedCheckpoint = Checkpoint & { readonly signatures: readonly NoteSignature[] };

export type CheckpointError =
  | NoteError
  | "not-a-checkpoint"
  | "not-an-origin"
  /** The origin does not belong to the key, or the key is no log key. */
  | "wrong-key"
  | "not-signed-by-key"
  | "bad-signature";

const sizePattern = /^(0|[1-9][0-9]{0,15})$/;

/** Three lines, each ended by a newline: origin, size, base64 of the root. This text is what is signed. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { origin, size, root } = checkpoint;
  assert(isOrigin(origin), "a checkpoint has the origin of a log");
  assert(Number.isSafeInteger(size) && size >= 0, "a checkpoint's size is a count");
  assert(root.length === hashBytes, "a root has 32 bytes");
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The reverse of {@link checkpointText}. */
export function parseCheckpointText(text: string): Result<Checkpoint, "not-a-checkpoint" | "not-an-origin"> {
  const [origin = "", sizeText = "", base64 = "", end, ...more] = text.split("\n");
  if (end !== "" || more.length > 0) return err("not-a-checkpoint");
  const root = fromBase64(base64);
  const size = Number(sizeText);
  if (!sizePattern.test(sizeText) || !Number.isSafeInteger(size)) return err("not-a-checkpoint");
  if (!root.ok || root.value.length !== hashBytes) return err("not-a-checkpoint");
  return isOrigin(origin) ? ok({ origin, size, root: root.value }) : err("not-an-origin");
}

/** Throws when the origin is not one of the signer's own logs. */
export function signCheckpoint(signer: Signer, checkpoint: Checkpoint): SignedCheckpoint {
  assert(isLogOf(checkpoint.origin, signer.vkey), "a device signs checkpoints of its own logs only");
  const signature = signer.sign(utf8Encode(checkpointText(checkpoint)));
  assert(signature.length === signatureBytes, "an Ed25519 signature of 64 bytes");
  return { ...checkpoint, signature };
}

/** The signed note; `vkey` is the log key that signed. */
export function formatCheckpoint(signed: SignedCheckpoint, vkey: Vkey): string {
  assert(isLogOf(signed.origin, vkey), "a checkpoint goes out under the key of its own log");
  const signatures = [{ name: vkey.name, keyId: vkey.keyId, signature: signed.signature }];
  return formatNote({ text: checkpointText(signed), signatures });
}

/** Reads a note without believing it: no signature is checked here. */
export function parseCheckpoint(text: string): Result<ParsedCheckpoint, CheckpointError> {
  const note = parseNote(text);
  return note.ok ? checkpointOfNote(note.value) : note;
}

/** As {@link parseCheckpoint}, for a note that is parsed already. */
export function checkpointOfNote(note: Note): Result<ParsedCheckpoint, CheckpointError> {
  const checkpoint = parseCheckpointText(note.text);
  return checkpoint.ok ? ok({ ...checkpoint.value, signatures: note.signatures }) : checkpoint;
}

/** Believes a note that the log's own key signed, exactly once; other keys' lines are left aside. */
export function verifyCheckpoint(
  crypto: Crypto,
  parsed: ParsedCheckpoint,
  vkey: Vkey,
): Result<SignedCheckpoint, CheckpointError> {
  if (!isLogOf(parsed.origin, vkey)) return err("wrong-key");
  const [own, ...more] = parsed.signatures.filter((line) => isSignedBy(line, vkey));
  if (own === undefined || more.length > 0) return err("not-signed-by-key");
  const { origin, size, root } = parsed;
  const signed = { origin, size, root, signature: own.signature };
  return verifySigned(crypto, signed, vkey) ? ok(signed) : err("bad-signature");
}

/** Whether the signature is the log key's own, and the log the key's own. */
export function verifySigned(crypto: Crypto, signed: SignedCheckpoint, vkey: Vkey): boolean {
  if (!isLogOf(signed.origin, vkey)) return false;
  return crypto.verify(vkey.publicKey, utf8Encode(checkpointText(signed)), signed.signature);
}

/** Whether a signature line names this key. It says nothing about the signature itself. */
export function isSignedBy(line: NoteSignature, vkey: Vkey): boolean {
  return line.name === vkey.name && equalBytes(line.keyId, vkey.keyId);
}

function isLogOf(origin: Origin, vkey: Vkey): boolean {
  const nameEnd = origin.lastIndexOf("/");
  return vkey.kind === "log" && isOrigin(origin) && origin.slice(0, nameEnd) === vkey.name;
}
