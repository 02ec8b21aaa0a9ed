import { assert } from "../basics/assert.ts";
import { concatBytes, equalBytes, utf8Encode } from "../basics/bytes.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { type Checkpoint, checkpointText, parseCheckpointText } from "./checkpoint.ts";
import { type Crypto, type Signer, signatureBytes } from "./crypto.ts";
import { formatNote, type NoteError, type NoteSignature, parseNote } from "./note.ts";
import type { Vkey } from "./vkey.ts";

/**
 * A receipt: a holder's signed word that every entry of this log up to this size is durable in its own store
 * (C2SP cosignature/v1 with the meaning of tlog-mirror).
 */
export type Cosignature = Checkpoint & {
  /** Name of the holder key. */
  readonly holder: string;
  /** When it was made by the holder's clock, in whole seconds since 1970. */
  readonly timeS: number;
  /** 64 bytes, without key id and time. */
  readonly signature: Uint8Array;
};

/** What a receipt says, before anyone has checked who says it. */
export type ParsedReceipt = Cosignature & { readonly keyId: Uint8Array };

export type ReceiptError =
  | NoteError
  | "not-a-checkpoint"
  | "not-an-origin"
  | "not-a-receipt"
  /** Another key than the one expected, or no holder key. */
  | "wrong-key"
  | "bad-signature";

const timeBytes = 8;

/** Only for a checkpoint whose entries this device has in committed rows. */
export function cosign(signer: Signer, checkpoint: Checkpoint, timeS: number): Cosignature {
  assert(signer.vkey.kind === "holder", "a receipt is signed by a holder key");
  const signature = signer.sign(signedBytes(checkpoint, timeS));
  assert(signature.length === signatureBytes, "an Ed25519 signature of 64 bytes");
  const { origin, size, root } = checkpoint;
  return { origin, size, root, holder: signer.vkey.name, timeS, signature };
}

/** Whether this holder said so. */
export function verifyCosignature(crypto: Crypto, cosignature: Cosignature, vkey: Vkey): boolean {
  if (vkey.kind !== "holder" || vkey.name !== cosignature.holder) return false;
  return crypto.verify(vkey.publicKey, signedBytes(cosignature, cosignature.timeS), cosignature.signature);
}

/** A signed note: the checkpoint's text and the cosignature as its one signature. */
export function formatReceipt(cosignature: Cosignature, vkey: Vkey): string {
  return formatNote({ text: checkpointText(cosignature), signatures: [cosignatureLine(cosignature, vkey)] });
}

/** Reads a receipt without believing it: no signature is checked here. */
export function parseReceipt(text: string): Result<ParsedReceipt, ReceiptError> {
  const note = parseNote(text);
  if (!note.ok) return note;
  const checkpoint = parseCheckpointText(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  const [line, ...more] = note.value.signatures;
  if (line === undefined || more.length > 0) return err("not-a-receipt");
  const cosignature = cosignatureOfLine(checkpoint.value, line);
  return cosignature.ok ? ok({ ...cosignature.value, keyId: line.keyId }) : cosignature;
}

/** Believes a receipt that this holder signed. */
export function verifyReceipt(
  crypto: Crypto,
  receipt: ParsedReceipt,
  vkey: Vkey,
): Result<Cosignature, ReceiptError> {
  const { keyId, ...cosignature } = receipt;
  if (vkey.kind !== "holder" || cosignature.holder !== vkey.name) return err("wrong-key");
  if (!equalBytes(keyId, vkey.keyId)) return err("wrong-key");
  return verifyCosignature(crypto, cosignature, vkey) ? ok(cosignature) : err("bad-signature");
}

/** The cosignature as a line of a note: its bytes are the time (64 bits, big-endian) and the signature. */
export function cosignatureLine(cosignature: Cosignature, vkey: Vkey): NoteSignature {
  assert(
    vkey.kind === "holder" && vkey.name === cosignature.holder,
    "a receipt goes out under its holder's key",
  );
  const time = new Uint8Array(timeBytes);
  new DataView(time.buffer).setBigUint64(0, BigInt(cosignature.timeS));
  return { name: vkey.name, keyId: vkey.keyId, signature: concatBytes(time, cosignature.signature) };
}

/** The reverse of {@link cosignatureLine}, for a line under the text of `checkpoint`. */
export function cosignatureOfLine(
  checkpoint: Checkpoint,
  line: NoteSignature,
): Result<Cosignature, "not-a-receipt"> {
  if (line.signature.length !== timeBytes + signatureBytes) return err("not-a-receipt");
  const { buffer, byteOffset } = line.signature;
  const timeS = Number(new DataView(buffer, byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(timeS)) return err("not-a-receipt");
  const { origin, size, root } = checkpoint;
  return ok({ origin, size, root, holder: line.name, timeS, signature: line.signature.slice(timeBytes) });
}

function signedBytes(checkpoint: Checkpoint, timeS: number): Uint8Array {
  assert(Number.isSafeInteger(timeS) && timeS >= 0, "a time in whole seconds since 1970");
  return utf8Encode(`cosignature/v1\ntime ${timeS}\n${checkpointText(checkpoint)}`);
}
